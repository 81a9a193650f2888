"""Reading databases that ended runs left, in a child that never runs learner's code."""

import contextlib
import time
from pathlib import Path

from .channel import ChildEnded, DeadlinePassed, OutputFull
from .children import Children, tell
from .orders import READER_LIMITS, reader_order
from .process import Child, SandboxTrouble
from .run import State
from .wire import InvalidFrame, decode_state

BESIDE = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a database, behind its name."""


class Reader:
    """One child for as many databases as it lives to read. Not thread-safe; close it."""

    def __init__(self, children: Children) -> None:
        self._children = children
        self._child: Child | None = None

    def read(self, folder: Path, name: str) -> State | None:
        """The tables of a file in `folder`, which is used up; None where none can be read.

        No process that wrote there may still live.
        """
        try:
            child = self._child or self._begin()
            (folder / name).rename(child.directory / name)
            for suffix in BESIDE:
                with contextlib.suppress(FileNotFoundError):
                    (folder / f"{name}{suffix}").rename(child.directory / f"{name}{suffix}")
            tell(child, {"file": name})
            deadline = time.monotonic() + READER_LIMITS.seconds
            return decode_state(child.channel.receive(deadline=deadline))
        except (SandboxTrouble, ChildEnded, DeadlinePassed, OutputFull, InvalidFrame, OSError):
            self.close()
            return None

    def close(self) -> None:
        """Let the child go."""
        if self._child is not None:
            self._children.release(self._child)
            self._child = None

    def _begin(self) -> Child:
        self._child = self._children.take()
        self._children.start(self._child, reader_order("state"))
        return self._child


def is_plain(name: str) -> bool:
    """Whether it names a file of the directory itself, whatever the system's separators."""
    return 0 < len(name) < 200 and name.isprintable() and not set(name) & set("/\\:\0")
