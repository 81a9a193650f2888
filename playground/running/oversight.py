"""Waiting for a run's answer, or for what comes instead of it."""

import contextlib
import time
from pathlib import Path

from . import memory, outcome
from .channel import ChildEnded, DeadlinePassed, OutputFull
from .job import Job
from .orders import file_bytes
from .outcome import Ended
from .process import Child, SandboxTrouble
from .watch import CancelRequested, DirectoryFull, MemoryFull, Watch
from .wire import Answer, InvalidFrame, decode_answer

_DIRECTORY_BYTES = 400 * 1024 * 1024
_DIRECTORY_FILES = 500
_LONG_FRAME = 1_000_000
_GRACE = 0.25
"""Seconds that a run out of time is given to say what it has sent so far."""


def oversee(
    child: Child,
    job: Job,
    watch: Watch,
    *,
    more: bool = False,
    kept: Path | None = None,
    kept_bytes: int = 0,
    last: bool = False,
) -> Ended:
    """How the run of a job in a child ended, whose code has just begun.

    `more` tells that the child goes on to say something after its answer. In `kept` lie files of
    its earlier runs, which had `kept_bytes` when they were given to it. Raises `SandboxTrouble`
    where the child was lost without a fault of the code, or may have been: unless it is the `last`
    try, when that is held to be the code's own doing.
    """
    limits, channel, start = job.limits, child.channel, child.order_sent
    deadline = time.monotonic() + limits.seconds
    watch.limit_files(
        [child.directory] if kept is None else [child.directory, kept],
        child.pid,
        bytes_=_DIRECTORY_BYTES + len(job.database) + kept_bytes,
        files=_DIRECTORY_FILES,
        largest=file_bytes(job.database),
    )
    in_memory = memory.OWN + limits.memory_mb * 1_000_000
    child.limit_memory(in_memory)
    if memory.POLLED:
        watch.limit_memory(child.pid, bytes_=in_memory)
    try:
        frame = channel.receive(deadline=deadline, watch=watch)
        elapsed = _since(start)
        channel.collect()
        if not more and not channel.silent:
            raise InvalidFrame("more than one frame")
        answer = _decoded(child, frame)
        if not last and outcome.is_without_room(answer):
            raise SandboxTrouble("there was no room for what a run wrote")
        return outcome.answered(answer, elapsed, channel.text(), limits)
    except InvalidFrame:
        return Ended("invalid-result", _since(start), channel.text())
    except CancelRequested:
        return Ended("cancelled", _since(start), channel.text())
    except OutputFull:
        limit = outcome.megabytes(limits.output_bytes)
        return Ended("output", _since(start), channel.text(), limit=limit)
    except DirectoryFull:
        limit = outcome.megabytes(_DIRECTORY_BYTES)
        return Ended("memory", _since(start), channel.text(), limit=limit)
    except MemoryFull:
        limit = outcome.megabytes(limits.memory_mb * 1_000_000)
        return Ended("memory", _since(start), channel.text(), limit=limit)
    except DeadlinePassed:
        return _out_of_time(child, job, start)
    except ChildEnded:
        return _vanished(child, job, start, last=last)


def _decoded(child: Child, frame: bytes) -> Answer:
    """The answer; while a long one is read, nobody watches the child, so that it is held."""
    if len(frame) < _LONG_FRAME:
        return decode_answer(frame)
    child.freeze()
    answer = decode_answer(frame)
    child.thaw()
    return answer


def _out_of_time(child: Child, job: Job, start: float) -> Ended:
    """The time is up: take what the child can say within the grace, and no more."""
    channel, answer = child.channel, None
    elapsed = _since(start)
    if child.nudge():
        with contextlib.suppress(ChildEnded, DeadlinePassed, InvalidFrame, OutputFull):
            frame = channel.receive(deadline=time.monotonic() + _GRACE)
            answer = decode_answer(frame)
    limit = outcome.seconds(job.limits.seconds)
    return Ended("timeout", elapsed, channel.text(), answer, limit)


def _vanished(child: Child, job: Job, start: float, *, last: bool) -> Ended:
    """The child closed its channel: because it ended, or to hide what it does."""
    elapsed = _since(start)
    code = child.wait_end(_GRACE)
    child.channel.collect()
    output = child.channel.text()
    if child.lost:
        raise SandboxTrouble("the zygote was lost during the run")
    if not last and outcome.is_killed(code):
        raise SandboxTrouble("a run was killed, by itself or by a system without memory")
    if code is None:
        return Ended("invalid-result", elapsed, output)
    return outcome.vanished(code, elapsed, output, job.limits)


def _since(start: float) -> float:
    return round((time.monotonic() - start) * 1000, 3)
