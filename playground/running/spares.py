"""Children kept ready ahead of need."""

import contextlib
import threading
from collections import deque
from pathlib import Path
from typing import Literal

from . import scratch, spawned
from .job import World
from .process import Child, SandboxTrouble, WorldFailed
from .run import Isolation
from .zygote import Zygote, available

Way = Literal["auto", "zygote", "spawned"]
_TRIES = 3


def chosen_way(way: Way) -> Literal["zygote", "spawned"]:
    """The way that `auto` means here; asking for a zygote where there is none is refused."""
    if way == "auto":
        return "zygote" if available() else "spawned"
    if way == "zygote" and not available():
        raise ValueError("This system has no safe fork: use the way 'spawned'.")
    return way


class Spares:
    """The children of one world: makes them, keeps some ready, gives each away once."""

    def __init__(self, world: World, way: Way, level: Isolation, count: int) -> None:
        self.way = chosen_way(way)
        self._world = world
        self._level = level
        self._count = count
        self._scratch = scratch.Scratch()
        self._zygote: Zygote | None = None
        self._ready: deque[Child] = deque()
        self._lock = threading.Lock()
        self._closed = False

    def take(self) -> Child:
        """A child that waits for its job.

        Raises `SandboxTrouble` where none can be had, `WorldFailed` where its world cannot load.
        """
        trouble: SandboxTrouble | None = None
        for _ in range(_TRIES):
            child = None
            try:
                child = self._pop() or self._make()
                child.wait_ready()
            except SandboxTrouble as error:
                trouble = error
                if child is not None:
                    self.discard(child)
            except WorldFailed:
                if child is not None:
                    self.discard(child)
                raise
            else:
                return child
        raise trouble or SandboxTrouble("no child is ready")

    def refill(self) -> None:
        """Have as many spares as wanted under way; returns before they are ready."""
        with contextlib.suppress(SandboxTrouble, WorldFailed, OSError):
            while not self._closed and len(self._ready) < self._count:
                child = self._make()
                with self._lock:
                    self._ready.append(child)
        if self._closed:
            self._discard_ready()

    def renew(self) -> None:
        """Put away the spares that are ready: one was found dead, the others may be."""
        self._discard_ready()

    def discard(self, child: Child, *, wait: bool = False) -> None:
        """End a child and remove its directory."""
        child.kill(wait=wait)
        scratch.remove(child.directory)

    def new_directory(self) -> Path:
        """A private directory beside those of the children."""
        return self._scratch.make()

    def close(self) -> None:
        """End every spare and the zygote; remove all directories."""
        self._closed = True
        self._discard_ready()
        with self._lock:
            if self._zygote is not None:
                self._zygote.close()
                self._zygote = None
        self._scratch.close()

    def _discard_ready(self) -> None:
        with self._lock:
            children = list(self._ready)
            self._ready.clear()
        for child in children:
            self.discard(child)

    def _pop(self) -> Child | None:
        """A spare that was not lost with its zygote."""
        while True:
            with self._lock:
                child = self._ready.popleft() if self._ready else None
            if child is None or not child.lost:
                return child
            self.discard(child)

    def _make(self) -> Child:
        if self._closed:
            raise SandboxTrouble("the runner is closed")
        try:
            directory = self._scratch.make()
            if self.way == "spawned":
                return spawned.spawn(self._world, self._level, directory)
            return self._living_zygote().fork(directory)
        except OSError as error:  # no descriptors, no processes, no room on disk
            raise SandboxTrouble(str(error)) from None

    def _living_zygote(self) -> Zygote:
        with self._lock:
            if self._zygote is not None and not self._zygote.alive:
                self._zygote.close()
                self._zygote = None
            if self._zygote is None:
                self._zygote = Zygote(self._world, self._level, self._scratch.path)
            return self._zygote
