"""What one process may take of the machine, and which descriptors it holds: no kernel beyond POSIX."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterator

from .plan import Plan

if sys.platform != "win32":
    import resource

_TYPICAL_SPACE = 400_000_000
_BLOCK = 512  # st_blocks counts these, whatever the file system's own are


def lower_limits(plan: Plan) -> None:
    """Set soft and hard resource limits, so that only a privilege could raise them again.

    A limit that is lower already stays. Raises OSError or ValueError where the system refuses;
    macOS has no limit of memory that it keeps.
    """
    wanted: dict[int, int | None] = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: plan.file_bytes,
        resource.RLIMIT_NOFILE: plan.open_files,
        resource.RLIMIT_STACK: None,
        resource.RLIMIT_AS: plan.memory_bytes if sys.platform != "darwin" else None,
        resource.RLIMIT_CPU: plan.cpu_seconds,
    }
    for name in ("RLIMIT_MEMLOCK", "RLIMIT_MSGQUEUE", "RLIMIT_RTPRIO", "RLIMIT_NICE"):
        if hasattr(resource, name):
            wanted[getattr(resource, name)] = 0
    for kind, value in wanted.items():
        soft, hard = resource.getrlimit(kind)
        lowest = _lowest(soft, hard, value)
        resource.setrlimit(kind, (lowest, lowest))


def _lowest(*values: int | None) -> int:
    finite = [value for value in values if value is not None and value != resource.RLIM_INFINITY]
    return min(finite, default=resource.RLIM_INFINITY)


def address_space() -> int:
    """Bytes of address space that this process has, an estimate where the system does not tell.

    To be asked before `/proc` is out of reach.
    """
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - before pathlib is imported
            pages = int(file.read().split()[0])
    except (OSError, ValueError, IndexError):
        return _TYPICAL_SPACE
    return pages * resource.getpagesize()


def close_others(keep: tuple[int, ...]) -> None:
    """Close every descriptor but 0, 1, 2 and those of `keep`."""
    kept = sorted({0, 1, 2, *keep})
    for before, after in zip(kept, [*kept[1:], _above_all()], strict=True):
        os.closerange(before + 1, after)


def _above_all() -> int:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    largest = max(soft, hard)
    return 2**31 - 1 if largest == resource.RLIM_INFINITY or sys.platform == "linux" else largest


def directory_usage(path: str) -> tuple[int, int]:
    """Bytes on disk and number of files in a run's private directory, which is flat.

    For the process that watches a run: it opens no file there and follows no link. Files that
    were unlinked while open are not seen, see `unlinked_bytes`.
    """
    size = files = 0
    with os.scandir(path) as entries:
        for entry in entries:
            files += 1
            with contextlib.suppress(FileNotFoundError):
                size += _on_disk(entry.stat(follow_symlinks=False))
    return size, files


def unlinked_bytes(pid: int, directory: str, largest: int) -> int:
    """Bytes on disk of the files that a process holds and no directory names any more.

    Of one that is mapped and not open it is not told how large it is: it counts as `largest`,
    which a file may have. 0 where the system does not tell: it needs `/proc`. Opens no such file.
    """
    found: dict[tuple[int, int], int] = {}
    with contextlib.suppress(OSError):
        device = os.stat(directory).st_dev  # noqa: PTH116
        found.update(((device, file), largest) for file in _mapped_and_unlinked(pid, device))
    with contextlib.suppress(OSError), os.scandir(f"/proc/{pid}/fd") as descriptors:
        for descriptor in descriptors:
            with contextlib.suppress(OSError):
                status = descriptor.stat()
                if stat.S_ISREG(status.st_mode) and status.st_nlink == 0:
                    found[status.st_dev, status.st_ino] = _on_disk(status)
    return sum(found.values())


def _mapped_and_unlinked(pid: int, device: int) -> Iterator[int]:
    """Inodes of a device that a process has in its memory and that have no name any more."""
    place = b"%02x:%02x" % (os.major(device), os.minor(device))
    with open(f"/proc/{pid}/maps", "rb") as maps:  # noqa: PTH123
        for line in maps:
            if line.endswith(b" (deleted)\n"):
                _range, _rights, _offset, where, inode, _name = line.split(maxsplit=5)
                if where == place:
                    yield int(inode)


def threads_of(pid: int) -> int:
    """How many threads a process has; 0 where the system does not tell."""
    with contextlib.suppress(OSError):
        return os.stat(f"/proc/{pid}/task").st_nlink - 2  # noqa: PTH116  (each is a folder there)
    return 0


def _on_disk(status: os.stat_result) -> int:
    """Bytes that a file takes, holes left out where the system knows them (Windows does not)."""
    blocks: int | None = getattr(status, "st_blocks", None)
    return status.st_size if blocks is None else blocks * _BLOCK
