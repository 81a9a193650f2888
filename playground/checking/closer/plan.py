"""How the database means to find the rows of a statement, by its own `EXPLAIN QUERY PLAN`."""

import re
import threading

import msgspec

from playground.checking.replay import changes_before, literal_parameters, numbered_sql
from playground.running import Job, Row, Run, Runner, Statement

PLANNED = ("select", "insert", "update", "delete")
"""Kinds of statements that have a plan."""


class PlanStep(msgspec.Struct, frozen=True):
    """One step, as SQLite words it."""

    text: str
    depth: int
    """How many steps it is a part of."""


class Plan(msgspec.Struct, frozen=True):
    """The steps of a statement; none where it has no plan, or where it could not be asked for."""

    steps: tuple[PlanStep, ...] = ()
    trouble: str = ""
    """What the database, or the child, said instead."""


def plan_of(
    runner: Runner,
    database: bytes,
    statements: list[Statement],
    place: int,
    *,
    cancel: threading.Event | None = None,
) -> Plan:
    """The plan of the statement at `place` of a run on `database`, after its earlier changes.

    Where those cannot all be made again, only what they did to the schema is. Raises `BuildError`.
    """
    run = runner.run(Job(plan_code(statements, place), database, whole=True), cancel=cancel)
    return plan_told(run)


def plan_told(run: Run) -> Plan:
    """The plan that a run of `plan_code` told."""
    if run.error is not None:
        return Plan(trouble=run.error.message)
    rows = run.result.rows if run.status == "ok" and run.result is not None else []
    return Plan(tuple(_steps(rows)), "" if run.status == "ok" else run.status)


def plan_code(statements: list[Statement], place: int) -> str:
    """Python that asks for a plan, to be run on pristine data."""
    try:
        changes = changes_before(statements, place)
    except LookupError:
        schema = [each for each in statements[:place] if each.kind == "ddl"]
        changes = changes_before(schema, len(schema))
    statement = statements[place]
    sql = numbered_sql(statement)
    nothing = dict.fromkeys(re.findall(r"(?<=:)p\d+", sql))
    try:
        parameters = literal_parameters(statement)
    except LookupError:
        parameters = "{}"
    return "\n".join(
        [
            "connection = session.connection()",
            *changes,
            f"asked = {'EXPLAIN QUERY PLAN ' + sql!r}",
            # A plan hardly depends on a value, so one that is too long to be known may be missing.
            f"connection.exec_driver_sql(asked, {nothing!r} | {parameters}).fetchall()",
        ]
    )


def _steps(rows: list[Row]) -> list[PlanStep]:
    """SQLite's rows (id, parent, unused, words) as steps."""
    depths: dict[object, int] = {}
    steps = []
    for number, parent, _unused, words in rows:
        depths[number] = depths.get(parent, -1) + 1
        steps.append(PlanStep(str(words), depths[number]))
    return steps
