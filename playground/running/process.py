"""One child as the trusted side holds it, whichever way it was made."""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

from .channel import Channel, ChildEnded, DeadlinePassed, OutputFull
from .wire import InvalidFrame, decode_sign

READY_SECONDS = 60.0
"""How long a child may take to import and load; a slow disk is no fault of the learner's."""
_SIGN_BYTES = 100_000


class SandboxTrouble(Exception):  # noqa: N818  (ours, retried, never the learner's)
    """A child could not be made, or was lost before the learner's code began."""


class WorldFailed(Exception):  # noqa: N818  (the course author's)
    """The models of a world cannot be loaded; the message says why."""


class Child:
    """A process with its channel and its private directory."""

    channel: Channel
    directory: Path

    def __init__(self, channel: Channel, directory: Path) -> None:
        self.channel = channel
        self.directory = directory
        self.order_sent = 0.0
        """When it was given its job, by the monotonic clock."""
        self._is_ready = False

    def wait_ready(self) -> None:
        """Return once it waits for its job; raises `SandboxTrouble`."""
        if not self._is_ready:
            self._get_ready(time.monotonic() + READY_SECONDS)
            self._is_ready = True

    def expect(
        self, sign: str, deadline: float, watch: Callable[[], None] | None = None
    ) -> dict[str, object]:
        """The next small frame, which must be `sign`; raises `SandboxTrouble`, and as `watch`."""
        try:
            frame = decode_sign(self._next_frame(deadline, watch))
        except (ChildEnded, DeadlinePassed, InvalidFrame) as error:
            printed = self.channel.text()[-2000:]
            raise SandboxTrouble(f"no {sign}: {error!r} {printed}") from None
        if "failed" in frame:
            raise WorldFailed(str(frame["failed"]))
        if sign not in frame:
            raise SandboxTrouble(f"{frame} instead of {sign}")
        return frame

    def _next_frame(self, deadline: float, watch: Callable[[], None] | None) -> bytes:
        while True:
            with contextlib.suppress(OutputFull):  # of code that began right after the sign
                return self.channel.receive(deadline=deadline, watch=watch, limit=_SIGN_BYTES)

    @property
    def pid(self) -> int:
        """Its process id, in the system's own words; 0 while it has not said hello."""
        raise NotImplementedError

    @property
    def lost(self) -> bool:
        """Whether it ended because what made it has ended: no fault of the code it ran."""
        return False

    def _get_ready(self, deadline: float) -> None:
        raise NotImplementedError

    def nudge(self) -> bool:
        """Ask for an answer with what there is; False where that cannot be asked."""
        raise NotImplementedError

    def limit_memory(self, bytes_: int) -> None:
        """Limit its memory from outside, where that is how this system does it."""

    def freeze(self) -> None:
        """Give it no more processor time until `thaw`."""
        raise NotImplementedError

    def thaw(self) -> None:
        """Let it run again."""
        raise NotImplementedError

    def wait_end(self, seconds: float) -> int | None:
        """How it ended by itself within `seconds`: exit code, or minus the signal; else None."""
        raise NotImplementedError

    def kill(self, *, wait: bool = False) -> None:
        """End it, whatever it does; with `wait`, return only when it has ended."""
        raise NotImplementedError
