"""Asks for a small database, and confirms by real runs that the answer differs on it."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from playground.checking.case import Case
from playground.checking.checks.result import evaluate
from playground.checking.expected import SolutionError, expected_on
from playground.checking.replay import literal_parameters, numbered_sql
from playground.checking.verdict import Counterexample, Rows
from playground.course import CHECKS, ResultOptions
from playground.running import BuildError, Job, Result, State, Statement

_SECONDS = 0.8
_LARGEST = 100_000_000
"""An image of more bytes is not shrunk: copying it alone would take too long."""
_MOST_ROWS = 40
"""A database of more rows explains nothing at a glance."""


def find_counterexample(case: Case) -> Counterexample | None:
    """A small database on which the answer's rows differ; None where none was found.

    Only answers whose rows are those of one query can be shrunk for: the search runs two queries
    hundreds of times, and code not even once.
    """
    asked = _query(case.expected.run.statements, case.expected.run.result)
    given = _query(case.run.statements, case.run.result)
    if asked is None or given is None or len(case.variant.image()) > _LARGEST:
        return None
    image = _small(case, asked, given)
    return _confirmed(case, image) if image else None


def _query(statements: list[Statement], result: Result | None) -> Statement | None:
    """The query whose rows are the value, if nothing was changed before it."""
    if result is None or result.statement is None:
        return None
    before = statements[: result.statement]
    if any(s.kind in ("insert", "update", "delete", "ddl") for s in before):
        return None
    return statements[result.statement]


def _small(case: Case, asked: Statement, given: Statement) -> bytes:
    """The image of the small database; empty where there is none."""
    try:
        queries = [
            f"({numbered_sql(statement)!r}, {literal_parameters(statement)})"
            for statement in (asked, given)
        ]
    except LookupError:
        return b""
    call = f"shrunk(engine.url.database, {queries[0]}, {queries[1]}, {_SECONDS})"
    run = case.again(f"{_program()}\n\n{call}\n")
    if run.status != "ok" or run.result is None:
        return b""
    try:
        return bytes.fromhex("".join(str(row[0]) for row in run.result.rows))
    except ValueError:
        return b""


@cache
def _program() -> str:
    return (Path(__file__).parent / "program.py").read_text(encoding="utf-8")


def _confirmed(case: Case, image: bytes) -> Counterexample | None:
    """The counterexample, if the solution and the answer themselves differ on it."""
    options = next(
        (c.options for c in case.exercise.checks if c.name == "result"), CHECKS["result"].options()
    )
    if not isinstance(options, ResultOptions):
        return None
    try:
        expected = expected_on(case.exercise, image, case.runner, case.analysis)
        tables = case.runner.state(image)
    except (SolutionError, BuildError):
        return None
    run = case.runner.run(
        Job(
            code=case.answer.text,
            database=image,
            language=case.answer.language,
            setup=case.exercise.setup,
            after=case.exercise.after,
            whole=True,
        )
    )
    if run.status != "ok" or sum(table.total for table in tables.tables) > _MOST_ROWS:
        return None
    small = replace(case, expected=expected, run=run)
    if evaluate(small, options).passed:
        return None
    return Counterexample(
        _shown(tables, [*expected.run.statements, *run.statements]),
        _rows(expected.run.result),
        _rows(run.result),
    )


def _shown(state: State, statements: list[Statement]) -> dict[str, Rows]:
    """The tables that hold rows, and the empty ones that a statement names."""
    texts = " ".join(statement.sql for statement in statements)
    return {
        table.name: Rows([column.name for column in table.columns], table.rows)
        for table in state.tables
        if table.rows or table.name in texts
    }


def _rows(result: Result | None) -> Rows | None:
    return None if result is None else Rows(result.columns, result.rows)
