"""Where a layer cannot be put on, `apply` raises, and nothing of the code that was to come runs."""

import os

import pytest

from playground.running import confine
from tests.running.confine.confined import Bench
from tests.running.confine.forbidden import CLOSED

NOTHING = {"ran": "1"}

FORBID = """
import confine, ctypes, struct
from confine.bpf import Assembler
from confine.kernel import machine, prctl
from confine.syscalls import number
code = Assembler()
code.load(0)
for name in {names}:
    code.if_equal(number(machine(), name), "refuse")
code.give(0x7FFF0000)
code.label("refuse")
code.give(0x00050000 | {error})
program = code.assemble()
buffer = ctypes.create_string_buffer(program, len(program))
header = ctypes.create_string_buffer(
    struct.pack("@HP", len(program) // 8, ctypes.addressof(buffer))
)
confine.probe.cache_clear()
prctl(38, 1)
prctl(22, 2, ctypes.addressof(header))
"""
LANDLOCK = ["landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self"]


def refusal(bench: Bench, **order: object) -> str:
    return bench.attempt(NOTHING, **order).get("refused", "it was not refused")


def test_a_second_thread(bench: Bench) -> None:
    before = (
        "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()"
    )
    assert "more than one thread" in refusal(bench, before=before)


def test_a_thread_that_python_does_not_know(bench: Bench) -> None:
    before = (
        "import ctypes\nlibc = ctypes.CDLL(None)\nthread = ctypes.c_ulong()\n"
        "libc.pthread_create(ctypes.byref(thread), None, libc.pause, None)"
    )
    assert "more than one thread" in refusal(bench, before=before)


def test_a_kernel_without_landlock(bench: Bench) -> None:
    assert refusal(bench, plan={"max_landlock_abi": 0}) == "missing: landlock"


def test_a_container_that_forbids_landlock(bench: Bench) -> None:
    before = FORBID.format(names=LANDLOCK, error=1)
    assert refusal(bench, before=before) == "missing: landlock"


def test_a_container_that_forbids_seccomp(bench: Bench) -> None:
    before = FORBID.format(names=["seccomp"], error=1)
    assert refusal(bench, before=before) == "missing: seccomp"


def test_a_landlock_that_only_says_that_it_holds(bench: Bench) -> None:
    before = FORBID.format(names=["landlock_restrict_self"], error=0)
    assert refusal(bench, before=before) == "Landlock did not hold"


def test_a_landlock_that_fails_late(bench: Bench) -> None:
    before = FORBID.format(names=["landlock_restrict_self"], error=7)
    assert "landlock_restrict_self" in refusal(bench, before=before)


def test_capabilities_that_stay(bench: Bench) -> None:
    before = FORBID.format(names=["capset"], error=1)
    assert "capset" in refusal(bench, before=before)


def test_limits_that_cannot_be_set(bench: Bench) -> None:
    before = FORBID.format(names=["prlimit64", "setrlimit"], error=1)
    assert refusal(bench, before=before) != "it was not refused"


def test_a_directory_that_is_not_there(one_bench: Bench) -> None:
    plans = [{"stage": "zygote", "directory": "/no/such/directory"}]
    assert "No such file" in refusal(one_bench, plans=plans)


def test_a_spare_outside_a_zygote(one_bench: Bench) -> None:
    plans = [{"stage": "spare", "directory": str(one_bench.directory)}]
    assert refusal(one_bench, plans=plans) == "a spare comes from a confined zygote"


def test_a_run_that_was_no_spare(one_bench: Bench) -> None:
    directory = str(one_bench.directory)
    plans = [
        {"stage": "zygote", "directory": str(one_bench.base)},
        {"stage": "run", "directory": directory},
    ]
    assert refusal(one_bench, plans=plans) == f"{directory} is no spare's directory"


def test_a_container_that_forbids_namespaces_is_no_hindrance(bench: Bench) -> None:
    before = FORBID.format(names=["unshare"], error=1)
    found = bench.attempt({"read": "open(secret)", "passwd": "open('/etc/passwd')"}, before=before)
    assert set(found.values()) == {"EACCES"}


@pytest.mark.parametrize("name", ["mount", "pivot_root"])
def test_a_container_that_forbids_mounts_is_no_hindrance(bench: Bench, name: str) -> None:
    before = FORBID.format(names=[name], error=1)
    snippets = {
        "read": "open(secret)",
        "passwd": "open('/etc/passwd')",
        "list": "import os\nos.listdir('/')",
        "work": "open('mine', 'w').write('x')",
    }
    found = bench.attempt(snippets, before=before)
    assert found.pop("work") == "ok: 1"
    assert set(found.values()) == {"EACCES"}
    assert not (bench.base / ".root").exists()


def test_without_proc_it_holds_as_well(one_bench: Bench) -> None:
    if os.getuid() != 0:
        pytest.skip("only root can take /proc away")
    before = (
        "import ctypes, os\nlibc = ctypes.CDLL(None)\nassert libc.unshare(0x00020000) == 0\n"
        "assert libc.mount(None, b'/', None, 0x44000, None) == 0\n"
        "assert libc.umount2(b'/proc', 2) == 0\nassert not os.path.exists('/proc/self')"
    )
    snippets = {"read": "open(secret)", "fork": "import os\nos.fork()"}
    found = one_bench.attempt(snippets, before=before)
    assert found["read"] in CLOSED
    assert found["fork"] == "EPERM"


def test_under_low_limits_it_holds_as_well(bench: Bench) -> None:
    before = "import resource as r\nr.setrlimit(r.RLIMIT_NOFILE, (24, 24))\nr.setrlimit(r.RLIMIT_FSIZE, (4096, 4096))"
    snippets = {"read": "open(secret)", "write": "open('x', 'w').write('x')"}
    found = bench.attempt(snippets, before=before)
    assert found["read"] in CLOSED
    assert found["write"] == "ok: 1"


@pytest.mark.parametrize("newest", range(1, 8))
def test_every_landlock_interface_gives_level_a(newest: int) -> None:
    here = confine.probe()
    if here.landlock_abi < newest:
        pytest.skip(f"the kernel has interface {here.landlock_abi}")
    found = confine.probe(newest)
    assert (found.level, found.landlock_abi, found.missing) == ("A", newest, ())


def test_a_probe_names_what_is_missing() -> None:
    found = confine.probe(0)
    assert found.level == "B"
    assert found.missing


def test_a_probe_elsewhere_never_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    confine.probe.cache_clear()
    try:
        assert confine.probe().missing == ("linux",)
    finally:
        confine.probe.cache_clear()


def test_a_probe_on_an_unknown_processor_never_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    confine.probe.cache_clear()
    try:
        assert confine.probe().missing in (("architecture",), ("linux",))
    finally:
        confine.probe.cache_clear()
