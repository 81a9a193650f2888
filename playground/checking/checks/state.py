"""`state` and `unchanged`: what a new connection sees after the run."""

import re

import msgspec

from playground.checking.case import HOLDS, Case, Clue, Judgement
from playground.checking.compare import Comparison, compare
from playground.checking.verdict import Difference
from playground.course import StateOptions, UnchangedOptions
from playground.running import Column, Result, State, Table

_SHOWN = 50
_UNIQUE_INDEX = re.compile(r"[^(]*(?P<columns>\([^()]*\)) UNIQUE")


def evaluate(case: Case, options: StateOptions) -> Judgement:
    """The database equals the one after the solution's run."""
    wanted = case.expected.run.state
    if wanted is None:
        return HOLDS
    got = case.run.state or State(tables=[])  # what cannot be read holds nothing
    ignored = frozenset(options.ignore)
    for name in _names(wanted, got, options.tables):
        judgement = _table(case, name, wanted.table(name), got.table(name), ignored)
        if not judgement.passed:
            return judgement
    return HOLDS


def evaluate_unchanged(case: Case, options: UnchangedOptions) -> Judgement:
    """The tables are as they were before the run."""
    before, got = case.expected.initial, case.run.state or State(tables=[])
    for name in _names(before, got, options.tables):
        difference = table_difference(case, name, before.table(name), got.table(name))
        if difference is not None:
            clue = Clue("state-changed", changing_line(case, name), {"table": name})
            return Judgement(False, (clue,), difference)
    return HOLDS


def table_difference(
    case: Case,
    name: str,
    wanted: Table | None,
    got: Table | None,
    ignored: frozenset[str] = frozenset(),
) -> Difference | None:
    """How two tables of that name differ, None if they do not; one may not exist."""
    if wanted is None and got is None:
        return None
    same_shape = wanted is not None and got is not None and _same_shape(wanted, got)
    if same_shape and wanted is not None and got is not None and wanted.digest == got.digest:
        return None
    first, second = _result(wanted, name, ignored), _result(got, name, ignored)
    comparison = _compare(first, second, wanted, got)
    if same_shape and comparison.equal:
        return None
    return Difference(
        variant=case.variant.name,
        columns=first.columns or second.columns,
        missing=list(comparison.missing[:_SHOWN]) if first.columns else [],
        extra=list(comparison.extra[:_SHOWN]) if second.columns else [],
        expected_total=first.total,
        got_total=second.total,
        table=name,
    )


def changing_line(case: Case, table: str) -> int | None:
    """The learner's line that first changed a table, as the log of statements has it."""
    for statement in case.run.statements:
        if statement.kind in ("insert", "update", "delete", "ddl") and table in statement.sql:
            return statement.line
    return None


def _names(wanted: State, got: State, asked: tuple[str, ...]) -> list[str]:
    """The tables to look at; first those that are missing, for they say more than one too many."""
    names = {table.name for state in (wanted, got) for table in state.tables}
    kept = (name for name in names if not asked or name in asked)
    return sorted(kept, key=lambda name: (got.table(name) is not None, name))


def _table(
    case: Case, name: str, wanted: Table | None, got: Table | None, ignored: frozenset[str]
) -> Judgement:
    difference = table_difference(case, name, wanted, got, ignored)
    if difference is None:
        return HOLDS
    return Judgement(False, (_clue(case, name, wanted, got, difference),), difference)


def _clue(
    case: Case, name: str, wanted: Table | None, got: Table | None, difference: Difference
) -> Clue:
    """What to call a difference, by how the table was before."""
    before = case.expected.initial.table(name)
    line = changing_line(case, name)
    facts = {
        "table": name,
        "missing": str(len(difference.missing)),
        "extra": str(len(difference.extra)),
    }
    if got is None:
        return Clue("table-missing", line, facts)
    if wanted is None:
        return Clue("table-extra", line, facts)
    if not _same_shape(wanted, got):
        return Clue("schema-differs", line, facts | {"what": _what(wanted, got)})
    if table_difference(case, name, before, got) is None:
        return Clue("nothing-changed", None, facts)
    if before is not None and table_difference(case, name, before, wanted) is None:
        return Clue("state-changed", line, facts)
    if before is not None and _all_and_more(before, wanted, got):
        return Clue("too-much-changed", line, facts)
    return Clue("state-differs", line, facts)


def _all_and_more(before: Table, wanted: Table, got: Table) -> bool:
    """Whether every change that was asked was made, and others too."""
    first, asked, came = (_result(table, "", frozenset()) for table in (before, wanted, got))
    change = compare(first, asked)
    made = msgspec.structs.replace(asked, rows=list(change.extra))
    gone = msgspec.structs.replace(asked, rows=list(change.missing))
    still_there = len(compare(gone, came).missing) < len(change.missing)
    return not still_there and not compare(made, came).missing


def _compare(first: Result, second: Result, wanted: Table | None, got: Table | None) -> Comparison:
    comparison = compare(first, second)
    cut = any(table is not None and table.total > len(table.rows) for table in (wanted, got))
    if cut and comparison.equal:
        return msgspec.structs.replace(comparison, rows_equal=False)
    return comparison


def standard_type(declared: str) -> str:
    """A column's type by one name where SQL has two for the same: DECIMAL is NUMERIC."""
    return re.sub(r"^DECIMAL\b", "NUMERIC", declared)


def _same_shape(wanted: Table, got: Table) -> bool:
    """Whether all is equal that is compared of two tables besides their rows."""
    first, second = (
        [(c.name, standard_type(c.type), c.nullable, c.primary_key) for c in table.columns]
        for table in (wanted, got)
    )
    return (
        first == second
        and wanted.foreign_keys == got.foreign_keys
        and wanted.constraints == _constraints(wanted, got)
    )


def _constraints(wanted: Table, got: Table) -> list[str]:
    """The constraints of a table, with its unique indexes in place of those that are missing: an
    index on all rows forbids what the constraint forbids."""
    matches = (_UNIQUE_INDEX.fullmatch(index) for index in got.indexes)
    indexed = {f"UNIQUE {match['columns']}" for match in matches if match}
    missing = set(wanted.constraints) - set(got.constraints)
    return sorted([*got.constraints, *(missing & indexed)])


def _what(wanted: Table, got: Table) -> str:
    """The first thing in which two tables' definitions differ: what is there, and what was asked."""
    asked = {column.name: _definition(column) for column in wanted.columns}
    given = {column.name: _definition(column) for column in got.columns}
    for name in [*asked, *given]:
        if asked.get(name) != given.get(name):
            return _instead(given.get(name), asked.get(name))
    if list(asked) != list(given):
        return _instead(", ".join(given), ", ".join(asked))
    texts = set(wanted.foreign_keys + wanted.constraints)
    others = set(got.foreign_keys + _constraints(wanted, got))
    missing, extra = min(texts - others, default=None), min(others - texts, default=None)
    return _instead(extra, missing)


def _definition(column: Column) -> str:
    """What of a column is compared, as a CREATE TABLE would have it."""
    declared = standard_type(column.type)
    if column.primary_key:
        return f"{column.name} {declared} PRIMARY KEY"
    return f"{column.name} {declared}{'' if column.nullable else ' NOT NULL'}"


def _instead(got: str | None, wanted: str | None) -> str:
    return f"{got or '–'} → {wanted or '–'}"


def _result(table: Table | None, name: str, ignored: frozenset[str]) -> Result:
    """A table's rows as a result, without the columns that do not count."""
    if table is None:
        return Result(columns=[], rows=[], total=0, truncated=False)
    kept = [
        place
        for place, column in enumerate(table.columns)
        if column.name not in ignored and f"{name}.{column.name}" not in ignored
    ]
    return Result(
        columns=[table.columns[place].name for place in kept],
        rows=[tuple(row[place] for place in kept) for row in table.rows],
        total=table.total,
        truncated=False,
        types=[table.columns[place].type for place in kept],
    )
