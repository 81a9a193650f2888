"""What an answer was doing when its time was over: the query that has no end.

A run that is stopped takes its record of statements with it, so the answer runs once more, and
the driver gives its queries up after a moment.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from playground.checking.case import Case, Clue
from playground.checking.findings.cartesian import cartesian

_SECONDS = 1.0
_STOP = f"""
import time as _time
from sqlalchemy import event as _event, pool as _pool
_until = _time.monotonic() + {_SECONDS}
@_event.listens_for(_pool.Pool, "checkout")
def _give_up(connection, record, proxy):
    if hasattr(connection, "set_progress_handler"):
        connection.set_progress_handler(lambda: _time.monotonic() > _until, 10000)
"""
_AS_PYTHON = "session.connection().exec_driver_sql({text})"
"""How an answer in SQL is sent where something comes before it."""


def unfinished_clues(case: Case) -> Iterator[Clue]:
    """Why the query at which the time was over has no end. Raises AnalystError."""
    text = case.answer.text
    run = case.again(
        text if case.answer.language == "python" else _AS_PYTHON.format(text=repr(text)),
        setup=f"{case.exercise.setup}\n{_STOP}",
        seconds=4 * _SECONDS,
    )
    if run.error is None or "interrupted" not in run.error.message or not run.statements:
        return
    last = run.statements[-1]
    if re.search(r"\bRECURSIVE\b", last.sql, re.IGNORECASE):
        yield Clue("recursion-without-end", last.line)
        return
    stopped = replace(case, run=run)
    for query in stopped.queries:
        if query.statement is last:
            yield from cartesian(stopped, query)
