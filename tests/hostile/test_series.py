"""The same attack on several databases, which one child may serve: each run still stands alone."""

import contextlib
import os
import tempfile
import textwrap
import threading
from pathlib import Path

import pytest

from playground.running import Job, Run
from tests.hostile.arena import HONEST, PATIENT, QUICK, TITLES, Arena
from tests.hostile.test_claims import POISON
from tests.hostile.test_endings import ENDINGS

ANSWER = b'["ok",[],0,null,[],true,"playground.db",[["n"],1,false,[null],null,false,[[99]]]]'
FORGE = """
    import os, struct, threading
    def say(frame):
        data = struct.pack('>Q', len(frame)) + frame
        for number in range(3, 40):
            try: os.write(number, data)
            except OSError: pass
"""
TIDY = b'{"tidy":true}'
STARTED = b'{"started":true}'

FORGERIES = {
    "tidy, and gone": f"say({ANSWER!r}); say({TIDY!r}); os._exit(0)",
    "tidy, and silent": f"say({ANSWER!r}); say({TIDY!r})\n    while True: pass",
    "all signs at once": f"for _ in range(9): say({ANSWER!r}); say({TIDY!r}); say({STARTED!r})",
    "signs without end": f"while True: say({TIDY!r}); say({STARTED!r}); say({ANSWER!r})",
    "no sign but a flood": f"say({ANSWER!r})\n    while True: say(b'x' * 1000)",
    "a sign that is none": f"say({ANSWER!r}); say(b'[1]'); os._exit(0)",
    "an answer from a thread": (
        f"threading.Thread(target=lambda: [say({ANSWER!r}) for _ in range(10 ** 6)]).start()"
    ),
    "files without end": (
        f"say({ANSWER!r})\n"
        "    for number in range(200):\n"
        "        file = os.open(f'f{number}', os.O_CREAT | os.O_RDWR)\n"
        "        os.posix_fallocate(file, 0, 10 ** 8)\n"
        "        os.close(file)\n"
        "    while True: pass"
    ),
    "untidy for ever": "import atexit, gc\n    gc.callbacks.append(lambda *a: [0 for _ in iter(int, 1)])",
}
ATTACKS = {
    **{name: f"{FORGE}    {code}\n" for name, code in FORGERIES.items()},
    **{name: POISON[name] for name in ("builtins", "the modules", "the dialect", "the database")},
    **{name: ENDINGS[name][0] for name in ("os._exit(0)", "abort", "every descriptor closed")},
}


def run_each(arena: Arena, code: str, limits: object = QUICK, **more: object) -> list[Run]:
    job = Job(code=code, database=b"", limits=limits, **more)  # type: ignore[arg-type]
    return arena.runner.run_each(job, [arena.database] * 3)


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_on_several_databases(quick_arena: Arena, name: str) -> None:
    runs = run_each(quick_arena, textwrap.dedent(ATTACKS[name]), state=True)
    assert len(runs) == 3
    assert "sandbox-error" not in {run.status for run in runs}
    for run in run_each(quick_arena, HONEST, PATIENT):
        assert run.status == "ok"
        assert run.result is not None
        assert [row[0] for row in run.result.rows] == list(TITLES)
    quick_arena.expect_honest()


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_never_changes_a_state(quick_arena: Arena, name: str) -> None:
    """Whatever the process says, the file of a database that nothing wrote to is as it was."""
    for run in run_each(quick_arena, textwrap.dedent(ATTACKS[name]), state=True):
        if run.state is not None:
            table = run.state.table("songs")
            assert table is not None
            assert table.total == len(TITLES)


def test_files_that_are_made_behind_an_answer_count(quick_arena: Arena) -> None:
    """Also while nothing more is asked of the process, and those that were put by."""
    most, done = [0], threading.Event()

    def look() -> None:
        while not done.wait(0.01):
            most.append(bytes_of_ours())

    looking = threading.Thread(target=look)
    looking.start()
    run_each(quick_arena, textwrap.dedent(ATTACKS["files without end"]), state=True)
    done.set()
    looking.join()
    assert max(most) < 1_500_000_000


def bytes_of_ours() -> int:
    """What the private directories of this process's runs hold."""
    size = 0
    for place in (Path("/dev/shm"), Path(tempfile.gettempdir())):
        for own in place.glob(f"playground-{os.getpid()}-*"):
            for folder, _folders, names in os.walk(own):
                for name in names:
                    with contextlib.suppress(OSError):
                        size += Path(folder, name).lstat().st_size
    return size
