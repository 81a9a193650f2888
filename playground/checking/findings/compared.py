"""Which of an answer's queries is held against which rows, to find what would mend it.

Where the rows of the value are those of one query, they are held against the asked ones. Where
Python made the value, or what counts is what was changed, the one query that differs from the
solution's is held against the rows of that; of an UPDATE or DELETE, the rows that it touches.
"""

import re
from typing import Any

import msgspec

from playground.checking.case import Case
from playground.checking.checks.result import order, policy
from playground.checking.compare import as_wide, compare
from playground.checking.match import Policy
from playground.checking.replay import literal_parameters, numbered_sql
from playground.course import CHECKS
from playground.running import Cell, Result, Row, Statement

_CHANGES = ("insert", "update", "delete", "ddl")
_CATALOGUE = "sqlite_master"
_WRITES_SQL = re.compile(r"\b(?:select|update|delete|text|query)\(")


class Compared(msgspec.Struct, frozen=True):
    """A query of the answer in one case."""

    statement: Statement
    sql: str
    """What is asked of the database, its parameters numbered."""
    solution: Statement | None
    solution_sql: str
    """The solution's own query, of the same sort."""
    asked: Result
    by_value: bool
    """Whether the asked rows are those of the exercise, rather than of the solution's query."""

    def right(self, case: Case, rows: list[Row]) -> bool:
        """Whether these rows are what was asked."""
        columns, asked = self.asked.columns, self.asked
        got = Result(columns=columns, rows=rows, total=len(rows), truncated=False)
        if not self.by_value:
            return compare(asked, got).equal
        given = [c.options for c in case.exercise.checks if c.name == "result"]
        options: Any = next((o for o in given if o is not None), CHECKS["result"].options())
        own = policy(options)
        # What comes from the driver has no Python types yet, so kinds are all that can be compared.
        same = Policy("any-order" if own.columns == "any-order" else "positions", own.tolerance)
        return compare(asked, got, same, order(case, options, asked)).equal

    @property
    def constants(self) -> list[Cell]:
        """The values that the solution's query binds."""
        return constants(self.solution)


def constants(statement: Statement | None) -> list[Cell]:
    """The values that a statement binds."""
    if statement is None or not statement.parameters:
        return []
    values = statement.parameters
    return list(values.values()) if isinstance(values, dict) else list(values)


def compared(case: Case, *, by_value: bool) -> Compared | None:
    """What is compared in a case; None where no one query can be told. Raises AnalystError."""
    return _of_value(case) if by_value else _of_pair(case)


def value_differs(case: Case) -> bool:
    """Whether the value is the rows of one query, and they are not those that were asked."""
    found, got = _of_value(case), case.run.result
    return found is not None and got is not None and not found.right(case, got.rows)


def _of_value(case: Case) -> Compared | None:
    result, asked = case.run.result, case.expected.run.result
    if result is None or asked is None or result.statement is None:
        return None
    statement = case.run.statements[result.statement]
    asked = as_wide(asked, result)
    untouched = _untouched(case, case.run.statements[: result.statement])
    if statement.kind != "select" or not untouched or len(asked.columns) != len(result.columns):
        return None
    solution = (
        case.expected.run.statements[asked.statement] if asked.statement is not None else None
    )
    text = solution.sql if solution is not None else ""
    return Compared(statement, numbered_sql(statement), solution, text, asked, True)


def _untouched(case: Case, before: list[Statement]) -> bool:
    """Whether nothing was changed before, but by what the exercise itself runs first."""
    changes = [statement for statement in before if statement.kind in _CHANGES]
    return not changes or (
        bool(case.exercise.setup.strip()) and all(each.line is None for each in changes)
    )


def _of_pair(case: Case) -> Compared | None:
    """The one query, or the one change, in which answer and solution differ."""
    own, theirs = case.run.statements, case.expected.run.statements
    pair = _odd_pair(_queries(own), _queries(theirs)) or _odd_pair(_edits(own), _edits(theirs))
    if (
        pair is None
        or _of_exercise(case, pair[0])
        or not _untouched(case, own[: own.index(pair[0])])
    ):
        return None
    first, second = (_as_query(case, statement) for statement in pair)
    if first is None or second is None:
        return None
    run = case.again(
        f"session.connection().exec_driver_sql({second!r}, {literal_parameters(pair[1])}).fetchall()",
        setup=case.exercise.setup,
    )
    if run.status != "ok" or run.result is None:
        return None
    return Compared(pair[0], first, pair[1], second, run.result, False)


def _of_exercise(case: Case, statement: Statement) -> bool:
    """Whether the exercise itself wrote a query, and the answer gave no more than values for it."""
    return statement.line is None and _WRITES_SQL.search(case.exercise.after) is not None


def _queries(statements: list[Statement]) -> list[Statement]:
    return [
        s
        for s in statements
        if s.kind == "select" and s.lazy_load is None and _CATALOGUE not in s.sql
    ]


def _edits(statements: list[Statement]) -> list[Statement]:
    return [s for s in statements if s.kind in ("update", "delete")]


def _odd_pair(own: list[Statement], theirs: list[Statement]) -> tuple[Statement, Statement] | None:
    """The only pair that differs of two lists as long as each other."""
    if len(own) != len(theirs):
        return None
    pairs = zip(own, theirs, strict=True)
    odd = [(a, b) for a, b in pairs if (a.sql, a.parameters) != (b.sql, b.parameters)]
    return odd[0] if len(odd) == 1 and odd[0][0].kind == odd[0][1].kind else None


def _as_query(case: Case, statement: Statement) -> str | None:
    """A query, numbered; of a change the query for the rows that it touches."""
    sql = numbered_sql(statement)
    return sql if statement.kind == "select" else case.analysis.touched(sql)
