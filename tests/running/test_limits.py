"""Accidents that every level survives: each has its status, and the next run is right."""

import textwrap

import pytest

from playground.running import Job, Limits, Run, Runner, Special

from .conftest import Go

QUICK = Limits(seconds=0.4)


def honest(runner: Runner, shop: bytes) -> None:
    """The run after an accident."""
    run = runner.run(Job("select(Customer.id)", shop))
    assert (run.status, run.result and run.result.rows) == ("ok", [(1,), (2,), (3,)]), run.error


ACCIDENTS = {
    "endless loop": ("while True: pass", "timeout"),
    "loop that catches all": (
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        "timeout",
    ),
    "spin in C": ("10**10**9", "timeout"),
    "catastrophic regex": ("import re; re.match(r'(a+)+$', 'a' * 50 + 'b')", "timeout"),
    "endless recursive CTE": (
        "text('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT max(i) FROM n')",
        "timeout",
    ),
    "alarm ignored": (
        "import signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\nwhile True: pass",
        "timeout",
    ),
    "sleep": ("import time; time.sleep(60)", "timeout"),
    "list of 10**10": ("[0] * 10**10", "memory"),
    "2 GB list": ("x = []\nwhile True: x.append(bytes(50_000_000))", "memory"),
    "zeroblob": ("text('SELECT zeroblob(900000000)')", "memory"),
    "sys.exit": ("import sys; sys.exit()", "exited-early"),
    "exit": ("exit()", "exited-early"),
    "os._exit(0)": ("import os; os._exit(0)", "exited-early"),
    "abort": ("import os; os.abort()", "crashed"),
    "null pointer": ("import ctypes; ctypes.string_at(0)", "crashed"),
    "killed": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "crashed"),
    "output without end": ("while True: print('x' * 1000)", "output"),
    "output to descriptor 2": ("import os\nwhile True: os.write(2, b'x' * 5000)", "output"),
    "100 MB cell": ("'x' * 100_000_000", "output"),
    "closed channel": (
        "import os\nfor n in range(3, 100):\n    try: os.close(n)\n    except OSError: pass\nwhile True: pass",
        "invalid-result",
    ),
}


@pytest.mark.parametrize("name", ACCIDENTS)
def test_accidents(each_runner: Runner, shop: bytes, name: str) -> None:
    code, status = ACCIDENTS[name]
    limits = QUICK if status in ("timeout", "invalid-result") else Limits(seconds=20, memory_mb=300)
    run = each_runner.run(Job(code, shop, limits=limits))
    assert run.status == status, run
    honest(each_runner, shop)


def test_level_b_survives_accidents_too(shop: bytes) -> None:
    from .conftest import SHOP

    with Runner(SHOP, level="B") as runner:
        assert runner.isolation == "B"
        for code, status in [
            ACCIDENTS[name] for name in ("endless loop", "list of 10**10", "abort")
        ]:
            assert runner.run(Job(code, shop, limits=QUICK)).status == status
            honest(runner, shop)
        sleeper = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(300)'])"
        assert runner.run(Job(sleeper, shop)).status == "ok"
        honest(runner, shop)


def test_limits_are_told_as_a_person_reads_them(go: Go) -> None:
    assert go("while True: pass", limits=QUICK).limit == "0.4 s"
    assert go("[0] * 10**10", limits=Limits(memory_mb=300)).limit == "300 MB"
    run = go("while True: print('x')", limits=Limits(output_bytes=2000))
    assert (run.limit, run.output) == ("2 kB", "x\n" * 1000)
    assert go("'x' * 20_000_000").limit == "10 MB"


def test_a_run_out_of_time_tells_what_it_sent_and_printed(go_each: Go) -> None:
    run = go_each(
        "print('before')\nsession.scalar(select(1))\nwhile True:\n    session.scalar(select(2))",
        limits=Limits(seconds=0.4, statements=50),
    )
    assert run.status == "timeout"
    assert run.output == "before\n"
    assert [s.line for s in run.statements][:3] == [2, 2, 4]


def test_many_rows_are_cut_and_flagged(go: Go) -> None:
    many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 10000000) SELECT i FROM n"
    run = go(f"text({many!r})", limits=Limits(seconds=60, rows=30_000))
    assert run.status == "ok", run.error
    assert (run.result.total, run.result.truncated) == (30_000, True)
    assert run.result.rows[:2] == [(1,), (2,)]


def test_an_endless_generator_is_cut(go: Go) -> None:
    run = go("import itertools\n(n for n in itertools.count())", limits=Limits(rows=1000))
    assert (run.result.total, run.result.truncated) == (1000, True)


def test_junk_output_becomes_valid_text(go_each: Go) -> None:
    run = go_each(
        "import os, sys\nprint('\\ud800 a\\0b')\nos.write(1, b'\\xff\\xfe\\n')\nprint('e', file=sys.stderr)"
    )
    assert run.output == "\ufffd a\ufffdb\n\ufffd\ufffd\ne\n"
    run.output.encode()


def test_markup_and_escapes_are_data(go: Go) -> None:
    run = go("print('\\x1b[31m[red]')\ntext('SELECT 1 AS \"[@click=app.quit]\\x1b]0;x\\x07\"')")
    assert run.output == "\x1b[31m[red]\n"
    assert run.result.columns == ["[@click=app.quit]\x1b]0;x\x07"]


def test_a_full_directory_ends_the_run(go: Go) -> None:
    code = """
    import time
    with open("big", "wb") as file:
        for n in range(100_000):
            file.write(bytes(1_000_000))
    """
    run = go(textwrap.dedent(code), limits=Limits(seconds=30))
    assert run.status in ("memory", "error"), run
    assert run.error is None or run.error.type == "OSError"


def test_many_small_files_end_the_run(go: Go) -> None:
    code = "for n in range(10**9):\n    open(f'f{n}', 'w').close()"
    assert go(code, limits=Limits(seconds=30)).status == "memory"


def test_a_forged_frame_is_a_claim_or_nothing(go: Go) -> None:
    def forged(payload: str) -> Run:
        return go(
            "import os, struct\n"
            f"payload = {payload}\n"
            "for n in range(3, 20):\n"
            "    try: os.write(n, struct.pack('>Q', len(payload)) + payload)\n"
            "    except OSError: pass\n"
            "os._exit(0)"
        )

    assert forged("b'[]'").status == "invalid-result"
    assert forged("b'[' * 200_000").status == "invalid-result"
    assert forged("__import__('pickle').dumps(print)").status == "invalid-result"
    assert forged("b'x' * 100 + b'\\xff'").status == "invalid-result"
    claim = b'["ok",[],0,null,[],false,null,[["a"],1,false,[null],null,false,[[7]]]]'
    run = forged(repr(claim))
    assert (run.status, run.result.rows) == ("ok", [(7,)])
    assert forged(repr(claim.replace(b"7", b"NaN"))).status == "invalid-result"
    assert forged(repr(claim.replace(b"7", b"7,8"))).status == "invalid-result"
    huge = (
        "b''.__class__()\nstruct = type('S', (), {'pack': lambda *a: (2**62).to_bytes(8, 'big')})"
    )
    assert forged(huge).status == "invalid-result"


def test_patches_do_not_outlive_the_run(go: Go) -> None:
    go("import sqlalchemy, builtins\nsqlalchemy.text = None\nbuiltins.len = lambda x: 7\nstr.x = 1")
    assert go("len([1])").result.rows == [(1,)]
    assert go("text('SELECT 1 AS a')").result.rows == [(1,)]


def test_at_exit_and_del_do_not_run_after_the_answer(go: Go) -> None:
    run = go(
        "import atexit\natexit.register(print, 'late')\nclass D:\n    def __del__(self): print('del')\nd = D()\n1"
    )
    assert run.output == ""


def test_a_deep_value_is_told_as_text(go: Go) -> None:
    run = go("x = []\nfor n in range(100_000): x = [x]\n[(x,)]")
    assert run.status in ("ok", "error")
    if run.status == "ok":
        assert isinstance(run.result.rows[0][0], Special)
