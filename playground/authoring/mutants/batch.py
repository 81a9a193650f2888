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

_LIMITS = Limits(seconds=60, memory_mb=512, output_bytes=50_000_000, statements=0)
_LARGE = 1_000_000
"""Bytes of an image that only those queries meet which all smaller ones let live."""


class _Rows(msgspec.Struct, frozen=True):
    """What one query gave, as the child says."""

    columns: list[str] = []
    rows: list[list[Cell]] = []
    more: bool = False
    """Whether there are more rows than were asked for; they are not told then."""


Outcome = bool | None
"""Whether a query gives what is asked; None where it fails or does not end."""


class Living(msgspec.Struct, frozen=True):
    """What became of many mutants."""

    ran: int
    """Those that came to an end wherever they were run."""
    places: tuple[int, ...]
    """Those of them whose rows are right on every variant, by their places in the list."""


def living(
    base: str,
    mutants: list[str],
    asked: list[Asked],
    exercise: Exercise,
    database: Database,
    runners: Runners,
) -> Living | None:
    """The mutants that give what is asked wherever a result is; None where `base` does not.

    They meet the data that the learner sees first, then the other variants, then the large ones:
    one that is wrong on one is not run on those after it.
    """
    judged = [each for each in asked if each.right is not None and each.run.result is not None]
    alive, ran = list(range(len(mutants))), len(mutants)
    for some in _rounds(judged):
        queries = [base, *(mutants[place] for place in alive)]
        first, *rest = zip(*judge(queries, some, exercise, database, runners), strict=True)
        if not all(first):
            return None
        ran -= sum(None in outcomes for outcomes in rest)
        alive = [place for place, each in zip(alive, rest, strict=True) if all(each)]
    return Living(ran, tuple(alive))


def _rounds(asked: list[Asked]) -> list[list[Asked]]:
    """The variants in the order in which they are worth asking; those of one round in one child."""
    small = [each for each in asked if len(each.variant.image()) < _LARGE]
    large = [each for each in asked if each not in small]
    first = [each for each in small if each.variant.visible] or small[:1]
    rounds = [first, [each for each in small if each not in first], large]
    return [each for each in rounds if each]


def judge(
    queries: list[str],
    judged: list[Asked],
    exercise: Exercise,
    database: Database,
    runners: Runners,
) -> list[list[Outcome]]:
    """How each query does on each of the variants; variants first.

    A variant on which the child gave no answer tells nothing: None for every query.
    """
    most = max((len(each.run.result.rows) for each in judged if each.run.result), default=0)
    job = Job(
        code=f"{_program()}\n\n"
        "rows_of_each(session.connection().connection.driver_connection, "
        f"{queries!r}, {most})\n",
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
