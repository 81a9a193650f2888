"""Landlock: which files may be reached, and no TCP, no signals and no abstract sockets outward.

See `Documentation/userspace-api/landlock.rst` of the kernel. Rules only ever allow; what a ruleset
handles and no rule allows is denied. Landlock binds the calling thread and what it starts.
"""

from __future__ import annotations

import ctypes
import errno
import os
import stat
import struct
from collections.abc import Iterable

from .kernel import syscall

# include/uapi/linux/landlock.h
WRITE_FILE = 1 << 1
READ_FILE = 1 << 2
READ_DIR = 1 << 3
REMOVE_DIR = 1 << 4
REMOVE_FILE = 1 << 5
MAKE_DIR = 1 << 7
MAKE_REG = 1 << 8
REFER = 1 << 13
TRUNCATE = 1 << 14
IOCTL_DEV = 1 << 15

READ = READ_FILE | READ_DIR
FLAT_FOLDER = READ | WRITE_FILE | REMOVE_FILE | MAKE_REG | TRUNCATE
"""Rights in a run's private directory: plain files and nothing else."""
FOLDER_OF_FOLDERS = FLAT_FOLDER | MAKE_DIR | REMOVE_DIR
DEVICE = READ_FILE | WRITE_FILE

_FIRST = (1 << 13) - 1
_OF_A_FILE = 1 | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
_NET = 0b11  # bind and connect TCP
_SCOPED = 0b11  # abstract unix sockets, signals

_CREATE_VERSION = 1
_RULE_PATH_BENEATH = 1
_LOG_SAME_EXEC_OFF = 1

REFER_SINCE, TRUNCATE_SINCE, NET_SINCE, IOCTL_SINCE, SCOPES_SINCE, QUIET_SINCE = 2, 3, 4, 5, 6, 7


def abi(ceiling: int | None = None) -> int:
    """The interface version of the kernel, at most `ceiling`; 0 where there is none."""
    try:
        found = syscall("landlock_create_ruleset", None, 0, _CREATE_VERSION)
    except OSError:  # ENOSYS: not built; EOPNOTSUPP: not booted; EPERM: a container's filter
        return 0
    return found if ceiling is None else min(found, ceiling)


def scopes_signals(version: int) -> bool:
    """Whether a confined process can only signal processes as confined as itself."""
    return version >= SCOPES_SINCE


class Ruleset:
    """A ruleset that handles all that interface `version` knows and allows nothing yet."""

    def __init__(self, version: int) -> None:
        self._version = version
        self._handled = _handled_files(version)
        attribute = struct.pack("=Q", self._handled)
        if version >= NET_SINCE:
            attribute += struct.pack("=Q", _NET)
        if version >= SCOPES_SINCE:
            attribute += struct.pack("=Q", _SCOPED)
        buffer = ctypes.create_string_buffer(attribute, len(attribute))
        self._descriptor = syscall(
            "landlock_create_ruleset", ctypes.addressof(buffer), len(attribute), 0
        )

    def allow(self, path: str, rights: int) -> None:
        """Allow `rights` at `path` and beneath it; raises OSError if it cannot be opened."""
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            rights &= self._handled
            if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
                rights &= _OF_A_FILE
            rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, descriptor), 12)
            syscall(
                "landlock_add_rule", self._descriptor, _RULE_PATH_BENEATH, ctypes.addressof(rule), 0
            )
        finally:
            os.close(descriptor)

    def allow_present(self, paths: Iterable[str], rights: int) -> None:
        """Allow `rights` at those of `paths` that this process can reach at all."""
        for path in paths:
            try:
                self.allow(path, rights)
            except OSError as error:
                if error.errno not in (errno.ENOENT, errno.EACCES, errno.ENOTDIR, errno.ELOOP):
                    raise

    def enforce(self) -> None:
        """Bind this thread for good; needs no_new_privs. Refusals fill no audit log where the
        kernel can keep them out of it."""
        flags = _LOG_SAME_EXEC_OFF if self._version >= QUIET_SINCE else 0
        syscall("landlock_restrict_self", self._descriptor, flags)

    def close(self) -> None:
        """Give the ruleset's descriptor back."""
        os.close(self._descriptor)


def _handled_files(version: int) -> int:
    later = {REFER_SINCE: REFER, TRUNCATE_SINCE: TRUNCATE, IOCTL_SINCE: IOCTL_DEV}
    handled = _FIRST
    for since, right in later.items():
        if version >= since:
            handled |= right
    return handled
