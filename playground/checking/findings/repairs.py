"""What would mend a query: the one change after which it gives what was asked.

The mended queries are tried on several variants; only what mends it where it failed, and leaves
it right elsewhere, is said.
"""

from collections.abc import Iterator, Sequence

from playground.checking.analyst.analysis import Repair
from playground.checking.case import Case, Clue
from playground.checking.findings.compared import Compared, compared, constants, value_differs
from playground.checking.replay import literal_parameters
from playground.running import Row, Statement

_CASES = 3
"""Variants of each sort, failed and not, on which a repair is tried."""
_SECONDS_EACH = 0.2
"""For one mended query on one variant; a usual one takes a millisecond."""
_SEVERAL = 2
"""Repairs that are told: the first leads, the second may be the better word."""


_SHAPE = frozenset(
    ("no-result", "missing-columns", "extra-columns", "column-names", "order-missing")
)
"""What is wrong in a way that no change of a condition mends."""


def repair_clues(
    cases: Sequence[Case], others: Sequence[Case], general: list[Clue]
) -> Iterator[Clue]:
    """What mends the answer's own query on the cases on which it failed.

    It must leave it right on the others. Raises AnalystError.
    """
    if any(clue.id in _SHAPE for clue in general):
        return
    by_value = value_differs(cases[0])
    first = compared(cases[0], by_value=by_value)
    if first is None:
        return
    unchanged = Repair("", first.sql, {})
    mends = cases[0].analysis.repairs(first.sql, first.solution_sql, first.constants)
    repairs = [unchanged, *mends]
    for each in (*cases[:_CASES], *others[:_CASES]):
        held = first if each is cases[0] else compared(each, by_value=by_value)
        if held is None and not by_value:
            continue
        repairs = _mending(each, held, repairs) if held is not None and repairs else []
        if unchanged in repairs and each in cases[:_CASES]:
            # The database gives the right rows, and SQLAlchemy makes other values of them.
            return
    repairs = [repair for repair in repairs if repair is not unchanged]
    # Rows that an outer join made are lost by any comparison; that WHERE undoes it says why.
    if any(repair.finding == "outer-join-undone" for repair in repairs):
        repairs.sort(key=lambda repair: repair.finding == "null-comparison")
    for repair in repairs[:_SEVERAL]:
        name = _name(cases[0], repair, first.statement)
        yield Clue(name, first.statement.line, repair.facts)


def _mending(case: Case, held: Compared, repairs: list[Repair]) -> list[Repair]:
    """Those of the repairs that give what was asked in a case."""
    width = len(held.asked.columns)
    code = _PROGRAM.format(
        queries=repr([repair.sql for repair in repairs]),
        parameters=literal_parameters(held.statement),
        most=len(held.asked.rows) + 1,
        seconds=_SECONDS_EACH,
        nothing=repr((None,) * width),
    )
    run = case.again(code, setup=case.exercise.setup)
    if run.status != "ok" or run.result is None:
        return []
    rows: dict[int, list[Row]] = {}
    for number, *cells in run.result.rows:
        if isinstance(number, str):
            rows[int(number)] = []
        elif isinstance(number, int):
            rows[number].append(tuple(cells))
    return [repair for n, repair in enumerate(repairs) if n in rows and held.right(case, rows[n])]


_PROGRAM = """
import time as _time
_connection = session.connection()
_driver = _connection.connection.driver_connection
_driver.set_progress_handler(lambda: _time.monotonic() > _until, 2000)
_rows = []
for _number, _query in enumerate({queries}):
    _until = _time.monotonic() + {seconds}
    try:
        _found = _connection.exec_driver_sql(_query, {parameters}).fetchmany({most})
    except Exception:
        continue
    _rows.append((str(_number), *{nothing}))
    _rows += [(_number, *_row) for _row in _found if len(_row) == len({nothing})]
_driver.set_progress_handler(None, 0)
_rows
"""
"""Tries every query; a row with its number as text says that one ran.

A change in a recursive query can make it endless, so none runs longer than its time.
"""


def _name(case: Case, repair: Repair, statement: Statement) -> str:
    """The finding of a repair, in the words of the language that the answer is written in."""
    if repair.finding == "sql-and-or-precedence" and case.source.tree is not None:
        operators = {node.get("op") for node in case.source.tree.find("BinOp")}
        return "bitwise-precedence" if "BitOr" in operators else repair.finding
    if repair.finding == "like-pattern":
        texts = [str(value) for value in constants(statement)] + [statement.sql]
        return repair.finding if any("%" in text for text in texts) else "like-without-wildcard"
    return repair.finding
