"""`result`: the rows equal the solution's as a multiset of typed values, in the order asked."""

import re

from playground.checking.case import HOLDS, Case, Judgement, fails
from playground.checking.compare import Comparison, as_wide, compare
from playground.checking.findings.rows import describe
from playground.checking.match import Policy
from playground.checking.order import Order, one_by_one
from playground.checking.sorting import order_keys, with_key
from playground.checking.verdict import Difference
from playground.course import ResultOptions
from playground.running import Result, Run, Statement

_SHOWN = 50
"""Differing rows that a verdict carries of each sort; their numbers are told in full."""


def evaluate(case: Case, options: ResultOptions) -> Judgement:
    """Compare the value of the answer's run with that of the solution's."""
    expected, got = case.expected.run.result, case.run.result
    if expected is None:
        return HOLDS
    if got is None:
        return fails("no-result", expected=len(expected.rows))
    expected, got = as_wide(expected, got), as_wide(got, expected)
    comparison = compare(expected, got, policy(options), order(case, options, expected))
    if not comparison.equal:
        clue = describe(expected, got, comparison, policy(options), value=not case.hidden)
        return Judgement(False, (clue,), _difference(case, expected, got, comparison))
    lucky = _sorted_by_luck(case, options, expected)
    if lucky is not None:
        return fails(lucky, _line(case, got))
    if options.from_ == "statement" and got.statement is None:
        return fails("rows-not-from-statement")
    return HOLDS


def _line(case: Case, got: Result) -> int | None:
    """The line of the query whose rows are the value."""
    return None if got.statement is None else case.run.statements[got.statement].line


def _sorted_by_luck(case: Case, options: ResultOptions, expected: Result) -> str | None:
    """The finding where an order is asked that the answer does not ask of the database; else None.

    It is run once more where SQLite gives unsorted rows backwards (`reverse_unordered_selects`), or,
    where it sorts by fewer keys than the solution, where equal rows come backwards.
    """
    asked = order(case, options, expected)
    if options.order != "auto" or len(asked) < 2:
        return None
    if _sorts(case):
        again = _equal_rows_backwards(case, expected)
        return "order-keys" if _is_other(again, case, options, expected) else None
    again = _backwards(case)
    if again.status != "ok" or again.result is None:
        return None
    comparison = compare(expected, again.result, policy(options), asked)
    if comparison.equal:
        again = _all_backwards(case)
        sorted_otherwise = _is_other(again, case, options, expected, rows_equal=True)
        return "order-missing" if sorted_otherwise else None
    if comparison.rows_equal:
        return "order-missing"
    cut = any(re.search(r"\bLIMIT\b", s.sql, re.IGNORECASE) for s in case.run.statements)
    return "limit-without-order" if cut else None


def _sorts(case: Case) -> bool:
    """Whether the answer asks for an order: of the query whose rows are the value, or of any."""
    statement = _statement(case)
    if statement is not None:
        return order_keys(statement.sql) > 0
    return any("ORDER BY" in s.sql.upper() for s in case.run.statements)


def _statement(case: Case) -> Statement | None:
    """The query whose rows are the value; None where Python made them."""
    got = case.run.result
    if got is None or got.statement is None:
        return None
    return case.run.statements[got.statement]


def _is_other(
    again: Run | None,
    case: Case,
    options: ResultOptions,
    expected: Result,
    *,
    rows_equal: bool = False,
) -> bool:
    """Whether another run gave something else than is asked; with `rows_equal`, in its order alone."""
    if again is None or again.status != "ok" or again.result is None:
        return False
    asked = order(case, options, expected)
    comparison = compare(expected, again.result, policy(options), asked)
    return not comparison.equal and (comparison.rows_equal or not rows_equal)


_REVERSE_SQL = "PRAGMA reverse_unordered_selects = ON;\n"
_REVERSE = """
def _playground_reverse(connection, record):
    connection.execute("PRAGMA reverse_unordered_selects = ON").close()
event.listen(Engine, "connect", _playground_reverse)
"""
_TIES = """
def _playground_ties(connection, record):
    from itertools import count
    if hasattr(connection, "create_function"):
        connection.create_function("playground_tie", 0, count(0, -1).__next__)
event.listen(Engine, "connect", _playground_ties)
"""
_SORT = """
def _playground_sort(connection, cursor, sql, parameters, context, many):
    return {rewritten}.get(sql, sql), parameters
event.listen(Engine, "before_cursor_execute", _playground_sort, retval=True)
"""


def _backwards(case: Case) -> Run:
    """The answer's run where unsorted rows come backwards."""
    if case.answer.language == "sql":
        return case.again(_REVERSE_SQL + case.answer.text, language="sql")
    return _after(case, _REVERSE)


def _equal_rows_backwards(case: Case, expected: Result) -> Run | None:
    """The answer's run where rows with equal keys come backwards; None if it need not be.

    Only a query with fewer keys than the solution's can leave more rows equal than it may.
    """
    wanted, got = expected.statement, case.run.result.statement if case.run.result else None
    if wanted is None or got is None:
        return None
    sql = case.run.statements[got].sql
    keys = order_keys(sql)
    if not keys or keys >= order_keys(case.expected.run.statements[wanted].sql):
        return None
    rewritten = with_key(sql, "playground_tie()")
    return None if rewritten is None else _rewritten(case, sql, rewritten)


def _all_backwards(case: Case) -> Run | None:
    """The answer's run where all rows of its query come backwards, however SQLite groups them.

    None where Python made the value.
    """
    statement = _statement(case)
    if statement is None:
        return None
    sql = statement.sql
    query = sql.rstrip().removesuffix(";")
    return _rewritten(case, sql, f"SELECT * FROM (\n{query}\n) ORDER BY playground_tie()")


def _rewritten(case: Case, sql: str, instead: str) -> Run | None:
    """The answer's run with another query in place of one; None where more than that is sent."""
    if case.answer.language == "sql":
        if sum(statement.kind != "transaction" for statement in case.run.statements) > 1:
            return None
        return case.again(f"session.connection().exec_driver_sql({instead!r})", setup=_TIES)
    return _after(case, _TIES + _SORT.format(rewritten={sql: instead}))


def _after(case: Case, setup: str) -> Run:
    """The answer's run after more hidden code."""
    return case.again(
        case.answer.text, setup=f"{case.exercise.setup}\n{setup}", after=case.exercise.after
    )


def policy(options: ResultOptions) -> Policy:
    """What counts as the same under a check's options."""
    return Policy(options.columns, options.floats, exact=options.types == "exact")


def order(case: Case, options: ResultOptions, expected: Result) -> Order:
    """The order that a check's options ask for."""
    if options.order == "exact":
        return one_by_one(len(expected.rows))
    return case.expected.order if options.order == "auto" else ()


def _difference(case: Case, expected: Result, got: Result, comparison: Comparison) -> Difference:
    return Difference(
        variant=case.variant.name,
        columns=expected.columns,
        missing=list(comparison.missing[:_SHOWN]),
        extra=list(comparison.extra[:_SHOWN]),
        expected_total=expected.total,
        got_total=got.total,
    )
