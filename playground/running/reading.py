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
from .orders import READER_LIMITS, reader_order
from .process import Child, SandboxTrouble
from .run import State
from .wire import InvalidFrame, decode_state

BESIDE = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a database, behind its name."""
_KEPT = 64
"""Images whose states are remembered."""
_Found = TypeVar("_Found", State, State | None)


class Reader:
    """One child for as many databases as it lives to read. Not thread-safe; close it."""

    def __init__(self, children: Children) -> None:
        self._children = children
        self._child: Child | None = None

    def read(self, folder: Path, name: str, *, ours: bool = False) -> State | None:
        """The tables of a file in `folder`, which is used up; None where none can be read.

        No process that wrote there may still live. Raises `SandboxTrouble` where no child can be
        had; with `ours`, for a file that no run has touched, also where a child is lost over it.
        """
        child = self._ready_child()
        try:
            (folder / name).rename(child.directory / name)
            for suffix in BESIDE:
                with contextlib.suppress(FileNotFoundError):
                    (folder / f"{name}{suffix}").rename(child.directory / f"{name}{suffix}")
            tell(child, {"file": name})
            deadline = time.monotonic() + READER_LIMITS.seconds
            return decode_state(child.channel.receive(deadline=deadline))
        except (ChildEnded, DeadlinePassed) as error:
            self.close()
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


class KnownStates:
    """The states of images that runs start from: a run that changed nothing needs no reader.

    Thread-safe.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, State] = OrderedDict()

    def of(self, image: bytes, read: Callable[[], _Found]) -> State | _Found:
        """The tables of an image; what `read` gives is remembered, if it is not yet known."""
        key = hashlib.sha256(image).hexdigest()
        with self._lock:
            known = self._kept.get(key)
        state = read() if known is None else known
        if state is not None:
            with self._lock:
                self._kept[key] = state
                self._kept.move_to_end(key)
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return state


def is_still(folder: Path, name: str, image: bytes) -> bool:
    """Whether a file in a folder of ours has the very bytes of an image, and nothing beside it.

    The bytes are compared and not looked at; nothing that is no plain file is read.
    """
    if any(os.path.lexists(folder / f"{name}{suffix}") for suffix in BESIDE):
        return False
    flags = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(folder / name, os.O_RDONLY | flags)
    except OSError:
        return False
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size != len(image):
            return False
        return file.read(len(image) + 1) == image


def is_plain(name: str) -> bool:
    """Whether it names a file of the directory itself, whatever the system's separators."""
    return 0 < len(name) < 200 and name.isprintable() and not set(name) & set("/\\:\0")
