"""The children that work for one runner: taken, told what to do, let go."""

import json
import threading
import time
from typing import Any

from .channel import ChildEnded, DeadlinePassed
from .process import Child, SandboxTrouble, WorldFailed
from .spares import Spares

START_SECONDS = 30.0


class BuildError(Exception):
    """What a course brings cannot be used: its models, its seed, its database.

    `ours` says that nothing of it was found wrong: there was no child to use it in.
    """

    def __init__(self, message: str, *, ours: bool = False) -> None:
        super().__init__(message)
        self.ours = ours


class Children:
    """Knows every child that is at work, so that none is forgotten. Thread-safe."""

    def __init__(self, spares: Spares) -> None:
        self.spares = spares
        self._at_work: set[Child] = set()
        self._changed = threading.Condition()

    def take(self) -> Child:
        """A child that waits for its order. Raises `SandboxTrouble` and `BuildError`."""
        try:
            child = self.spares.take()
        except WorldFailed as error:
            raise BuildError(str(error)) from None
        with self._changed:
            self._at_work.add(child)
        return child

    def release(self, child: Child) -> None:
        """End a child, and remove what it left."""
        with self._changed:
            if child not in self._at_work:
                return
            self._at_work.discard(child)
        self.spares.discard(child)
        with self._changed:
            self._changed.notify_all()

    def start(self, child: Child, order: dict[str, Any]) -> None:
        """Give a child its order, and see that it has taken its limits on.

        Raises `SandboxTrouble`.
        """
        tell(child, order)
        child.expect("started", time.monotonic() + START_SECONDS)

    def wait_for_all(self) -> None:
        """Return when no child is at work any more."""
        with self._changed:
            self._changed.wait_for(lambda: not self._at_work, timeout=START_SECONDS)

    @property
    def at_work(self) -> int:
        """How many there are."""
        return len(self._at_work)


def tell(child: Child, what: dict[str, Any]) -> None:
    """Send a child a frame. Raises `SandboxTrouble`."""
    deadline = time.monotonic() + START_SECONDS
    try:
        child.order_sent = time.monotonic()
        child.channel.send(json.dumps(what).encode(), deadline=deadline)
    except (ChildEnded, DeadlinePassed) as error:
        raise SandboxTrouble(f"a child took no order: {error!r}") from None
