"""Memory where no kernel limits an address space: looked at from outside, or limited by a job."""

import ctypes
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest

from playground.running.memory import OWN, job_limits, resident_bytes
from playground.running.watch import MemoryFull, Watch


@pytest.fixture
def greedy() -> Iterator["subprocess.Popen[str]"]:
    """A process that takes 200 MB and says so."""
    program = "x = bytearray(b'x') * 200_000_000; print('taken', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "taken\n"
        yield process
        process.kill()


def look(watch: Watch) -> None:
    """As often as a second of waiting does."""
    for _ in range(50):
        watch()


@pytest.mark.skipif(shutil.which("ps") is None, reason="needs ps")
def test_a_process_that_takes_too_much_is_seen(greedy: "subprocess.Popen[str]") -> None:
    assert resident_bytes(greedy.pid) > 200_000_000
    watch = Watch()
    watch.limit_memory(greedy.pid, bytes_=100_000_000)
    with pytest.raises(MemoryFull):
        look(watch)


@pytest.mark.skipif(shutil.which("ps") is None, reason="needs ps")
def test_a_process_within_its_limit_goes_on(greedy: "subprocess.Popen[str]") -> None:
    watch = Watch()
    watch.limit_memory(greedy.pid, bytes_=OWN + 512_000_000)
    look(watch)


def test_a_process_that_has_ended_has_no_memory() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    assert resident_bytes(process.pid) == 0


def test_a_job_limits_the_memory_of_each_process_and_ends_it_when_it_is_closed() -> None:
    limits = job_limits(512_000_000)
    assert limits.ProcessMemoryLimit == 512_000_000
    assert limits.BasicLimitInformation.LimitFlags == 0x2100
    assert job_limits(0).BasicLimitInformation.LimitFlags == 0x2000
    if ctypes.sizeof(ctypes.c_void_p) == 8:
        assert ctypes.sizeof(limits) == 144  # as winnt.h lays it out for 64 bits
