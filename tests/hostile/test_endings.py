"""Ways to end early, to crash and to live on: none is a pass, and none touches the next run."""

import pytest

from playground.running import Limits
from tests.hostile.arena import QUICK, Arena

ENDINGS = {
    "sys.exit(0)": ("import sys\nsys.exit(0)", "exited-early"),
    "sys.exit with a message": ("import sys\nsys.exit('correct')", "exited-early"),
    "quit()": ("quit()", "exited-early"),
    "os._exit(0)": ("import os\nos._exit(0)", "exited-early"),
    "os._exit(1)": ("import os\nos._exit(1)", "exited-early"),
    "abort": ("import os\nos.abort()", "crashed"),
    "a bad pointer": ("import ctypes\nctypes.string_at(0)", "crashed"),
    "a trap": ("import os, signal\nos.kill(os.getpid(), signal.SIGTRAP)", "crashed"),
    "killing itself": ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "crashed"),
    "an exit in a thread": (
        "import os, threading\nthreading.Thread(target=os._exit, args=(0,)).start()\nwhile True: pass",
        "exited-early",
    ),
    "the thread ends, the rest waits": (
        "import ctypes\nctypes.CDLL(None).pthread_exit(None)",
        ("crashed", "timeout", "exited-early"),
    ),
    "a syntax error": ("select((", "error"),
    "nothing but a comment": ("# nothing", "ok"),
    "nothing": ("", "ok"),
    "a raise of the base": ("raise BaseException('x')", "error"),
    "an interrupt": ("raise KeyboardInterrupt", "error"),
    "a generator's exit": ("raise GeneratorExit", "error"),
    "a group of errors": ("raise ExceptionGroup('x', [ValueError(1)])", "error"),
    "an error whose message fails": (
        "class A(Exception):\n    def __str__(self): raise ValueError\nraise A",
        "error",
    ),
    "an error whose class lies": (
        "class A(Exception):\n    __name__ = property(lambda s: 1/0)\nraise A",
        "error",
    ),
    "an error in a loop of causes": (
        "e = ValueError('x')\ne.__cause__ = e\ne.__context__ = e\nraise e",
        "error",
    ),
    "an error that is a mebibyte": ("raise ValueError('x' * 2 ** 20)", "error"),
    "a closed standard output": ("import sys\nsys.stdout.close()\n1", ("ok", "error")),
    "every descriptor closed": (
        "import os\nos.closerange(0, 1000)\n1",
        ("exited-early", "crashed", "invalid-result", "error", "timeout"),
    ),
    "every descriptor replaced": (
        "import os\nfor n in range(3, 20):\n    try: os.dup2(0, n)\n    except OSError: pass\n1",
        ("exited-early", "crashed", "invalid-result", "error", "timeout"),
    ),
    "parentheses": ("(" * 100_000 + ")" * 100_000, "error"),
    "brackets": ("[" * 100_000, "error"),
    "minus signs": ("-" * 1_000_000 + "1", ("error", "crashed", "memory")),
    "attributes": ("x" + ".y" * 200_000, ("error", "crashed", "memory")),
    "a long sum": ("+".join(["1"] * 100_000), ("error", "ok", "crashed", "memory", "timeout")),
    "a NUL byte": ("x = 1\0", "error"),
    "a lone surrogate": ("x = '\ud800'", "error"),
    "a byte-order mark": ("\ufeff1", "ok"),
    "old line ends": ("x = 1\r\nx\r\n", "ok"),
    "an encoding that lies": ("# -*- coding: utf-16 -*-\n1", ("ok", "error")),
    "printing a surrogate": ("print('\\ud800')\n1", "ok"),
    "printing a NUL": ("print('\\0')\n1", "ok"),
}


@pytest.mark.parametrize("name", ENDINGS)
def test_it_ends_as_it_should(quick_arena: Arena, name: str) -> None:
    code, expected = ENDINGS[name]
    run = quick_arena.attack(code, Limits(seconds=2.0, memory_mb=300))
    assert run.status in ((expected,) if isinstance(expected, str) else expected)
    run.output.encode("utf-8")


@pytest.mark.parametrize("name", ["os._exit(0)", "abort"])
def test_it_ends_so_in_a_spawned_child_as_well(arena: Arena, name: str) -> None:
    code, expected = ENDINGS[name]
    assert arena.attack(code, QUICK).status == expected


@pytest.mark.long
def test_fifty_megabytes_of_code(quick_arena: Arena) -> None:
    run = quick_arena.attack("x = 1\n" * 8_000_000, Limits(seconds=1.0))
    assert run.status in ("error", "timeout", "memory", "crashed")


LATE = {
    "at exit": "import atexit\natexit.register(lambda: open('late', 'w'))\n'value'",
    "a finaliser": "class A:\n    def __del__(self): print('late')\nkept = A()\n'value'",
    "a thread": "import threading, time\nthreading.Thread(target=lambda: (time.sleep(0.3), print('late'))).start()\n'value'",
    "a daemon that prints": "import threading\ndef late():\n    while True: print('late')\nthreading.Thread(target=late, daemon=True).start()\n'value'",
    "an exit hook": "import sys\nsys.excepthook = lambda *a: print('late')\n'value'",
}


@pytest.mark.parametrize("name", LATE)
def test_what_comes_after_the_value_changes_nothing(quick_arena: Arena, name: str) -> None:
    run = quick_arena.attack(LATE[name], QUICK)
    assert run.status in ("ok", "output")
    if run.status == "ok":
        assert run.result is not None
        assert run.result.rows == [("value",)]


def test_ten_megabytes_of_code(quick_arena: Arena) -> None:
    run = quick_arena.attack("x = 1\n" * 1_600_000, Limits(seconds=1.0))
    assert run.status in ("ok", "error", "timeout", "memory", "crashed")


def test_ending_early_is_never_a_result(quick_arena: Arena) -> None:
    run = quick_arena.attack("result = select(Song.title)\nimport os\nos._exit(0)", QUICK)
    assert run.result is None
    assert run.status == "exited-early"
