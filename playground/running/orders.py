"""What the trusted side tells a child to do, and within which limits."""

from typing import Any

from .job import Job, Limits
from .live import PAGE

STATE_ROWS = 10_000
"""Rows of a table that a `State` shows; its digest covers all."""
READER_LIMITS = Limits(seconds=30.0, memory_mb=1024)
_FILE_BYTES = 160 * 1024 * 1024
"""What one file of a run may hold, beyond the database that it was given."""
_FILE_STEP = 16 * 1024 * 1024
_READER_FILE_BYTES = 2 * 1024 * 1024 * 1024
_SPOOL_BYTES = 100 * 1024 * 1024


def attempt_order(
    job: Job, *, mark: bytes, commit: bool = False, more: bool = False
) -> dict[str, Any]:
    """Run a job's code. `more` tells that the same is wanted on another database afterwards."""
    return _order("run", job.limits, file_bytes(job.database)) | {
        "code": job.code,
        "language": job.language,
        "setup": job.setup,
        "after": job.after,
        "whole": job.whole,
        "state": job.state,
        "commit": commit,
        "more": more,
        "mark": mark.decode(),
    }


def reader_order(task: str, **more: Any) -> dict[str, Any]:
    """Do what no learner's code has a part in."""
    return _order(task, READER_LIMITS, _READER_FILE_BYTES) | {"rows": STATE_ROWS} | more


def file_bytes(database: bytes) -> int:
    """What one file may hold in a run on `database`: in steps, so that like databases share it."""
    return _FILE_BYTES + -(-len(database) // _FILE_STEP) * _FILE_STEP


def _order(task: str, limits: Limits, file_bytes: int) -> dict[str, Any]:
    return {
        "task": task,
        "seconds": limits.seconds,
        "memory_mb": limits.memory_mb,
        "file_bytes": file_bytes,
        "cell_bytes": limits.cell_bytes,
        "rows": limits.rows,
        "statements": limits.statements,
        "spool_bytes": _SPOOL_BYTES,
        "page": PAGE,
    }
