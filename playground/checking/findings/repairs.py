"""What would mend a query: the one change after which it gives what was asked.

The mended queries are tried on several variants; only what mends it where it failed, and leaves
it right elsewhere, is said.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from playground.checking.analyst.analysis import Repair
from playground.checking.case import Case, Clue
from playground.checking.checks.result import order, policy
from playground.checking.compare import compare
from playground.checking.match import Policy
from playground.checking.replay import literal_parameters, numbered_sql
from playground.course import CHECKS
from playground.running import Cell, Result, Row, Statement

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
    case = cases[0]
    if any(clue.id in _SHAPE for clue in general):
        return
    statement, asked = _result_statement(case), case.expected.run.result
    if statement is None or asked is None or case.run.result is None:
        return
    if len(asked.columns) != len(case.run.result.columns):
        return
    solution = _solution(case)
    constants = _constants(solution)
    text = solution.sql if solution is not None else ""
    unchanged = Repair("", numbered_sql(statement), {})
    repairs = [unchanged, *case.analysis.repairs(statement.sql, text, constants)]
    for each in (*cases[:_CASES], *others[:_CASES]):
        own = _result_statement(each)
        repairs = _mending(each, own, repairs) if own is not None and repairs else []
        if unchanged in repairs and _differs(each):
            # The database gives the right rows, and SQLAlchemy makes other values of them.
            return
    repairs = [repair for repair in repairs if repair is not unchanged]
    for repair in repairs[:_SEVERAL]:
        yield Clue(_name(case, repair, statement), statement.line, repair.facts)


def _mending(case: Case, statement: Statement, repairs: list[Repair]) -> list[Repair]:
    """Those of the repairs that give what was asked in a case."""
    asked = case.expected.run.result
    if asked is None:
        return []
    width = len(asked.columns)
    code = _PROGRAM.format(
        queries=repr([repair.sql for repair in repairs]),
        parameters=literal_parameters(statement),
        most=len(asked.rows) + 1,
        seconds=_SECONDS_EACH,
        nothing=repr((None,) * width),
    )
    run = case.again(code)
    if run.status != "ok" or run.result is None:
        return []
    rows: dict[int, list[Row]] = {}
    for number, *cells in run.result.rows:
        if isinstance(number, str):
            rows[int(number)] = []
        elif isinstance(number, int):
            rows[number].append(tuple(cells))
    return [
        repair for n, repair in enumerate(repairs) if n in rows and _right(case, asked, rows[n])
    ]


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


def _right(case: Case, asked: Result, rows: list[Row]) -> bool:
    given_options = [c.options for c in case.exercise.checks if c.name == "result"]
    options: Any = next((o for o in given_options if o is not None), CHECKS["result"].options())
    given = Result(columns=asked.columns, rows=rows, total=len(rows), truncated=False)
    own = policy(options)
    # What comes from the driver has no Python types yet, so kinds are all that can be compared.
    same = Policy("any-order" if own.columns == "any-order" else "positions", own.tolerance)
    return compare(asked, given, same, order(case, options, asked)).equal


def _differs(case: Case) -> bool:
    """Whether the answer's own rows are not those that were asked."""
    asked, got = case.expected.run.result, case.run.result
    return asked is not None and got is not None and not _right(case, asked, got.rows)


def _result_statement(case: Case) -> Statement | None:
    """The query whose rows are the answer's value, if nothing was changed before it."""
    result = case.run.result
    if result is None or result.statement is None:
        return None
    before = case.run.statements[: result.statement]
    if any(statement.kind in ("insert", "update", "delete", "ddl") for statement in before):
        return None
    statement = case.run.statements[result.statement]
    return statement if statement.kind == "select" else None


def _solution(case: Case) -> Statement | None:
    result = case.expected.run.result
    if result is None or result.statement is None:
        return None
    return case.expected.run.statements[result.statement]


def _constants(statement: Statement | None) -> list[Cell]:
    if statement is None or not statement.parameters:
        return []
    values = statement.parameters
    return list(values.values()) if isinstance(values, dict) else list(values)


def _name(case: Case, repair: Repair, statement: Statement) -> str:
    """The finding of a repair, in the words of the language that the answer is written in."""
    if repair.finding == "sql-and-or-precedence" and case.source.tree is not None:
        operators = {node.get("op") for node in case.source.tree.find("BinOp")}
        return "bitwise-precedence" if "BitOr" in operators else repair.finding
    if repair.finding == "like-pattern":
        texts = [str(value) for value in _constants(statement)] + [statement.sql]
        return repair.finding if any("%" in text for text in texts) else "like-without-wildcard"
    return repair.finding
