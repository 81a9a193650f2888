"""System calls that Python has no function for, through the C library's `syscall`.

Importable everywhere; calling needs Linux.
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys

from .syscalls import number

MACHINES = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "aarch64", "arm64": "aarch64"}

# include/uapi/linux/prctl.h
PR_SET_PDEATHSIG = 1
PR_SET_NAME = 15
PR_GET_NAME = 16
PR_SET_NO_NEW_PRIVS = 38
PR_GET_NO_NEW_PRIVS = 39
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_CLEAR_ALL = 4

_CAPABILITY_VERSION_3 = 0x20080522  # include/uapi/linux/capability.h


def machine() -> str:
    """`x86_64` or `aarch64` where a system call table is known, else the system's own word.

    A 32-bit interpreter on a 64-bit kernel speaks another interface and is named apart.
    """
    name = MACHINES.get(platform.machine().lower(), platform.machine())
    return name if sys.maxsize > 2**32 else f"{name}-32bit"


def known_machine() -> bool:
    """Whether there is a table of system calls for this processor."""
    return machine() in ("x86_64", "aarch64")


_libc: ctypes.CDLL | None = None


def libc() -> ctypes.CDLL:
    """The C library of this process."""
    global _libc
    if _libc is None:
        _libc = ctypes.CDLL(None, use_errno=True)
        _libc.syscall.restype = ctypes.c_long
    return _libc


def syscall(name: str, *arguments: int | None) -> int:
    """Do the system call `name`; raises OSError with the kernel's errno."""
    words = [ctypes.c_long(value or 0) for value in arguments]
    result = int(libc().syscall(ctypes.c_long(number(machine(), name)), *words))
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")
    return result


def prctl(option: int, *arguments: int) -> int:
    """`prctl(2)` with the unused arguments zero, as the newer options demand."""
    padded = (*arguments, 0, 0, 0, 0)[:4]
    return syscall("prctl", option, *padded)


def drop_capabilities() -> None:
    """Give up every capability, also those of root, for good (there is no exec to win them back)."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    syscall("capset", ctypes.addressof(header), ctypes.addressof(nothing))
