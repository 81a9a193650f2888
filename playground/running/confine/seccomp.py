"""From the policy to a seccomp filter, and its installation."""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from functools import lru_cache

from . import policy
from .bpf import Assembler
from .kernel import machine, syscall
from .plan import Stage
from .syscalls import NEWEST, known

# include/uapi/linux/seccomp.h
_SET_MODE_FILTER = 1
_GET_ACTION_AVAIL = 2
_ALL_THREADS = 1 << 0
_SPEC_ALLOW = 1 << 2
_ALLOW = 0x7FFF0000
_KILL_PROCESS = 0x80000000
_ERRNO = 0x00050000

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # include/uapi/linux/audit.h
_X32_BIT = 0x40000000

# struct seccomp_data, little-endian
_NUMBER = 0
_ARCHITECTURE = 4
_ARGUMENTS = 16


def available() -> bool:
    """Whether the kernel takes filters that answer with an errno."""
    action = ctypes.c_uint32(_ERRNO)
    try:
        syscall("seccomp", _GET_ACTION_AVAIL, 0, ctypes.addressof(action))
    except OSError:
        return False
    return True


def install(stage: Stage, *, scoped_signals: bool) -> None:
    """Put the filter of `stage` on this process for good; needs no_new_privs. Raises OSError.

    `scoped_signals` tells that Landlock keeps signals within the zygote and its children. Kernels
    before 5.16 would slow a filtered process down to hide its memory from itself (speculative
    store bypass); nothing in it is a secret, so that is waived.
    """
    code, places = program(machine(), stage == "zygote", scoped_signals)
    buffer = ctypes.create_string_buffer(code, len(code))
    for place in places:
        struct.pack_into("=I", buffer, place, os.getpid())
    header = struct.pack("@HP", len(code) // 8, ctypes.addressof(buffer))
    holder = ctypes.create_string_buffer(header, len(header))
    flags = _ALL_THREADS | _SPEC_ALLOW
    stubborn = syscall("seccomp", _SET_MODE_FILTER, flags, ctypes.addressof(holder))
    if stubborn:
        raise OSError(errno.EBUSY, f"thread {stubborn} takes no filter")


@lru_cache(maxsize=8)
def program(processor: str, zygote: bool, scoped_signals: bool) -> tuple[bytes, tuple[int, ...]]:
    """The filter for `processor`, and the byte offsets where the process id is to be written.

    Cached, so that what a zygote has worked out its children inherit.
    """
    return _Filter(processor, zygote, scoped_signals).build()


class _Filter:
    def __init__(self, processor: str, zygote: bool, scoped_signals: bool) -> None:
        self._processor = processor
        free = policy.SIGNALS_TO_ONE if zygote and scoped_signals else ()
        self._plain = policy.PLAIN + free + (policy.ZYGOTE_PLAIN if zygote else ())
        checked = policy.ZYGOTE_CHECKED if zygote else policy.CHECKED
        self._checked = {name: tests for name, tests in checked.items() if name not in free}
        self._code = Assembler()
        self._self_places: list[int] = []

    def build(self) -> tuple[bytes, tuple[int, ...]]:
        self._refuse_other_interfaces()
        self._allow_plain()
        for name, errno_ in policy.ANSWERED.items():
            self._answer(name, errno_)
        for name, alternatives in self._checked.items():
            self._check(name, alternatives)
        self._code.if_at_least(NEWEST + 1, None, "refuse")
        self._code.give(_ERRNO | errno.ENOSYS)
        self._code.label("refuse")
        self._code.give(_ERRNO | errno.EPERM)
        return self._code.assemble(), tuple(self._self_places)

    def _refuse_other_interfaces(self) -> None:
        code = self._code
        code.load(_ARCHITECTURE)
        code.if_equal(_ARCHITECTURES[self._processor], "native")
        code.give(_KILL_PROCESS)
        code.label("native")
        code.load(_NUMBER)
        code.if_at_least(_X32_BIT, None, "numbered")
        code.give(_ERRNO | errno.EPERM)
        code.label("numbered")

    def _allow_plain(self) -> None:
        for name in self._plain:
            number = known(self._processor, name)
            if number is not None:
                self._code.if_equal(number, "allow")
        self._code.jump("next")
        self._code.label("allow")
        self._code.give(_ALLOW)
        self._code.label("next")

    def _answer(self, name: str, error: int) -> None:
        number = known(self._processor, name)
        if number is None:
            return
        after = self._code.new_label()
        self._code.if_equal(number, None, after)
        self._code.give(_ERRNO | error)
        self._code.label(after)

    def _check(self, name: str, alternatives: policy.Alternatives) -> None:
        number = known(self._processor, name)
        if number is None:
            return
        after = self._code.new_label()
        self._code.if_equal(number, None, after)
        for conditions in alternatives:
            otherwise = self._code.new_label()
            for condition in conditions:
                self._test(condition, otherwise)
            self._code.give(_ALLOW)
            self._code.label(otherwise)
        self._code.give(_ERRNO | errno.EPERM)
        self._code.label(after)

    def _test(self, condition: policy.Condition, otherwise: str) -> None:
        code = self._code
        low = _ARGUMENTS + 8 * condition.argument
        code.load(low)
        if isinstance(condition, policy.IsNull):
            code.if_equal(0, None, otherwise)
            code.load(low + 4)
            code.if_equal(0, None, otherwise)
        elif isinstance(condition, policy.IsSelf):
            self._self_places.append(code.offset())
            code.if_equal(0, None, otherwise)
        else:
            code.mask(condition.mask)
            holds = code.new_label()
            for value in condition.values[:-1]:
                code.if_equal(value, holds)
            code.if_equal(condition.values[-1], None, otherwise)
            code.label(holds)
