"""Children by fork: a warm process that holds one world and no secret, and forks spares of itself.

Linux only. The zygote never reaps a child by itself, so a child's pid stays its own until the
trusted side says so, and children are signalled through pidfds alone.
"""

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from . import launch
from .channel import ChildEnded, PolledChannel
from .job import World
from .process import READY_SECONDS, Child, SandboxTrouble, WorldFailed
from .run import Isolation
from .wire import InvalidFrame, decode_sign


def available() -> bool:
    """Whether this system has all that this way needs."""
    if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
    except OSError:  # a kernel before 5.3, or a filter that forbids it
        return False
    return True


class Zygote:
    """The process that forks; made again by its owner when it is lost."""

    def __init__(self, world: World, level: Isolation, folder: Path) -> None:
        self._lock = threading.Lock()
        self._broken = False
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control = ours
        with theirs:
            self._process = subprocess.Popen(
                launch.command("zygote", level, folder, control=theirs.fileno()),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=launch.environment(),
                cwd=folder,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self._load(world)

    @property
    def alive(self) -> bool:
        """Whether it can still fork."""
        return not self._broken and self._process.poll() is None

    def fork(self, directory: Path) -> Child:
        """Ask for a spare; returns at once, before it is ready. Raises `SandboxTrouble`."""
        ours, theirs = socket.socketpair()
        output_read, output_write = os.pipe()
        channel = PolledChannel(ours, output_read)  # before anybody can send: it asks who does
        order = json.dumps({"directory": str(directory)}).encode()
        try:
            with self._lock:
                socket.send_fds(self._control, [order], [theirs.fileno(), output_write])
        except OSError as error:
            self._broken = True
            channel.close()
            raise SandboxTrouble(f"the zygote is gone: {error}") from None
        finally:
            theirs.close()
            os.close(output_write)
        return _Forked(channel, directory, self)

    def reap(self, pid: int, *, reply: bool) -> int | None:
        """Let an ended (or killed) child go; with `reply`, wait for that and tell how it ended."""
        try:
            with self._lock:
                self._control.send(json.dumps({"reap": pid, "reply": reply}).encode())
                if not reply:
                    return None
                status = int(json.loads(self._control.recv(1000))["status"])
        except (OSError, ValueError):
            return None
        return os.waitstatus_to_exitcode(status) if status >= 0 else None

    def close(self) -> None:
        """End it; its children end with it."""
        self._process.kill()
        self._process.wait()
        self._control.close()

    def _load(self, world: World) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            frames = launch.world_frames(world)
            _send_frames(self._process, frames)
            sign = _first_sign(self._process)
        except BaseException:
            self.close()
            raise
        finally:
            self._process.stdin.close()
            self._process.stdout.close()
        if "failed" in sign:
            self.close()
            raise WorldFailed(str(sign["failed"]))


def _send_frames(process: "subprocess.Popen[bytes]", frames: tuple[bytes, ...]) -> None:
    assert process.stdin is not None
    with contextlib.suppress(BrokenPipeError):  # the missing answer tells
        for frame in frames:
            process.stdin.write(len(frame).to_bytes(8, "big") + frame)
        process.stdin.flush()


def _first_sign(process: "subprocess.Popen[bytes]") -> dict[str, object]:
    """The zygote's first frame. No learner's code exists yet, but a course's models do."""
    assert process.stdout is not None
    descriptor, data = process.stdout.fileno(), b""
    deadline = time.monotonic() + READY_SECONDS
    while len(data) < 8 or len(data) < 8 + int.from_bytes(data[:8], "big"):
        ready, _, _ = select.select([descriptor], [], [], max(deadline - time.monotonic(), 0))
        chunk = os.read(descriptor, 65536) if ready else b""
        if not chunk or len(data) > 1_000_000:
            raise SandboxTrouble("the zygote did not start")
        data += chunk
    try:
        return decode_sign(data[8:])
    except InvalidFrame as error:
        raise SandboxTrouble(f"the zygote did not start: {error}") from None


class _Forked(Child):
    """A child of a zygote."""

    def __init__(self, channel: PolledChannel, directory: Path, zygote: Zygote) -> None:
        super().__init__(channel, directory)
        self._polled = channel
        self._zygote = zygote
        self._pid = 0
        self._pidfd = -1

    @property
    def pid(self) -> int:
        return self._pid

    @property
    def lost(self) -> bool:
        return not self._zygote.alive

    def _get_ready(self, deadline: float) -> None:
        self._meet(deadline)
        self.expect("ready", deadline)

    def _meet(self, deadline: float) -> None:
        self.expect("hello", deadline)
        self._pid = self._polled.peer_pid
        try:
            self._pidfd = os.pidfd_open(self._pid)
        except OSError as error:
            raise SandboxTrouble(f"the child is gone: {error}") from None

    def nudge(self) -> bool:
        return self._signal(signal.SIGALRM)

    def freeze(self) -> None:
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def wait_end(self, seconds: float) -> int | None:
        if self._pidfd < 0 or not self._wait_pidfd(seconds):
            return None
        status = self._zygote.reap(self._pid, reply=True)
        self._forget()
        return status

    def kill(self, *, wait: bool = False) -> None:
        if self._pidfd < 0 and self._pid == 0:
            with contextlib.suppress(SandboxTrouble, WorldFailed, ChildEnded):
                self._meet(time.monotonic() + READY_SECONDS)
        if self._pidfd >= 0:
            self._signal(signal.SIGKILL)
            if wait:
                self._wait_pidfd(READY_SECONDS)
            self._zygote.reap(self._pid, reply=False)
            self._forget()
        self.channel.close()

    def _forget(self) -> None:
        os.close(self._pidfd)
        self._pidfd = -1

    def _wait_pidfd(self, seconds: float) -> bool:
        poll = select.poll()
        poll.register(self._pidfd, select.POLLIN)
        return bool(poll.poll(seconds * 1000))

    def _signal(self, number: int) -> bool:
        if self._pidfd < 0:
            return False
        try:
            signal.pidfd_send_signal(self._pidfd, number)
        except ProcessLookupError:
            return False
        return True
