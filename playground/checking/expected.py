"""What the solution gives, kept in this process's memory and nowhere else."""

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable

from playground.checking.analyst.analysis import Analysis, AnalystError, Ranked
from playground.checking.case import Expected
from playground.checking.compare import readings_of
from playground.checking.kinds import row_key
from playground.checking.match import Policy, unmatched
from playground.checking.order import Order, blocks, one_by_one
from playground.checking.replay import changes_before, literal_parameters
from playground.course import Exercise
from playground.databases import Variant
from playground.running import Cell, Job, Result, Run, Runner, State, Statement

_KEPT = 512
"""Exercises times variants whose expectation is remembered."""
_SORTING = (" ORDER BY ", " LIMIT ")


class SolutionError(Exception):
    """The solution itself did not run to its end; `run` tells how."""

    def __init__(self, run: Run, variant: str) -> None:
        super().__init__(variant)
        self.run = run
        self.variant = variant


class _Memory:
    """The last expectations, by what they were made from. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Expected] = OrderedDict()

    def get(self, key: str, make: Callable[[], Expected]) -> Expected:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made


_memory = _Memory()


def expectation(
    exercise: Exercise,
    variant: Variant,
    runner: Runner,
    analysis: Analysis,
    *,
    may_fail: bool,
    state: bool,
    cancel: threading.Event | None,
) -> Expected:
    """What the solution gives on a variant.

    `may_fail` says that the exercise asks for an exception, `state` that the database before and
    after the run is read. Raises SolutionError where the solution does not run to its end, and
    where the sandbox failed or the run was cancelled.
    """
    image = variant.image()
    key = _key(exercise, image, state)

    def make() -> Expected:
        run = runner.run(solution_job(exercise, image, state), cancel=cancel)
        if run.status != "ok" and not (may_fail and run.status == "error"):
            raise SolutionError(run, variant.name)
        initial = runner.state(image) if state else State(tables=[])
        return Expected(run, _order(run, image, runner, analysis), initial)

    return _memory.get(key, make)


def expected_on(exercise: Exercise, image: bytes, runner: Runner, analysis: Analysis) -> Expected:
    """What the solution gives on other data, not remembered. Raises SolutionError."""
    run = runner.run(solution_job(exercise, image, state=False))
    if run.status != "ok":
        raise SolutionError(run, "")
    return Expected(run, _order(run, image, runner, analysis), State(tables=[]))


def solution_job(exercise: Exercise, image: bytes, state: bool) -> Job:
    """The run of the solution on a variant's image."""
    return Job(
        code=exercise.solution,
        database=image,
        language=exercise.solution_language if exercise.language != "sql" else "sql",
        setup=exercise.setup,
        after=exercise.after,
        state=state,
        whole=True,
    )


def _key(exercise: Exercise, image: bytes, state: bool) -> str:
    parts = (
        str(state),
        exercise.solution,
        exercise.setup,
        exercise.after,
        exercise.language,
        exercise.solution_language,
    )
    return hashlib.sha256(json.dumps(parts).encode("utf-8", "replace") + image).hexdigest()


def _order(run: Run, image: bytes, runner: Runner, analysis: Analysis) -> Order:
    """The order in which the solution's result statement puts the rows, ties together.

    Rows that Python put together have none. Where a statement sorts and its keys cannot be told,
    the rows are asked for in exactly the solution's order.
    """
    result = run.result
    if result is None or result.statement is None or len(result.rows) < 1:
        return ()
    statement = run.statements[result.statement]
    text = f" {' '.join(statement.sql.split())} ".upper()
    if not any(word in text for word in _SORTING):
        return ()
    try:
        ranked = analysis.ranked(statement.sql)
        if ranked is None:
            return ()
        rows = _ranked_rows(run, result.statement, ranked, image, runner)
    except (AnalystError, LookupError):
        return one_by_one(len(result.rows))
    return _blocks(result, rows, ranked, statement)


def _blocks(result: Result, rows: Result, ranked: Ranked, statement: Statement) -> Order:
    offset = ranked.offset if isinstance(ranked.offset, int) else _bound(statement, ranked.offset)
    count = len(result.rows)
    strict = one_by_one(count) if ranked.sorted else ()
    if offset is None or offset + count > len(rows.rows):
        return strict
    plain = [row[:-1] for row in rows.rows]
    order = blocks([_rank(row[-1]) for row in rows.rows], plain, offset, count)
    cut = any(block.candidates for block in order)
    return strict if cut and not _same_values(result, rows) else order


def _same_values(result: Result, rows: Result) -> bool:
    """Whether the solution's own rows are found among the candidates."""
    trimmed = Result(
        columns=rows.columns[:-1],
        rows=[row[:-1] for row in rows.rows],
        total=rows.total,
        truncated=rows.truncated,
    )
    if len(trimmed.columns) != len(result.columns):
        return False
    readings = readings_of(result, trimmed)
    return not unmatched(
        [row_key(row, readings) for row in result.rows],
        [row_key(row, readings) for row in trimmed.rows],
        Policy().tolerance,
    )[0]


def _ranked_rows(run: Run, place: int, ranked: Ranked, image: bytes, runner: Runner) -> Result:
    """The ranked query's rows, after the same changes as before the solution's own query.

    Raises LookupError where they cannot be had.
    """
    code = "\n".join(
        [
            "connection = session.connection()",
            *changes_before(run.statements, place),
            f"connection.exec_driver_sql({ranked.sql!r}, "
            f"{literal_parameters(run.statements[place])}).fetchall()",
        ]
    )
    again = runner.run(Job(code=code, database=image, whole=True))
    if again.status != "ok" or again.result is None:
        raise LookupError("the ranked query does not run")
    return again.result


def _bound(statement: Statement, name: str) -> int | None:
    """The whole number bound to a numbered parameter, None if it is none."""
    values = statement.parameters
    if isinstance(values, dict):
        value: Cell = values.get(name)
    else:
        place = int(name[1:]) - 1 if name[1:].isdigit() else -1
        value = values[place] if values and 0 <= place < len(values) else None
    return value if isinstance(value, int) else None


def _rank(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0
