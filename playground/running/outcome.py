"""How a run ended, told as a `Run`."""

import signal

import msgspec

from .job import Limits
from .run import Isolation, Run, State, Status
from .wire import Answer

_NO_ROOM = ("database or disk is full", "[Errno 28]")
"""As SQLite and Python say it."""


class Ended(msgspec.Struct, frozen=True):
    """What the trusted side knows of a run that is over."""

    status: Status
    elapsed_ms: float
    output: str
    answer: Answer | None = None
    limit: str | None = None
    silent: bool = True
    """Whether the child sent nothing behind its answer."""


def answered(answer: Answer, elapsed_ms: float, output: str, limits: Limits) -> Ended:
    """A run whose child gave its answer."""
    limit = {
        "memory": megabytes(limits.memory_mb * 1_000_000),
        "output": megabytes(limits.cell_bytes),
        "timeout": seconds(limits.seconds),
    }.get(answer.status)
    return Ended(answer.status, elapsed_ms, output, answer, limit)


def vanished(code: int, elapsed_ms: float, output: str, limits: Limits) -> Ended:
    """A run whose child ended without an answer; `code` is minus the signal, or its exit code."""
    xcpu = getattr(signal, "SIGXCPU", None)
    if xcpu is not None and code == -xcpu:
        return Ended("timeout", elapsed_ms, output, limit=seconds(limits.seconds))
    return Ended("crashed" if _is_crash(code) else "exited-early", elapsed_ms, output)


def is_killed(code: int | None) -> bool:
    """Whether a child was killed, as a system does that is out of memory."""
    kill = getattr(signal, "SIGKILL", None)
    return kill is not None and code == -kill


def is_without_room(answer: Answer) -> bool:
    """Whether a run ended because there was no room on the disk, which others may have taken."""
    error = answer.error
    return error is not None and any(text in error.message for text in _NO_ROOM)


def _is_crash(code: int) -> bool:
    # Windows tells an exception as a large exit code (0xC0000005 is an access violation).
    return code < 0 or code >= 0xC0000000


def as_run(ended: Ended, isolation: Isolation, state: State | None = None) -> Run:
    """The run as every front end sees it."""
    answer = ended.answer
    if answer is None:
        return Run(
            status=ended.status,
            isolation=isolation,
            elapsed_ms=ended.elapsed_ms,
            output=ended.output,
            limit=ended.limit,
        )
    return Run(
        status=ended.status,
        isolation=isolation,
        elapsed_ms=ended.elapsed_ms,
        statements=answer.statements,
        result=answer.result,
        output=ended.output,
        error=answer.error,
        warnings=answer.warnings,
        state=state,
        limit=ended.limit,
        committed=answer.committed,
        statements_dropped=answer.dropped,
    )


def sandbox_error(isolation: Isolation, trouble: str) -> Run:
    """A run that we could not give a child to."""
    return Run(status="sandbox-error", isolation=isolation, elapsed_ms=0.0, output=trouble)


def reason(ended: Ended) -> str:
    """Why a run of an author's code did not succeed, in one line."""
    error = ended.answer.error if ended.answer else None
    if error is None:
        return ended.status if ended.limit is None else f"{ended.status} ({ended.limit})"
    place = f" (line {error.line})" if error.line else ""
    return f"{error.type}: {error.message}{place}"


def seconds(value: float) -> str:
    """`5 s`, as a person reads it."""
    return f"{value:g} s"


def megabytes(count: int) -> str:
    """`512 MB`, `1 MB`, `64 kB`, as a person reads it."""
    return f"{count / 1_000_000:g} MB" if count >= 1_000_000 else f"{count / 1000:g} kB"
