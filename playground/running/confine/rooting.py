"""A root of its own for a zygote and its runs, where the system lets an ordinary process make one.

Landlock refuses to open what a run may not read, but not to tell that it is there. In a root that
holds nothing else, it is not there. Many systems forbid the namespaces that this needs, so that it
is a gift where it can be had, and no promise depends on it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import stat
from collections.abc import Iterable

from .kernel import syscall

# include/uapi/linux/mount.h, include/uapi/linux/sched.h
_BIND = 0x1000  # MS_BIND
_BIND_ALL = _BIND | 0x4000  # MS_REC
_PRIVATE_ALL = 0x40000 | 0x4000  # MS_PRIVATE | MS_REC
_DETACH = 2
_NEW_MOUNTS = 0x00020000
_NEW_USER = 0x10000000

_ROOT = ".root"
# Where this is 1, a user's own namespace comes without rights and with a line in the system's log.
_REFUSED_BY_APPARMOR = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns"
_MODE_OF_FOLDERS = 0o755


def enter_own_root(readable: Iterable[str], directory: str) -> bool:
    """Leave this process a root that holds `readable` and `directory` under their own names.

    `directory` becomes the working directory. Whether it could be done; where not, the root is
    what it was. Needs one thread and no layer of confinement yet. Raises OSError where the old
    root cannot be let go.
    """
    root = f"{directory}/{_ROOT}"
    try:
        _enter_own_mounts()
        _furnish(root, readable, directory)
        _change_root(root)
    except OSError:
        os.chdir(directory)
        with contextlib.suppress(OSError):
            _unmount(root)
        _remove(root)
        return False
    _unmount(".")  # the old root, which lies upon the new one
    os.chdir(directory)
    _remove(root)
    return True


def _furnish(root: str, readable: Iterable[str], directory: str) -> None:
    os.mkdir(root)  # noqa: PTH102
    _mount("tmpfs", root, "tmpfs", 0)
    _bind(directory, root, _BIND)  # without the new root in it
    for path in _outermost(readable):
        _bind(path, root, _BIND_ALL)


def _enter_own_mounts() -> None:
    user, group = os.geteuid(), os.getegid()
    try:
        syscall("unshare", _NEW_MOUNTS)
    except PermissionError:
        if _read(_REFUSED_BY_APPARMOR) == "1":
            raise
        syscall("unshare", _NEW_USER | _NEW_MOUNTS)
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", f"{user} {user} 1")
        _write("/proc/self/gid_map", f"{group} {group} 1")
    _mount("none", "/", None, _PRIVATE_ALL)


def _outermost(paths: Iterable[str]) -> list[str]:
    """Those that lie in no other of them."""
    kept: list[str] = []
    for path in sorted(paths):
        if not (kept and path.startswith(f"{kept[-1]}/")):
            kept.append(path)
    return kept


def _bind(path: str, root: str, flags: int) -> None:
    """Give `path`, if there is such a thing, the same name below `root`."""
    try:
        is_folder = stat.S_ISDIR(os.stat(path).st_mode)  # noqa: PTH116
    except OSError:
        return
    target = root + path
    parent = target if is_folder else target.rpartition("/")[0]
    os.makedirs(parent, _MODE_OF_FOLDERS, exist_ok=True)  # noqa: PTH103
    if not is_folder:
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o600))
    _mount(path, target, None, flags)


def _change_root(root: str) -> None:
    os.chdir(root)
    here = _text(".")
    syscall("pivot_root", ctypes.addressof(here), ctypes.addressof(here))


def _unmount(path: str) -> None:
    target = _text(path)
    syscall("umount2", ctypes.addressof(target), _DETACH)


def _remove(folder: str) -> None:
    with contextlib.suppress(OSError):
        os.rmdir(folder)  # noqa: PTH106


def _mount(source: str, target: str, kind: str | None, flags: int) -> None:
    words = [_text(source), _text(target), _text(kind) if kind else None]
    addresses = [ctypes.addressof(word) if word else 0 for word in words]
    syscall("mount", *addresses, flags, 0)


def _text(value: str) -> ctypes.Array[ctypes.c_char]:
    return ctypes.create_string_buffer(os.fsencode(value))


def _read(path: str) -> str:
    with contextlib.suppress(OSError), open(path) as file:  # noqa: PTH123
        return file.read().strip()
    return ""


def _write(path: str, text: str) -> None:
    with open(path, "w") as file:  # noqa: PTH123
        file.write(text)
