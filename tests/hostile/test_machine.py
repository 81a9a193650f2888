"""Trouble around a run: lost zygotes, no descriptors, no room, no confinement. Never the learner's."""

import os
import resource
import select
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from playground.running import Job, Limits, Runner, isolation_level, launch
from playground.running.confine import probe
from tests.hostile.arena import (
    Arena,
    children,
    descendants,
    held,
    image,
    make_world,
    needs_level_a,
)

needs_proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no /proc to look at")


@pytest.fixture
def own_arena(tmp_path: Path) -> Iterator[Arena]:
    needs_level_a()
    with Runner(make_world(), way="zygote", spares=2) as runner:
        yield Arena(runner, "zygote", image(), tmp_path)


@needs_proc
def test_a_killed_zygote_is_replaced(own_arena: Arena) -> None:
    before = set(descendants(os.getpid()))
    own_arena.expect_honest()
    for pid in set(descendants(os.getpid())) - before:
        os.kill(pid, signal.SIGKILL)
    own_arena.expect_honest()


@needs_proc
def test_killed_spares_are_replaced(own_arena: Arena) -> None:
    others = {*descendants(os.getpid()), os.getpid()}
    own_arena.expect_honest()
    own_arena.runner.warm()
    zygotes = set(children(os.getpid()))
    for pid in set(descendants(os.getpid())) - others - zygotes:
        os.kill(pid, signal.SIGKILL)
    own_arena.expect_honest()


@needs_proc
def test_what_a_zygote_forked_ends_with_it(own_arena: Arena) -> None:
    before = set(descendants(os.getpid()))
    own_arena.expect_honest()
    (zygote,) = {pid for pid in children(os.getpid()) if pid not in before}
    spares = [os.pidfd_open(pid) for pid in children(zygote)]
    os.kill(zygote, signal.SIGKILL)
    for spare in spares:
        ended, _, _ = select.select([spare], [], [], 30)
        assert ended
        os.close(spare)


def test_without_room_it_is_our_own_error(own_arena: Arena) -> None:
    own_arena.expect_honest()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        status = own_arena.run("1").status
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert status == "sandbox-error"
    own_arena.expect_honest()


def test_without_descriptors_it_is_our_own_error(own_arena: Arena) -> None:
    own_arena.expect_honest()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    taken = []
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, 256), hard))
    try:
        while True:
            try:
                taken.append(os.dup(0))
            except OSError:
                break
        status = own_arena.run("1").status
    finally:
        for descriptor in taken:
            os.close(descriptor)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert status in ("ok", "sandbox-error")
    own_arena.expect_honest()


WAITING = """
import os
with open("running", "w") as file:
    file.write(str(os.getpid()))
while not os.path.exists("go on"):
    if os.path.exists("no room"):
        raise OSError(28, "No space left on device")
7
"""


def disturb(arena: Arena, *what: Callable[[Path, int], None]) -> str:
    """The status of a run to which, in each try of it, the next of `what` is done."""
    met: list[Path] = []

    def look() -> None:
        for do in what:
            while not (found := [each for each in places() if each not in met]):
                pass
            met.extend(found)
            while not (text := (found[0] / "running").read_text()):
                pass
            do(found[0], int(text))

    looking = threading.Thread(target=look)
    looking.start()
    status = arena.run(WAITING, Limits(seconds=30)).status
    looking.join()
    return status


def places() -> list[Path]:
    """The private directories of this process's runs that have begun."""
    roots = (Path("/dev/shm"), Path(tempfile.gettempdir()))
    found = (each for root in roots for each in root.glob(f"playground-{os.getpid()}-*/*/running"))
    return [each.parent for each in found]


def kill(_place: Path, pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def no_room(place: Path, _pid: int) -> None:
    (place / "no room").touch()


def go_on(place: Path, _pid: int) -> None:
    (place / "go on").touch()


@pytest.mark.parametrize("trouble", [kill, no_room])
def test_a_run_that_the_machine_may_have_ended_is_tried_again(
    own_arena: Arena, trouble: Callable[[Path, int], None]
) -> None:
    assert disturb(own_arena, trouble, go_on) == "ok"


def test_what_happens_twice_is_the_answers_own_doing(own_arena: Arena) -> None:
    assert disturb(own_arena, kill, kill) == "crashed"
    assert disturb(own_arena, no_room, no_room) == "error"


@pytest.mark.parametrize("way", ["zygote", "spawned"])
def test_a_confinement_that_fails_is_our_own_error(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The trusted side believes in level A; the child finds that it cannot have all of it."""
    needs_level_a()
    shutil.copytree(launch.__file__.removesuffix("launch.py"), tmp_path / "running")
    module = tmp_path / "running" / "confine" / "confining.py"
    module.write_text(
        module.read_text() + "\n\ndef drop_capabilities():\n    raise OSError('no')\n"
    )
    monkeypatch.setattr(launch, "_HERE", tmp_path / "running")
    with Runner(make_world(), way=way, spares=0) as runner:  # type: ignore[arg-type]
        run = runner.run(Job(code="open('ran', 'w')", database=image()))
    assert run.status == "sandbox-error"


@needs_proc
def test_nothing_is_left_behind(tmp_path: Path) -> None:
    needs_level_a()
    before = held()
    with Runner(make_world(), spares=2) as runner:
        arena = Arena(runner, "auto", image(), tmp_path)
        for code in ("1", "import os\nos._exit(1)", "while True: pass", "import os\nos.abort()"):
            arena.run(code, Limits(seconds=0.2))
    assert held() == before


def test_the_level_is_told_in_every_run(quick_arena: Arena) -> None:
    assert quick_arena.run("1").isolation == "A"
    assert quick_arena.run("import os\nos._exit(1)").isolation == "A"


def test_an_old_kernel_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.running.isolation.probe", lambda: probe(0))
    level = isolation_level()
    assert level.name == "B"
    assert level.missing


ACCIDENTS = {
    "while True: pass": ("timeout",),
    "[0] * 10 ** 10": ("memory",),
    "while True: print('x' * 1000)": ("output",),
    "import os\nos.abort()": ("crashed",),
    "import os\nos._exit(0)": ("exited-early",),
    "import sys\nsys.exit(0)": ("exited-early",),
    "session.execute(text('DROP TABLE songs'))\nsession.commit()": ("ok",),
    "def f(): return f()\nf()": ("error",),
    "1 / 0": ("error",),
}


@pytest.mark.parametrize("way", ["zygote", "spawned"])
def test_accidents_end_at_level_b_as_well(way: str, tmp_path: Path) -> None:
    with Runner(make_world(), way=way, spares=1, level="B") as runner:  # type: ignore[arg-type]
        arena = Arena(runner, way, image(), tmp_path)
        accidents = list(ACCIDENTS.items())[:: 1 if way == "zygote" else 3]
        for code, expected in accidents:
            run = arena.attack(code, Limits(seconds=0.5, memory_mb=300, output_bytes=50_000))
            assert run.isolation == "B"
            assert run.status in expected


@pytest.mark.parametrize("code", ["1", "result = select(Song.title)"])
def test_an_empty_database_is_no_trouble(quick_arena: Arena, code: str) -> None:
    assert quick_arena.runner.run(Job(code=code, database=b"")).status in ("ok", "error")
