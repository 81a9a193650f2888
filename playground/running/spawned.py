"""Children by starting a process each: where there is no safe fork, and to test that way anywhere.

A spare loads its world ahead of need and is used once. Frames travel on its standard input and
output, what the learner prints on its standard error.
"""

import contextlib
import os
import signal
import subprocess
from pathlib import Path

from . import launch, memory
from .channel import ChildEnded, ThreadedChannel
from .job import World
from .process import Child
from .run import Isolation


def spawn(world: World, level: Isolation, directory: Path) -> Child:
    """Start a spare; returns at once, before it is ready."""
    new_group = {"start_new_session": True} if os.name == "posix" else {}
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    process = subprocess.Popen(
        launch.command("spawned", level, directory),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=launch.environment(),
        cwd=directory,
        creationflags=flags,
        **new_group,  # type: ignore[call-overload]
    )
    return _Spawned(process, world, directory)


class _Spawned(Child):
    """A process that serves one job."""

    def __init__(self, process: "subprocess.Popen[bytes]", world: World, directory: Path) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        channel = ThreadedChannel(process.stdin, process.stdout, process.stderr)
        super().__init__(channel, directory)
        self._process = process
        self._job = memory.job_of(process)
        for frame in launch.world_frames(world):
            # A child that died already is noticed by the sign it does not give.
            with contextlib.suppress(ChildEnded):
                channel.send(frame, deadline=0)

    @property
    def pid(self) -> int:
        return self._process.pid

    def _get_ready(self, deadline: float) -> None:
        self.expect("hello", deadline)
        self.expect("ready", deadline)

    def nudge(self) -> bool:
        return self._signal("SIGALRM")

    def freeze(self) -> None:
        self._signal("SIGSTOP")

    def thaw(self) -> None:
        self._signal("SIGCONT")

    def wait_end(self, seconds: float) -> int | None:
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def kill(self, *, wait: bool = False) -> None:
        if os.name == "posix" and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        if self._job is not None:
            self._job.close()
        self.channel.close()

    def limit_memory(self, bytes_: int) -> None:
        if self._job is not None:
            with contextlib.suppress(OSError):  # the time limit still holds
                self._job.limit(bytes_)

    def _signal(self, name: str) -> bool:
        number = getattr(signal, name, None)
        if number is None or self._process.poll() is not None:
            return False
        self._process.send_signal(number)
        return True
