"""Reading databases that ended runs left, in a child that never runs learner's code."""

import contextlib
import hashlib
import os
import stat
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from .channel import ChildEnded, DeadlinePassed, OutputFull
from .children import Children, tell
from .confine import directory_usage
from .orders import READER_LIMITS, reader_order
from .process import Child, SandboxTrouble
from .run import State
from .watch import ENDING, Watch
from .wire import InvalidFrame, decode_state

BESIDE = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a database, behind its name."""
_KEPT = 128
"""Files whose states are remembered."""
_KEPT_BYTES = 150_000_000
"""Bytes of those files, each counted up to `_MOST_COUNTED`: a state shows so many rows only."""
_MOST_COUNTED = 10_000_000
_LARGEST = 50_000_000
"""Bytes of a file that a run has changed, above which it is not held against those."""
_ROOM = 400 * 1024 * 1024
_FILES = 500
"""What a reader may have in its directory beside three times what it reads."""
_Found = TypeVar("_Found", State, State | None)


class Reader:
    """One child for as many databases as it lives to read. Not thread-safe; close it.

    Where one that a run has left takes all its time or room, no other such is read: what made it
    made the others.
    """

    def __init__(self, children: Children) -> None:
        self._children = children
        self._child: Child | None = None
        self._is_exhausted = False

    def read(self, folder: Path, name: str, *, ours: bool = False) -> State | None:
        """The tables of a file in `folder`, which is used up; None where none can be read.

        No process that wrote there may still live. Raises `SandboxTrouble` where no child can be
        had; with `ours`, for a file that no run has touched, also where a child is lost over it.
        """
        if self._is_exhausted and not ours:
            return None
        child = self._ready_child()
        try:
            (folder / name).rename(child.directory / name)
            for suffix in BESIDE:
                with contextlib.suppress(FileNotFoundError):
                    (folder / f"{name}{suffix}").rename(child.directory / f"{name}{suffix}")
            tell(child, {"file": name})
            deadline = time.monotonic() + READER_LIMITS.seconds
            frame = child.channel.receive(deadline=deadline, watch=_room_of(child))
            return decode_state(frame)
        except (ChildEnded, DeadlinePassed, *ENDING) as error:
            self.close()
            self._is_exhausted = not isinstance(error, ChildEnded)
            if ours:
                raise SandboxTrouble(f"a reader was lost: {error!r}") from None
            return None
        except (OutputFull, InvalidFrame, OSError):
            self.close()
            return None
        except SandboxTrouble:
            self.close()
            raise

    def close(self) -> None:
        """Let the child go."""
        if self._child is not None:
            self._children.release(self._child)
            self._child = None

    def _ready_child(self) -> Child:
        try:
            return self._child or self._begin()
        except SandboxTrouble:
            self.close()
        try:
            return self._begin()
        except SandboxTrouble:
            self.close()
            raise

    def _begin(self) -> Child:
        self._child = self._children.take()
        self._children.start(self._child, reader_order("state"))
        return self._child


def _room_of(child: Child) -> Watch:
    """What ends a reader that writes far more than it was given: to sort what a database makes up."""
    given, _files = directory_usage(str(child.directory))
    most = _ROOM + 3 * given
    watch = Watch()
    watch.limit_files([child.directory], child.pid, bytes_=most, files=_FILES, largest=most)
    return watch


class KnownStates:
    """The states of images that runs start from, and of files that they left.

    A run that changed nothing needs no reader, nor does one that left what another did: the
    solution, most likely. Thread-safe.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[bytes, tuple[State, int]] = OrderedDict()
        self._bytes = 0

    def of(self, image: bytes, read: Callable[[], _Found]) -> State | _Found:
        """The tables of an image; what `read` gives is remembered, if it is not yet known."""
        key = hashlib.sha256(image).digest()
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][0]
        state = read()
        if state is not None:
            self._keep(key, state, min(len(image), _MOST_COUNTED))
        return state

    def _keep(self, key: bytes, state: State, counted: int) -> None:
        with self._lock:
            if key in self._kept:  # another thread has read it as well
                return
            self._kept[key] = state, counted
            self._bytes += counted
            while len(self._kept) > _KEPT or self._bytes > _KEPT_BYTES:
                _state, dropped = self._kept.popitem(last=False)[1]
                self._bytes -= dropped

    def of_file(
        self, folder: Path, name: str, given: bytes, read: Callable[[], State | None]
    ) -> State | None:
        """The tables of a file that a run on an image left in a folder of ours."""
        content = _content(folder, name, most=max(len(given), _LARGEST))
        return read() if content is None else self.of(content, read)


def holds(folder: Path, name: str, image: bytes) -> bool:
    """Whether a file that a run left in a folder of ours holds the very bytes of an image."""
    return _content(folder, name, most=len(image)) == image


def _content(folder: Path, name: str, *, most: int) -> bytes | None:
    """The bytes of a file; None where it is larger, no plain file, or has something beside it.

    They are compared and not looked at.
    """
    if any(os.path.lexists(folder / f"{name}{suffix}") for suffix in BESIDE):
        return None
    flags = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(folder / name, os.O_RDONLY | flags)
    except OSError:
        return None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > most:
            return None
        with os.fdopen(descriptor, "rb", closefd=False) as file:  # of a directory it raises
            return file.read(status.st_size)
    finally:
        os.close(descriptor)


def is_plain(name: str) -> bool:
    """Whether it names a file of the directory itself, whatever the system's separators."""
    printable = 0 < len(name) < 200 and name.isprintable()
    return printable and name not in (".", "..") and not set(name) & set("/\\:\0")
