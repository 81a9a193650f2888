"""Many queries on every variant in one child: what a process for each would take is saved."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from playground.checking import Asked
from playground.course import Exercise
from playground.databases import Database
from playground.running import Cell, Job, Limits, Result, Runners

_SECONDS_EACH = 0.5
"""For one query on one variant; a solution takes milliseconds."""
_LIMITS = Limits(seconds=60, memory_mb=512, output_bytes=50_000_000, statements=0)


class _Rows(msgspec.Struct, frozen=True):
    """What one query gave, as the child says."""

    columns: list[str] = []
    rows: list[list[Cell]] = []
    more: bool = False
    """Whether there are more rows than were asked for; they are not told then."""


Outcome = bool | None
"""Whether a query gives what is asked; None where it fails or does not end."""


def judge(
    queries: list[str],
    asked: list[Asked],
    exercise: Exercise,
    database: Database,
    runners: Runners,
) -> list[list[Outcome]]:
    """How each query does on each variant where a result is asked; variants first.

    A variant on which the child gave no answer tells nothing: None for every query.
    """
    judged = [each for each in asked if each.right is not None and each.run.result is not None]
    most = max((len(each.run.result.rows) for each in judged if each.run.result), default=0)
    job = Job(
        code=f"{_program()}\n\n"
        "rows_of_each(session.connection().connection.driver_connection, "
        f"{queries!r}, {most}, {_SECONDS_EACH})\n",
        database=b"",
        setup=exercise.setup,
        whole=True,
        limits=_LIMITS,
    )
    images = [each.variant.image() for each in judged]
    outcomes = []
    for each, run in zip(judged, runners.of(database.world).run_each(job, images), strict=True):
        rows = _read(run.result if run.status == "ok" else None, len(queries))
        outcomes.append([_outcome(each, answer) for answer in rows])
    return outcomes


def _outcome(asked: Asked, answer: _Rows | None) -> Outcome:
    if answer is None or asked.right is None:
        return None
    if answer.more:
        return False
    rows = [tuple(row) for row in answer.rows]
    return asked.right(Result(answer.columns, rows, len(rows), truncated=False))


def _read(result: Result | None, count: int) -> list[_Rows | None]:
    """The child's answers, as many as were asked for; None for all where they cannot be read."""
    if result is None:
        return [None] * count
    try:
        raw: Any = json.loads("".join(str(row[0]) for row in result.rows))
        answers = msgspec.convert(raw, list[_Rows | None])
    except (ValueError, RecursionError, msgspec.ValidationError):
        return [None] * count
    return answers if len(answers) == count else [None] * count


@cache
def _program() -> str:
    return (Path(__file__).parent / "program.py").read_text(encoding="utf-8")
