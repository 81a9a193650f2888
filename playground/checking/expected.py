"""What the solution gives, kept in this process's memory and nowhere else."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

import msgspec

from playground.checking.analyst.analysis import Analysis, AnalystError, Ranked
from playground.checking.case import Expected
from playground.checking.compare import readings_of
from playground.checking.kinds import row_key
from playground.checking.match import Policy, unmatched
from playground.checking.order import Order, blocks, one_by_one
from playground.checking.replay import changes_before, literal_parameters
from playground.course import Exercise
from playground.databases import Variant
from playground.running import BuildError, Cell, Job, Result, Run, Runner, State, Statement, World

_KEPT = 512
"""Exercises times variants whose expectation is remembered."""
_KEPT_ROWS = 3_000_000
"""Rows of theirs, some 300 bytes each."""
_Key = tuple[World | str, ...]
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
        self._kept: OrderedDict[_Key, Expected] = OrderedDict()
        self._rows = 0
        """Rows of all that is kept."""

    def get_each(
        self, keys: Sequence[_Key], make: Callable[[list[int]], Iterable[Expected]]
    ) -> list[Expected]:
        """Those of `keys`; `make` is asked at once for those places that are not kept."""
        with self._lock:
            found = {key: self._kept[key] for key in keys if key in self._kept}
        places = [place for place, key in enumerate(keys) if key not in found]
        if places:
            found |= zip((keys[place] for place in places), make(places), strict=True)
        self.keep(keys, [found[key] for key in keys])
        return [found[key] for key in keys]

    def keep(self, keys: Sequence[_Key], expected: Sequence[Expected]) -> None:
        """Remember them as the last ones."""
        with self._lock:
            for key, each in zip(keys, expected, strict=True):
                if key not in self._kept:
                    self._rows += _rows(each)
                self._kept[key] = each
                self._kept.move_to_end(key)
            while len(self._kept) > _KEPT or self._rows > _KEPT_ROWS:
                self._rows -= _rows(self._kept.popitem(last=False)[1])


def _rows(expected: Expected) -> int:
    result = expected.run.result
    return len(result.rows) if result is not None else 0


_memory = _Memory()


def expectations(
    exercise: Exercise,
    variants: Sequence[Variant],
    runner: Runner,
    analysis: Analysis,
    *,
    may_fail: bool,
    state: bool,
    cancel: threading.Event | None,
) -> list[Expected]:
    """What the solution gives on each of the variants.

    `may_fail` says that the exercise asks for an exception, `state` that the database before and
    after the run is told. Raises SolutionError where the solution does not run to its end, and
    where the sandbox failed or the run was cancelled.
    """
    images = [variant.image() for variant in variants]

    def make(places: list[int]) -> list[Expected]:
        data = [images[place] for place in places]
        runs, changes = _runs(runner, solution_job(exercise, b"", state=True), data, state, cancel)
        for run, place in zip(runs, places, strict=True):
            if run.status != "ok" and not (may_fail and run.status == "error"):
                raise SolutionError(run, variants[place].name)
        orders = _orders(runs, data, runner, analysis)
        made = [
            Expected(run, order, changes=changed)
            for run, order, changed in zip(runs, orders, changes, strict=True)
        ]
        return _with_initial(made, data, runner) if state or any(changes) else made

    keys = [_key(exercise, runner.world, variant) for variant in variants]
    found = _memory.get_each(keys, make)
    if not state:
        return [_without_state(each) for each in found]
    if any(each.run.state is None and not each.changes for each in found):
        found = _with_initial(found, images, runner)
        _memory.keep(keys, found)
    return found


def _with_initial(expected: list[Expected], images: list[bytes], runner: Runner) -> list[Expected]:
    """The same with the databases before the run, which those that are unchanged are afterwards."""
    full = []
    for each, initial in zip(expected, runner.state_each(images), strict=True):
        run = each.run if each.changes else msgspec.structs.replace(each.run, state=initial)
        full.append(msgspec.structs.replace(each, run=run, initial=initial))
    return full


def _without_state(expected: Expected) -> Expected:
    """The same as if nobody had looked at the database."""
    run = msgspec.structs.replace(expected.run, state=None)
    return msgspec.structs.replace(expected, run=run, initial=State(tables=[]))


def _runs(
    runner: Runner, job: Job, images: list[bytes], state: bool, cancel: threading.Event | None
) -> tuple[list[Run], list[bool]]:
    """A run on each image, and whether it left other bytes there.

    Where one did, or with `state`, also what each left.
    """
    with runner.series(job, cancel=cancel) as series:
        last = len(images) - 1
        runs = [series.run(image, more=place < last) for place, image in enumerate(images)]
        changes = [not series.untouched(place) for place in range(len(images))]
        if state or any(changes):
            pairs = zip(runs, series.states(range(len(images))), strict=True)
            runs = [msgspec.structs.replace(run, state=left) for run, left in pairs]
    return runs, changes


def expected_on(exercise: Exercise, image: bytes, runner: Runner, analysis: Analysis) -> Expected:
    """What the solution gives on other data, not remembered. Raises SolutionError."""
    run = runner.run(solution_job(exercise, image, state=False))
    if run.status != "ok":
        raise SolutionError(run, "")
    (order,) = _orders([run], [image], runner, analysis)
    return Expected(run, order)


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


def _key(exercise: Exercise, world: World, variant: Variant) -> _Key:
    """All that an expectation depends on."""
    return (
        world,
        variant.digest,
        exercise.solution,
        exercise.setup,
        exercise.after,
        solution_job(exercise, b"", state=False).language,
    )


def _orders(
    runs: list[Run], images: list[bytes], runner: Runner, analysis: Analysis
) -> list[Order]:
    """The order in which each run's result statement puts its rows, ties together.

    Rows that Python put together have none. Where a statement sorts and its keys cannot be told,
    the rows are asked for in exactly the solution's order.
    """
    ranked = _Rankings(analysis)
    orders: list[Order] = [()] * len(runs)
    programs: dict[str, list[int]] = {}
    for place, run in enumerate(runs):
        if not _sorts(run):
            continue
        try:
            if ranked.of(_statement(run)) is not None:
                programs.setdefault(_ranked_program(run, ranked), []).append(place)
        except LookupError:
            orders[place] = _one_by_one(run)
    for program, places in programs.items():
        job = Job(code=program, database=b"", whole=True)
        again = runner.run_each(job, [images[place] for place in places])
        for place, other in zip(places, again, strict=True):
            orders[place] = _order(runs[place], other, ranked)
    return orders


class _Rankings:
    """Queries with the ranks of their rows, each asked for once."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._known: dict[str, Ranked | Literal["untold"] | None] = {}

    def of(self, statement: Statement) -> Ranked | None:
        """None where the query neither sorts nor limits. Raises LookupError where it is not told."""
        sql = statement.sql
        if sql not in self._known:
            try:
                self._known[sql] = self._analysis.ranked(sql)
            except LookupError:
                self._known[sql] = "untold"
            except AnalystError as error:
                if error.ours:
                    raise BuildError(str(error), ours=True) from None
                self._known[sql] = "untold"
        known = self._known[sql]
        if known == "untold":
            raise LookupError(sql)
        return known


def _sorts(run: Run) -> bool:
    """Whether the rows of a run are a statement's that may sort them."""
    result = run.result
    if result is None or result.statement is None or len(result.rows) < 1:
        return False
    text = f" {' '.join(_statement(run).sql.split())} ".upper()
    return any(word in text for word in _SORTING)


def _statement(run: Run) -> Statement:
    """The statement whose rows are the result of a run."""
    assert run.result is not None
    assert run.result.statement is not None
    return run.statements[run.result.statement]


def _one_by_one(run: Run) -> Order:
    return one_by_one(len(run.result.rows) if run.result is not None else 0)


def _order(run: Run, again: Run, rankings: _Rankings) -> Order:
    """The order of a run's rows, from what the ranked query gave."""
    ranked = rankings.of(_statement(run))
    if again.status != "ok" or again.result is None or run.result is None or ranked is None:
        return _one_by_one(run)
    return _blocks(run.result, again.result, ranked, _statement(run))


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


def _ranked_program(run: Run, rankings: _Rankings) -> str:
    """Code that asks the ranked query, after the changes that came before the run's own query.

    Raises LookupError where they cannot all be told.
    """
    statement = _statement(run)
    ranked = rankings.of(statement)
    assert ranked is not None
    assert run.result is not None
    assert run.result.statement is not None
    return "\n".join(
        [
            "connection = session.connection()",
            *changes_before(run.statements, run.result.statement),
            f"connection.exec_driver_sql({ranked.sql!r}, "
            f"{literal_parameters(statement)}).fetchall()",
        ]
    )


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
