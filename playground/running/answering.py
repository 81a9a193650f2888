"""Questions to a program of ours about texts that nobody vouches for, which it reads and never runs.

The child that answered one is kept for the next: to fork it costs more than most answers. What one
text does to it (memory, time, a crash of a parser) the next one does not meet: see `Answering.ask`.
"""

import signal
import threading
import time
from typing import Any

from .channel import ChildEnded, DeadlinePassed, OutputFull
from .children import BuildError, Children, tell
from .orders import reader_order
from .process import Child, SandboxTrouble
from .processor import processor_seconds
from .watch import CancelRequested, Watch
from .wire import InvalidFrame, decode_answered

_SECONDS = 5.0
"""How long one answer may take."""
_MORE_SECONDS = 20.0
"""How long it may take a second child, where the first one hardly came to work."""
_WORK = 2.0
"""Seconds of work without an answer that are the question's fault, not a busy machine's."""
_QUICK = 0.5
"""Seconds of work above which a child is not kept: it may suffer from what it was asked."""
_QUESTIONS = 200
"""How many a child answers before another takes over, so that nothing piles up in it."""
_KILL = getattr(signal, "SIGKILL", 9)
_GRACE = 0.25


class NoAnswer(Exception):  # noqa: N818  (of a text that cannot be read, or when all is closing)
    """No child came to an answer; the message says why."""

    def __init__(self, message: str, *, ours: bool = False) -> None:
        super().__init__(message)
        self.ours = ours
        """Whether nothing says that it is the question's fault: the machine is busy, say."""


class Answering:
    """The children of one world whose `answer` is asked. Thread-safe; close it."""

    def __init__(self, children: Children, closing: threading.Event) -> None:
        self._children = children
        self._closing = closing
        self._lock = threading.Lock()
        self._idle: list[_Expert] = []

    def ask(self, question: dict[str, Any]) -> Any:
        """What the program says to a question, both plain data that JSON has words for.

        A child that comes to no answer may suffer from what it was asked before, or from a busy
        machine: then a new one is asked. One that has worked all the time suffers from the
        question. Raises `NoAnswer`, and `BuildError` where there is no child to ask.
        """
        try:
            try:
                return self._asked(self._idle_one() or self._begin(), question, _SECONDS)
            except (_Lost, SandboxTrouble):
                return self._asked(self._begin(), question, _MORE_SECONDS)
        except SandboxTrouble as trouble:
            raise BuildError(str(trouble), ours=True) from None
        except _Lost as lost:
            raise NoAnswer(str(lost), ours=lost.ours) from None

    def close(self) -> None:
        """Let the children go that wait; those at work are let go by who asks them."""
        with self._lock:
            idle, self._idle = self._idle, []
        for expert in idle:
            self._children.release(expert.child)

    def _asked(self, expert: "_Expert", question: dict[str, Any], seconds: float) -> Any:
        """The child goes back to those that wait where it has answered, else it is let go.

        Raises `_Lost`, `SandboxTrouble`, and `NoAnswer` where another child need not be asked.
        """
        child, answered = expert.child, False
        child.channel.forget_output()
        before = processor_seconds(child.pid)
        try:
            tell(child, question)
            deadline = time.monotonic() + seconds
            frame = child.channel.receive(deadline=deadline, watch=Watch(self._closing))
            answer = decode_answered(frame)
            answered = child.channel.silent
            return answer
        except DeadlinePassed as error:
            if _worked(child, before) >= _WORK:
                raise NoAnswer(repr(error)) from None
            raise _Lost(repr(error), ours=True) from None
        except ChildEnded as error:
            killed = child.lost or child.wait_end(_GRACE) == -_KILL
            raise _Lost(repr(error), ours=killed) from None
        except OutputFull as error:
            raise _Lost(repr(error)) from None
        except InvalidFrame as error:
            raise NoAnswer(repr(error)) from None
        except CancelRequested as error:
            raise NoAnswer(repr(error), ours=True) from None
        finally:
            if answered and _worked(child, before) < _QUICK:
                expert.answered += 1
                self._give_back(expert)
            else:
                self._children.release(child)

    def _idle_one(self) -> "_Expert | None":
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _begin(self) -> "_Expert":
        child = self._children.take()
        try:
            self._children.start(child, reader_order("answer"))
        except BaseException:
            self._children.release(child)
            raise
        return _Expert(child)

    def _give_back(self, expert: "_Expert") -> None:
        with self._lock:
            if expert.answered < _QUESTIONS and not self._closing.is_set():
                self._idle.append(expert)
                return
        self._children.release(expert.child)


class _Expert:
    """A child, and how many questions it has answered."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.answered = 0


class _Lost(Exception):  # noqa: N818  (an event of a child's life)
    """A child came to no answer; `ours` says that nothing tells it to be the question's fault."""

    def __init__(self, message: str, *, ours: bool = False) -> None:
        super().__init__(message)
        self.ours = ours


def _worked(child: Child, before: float) -> float:
    """Seconds that a child has worked since `before`; 0 where the system does not tell."""
    return processor_seconds(child.pid) - before
