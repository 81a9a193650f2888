"""What is looked at while a run goes on: whether it is still wanted, and how much it has written."""

import threading
from collections.abc import Sequence
from pathlib import Path

from .confine import directory_usage, threads_of, unlinked_bytes
from .memory import resident_bytes

_LOOK_AT_FILES = 3
"""The directory is looked at every so many times; a look costs some 20 microseconds."""
_THREADS = 256
"""So many a run may have, each of which takes of what all processes together may have."""
_LOOK_AT_MEMORY = 9
"""The memory, where it has to be looked at: each time starts a program of a few milliseconds."""


class CancelRequested(Exception):  # noqa: N818  (an event of a run's life)
    """Somebody does not want the answer any more."""


class DirectoryFull(Exception):  # noqa: N818
    """The run has written more than it may."""


class MemoryFull(Exception):  # noqa: N818
    """The run has taken more memory than it may."""


ENDING = (CancelRequested, DirectoryFull, MemoryFull)
"""What a watch raises."""


class Watch:
    """Called again and again while a run goes on; raises what ends it."""

    def __init__(self, *events: threading.Event | None) -> None:
        self._events = [event for event in events if event is not None]
        self._directories: Sequence[Path] = ()
        self._pid = self._bytes = self._files = self._largest = self._calls = 0
        self._memory = 0

    def limit_files(
        self, directories: Sequence[Path], pid: int, *, bytes_: int, files: int, largest: int
    ) -> None:
        """Watch what a process has in its private directory, or holds of it, and its threads.

        It is the first of `directories`; in the others lies what was taken out of it. `largest` is
        what the kernel lets any one file hold.
        """
        self._directories = directories
        self._pid = pid
        self._bytes = bytes_
        self._files = files
        self._largest = largest

    def limit_memory(self, pid: int, *, bytes_: int) -> None:
        """Watch how much memory a process has, where nothing else keeps it within a limit."""
        self._pid = pid
        self._memory = bytes_

    def __call__(self) -> None:
        """Raise `CancelRequested`, `DirectoryFull` or `MemoryFull` where that is so."""
        if any(event.is_set() for event in self._events):
            raise CancelRequested
        self._calls += 1
        if self._directories and self._calls % _LOOK_AT_FILES == 0:
            self._look_at_files()
            if threads_of(self._pid) > _THREADS:
                raise MemoryFull
        look = self._memory and self._calls % _LOOK_AT_MEMORY == 0
        if look and resident_bytes(self._pid) > self._memory:
            raise MemoryFull

    def _look_at_files(self) -> None:
        used = [directory_usage(str(directory)) for directory in self._directories]
        size = unlinked_bytes(self._pid, str(self._directories[0]), self._largest)
        size += sum(size for size, _files in used)
        if size > self._bytes or sum(files for _size, files in used) > self._files:
            raise DirectoryFull
