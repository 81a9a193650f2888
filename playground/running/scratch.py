"""Private directories: one per run, in memory where the system has such a place, gone afterwards.

Removal happens after the process that could write there has ended, and follows no links.
"""

import contextlib
import errno
import os
import shutil
import stat
import tempfile
import uuid
from pathlib import Path

DATABASE = "playground.db"
"""File name of a run's database; `child.namespace` has the same."""
_PREFIX = "playground-"
_MEMORY = Path("/dev/shm")
_DIRECTORY = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
_BY_DESCRIPTOR = os.scandir in os.supports_fd and os.rename in os.supports_dir_fd


class Scratch:
    """A directory of one runner, in which its runs have theirs."""

    def __init__(self) -> None:
        sweep()
        parent = _MEMORY if _writable(_MEMORY) else Path(tempfile.gettempdir())
        self.path = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=parent)).resolve()

    def make(self) -> Path:
        """A new empty directory that nobody else may enter."""
        path = self.path / uuid.uuid4().hex
        path.mkdir(mode=0o700)
        return path

    def close(self) -> None:
        """Remove everything."""
        remove(self.path)


def write_new(directory: Path, name: str, data: bytes) -> None:
    """Write a file that is not there yet, in a directory that no learner's code has seen."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(directory / name, flags, 0o600)
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        view = memoryview(data)
        while view:
            view = view[file.write(view) :]


def move(source: Path, target: Path) -> None:
    """Move every entry of one directory into another; opens nothing, follows nothing."""
    for path in source.iterdir():
        path.rename(target / path.name)


def remove(path: Path) -> None:
    """Remove a directory with all that is in it, however deep, following no links."""
    if not _BY_DESCRIPTOR:
        shutil.rmtree(path, ignore_errors=True)
        return
    try:
        descriptor = os.open(path, _DIRECTORY)
    except OSError:
        return
    try:
        os.fchmod(descriptor, 0o700)
        _empty(descriptor)
    finally:
        os.close(descriptor)
    with contextlib.suppress(OSError):
        path.rmdir()


def sweep() -> None:
    """Remove what runners left behind that were killed: theirs name a process that is gone."""
    for parent in {_MEMORY, Path(tempfile.gettempdir())}:
        with contextlib.suppress(OSError):
            for path in list(parent.glob(f"{_PREFIX}*-*")):
                owner = path.name.removeprefix(_PREFIX).partition("-")[0]
                if owner.isdigit() and not _alive(int(owner)) and _ours(path):
                    remove(path)


def _empty(directory: int) -> None:
    """Unlink all entries; what lies deeper is first moved up, so that depth costs no stack."""
    while True:
        with os.scandir(directory) as found:
            entries = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in found]
        if not entries:
            return
        for name, is_directory in entries:
            if is_directory:
                _move_up(directory, name)
                os.rmdir(name, dir_fd=directory)
            else:
                os.unlink(name, dir_fd=directory)


def _move_up(directory: int, name: str) -> None:
    """Move the entries of a sub-directory into `directory`, under new names."""
    os.chmod(name, 0o700, dir_fd=directory)
    inner = os.open(name, _DIRECTORY, dir_fd=directory)
    try:
        with os.scandir(inner) as found:
            names = [entry.name for entry in found]
        for entry in names:
            os.rename(entry, f".{uuid.uuid4().hex}", src_dir_fd=inner, dst_dir_fd=directory)
    finally:
        os.close(inner)


def _writable(path: Path) -> bool:
    return path.is_dir() and os.access(path, os.W_OK | os.X_OK)


def _ours(path: Path) -> bool:
    try:
        status = path.lstat()
    except OSError:
        return False
    getuid = getattr(os, "getuid", None)
    return stat.S_ISDIR(status.st_mode) and (getuid is None or status.st_uid == getuid())


def _alive(pid: int) -> bool:
    if os.name != "posix":
        return True  # nothing there tells it without ending the process
    try:
        os.kill(pid, 0)
    except OSError as error:
        return error.errno != errno.ESRCH
    return True
