"""Mistakes that the SQL that was sent shows, where no single change was seen to mend it."""

import re
from collections.abc import Callable, Iterator

from playground.checking.analyst.tree import Node
from playground.checking.case import Case, Clue, Query
from playground.checking.checks.sql import uses
from playground.checking.findings.cartesian import COMPARISONS, cartesian
from playground.checking.findings.dates import date_shape, date_without_quotes
from playground.checking.findings.misread import (
    between_reversed,
    bound_value,
    count_of_zero,
    fan_out,
    json_untyped,
    one_row_groups,
    relationship_selected,
    set_with_and,
)
from playground.checking.findings.repeated import n_plus_one
from playground.checking.findings.silent import warned_clues
from playground.checking.findings.source import interpolated_clues
from playground.running import Cell

_ROWS = frozenset(
    [
        "missing-rows",
        "extra-rows",
        "different-rows",
        "empty-result",
        "row-count",
        "duplicate-rows",
        "wrong-column",
        "other-value",
        "value-differs",
        "null-rows-missing",
        "null-rows-extra",
        "rounding",
        "null-for-value",
    ]
)
_NUMBERS = ("INTEGER", "BIGINT", "SMALLINT", "FLOAT", "REAL", "NUMERIC", "DECIMAL")
_TEXTS = ("VARCHAR", "TEXT", "CHAR", "CLOB")
_MOST_QUERIES = 500
"""Queries of a run that are looked at one by one: of more, the others are like these."""
_TEXT_FUNCTIONS = ("timetostr", "upper", "lower", "substring", "trim", "dpipe")


def query_clues(case: Case, general: list[Clue]) -> Iterator[Clue]:
    """Plain mistakes in what was sent, where rows or tables differ. Raises AnalystError."""
    names = {clue.id for clue in general}
    if names & {"state-differs", "too-much-changed", "state-changed"}:
        yield from _without_where(case)
        yield from set_with_and(case)
    if names & (_ROWS | {"wrong-type"}):
        yield from _detected(case, _PLAIN)


def likely_clues(case: Case, general: list[Clue]) -> Iterator[Clue]:
    """What may explain rows that differ, where nothing better did. Raises AnalystError."""
    if any(clue.id in _ROWS for clue in general):
        yield from _detected(case, _LIKELY)


Detector = Callable[[Case, Query], Iterator[Clue]]


def _detected(case: Case, detectors: tuple[Detector, ...]) -> Iterator[Clue]:
    for query in case.queries[:_MOST_QUERIES]:
        for detect in detectors:
            yield from detect(case, query)


def remark_clues(case: Case) -> Iterator[Clue]:
    """What is worth saying although the answer is right. Raises AnalystError."""
    case.read()
    yield from interpolated_clues(case)
    yield from n_plus_one(case)
    yield from warned_clues(case)
    for query in case.queries[:_MOST_QUERIES]:
        yield from _grouped_only(case, query)
        yield from _double_quotes(case, query)
        yield from _like(case, query)
        yield from _needless_distinct(case, query)


def _needless_distinct(case: Case, query: Query) -> Iterator[Clue]:
    """DISTINCT over one table whose key is among the columns: no two rows are equal."""
    select = query.tree
    tables = [_table_name(node) for node in select.find("table")]
    if select.kind != "select" or select.child("distinct") is None or len(tables) != 1:
        return
    keys = {
        c.name
        for t in case.schema.tables
        if t.name == tables[0]
        for c in t.columns
        if c.primary_key
    }
    outputs = {column_name(_unalias(node)) for node in select.all("expressions")}
    if keys and keys <= outputs:
        yield Clue("needless-distinct", query.statement.line)


def _without_where(case: Case) -> Iterator[Clue]:
    asked = [s for s in case.expected.run.statements if s.kind in ("update", "delete")]
    if any(" WHERE " not in " ".join(s.sql.upper().split()) for s in asked):
        return
    for query in case.queries:
        changes = query.tree.kind in ("update", "delete")
        if changes and query.tree.child("where") is None:
            yield Clue("update-without-where", query.statement.line)


def _contradiction(case: Case, query: Query) -> Iterator[Clue]:
    """One column equal to two values, both at once."""
    for where in query.tree.find("where"):
        seen: dict[str, str] = {}
        for node in _conjuncts(where.child("this")):
            column, value = node.child("this"), node.child("expression")
            if node.kind != "eq" or column is None or value is None or column.kind != "column":
                continue
            name = column_name(column)
            text = str(_constant(value, query))
            if seen.setdefault(name, text) != text and _is_constant(value):
                yield Clue("contradiction", query.statement.line, {"column": name})
                return


def _conjuncts(node: Node | None) -> Iterator[Node]:
    if node is None:
        return
    if node.kind in ("and", "paren"):
        for child in node.children:
            yield from _conjuncts(child)
    else:
        yield node


def _is_constant(node: Node) -> bool:
    return node.kind in ("literal", "placeholder")


def _constant(node: Node, query: Query) -> Cell:
    """The value of a literal or of a bound parameter."""
    if node.kind == "placeholder":
        return bound_value(node, query)
    return str(node.get("this", ""))


def column_name(node: Node) -> str:
    """The bare name of a column node."""
    inner = node.child("this")
    return str(inner.get("this", "")) if inner is not None else ""


def _double_quotes(case: Case, query: Query) -> Iterator[Clue]:
    """A name in double quotes that is no column: SQLite takes it for a text."""
    known = {c.name.lower() for table in case.schema.tables for c in table.columns}
    known |= {name.lower() for name in _names_made(case)} | _ROW_NUMBERS
    own = {
        str(n.get("this", "")).lower()
        for n in query.tree.find("identifier")
        if n.field in ("alias", "columns")
    }
    for node in query.tree.find("column"):
        inner = node.child("this")
        if inner is None or not inner.get("quoted") or node.child("table") is not None:
            continue
        text = str(inner.get("this", ""))
        if text.lower() not in known | own and f'"{text}"' in query.statement.sql:
            yield Clue("double-quoted-text", query.statement.line, {"text": text})


_ROW_NUMBERS = {"rowid", "_rowid_", "oid"}
_NAME = re.compile(r'"((?:[^"]|"")*)"|(\w+)')


def _names_made(case: Case) -> Iterator[str]:
    """Whatever may be the name of a column in the tables and views that the run itself makes."""
    for statement in case.run.statements:
        if statement.kind == "ddl":
            yield from (quoted or bare for quoted, bare in _NAME.findall(statement.sql))


def _kinds(case: Case, query: Query) -> Iterator[Clue]:
    """A column of numbers compared with a text, or the other way round."""
    for node in query.tree.find(*COMPARISONS):
        left, value = node.child("this"), node.child("expression")
        if left is None or value is None or not _is_constant(value):
            continue
        kind, constant = _declared(case, left), _constant(value, query)
        if value.kind == "literal":
            is_text = bool(value.get("is_string"))
        else:
            is_text = isinstance(constant, str)
        digits = str(constant).strip().lstrip("-")
        if kind == "number" and is_text and digits and not digits.isdigit():
            yield Clue("compares-text-with-number", query.statement.line)
        if kind == "text" and not is_text and constant is not None:
            yield Clue("compares-text-with-number", query.statement.line)


def _declared(case: Case, node: Node) -> str | None:
    """`number` or `text`, where a column's type or a function tells."""
    if node.kind in _TEXT_FUNCTIONS:
        return "text"
    if node.kind != "column":
        return None
    types = {c.name: c.type for table in case.schema.tables for c in table.columns}
    declared = types.get(column_name(node), "")
    if declared.startswith(_NUMBERS):
        return "number"
    return "text" if declared.startswith(_TEXTS) else None


def _like(case: Case, query: Query) -> Iterator[Clue]:
    for node in query.tree.find("like", "ilike"):
        value = node.child("expression")
        if value is None or not _is_constant(value):
            continue
        text = _constant(value, query)
        if isinstance(text, str) and "%" not in text and "_" not in text:
            yield Clue("like-without-wildcard", query.statement.line)


def _aggregate(case: Case, query: Query) -> Iterator[Clue]:
    """A plain column beside an aggregate, and no groups: one row of all."""
    select = query.tree
    if select.kind != "select" or select.child("group") is not None:
        return
    outputs = [_unalias(node) for node in select.all("expressions")]
    plain = [node for node in outputs if node.kind == "column"]
    if plain and any(node.kind in ("count", "sum", "avg", "min", "max") for node in outputs):
        yield Clue("aggregate-without-group", query.statement.line)


def _ungrouped(case: Case, query: Query) -> Iterator[Clue]:
    """A plain column beside groups that it is not one of: SQLite takes any row's value."""
    select, group = query.tree, query.tree.child("group")
    if select.kind != "select" or group is None:
        return
    grouped = {column_name(node) for node in group.find("column")}
    outputs = [_unalias(node) for node in select.all("expressions")]
    plain = {column_name(node) for node in outputs if node.kind == "column"}
    keys = {c.name for table in case.schema.tables for c in table.columns if c.primary_key}
    if plain - grouped and not grouped & keys:
        yield Clue("group-by-missing-column", query.statement.line)


def _unalias(node: Node) -> Node:
    inner = node.child("this")
    return inner if node.kind == "alias" and inner is not None else node


def _exists(case: Case, query: Query) -> Iterator[Clue]:
    """A subquery that mentions no table of the query around it.

    A bare name is a column of the subquery's own tables, wherever these have one of that name.
    """
    for node in query.tree.find("exists"):
        inner = {_table_name(table) for table in node.find("table")}
        own = {
            column.name
            for table in node.find("table")
            if (known := case.schema.table(_bare_name(table))) is not None
            for column in known.columns
        }
        columns = [column for where in node.find("where") for column in where.find("column")]
        qualifiers = {_qualifier(column) for column in columns} - {""}
        bare = {column_name(column) for column in columns if not _qualifier(column)}
        if columns and qualifiers <= inner and bare <= own:
            yield Clue("uncorrelated-exists", query.statement.line)


def _bare_name(table: Node) -> str:
    name = table.child("this")
    return str(name.get("this", "")) if name is not None else ""


def _table_name(node: Node) -> str:
    alias = node.child("alias")
    names = list((alias or node).find("identifier"))
    return str(names[0].get("this", "")) if names else ""


def _case(case: Case, query: Query) -> Iterator[Clue]:
    got = case.run.result
    if got is None or not any(cell is None for row in got.rows for cell in row):
        return
    for node in query.tree.find("case"):
        if node.child("default") is None:
            yield Clue("case-without-else", query.statement.line)


def _limit(case: Case, query: Query) -> Iterator[Clue]:
    """A limit without an order, and rows that are the asked ones and go on after them."""
    result, asked = case.run.result, case.expected.run.result
    if uses(query.tree, "limit") and query.tree.child("order") is None and case.expected.order:
        yield Clue("limit-without-order", query.statement.line)
    if result is None or asked is None or not asked.rows or uses(query.tree, "limit"):
        return
    solution = [s.sql.upper() for s in case.expected.run.statements]
    same_start = result.rows[: len(asked.rows)] == asked.rows
    if any(" LIMIT " in " ".join(sql.split()) for sql in solution) and same_start:
        yield Clue("limit-missing", query.statement.line)


def _null_values(case: Case, query: Query) -> Iterator[Clue]:
    """A NULL that was bound: in the list of a NOT IN, or beside `=`."""
    for node in query.tree.find("not"):
        inner = node.child("this")
        items = inner.all("expressions") if inner is not None and inner.kind == "in" else []
        if any(_is_null(item, query) for item in items):
            yield Clue("not-in-null", query.statement.line)
    for node in query.tree.find("eq", "neq"):
        value = node.child("expression")
        inside = any(parent.kind in ("where", "having", "join") for parent in node.parents())
        if inside and value is not None and _is_null(value, query):
            yield Clue("equals-none-in-sql", query.statement.line)


def _is_null(node: Node, query: Query) -> bool:
    """Whether a value is NULL, written or bound."""
    if node.kind != "placeholder":
        return node.kind == "null"
    values, place = query.statement.parameters, str(node.get("this", ""))[1:]
    if isinstance(values, dict):
        name = str(node.get("this", ""))
        return name in values and values[name] is None
    known = values is not None and place.isdigit() and int(place) <= len(values)
    return known and values is not None and values[int(place) - 1] is None


def _plus(case: Case, query: Query) -> Iterator[Clue]:
    """`+` with a text: SQLite adds numbers, and takes a text for 0."""
    for node in query.tree.find("add"):
        for side in node.children:
            is_text = side.kind == "literal" and side.get("is_string")
            # What `strftime()` gives begins with digits, and becomes the number that they are.
            if is_text or (side.kind != "timetostr" and _declared(case, side) == "text"):
                yield Clue("plus-on-text", query.statement.line)
                return


def _wildcard_value(case: Case, query: Query) -> Iterator[Clue]:
    """`contains("%")`: the value itself is a pattern, if nothing escapes it."""
    for node in query.tree.find("like", "ilike"):
        pattern, above = node.child("expression"), node.parent
        escaped = above is not None and above.kind == "escape"
        if escaped or pattern is None or pattern.kind != "dpipe":
            continue
        for value in pattern.find("placeholder"):
            text = _constant(value, query)
            if isinstance(text, str) and ("%" in text or "_" in text):
                yield Clue("wildcard-in-value", query.statement.line, {"text": text})
                return


def _own_parent(case: Case, query: Query) -> Iterator[Clue]:
    """A row compared with itself, where another one is meant: its parent, or what is joined."""
    keys = {
        tuple(sorted((key.partition(" -> ")[0], key.partition(f" -> {table.name}.")[2].split()[0])))
        for table in case.schema.tables
        for key in table.foreign_keys
        if f" -> {table.name}." in key
    }
    for node in query.tree.find("eq"):
        left, right = node.child("this"), node.child("expression")
        if left is None or right is None or left.kind != "column" or right.kind != "column":
            continue
        names = tuple(sorted((column_name(left), column_name(right))))
        on = node.field == "on" and _qualifier(left)
        same_row = _qualifier(left) == _qualifier(right)
        if same_row and (on or names in keys or names[0] == names[1]):
            yield _one_row(node, query)
            return


def _one_row(comparison: Node, query: Query) -> Clue:
    """What it means that both sides of a comparison are of one row."""
    sides = [f"{_qualifier(side)}.{column_name(side)}".strip(".") for side in comparison.children]
    select = next((node for node in comparison.parents() if node.kind == "select"), query.tree)
    if len(list(select.find("table"))) > 1 or sides[0] == sides[1]:
        return Clue("compared-with-itself", query.statement.line, {"text": " = ".join(sides)})
    return Clue("self-join-needs-alias", query.statement.line)


def _qualifier(column: Node) -> str:
    table = column.child("table")
    return str(table.get("this", "")) if table is not None else ""


def _grouped_only(case: Case, query: Query) -> Iterator[Clue]:
    """GROUP BY without an aggregate anywhere: a DISTINCT in other words."""
    select = query.tree
    if select.kind != "select" or select.child("group") is None or select.child("having"):
        return
    asked = any("GROUP BY" in statement.sql.upper() for statement in case.expected.run.statements)
    if not asked and not any(True for _ in select.find(*_AGGREGATES)):
        yield Clue("group-by-as-distinct", query.statement.line)


_AGGREGATES = ("count", "sum", "avg", "min", "max", "groupconcat", "anonymous", "window")
_PLAIN: tuple[Detector, ...] = (
    date_shape,
    date_without_quotes,
    relationship_selected,
    json_untyped,
    count_of_zero,
    cartesian,
    _own_parent,
    _contradiction,
    between_reversed,
    _double_quotes,
    _null_values,
    _plus,
    _kinds,
)
_LIKELY: tuple[Detector, ...] = (
    fan_out,
    one_row_groups,
    _wildcard_value,
    _aggregate,
    _ungrouped,
    _limit,
    _exists,
    _case,
    _like,
)
