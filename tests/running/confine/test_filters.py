"""The filters say what the policy says, on both processors: run here by a small BPF machine."""

import errno
import re
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.running.confine import policy, seccomp
from playground.running.confine.bpf import Assembler
from playground.running.confine.syscalls import NEWEST, NUMBERS, known

ALLOW, KILL, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
PROCESSORS = tuple(ARCHITECTURES)
WORD = 2**64
PID = 4321


def run(program: bytes, number: int, architecture: int, arguments: list[int]) -> int:
    """What a program answers to a system call, as the kernel's `bpf_prog_run` does."""
    data = struct.pack("<IIQ6Q", number, architecture, 0, *arguments)
    instructions = list(struct.iter_unpack("=HBBI", program))
    place = accumulator = 0
    while True:
        code, yes, no, operand = instructions[place]
        place += 1
        if code == 0x20:
            (accumulator,) = struct.unpack_from("<I", data, operand)
        elif code == 0x54:
            accumulator &= operand
        elif code == 0x05:
            place += operand
        elif code == 0x15:
            place += yes if accumulator == operand else no
        elif code == 0x35:
            place += yes if accumulator >= operand else no
        elif code == 0x06:
            return operand
        else:
            raise AssertionError(f"instruction {code:#x}")


def built(processor: str, zygote: bool, scoped: bool) -> bytes:
    code, places = seccomp.program(processor, zygote, scoped)
    buffer = bytearray(code)
    for place in places:
        struct.pack_into("=I", buffer, place, PID)
    return bytes(buffer)


def holds(condition: policy.Condition, arguments: list[int]) -> bool:
    value = arguments[condition.argument]
    if isinstance(condition, policy.IsNull):
        return value == 0
    if isinstance(condition, policy.IsSelf):
        return value & 0xFFFFFFFF == PID
    return value & condition.mask in condition.values


def expected(name: str, zygote: bool, scoped: bool, arguments: list[int]) -> int:
    """The policy's own answer, read without any BPF."""
    checked = policy.ZYGOTE_CHECKED if zygote else policy.CHECKED
    if name in policy.PLAIN or (zygote and name in policy.ZYGOTE_PLAIN):
        return ALLOW
    if zygote and scoped and name in policy.SIGNALS_TO_ONE:
        return ALLOW
    if name in policy.ANSWERED:
        return ERRNO | policy.ANSWERED[name]
    for conditions in checked.get(name, ()):
        if all(holds(condition, arguments) for condition in conditions):
            return ALLOW
    return ERRNO | errno.EPERM


interesting = st.sampled_from(
    [
        0,
        1,
        2,
        3,
        17,
        PID,
        PID + 2**32,
        0x5421,
        0x3D0F00,
        0x1200011,
        0x10000011,
        8,
        1030,
        2**32,
        WORD - 1,
    ]
)
arguments_ = st.lists(interesting | st.integers(0, WORD - 1), min_size=6, max_size=6)


@given(
    st.sampled_from(PROCESSORS),
    st.booleans(),
    st.booleans(),
    st.sampled_from(sorted(NUMBERS)),
    arguments_,
)
def test_the_filter_is_the_policy(
    processor: str, zygote: bool, scoped: bool, name: str, arguments: list[int]
) -> None:
    number = known(processor, name)
    if number is not None:
        answer = run(built(processor, zygote, scoped), number, ARCHITECTURES[processor], arguments)
        assert answer == expected(name, zygote, scoped, arguments)


@given(st.sampled_from(PROCESSORS), st.booleans(), st.integers(0, 2**32 - 1))
def test_what_has_no_name_is_refused(processor: str, zygote: bool, number: int) -> None:
    column = PROCESSORS.index(processor)
    if number not in {numbers[column] for numbers in NUMBERS.values()}:
        answer = run(built(processor, zygote, True), number, ARCHITECTURES[processor], [0] * 6)
        future = NEWEST < number < 0x40000000
        assert answer == ERRNO | (errno.ENOSYS if future else errno.EPERM)


@pytest.mark.parametrize("processor", PROCESSORS)
@pytest.mark.parametrize("architecture", [0x40000003, 0x40000028, 0, 0xC00000F3])
def test_another_interface_of_the_same_kernel_kills(processor: str, architecture: int) -> None:
    assert run(built(processor, False, False), 0, architecture, [0] * 6) == KILL


@pytest.mark.parametrize("name", ["read", "write", "fork", "execve", "unshare"])
def test_the_x32_numbers_are_refused(name: str) -> None:
    number = known("x86_64", name)
    assert number is not None
    answer = run(built("x86_64", True, True), number | 0x40000000, ARCHITECTURES["x86_64"], [0] * 6)
    assert answer == ERRNO | errno.EPERM


def test_every_name_of_the_policy_has_a_number() -> None:
    names = {*policy.PLAIN, *policy.CHECKED, *policy.ANSWERED, *policy.ZYGOTE_PLAIN}
    assert names <= set(NUMBERS)


HEADERS = {
    "x86_64": "/usr/include/x86_64-linux-gnu/asm/unistd_64.h",
    "aarch64": "/usr/include/asm-generic/unistd.h",
}


@pytest.mark.parametrize("processor", PROCESSORS)
def test_the_numbers_are_the_kernels(processor: str) -> None:
    header = Path(HEADERS[processor])
    if not header.exists():
        pytest.skip(f"no kernel headers: {header}")
    text = header.read_text()
    pattern = r"^#define __NR(?:3264)?_(\w+)\s+(\d+)\s*$"
    theirs = {name: int(number) for name, number in re.findall(pattern, text, re.MULTILINE)}
    theirs.setdefault("newfstatat", theirs.get("fstatat", -1))
    ours = {name: known(processor, name) for name in NUMBERS}
    assert {name: number for name, number in ours.items() if number is not None} == {
        name: theirs[name] for name, number in ours.items() if number is not None
    }


def test_a_jump_too_far_is_an_error() -> None:
    code = Assembler()
    code.if_equal(1, "end")
    for _ in range(300):
        code.load(0)
    code.label("end")
    code.give(ALLOW)
    with pytest.raises(ValueError, match="too far"):
        code.assemble()


def test_a_jump_backwards_is_an_error() -> None:
    code = Assembler()
    code.label("start")
    code.load(0)
    code.jump("start")
    with pytest.raises(ValueError, match="backwards"):
        code.assemble()
