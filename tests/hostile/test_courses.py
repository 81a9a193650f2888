"""A course is code that its reader chose to run: its models and seeds are confined as well."""

import json
import os
import tempfile
from pathlib import Path

import pytest

from playground.running import Job, Limits, Runner, World
from playground.running.runner import BuildError
from tests.hostile.arena import MODELS, TRY_ALL, Arena, image, make_secrets, needs_level_a
from tests.running.confine import forbidden

# A zygote may fork, pass descriptors on and signal itself and its children, and makes folders.
PERMITTED = {
    "make a folder",
    "remove a folder",
    "pass a descriptor on",
    "fork",
    "fork with a terminal",
    "multiprocessing",
    "leave the session",
    "signal everybody",
    "signal its group",
    "signal its group by number",
}
CALLS = (
    *("ptrace", "process_vm_readv", "io_uring_setup", "bpf", "mount", "unshare", "keyctl"),
    *("tgkill", "tkill", "rt_sigqueueinfo", "pidfd_send_signal", "memfd_create", "timer_create"),
)
REFUSED = {**forbidden.FILES, **forbidden.NETWORK, **forbidden.PROCESSES}
SNIPPETS = {name: REFUSED[name] for name in REFUSED if name not in PERMITTED} | {
    name: (forbidden.call(*forbidden.SYSTEM_CALLS[name]), "EPERM") for name in CALLS
}


@pytest.fixture(scope="module")
def secrets() -> Path:
    needs_level_a()
    return make_secrets(tempfile.gettempdir())


@pytest.fixture(scope="module", params=["zygote", "spawned"])
def outcomes(request: pytest.FixtureRequest, secrets: Path) -> dict[str, str]:
    """What came of each snippet where a course's models tried it."""
    texts = json.dumps({name: snippet for name, (snippet, _) in SNIPPETS.items()})
    given = {"secret": str(secrets / "solution.py")}
    models = f"{MODELS}\nSNIPPETS = {texts!r}\nGIVEN = {given!r}\n{TRY_ALL}\nfound = result\n"
    with Runner(World(name="bad", models=models), way=request.param, spares=0) as runner:
        run = runner.run(Job(code="from models import found\nfound", database=image(), whole=True))
    assert run.result is not None, run
    return {str(name): str(outcome) for name, outcome in run.result.rows}


@pytest.mark.parametrize("name", SNIPPETS)
def test_models_are_refused_it(outcomes: dict[str, str], name: str) -> None:
    expected = SNIPPETS[name][1]
    assert outcomes[name] in ((expected,) if isinstance(expected, str) else expected)


def test_a_seed_is_confined_as_a_run_is(secrets: Path) -> None:
    with Runner(World(name="good", models=MODELS), spares=0) as runner:
        with pytest.raises(BuildError, match=r"PermissionError|FileNotFoundError"):
            runner.build(f"open({str(secrets / 'solution.py')!r})")
        with pytest.raises(BuildError, match="PermissionError"):
            runner.build("import os\nos.fork()")
        assert runner.build("Base.metadata.create_all(engine)").startswith(b"SQLite format 3")


ENDINGS = {
    "raise": "raise ValueError('x')",
    "exit": "import os\nos._exit(0)",
    "leave": "raise SystemExit",
    "crash": "import ctypes\nctypes.string_at(0)",
    "no models": "",
    "no Python": "(((",
    "print": "print('x' * 10 ** 6)",
    "close everything": "import os\nos.closerange(0, 1000)",
}


@pytest.mark.parametrize("name", ENDINGS)
def test_models_that_end_badly_are_told_and_harm_no_other_course(
    quick_arena: Arena, name: str
) -> None:
    job = Job(code="1", database=b"", limits=Limits(seconds=2.0))
    with Runner(World(name="bad", models=ENDINGS[name]), spares=0) as runner:
        try:
            run = runner.run(job)
        except BuildError:
            pass
        else:
            assert run.status in ("ok", "sandbox-error")
    quick_arena.expect_honest()


def test_models_cannot_choose_which_process_is_killed() -> None:
    needs_level_a()
    victim = os.fork()
    if victim == 0:
        import signal

        signal.alarm(30)
        signal.pause()
        os._exit(0)
    try:
        models = f"{MODELS}\nimport os\nos.getpid = lambda: {victim}\n"
        with Runner(World(name="bad", models=models), way="zygote", spares=1) as runner:
            runner.run(Job(code="1", database=b""))
        assert os.waitpid(victim, os.WNOHANG) == (0, 0)
    finally:
        os.kill(victim, 9)
        os.waitpid(victim, 0)
