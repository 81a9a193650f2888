"""Questions to a program of ours about texts that nobody vouches for, which it reads and never runs.

The child that answered one is kept for the next: to fork it costs more than most answers. What one
text does to it (memory, time, a crash of a parser) the next one does not meet: see `Answering.ask`.
"""

import contextlib
import threading
import time
from typing import Any

from .channel import ChildEnded, DeadlinePassed, OutputFull
from .children import BuildError, Children, tell
from .orders import reader_order
from .process import Child, SandboxTrouble
from .watch import CancelRequested, Watch
from .wire import InvalidFrame, decode_answered

_SECONDS = 5.0
"""How long one answer may take."""
_QUESTIONS = 200
"""How many a child answers before another takes over, so that nothing piles up in it."""


class NoAnswer(Exception):  # noqa: N818  (of a text that cannot be read, or when all is closing)
    """No child came to an answer; the message says why."""


class Answering:
    """The children of one world whose `answer` is asked. Thread-safe; close it."""

    def __init__(self, children: Children, closing: threading.Event) -> None:
        self._children = children
        self._closing = closing
        self._lock = threading.Lock()
        self._idle: list[_Expert] = []

    def ask(self, question: dict[str, Any]) -> Any:
        """What the program says to a question, both plain data that JSON has words for.

        A child that comes to no answer may suffer from what it was asked before: then a new one
        is asked. Raises `NoAnswer`, and `BuildError` where there is no child to ask.
        """
        try:
            expert = self._idle_one()
            if expert is not None:
                with contextlib.suppress(ChildEnded, DeadlinePassed, OutputFull, SandboxTrouble):
                    return self._asked(expert, question)
            return self._asked(self._begin(), question)
        except SandboxTrouble as trouble:
            raise BuildError(str(trouble), ours=True) from None
        except (ChildEnded, DeadlinePassed, OutputFull, InvalidFrame, CancelRequested) as error:
            raise NoAnswer(repr(error)) from None

    def close(self) -> None:
        """Let the children go that wait; those at work are let go by who asks them."""
        with self._lock:
            idle, self._idle = self._idle, []
        for expert in idle:
            self._children.release(expert.child)

    def _asked(self, expert: "_Expert", question: dict[str, Any]) -> Any:
        """The child goes back to those that wait where it has answered, else it is let go."""
        channel, answered = expert.child.channel, False
        channel.forget_output()
        try:
            tell(expert.child, question)
            deadline = time.monotonic() + _SECONDS
            frame = channel.receive(deadline=deadline, watch=Watch(self._closing))
            answer = decode_answered(frame)
            answered = channel.silent
            return answer
        finally:
            if answered:
                expert.answered += 1
                self._give_back(expert)
            else:
                self._children.release(expert.child)

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
