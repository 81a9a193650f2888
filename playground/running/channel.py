"""The trusted side's end of a child: frames both ways, and what the child prints.

Two ways to wait, one face: `PolledChannel` on one socket and one pipe where the system can poll
them, `ThreadedChannel` on three pipes anywhere.
"""

import contextlib
import os
import select
import socket
import struct
import threading
import time
from collections.abc import Callable
from typing import IO

from .wire import FRAME_LIMIT, InvalidFrame

_HEADER = struct.Struct(">Q")
_CREDENTIALS = struct.Struct("3i")
_CHUNK = 1 << 18
_SLICE = 0.02
"""Seconds between two calls of `watch`, which looks at what nothing can poll."""

_LAST_FRAME = 0.25
"""Seconds to read on, at the most, what has come when a deadline has passed."""
_LAST_OUTPUT = 0.25
"""Seconds to wait for output that was printed before the answer and is not yet read."""


class ChildEnded(Exception):  # noqa: N818  (an event of a child's life)
    """The child has closed its end."""


class DeadlinePassed(Exception):  # noqa: N818
    """It did not answer in time."""


class OutputFull(Exception):  # noqa: N818
    """It printed more than it may."""


class Channel:
    """What both ways share: frames out of a stream of bytes, output up to a limit."""

    def __init__(self) -> None:
        self.output = bytearray()
        self.output_limit = 1_000_000
        self.mark = b""
        """What a child prints behind its last output, where only that tells that it was the last."""
        self._buffer = bytearray()
        self._ended = False

    def send(self, payload: bytes, *, deadline: float) -> None:
        """Send one frame; raises `ChildEnded` or `DeadlinePassed`."""
        self._write(_HEADER.pack(len(payload)) + payload, deadline)

    def receive(
        self,
        *,
        deadline: float,
        watch: Callable[[], None] | None = None,
        limit: int = FRAME_LIMIT,
    ) -> bytes:
        """The next frame. Raises what may happen instead: see the exceptions above.

        `InvalidFrame` is raised as soon as a frame says that it is longer than `limit`. `watch`
        is called every few milliseconds and may raise what ends the wait. A frame that is there
        when the deadline has passed came in time: this process may have been held up.
        """
        late_since = 0.0
        while True:
            frame = self._take(limit)
            if frame is not None:
                return frame
            if self._ended:
                raise ChildEnded
            if watch is not None:
                watch()
            now = time.monotonic()
            left = max(0.0, deadline - now)
            late_since = late_since or (0.0 if left else now)
            known = len(self._buffer)
            self._wait(left if watch is None else min(left, _SLICE))
            if self._is_full:
                raise OutputFull
            nothing_more = known == len(self._buffer) or now - late_since > _LAST_FRAME
            if late_since and nothing_more and not self._ended:
                raise DeadlinePassed

    @property
    def _is_full(self) -> bool:
        return len(self.output) > self.output_limit + len(self.mark)

    @property
    def silent(self) -> bool:
        """Whether nothing more has come than the frames that were taken."""
        return not self._buffer

    def text(self) -> str:
        """What was printed, within the limit, as valid text without NUL."""
        raw = bytes(self.output.removesuffix(self.mark)[: self.output_limit])
        return raw.decode("utf-8", "replace").replace("\0", "\ufffd")

    def collect(self) -> None:
        """Take what is printed but not yet read, without waiting."""

    def forget_output(self) -> None:
        """Begin anew: what was printed so far belongs to a run that is over."""
        self.output.clear()

    def close(self) -> None:
        """Let go of every descriptor."""

    def _write(self, data: bytes, deadline: float) -> None:
        raise NotImplementedError

    def _wait(self, seconds: float) -> None:
        """Wait until something happens, or `seconds`."""
        raise NotImplementedError

    def _take(self, limit: int) -> bytes | None:
        if len(self._buffer) < _HEADER.size:
            return None
        (length,) = _HEADER.unpack_from(self._buffer)
        if length > limit:
            raise InvalidFrame(f"a frame of {length} bytes")
        if len(self._buffer) < _HEADER.size + length:
            return None
        frame = bytes(memoryview(self._buffer)[_HEADER.size : _HEADER.size + length])
        del self._buffer[: _HEADER.size + length]
        return frame


class PolledChannel(Channel):
    """One stream socket for frames, one pipe for output."""

    def __init__(self, sock: socket.socket, output_fd: int) -> None:
        super().__init__()
        self._socket = sock
        self.peer_pid = 0
        """The process that sent the first bytes, as the kernel says; 0 before."""
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        self._output_fd = output_fd
        self._output_open = True
        sock.setblocking(False)
        os.set_blocking(output_fd, False)
        self._poll = select.poll()
        self._poll.register(sock, select.POLLIN)
        self._poll.register(output_fd, select.POLLIN)

    def collect(self) -> None:
        """Take what is printed but not yet read, without waiting."""
        while self._output_open and len(self.output) <= self.output_limit:
            if not self._read_output():
                return

    def close(self) -> None:
        """Let go of both descriptors."""
        self._socket.close()
        if self._output_fd >= 0:
            os.close(self._output_fd)
            self._output_fd = -1

    def _write(self, data: bytes, deadline: float) -> None:
        view = memoryview(data)
        while view:
            try:
                view = view[self._socket.send(view) :]
            except BlockingIOError:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise DeadlinePassed from None
                select.select([], [self._socket], [], left)
            except OSError:
                raise ChildEnded from None

    def _wait(self, seconds: float) -> None:
        for descriptor, _ in self._poll.poll(seconds * 1000):
            if descriptor == self._output_fd:
                self._read_output()
            else:
                self._read_frames()

    def _read_frames(self) -> None:
        try:
            data = self._socket.recv(_CHUNK) if self.peer_pid else self._meet()
        except BlockingIOError:
            return
        except OSError:
            data = b""
        self._buffer += data
        self._ended = not data

    def _meet(self) -> bytes:
        """The first bytes, with the kernel's word on who sent them."""
        data, extras, _, _ = self._socket.recvmsg(_CHUNK, socket.CMSG_SPACE(_CREDENTIALS.size))
        for level, kind, raw in extras:
            if level == socket.SOL_SOCKET and kind == socket.SCM_CREDENTIALS:
                self.peer_pid = _CREDENTIALS.unpack(raw)[0]
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
        return data

    def _read_output(self) -> bool:
        """Read once; whether there may be more."""
        try:
            data = os.read(self._output_fd, _CHUNK)
        except BlockingIOError:
            return False
        if not data:
            self._output_open = False
            self._poll.unregister(self._output_fd)
        if not self._is_full:
            self.output += data
        return bool(data)


class ThreadedChannel(Channel):
    """Three pipes, two of them read by threads: what every system can do."""

    def __init__(self, to_child: IO[bytes], from_child: IO[bytes], output: IO[bytes]) -> None:
        super().__init__()
        self.mark = os.urandom(16).hex().encode()
        self._to_child = to_child
        self._changed = threading.Condition()
        self._incoming = bytearray()
        self._incoming_ended = False
        self._output_ended = False
        self._threads = [
            threading.Thread(target=self._read_frames, args=(from_child,), daemon=True),
            threading.Thread(target=self._read_output, args=(output,), daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def collect(self) -> None:
        """Take what is printed but not yet read; the child has ended or answered."""
        with self._changed:
            self._changed.wait_for(self._has_all_output, timeout=_LAST_OUTPUT)

    def forget_output(self) -> None:
        """Begin anew: what was printed so far belongs to a run that is over."""
        with self._changed:
            self.output.clear()

    def _has_all_output(self) -> bool:
        return self._output_ended or self.output.endswith(self.mark)

    def close(self) -> None:
        """Let go of the pipes; the child has ended, so its ends are closed."""
        with contextlib.suppress(OSError):
            self._to_child.close()
        with self._changed:
            self._incoming.clear()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(1.0)

    def _write(self, data: bytes, deadline: float) -> None:
        try:
            self._to_child.write(data)
            self._to_child.flush()
        except (OSError, ValueError):
            raise ChildEnded from None

    def _wait(self, seconds: float) -> None:
        with self._changed:
            if not self._incoming and not self._incoming_ended:
                self._changed.wait(seconds)
            self._buffer += self._incoming
            self._incoming.clear()
            self._ended = self._incoming_ended
            self._changed.notify_all()

    def _read_frames(self, source: IO[bytes]) -> None:
        while data := _read_some(source):
            with self._changed:
                self._incoming += data
                self._changed.notify_all()
                # A flood of frames waits here until somebody takes it, and fills no memory.
                self._changed.wait_for(lambda: len(self._incoming) < 4 * _CHUNK)
        source.close()
        with self._changed:
            self._incoming_ended = True
            self._changed.notify_all()

    def _read_output(self, source: IO[bytes]) -> None:
        while data := _read_some(source):
            with self._changed:
                if len(self.output) <= self.output_limit + len(self.mark):
                    self.output += data
                self._changed.notify_all()
        source.close()
        with self._changed:
            self._output_ended = True
            self._changed.notify_all()


def _read_some(source: IO[bytes]) -> bytes:
    try:
        return os.read(source.fileno(), _CHUNK)
    except (OSError, ValueError):
        return b""
