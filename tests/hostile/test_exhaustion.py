"""Time, memory, threads, descriptors, disk and output: what a run may not use up."""

import pytest

from playground.running import Limits
from tests.hostile.arena import QUICK, Arena

ENDLESS = {
    "a loop": "while True: pass",
    "a loop that catches everything": """
        while True:
            try:
                while True: pass
            except BaseException: pass
    """,
    "a spin in C": "10 ** 10 ** 9",
    "a spin in C after an alarm is ignored": """
        import signal
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        10 ** 10 ** 9
    """,
    "a catastrophic pattern": "import re\nre.match('(a+)+$', 'a' * 60 + 'b')",
    "a recursive query": (
        "session.execute(text('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
        " SELECT count(*) FROM n')).all()"
    ),
    "a cartesian join": (
        "session.execute(text('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
        " SELECT count(*) FROM n a, n b, n c, n d')).all()"
    ),
    "one opcode of SQL": "session.execute(text(\"SELECT replace(hex(zeroblob(100000)), '0', hex(zeroblob(400)))\")).all()",
    "a sleep": "import time\ntime.sleep(1000)",
    "a wait for nobody": "import threading\nthreading.Event().wait()",
    "a lock taken twice": "import threading\nl = threading.Lock()\nl.acquire()\nl.acquire()",
    "input that never comes": "import os\nr, w = os.pipe()\nos.read(r, 1)",
    "stopping itself": "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
    "an endless iterator": "import itertools\n(i for i in itertools.count())",
    "an endless repr": "class A:\n    def __repr__(self):\n        while True: pass\nA()",
    "an endless message": """
        class A(Exception):
            def __str__(self):
                while True: pass
        raise A
    """,
    "an endless thread": "import threading\nthreading.Thread(target=lambda: [0 for _ in iter(int, 1)]).start()\nwhile True: pass",
    "asyncio": "import asyncio\nasyncio.run(asyncio.sleep(1000))",
    "a trace of every line": "import sys\nsys.settrace(lambda *a: None)\nwhile True: pass",
    "a collector that never ends": "import gc\ngc.callbacks.append(lambda *a: [0 for _ in iter(int, 1)])\ngc.collect()",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_the_endless_ends(quick_arena: Arena, name: str) -> None:
    run = quick_arena.attack(ENDLESS[name], Limits(seconds=0.4, memory_mb=300))
    # An endless value is cut at the row limit; SQL may hit its own size limit first.
    may = {
        "an endless iterator": ("timeout", "ok", "memory"),
        "one opcode of SQL": ("timeout", "error", "memory", "output"),
    }
    assert run.status in may.get(name, ("timeout",))


@pytest.mark.parametrize("name", ["a loop", "a spin in C"])
def test_the_endless_ends_in_a_spawned_child(arena: Arena, name: str) -> None:
    assert arena.attack(ENDLESS[name], Limits(seconds=0.4)).status == "timeout"


MEMORY = {
    "a list": "[0] * 10 ** 10",
    "a mapping": "import mmap\nmmap.mmap(-1, 4 * 1024 ** 3)",
    "a string that grows": "s = 'x'\nwhile True: s += s",
    "a list that grows": "l = []\nwhile True: l.append('x' * 1000)",
    "a blob in SQL": "session.execute(text('SELECT length(zeroblob(900000000) || zeroblob(900000000))')).all()",
    "a table of blobs": (
        "session.execute(text('CREATE TABLE big AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1"
        " FROM n WHERE i < 5000) SELECT randomblob(1000000) b FROM n'))"
    ),
    "a constant that is folded": "((1 << 9999999) ** 99999999)",
    "a million objects in a session": (
        "session.add_all([Song(title='x' * 1000) for _ in range(10 ** 7)])\nsession.flush()"
    ),
    "a database in memory": (
        "import sqlite3\nc = sqlite3.connect(':memory:')\nc.execute('create table t (b)')\n"
        "while True: c.execute('insert into t values (randomblob(1000000))')"
    ),
}


@pytest.mark.parametrize("name", MEMORY)
def test_memory_ends(quick_arena: Arena, name: str) -> None:
    run = quick_arena.attack(MEMORY[name], Limits(seconds=5.0, memory_mb=200))
    assert run.status in ("memory", "error", "timeout", "crashed", "output")
    assert run.status != "ok"


def test_after_a_memory_error_the_zygote_lives(quick_arena: Arena) -> None:
    run = quick_arena.attack("[0] * 10 ** 10", QUICK)
    assert run.status == "memory"
    assert run.error is not None
    assert run.error.type == "MemoryError"


BOUNDED = {
    "threads": """
        import threading
        stop = threading.Event()
        for _ in range(500): threading.Thread(target=stop.wait, daemon=True).start()
    """,
    "small threads": """
        import threading
        threading.stack_size(32768)
        stop = threading.Event()
        for _ in range(100_000): threading.Thread(target=stop.wait, daemon=True).start()
    """,
    "descriptors": "import os\nwhile True: os.dup(0)",
    "connections": "kept = [engine.connect() for _ in range(1000)]",
    "a file": "with open('big', 'wb') as f:\n    while True: f.write(bytes(10 ** 6))",
    "a sparse file": "import os\nos.ftruncate(os.open('sparse', os.O_CREAT | os.O_WRONLY), 10 ** 13)",
    "files": "for i in range(10 ** 7): open(str(i), 'w').write('x')",
    "large files": "for i in range(10 ** 5): open(str(i), 'wb').write(bytes(10 ** 7))",
    "unlinked files": """
        import os
        for i in range(200):
            f = open(str(i), "wb")
            os.unlink(str(i))
            for _ in range(100): f.write(bytes(10 ** 6))
    """,
    "folders": "import os\nfor i in range(10 ** 6): os.mkdir('d'); os.chdir('d')",
    "fork, in a loop": "import os\nfor _ in range(50): os.fork()",
    "recursion": "def f(): return f()\nf()",
    "recursion without a limit": "import sys\nsys.setrecursionlimit(10 ** 9)\ndef f(): return f()\nf()",
    "statements": "while True: session.execute(text('SELECT 1'))",
    "warnings": "import warnings\nwhile True: warnings.warn('x' * 1000)",
    "pipes": "import os\nkept = [os.pipe() for _ in range(10 ** 5)]",
}


@pytest.mark.parametrize("name", BOUNDED)
def test_what_is_taken_without_end_ends(quick_arena: Arena, name: str) -> None:
    run = quick_arena.attack(BOUNDED[name], Limits(seconds=1.0, memory_mb=300))
    assert run.status in ("error", "timeout", "memory", "crashed", "output")


UNNAMED = """
    import mmap, os
    for i in range(200):
        file = os.open(str(i), os.O_CREAT | os.O_RDWR)
        os.posix_fallocate(file, 0, 10 ** 8)
        globals()[f"kept{i}"] = mmap.mmap(file, 4096)
        os.unlink(str(i))
        for number in range(5, 60):
            try:
                if not os.fstat(number).st_nlink: os.close(number)
            except OSError: pass
    while True: pass
"""


def test_files_that_are_mapped_and_nothing_else_count(quick_arena: Arena) -> None:
    run = quick_arena.attack(UNNAMED, Limits(seconds=20.0))
    assert run.status == "memory"
    assert run.elapsed_ms < 5000


def test_threads_with_tiny_stacks_count(quick_arena: Arena) -> None:
    code = f"""{BOUNDED["small threads"].replace("100_000", "1_000")}
        stop.wait()
    """
    run = quick_arena.attack(code, Limits(seconds=20.0))
    assert run.status == "memory"
    assert run.elapsed_ms < 5000


FLOODS = {
    "print": "while True: print('x' * 1000)",
    "one long line": "print('x' * 10 ** 8)",
    "the error stream": "import sys\nwhile True: print('x' * 1000, file=sys.stderr)",
    "descriptor 1": "import os\nwhile True: os.write(1, b'x' * 1000)",
    "descriptor 2": "import os\nwhile True: os.write(2, b'x' * 1000)",
}


@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_is_cut_and_ended(quick_arena: Arena, name: str) -> None:
    run = quick_arena.attack(FLOODS[name], Limits(seconds=5.0, output_bytes=50_000))
    assert run.status == "output"
    assert len(run.output.encode()) <= 50_000


def test_a_flood_of_a_spawned_child_is_cut_and_ended(arena: Arena) -> None:
    run = arena.attack(FLOODS["descriptor 1"], Limits(seconds=5.0, output_bytes=50_000))
    assert run.status == "output"


def test_rows_without_end_are_cut(quick_arena: Arena) -> None:
    code = (
        "session.execute(text('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
        " LIMIT 1000000000) SELECT i FROM n'))"
    )
    run = quick_arena.attack(code, Limits(seconds=10.0, rows=1000))
    assert run.status == "ok"
    assert run.result is not None
    assert run.result.truncated
    assert run.result.total == 1000


@pytest.mark.parametrize(
    "code", ["[('x' * 10 ** 8,)]", "session.execute(text('SELECT zeroblob(100000000)'))"]
)
def test_a_cell_that_is_too_large_is_an_output_limit(quick_arena: Arena, code: str) -> None:
    assert quick_arena.attack(code, Limits(cell_bytes=1_000_000)).status in ("output", "memory")
