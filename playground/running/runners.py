"""One runner per world, made on demand."""

import threading

from .job import World
from .runner import Runner
from .spares import Way


class Runners:
    """The runners of a program. Thread-safe; closed together."""

    def __init__(self, *, way: Way = "auto", spares: int = 2) -> None:
        self._way = way
        self._count = spares
        self._runners: dict[World, Runner] = {}
        self._lock = threading.Lock()

    def __enter__(self) -> "Runners":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def of(self, world: World) -> Runner:
        """The runner of a world; worlds are told apart by all that they hold."""
        with self._lock:
            runner = self._runners.get(world)
            if runner is None:
                runner = Runner(world, way=self._way, spares=self._count)
                self._runners[world] = runner
            return runner

    def close(self) -> None:
        """Close every runner."""
        with self._lock:
            runners = list(self._runners.values())
            self._runners.clear()
        for runner in runners:
            runner.close()
