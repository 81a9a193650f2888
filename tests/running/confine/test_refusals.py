"""What must be refused, tried in real processes: both users, both ways."""

import functools

import pytest

from tests.running.confine import forbidden
from tests.running.confine.confined import Bench

CALLS = {
    f"call {name}": (forbidden.call(*parts), "EPERM")
    for name, parts in forbidden.SYSTEM_CALLS.items()
}
FALLBACKS = {
    f"call {name}": (forbidden.call(*parts), "ENOSYS")
    for name, parts in forbidden.OLD_FALLBACK.items()
}
EVERYTHING = {
    **forbidden.FILES,
    **forbidden.PROCESSES,
    **forbidden.LIMITS,
    **forbidden.NETWORK,
    **CALLS,
    **FALLBACKS,
}


@functools.cache
def outcomes(bench: Bench) -> dict[str, str]:
    return bench.attempt({name: snippet for name, (snippet, _) in EVERYTHING.items()})


@pytest.mark.parametrize("name", EVERYTHING)
def test_it_is_refused(bench: Bench, name: str) -> None:
    expected = EVERYTHING[name][1]
    assert outcomes(bench)[name] in ((expected,) if isinstance(expected, str) else expected)


def test_nothing_outside_was_changed(bench: Bench) -> None:
    outcomes(bench)
    assert bench.secret.read_text() == "the solution"
    assert (bench.base / "other" / "data").read_text() == "another run's"


def test_a_run_is_kept_out_of_another_runs_directory(bench: Bench) -> None:
    snippets = {
        "read": "open(other + '/data').read()",
        "write": "open(other + '/data', 'w')",
        "list": "import os\nos.listdir(other)",
        "list the common folder": "import os\nos.listdir('..')",
        "remove": "import os\nos.remove(other + '/data')",
        "move": "import os\nos.rename(other + '/data', 'data')",
    }
    found = bench.attempt(snippets)
    assert found.pop("move") in ("EACCES", "EXDEV")
    assert set(found.values()) <= set(forbidden.CLOSED)
    assert (bench.base / "other" / "data").read_text() == "another run's"


@pytest.mark.parametrize("newest", range(1, 8))
def test_landlock_alone_refuses_the_same(one_bench: Bench, newest: int) -> None:
    """Without a root of its own, and as if the kernel were an older one."""
    snippets = {name: snippet for name, (snippet, _) in EVERYTHING.items()}
    found = one_bench.attempt(snippets, plan={"max_landlock_abi": newest, "own_root": False})
    for name, (_, expected) in EVERYTHING.items():
        landlock = "EACCES" if expected == forbidden.CLOSED else expected
        assert found[name] in ((landlock,) if isinstance(landlock, str) else landlock), name


def test_in_a_root_of_its_own_the_rest_is_not_even_there(bench: Bench) -> None:
    snippets = {
        "the secret": "import os\nos.stat(secret)",
        "passwd": "import os\nos.stat('/etc/passwd')",
        "a process": "import os\nos.stat('/proc/1')",
        "packages": "import os, sqlalchemy\nos.stat(os.path.dirname(sqlalchemy.__file__) + '/../textual')",
        "other names": "import os\nos.access(secret, os.F_OK)",
    }
    found = bench.attempt(snippets)
    if found["passwd"].startswith("ok"):
        pytest.skip("the system lets nobody have a root of their own")
    assert found.pop("other names") == "ok: False"
    assert set(found.values()) == {"ENOENT"}


HARMLESS = (
    "read a file",
    "read passwd",
    "read its own environment",
    "list descriptors",
    "list the root",
    "list the folder of packages",
    "append to a file",
    "ask for a file system",
    "change its own mode",
    "change a time",
    "make a folder",
    "make a symbolic link",
    "make a pipe with a name",
    "subprocess",
    "signal the parent",
    "signal by descriptor",
    "signal by owning a descriptor",
    "set a limit to what it is",
    "a TCP socket",
    "a unix socket",
    "pass a descriptor on",
    "call unshare",
    "call inotify_init1",
    "call personality",
)


def test_what_is_refused_works_without_confinement(one_bench: Bench) -> None:
    snippets = {name: EVERYTHING[name][0] for name in HARMLESS}
    found = one_bench.unconfined(snippets)
    assert {outcome[:3] for outcome in found.values()} == {"ok:"}
