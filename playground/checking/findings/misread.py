"""Queries that run and mean something else than they look like: told by their SQL."""

import re
from collections.abc import Iterator

from playground.checking.analyst.tree import Node
from playground.checking.case import Case, Clue, Query
from playground.running import Cell

_JSON = re.compile(
    r"JSON_QUOTE\(JSON_EXTRACT\([^()]*\)\)\s*(?:=|!=|<>|<=?|>=?|IN\b|LIKE\b|BETWEEN\b)",
    re.IGNORECASE,
)


def relationship_selected(case: Case, query: Query) -> Iterator[Clue]:
    """`select(Order.customer)`: the relationship's condition is computed, and no row comes of it."""
    keys = {
        frozenset((f"{table.name}.{key.partition(' -> ')[0]}", key.partition(" -> ")[2].split()[0]))
        for table in case.schema.tables
        for key in table.foreign_keys
    }
    if case.answer.language != "python" or query.tree.kind != "select":
        return
    for node in query.tree.all("expressions"):
        output = node.child("this") if node.kind == "alias" else node
        if output is None or output.kind != "eq":
            continue
        sides = frozenset(_qualified(side) for side in output.children)
        if sides in keys:
            yield Clue("relationship-selected", query.statement.line)
            return


def _qualified(node: Node) -> str:
    """`table.column`, as the tables have them."""
    names = {each.field: str(each.get("this", "")) for each in node.children}
    return f"{names.get('table', '')}.{names.get('this', '')}"


def set_with_and(case: Case) -> Iterator[Clue]:
    """`SET name = 'x' AND stock = 2`: one column is set, to whether both hold."""
    for query in case.queries:
        for node in query.tree.all("expressions") if query.tree.kind == "update" else ():
            column, value = node.child("this"), node.child("expression")
            if node.kind != "eq":
                # AND binds weaker than `=`, so that the whole reads as a condition.
                first = next(node.find("eq"), None) if node.kind == "and" else None
                column, value = (first.child("this") if first is not None else None), node
            if column is not None and value is not None and value.kind in ("and", "or"):
                name = str(next(column.find("identifier")).get("this", ""))
                yield Clue("set-with-and", query.statement.line, {"column": name})
                return


def json_untyped(case: Case, query: Query) -> Iterator[Clue]:
    """`payload["code"] == 500`: what is compared is JSON, not the number in it."""
    if _JSON.search(query.statement.sql):
        yield Clue("json-untyped", query.statement.line)


def fan_out(case: Case, query: Query) -> Iterator[Clue]:
    """Two tables that both belong to a third are joined to it, and their rows counted or added up."""
    select = query.tree
    if select.kind != "select" or not _avoids(case):
        return
    outputs = [node for output in select.all("expressions") for node in output.find(*_ADDED)]
    if all(any(True for _ in node.find("distinct")) for node in outputs):
        return
    parents: list[str] = []
    for name in _joined(select):
        table = case.schema.table(name)
        keys = table.foreign_keys if table is not None else []
        parents += {key.partition(" -> ")[2].partition(".")[0] for key in keys}
    if any(parents.count(name) > 1 for name in _joined(select)):
        yield Clue("fan-out", query.statement.line)


_ADDED = ("count", "sum", "avg")


def _avoids(case: Case) -> bool:
    """Whether the solution counts otherwise: by itself for each table, or each value once."""
    return any(
        re.search(r"\(\s*SELECT\b|\bDISTINCT\b|\bWITH\b", statement.sql, re.IGNORECASE)
        for statement in case.expected.run.statements
        if statement.kind == "select"
    )


def _joined(select: Node) -> set[str]:
    """The tables of a query itself, without those of its subqueries."""
    sources = [node for node in select.children if node.kind in ("from", "join")]
    names: set[str] = set()
    for source in sources:
        table = source.child("this")
        name = table.child("this") if table is not None and table.kind == "table" else None
        if name is not None:
            names.add(str(name.get("this", "")))
    return names


def count_of_zero(case: Case, query: Query) -> Iterator[Clue]:
    """`count(case((…, 1), else_=0))`: a 0 is no NULL, so it is counted too."""
    for node in query.tree.find("count"):
        inner = node.child("this")
        default = inner.child("default") if inner is not None and inner.kind == "case" else None
        if default is not None and default.kind != "null":
            yield Clue("count-counts-zero", query.statement.line)
            return


def between_reversed(case: Case, query: Query) -> Iterator[Clue]:
    """`BETWEEN 3000 AND 1000`: the lower end comes first, so no row is between."""
    for node in query.tree.find("between"):
        low, high = (_end(node.child(end), query) for end in ("low", "high"))
        numbers = isinstance(low, int | float) and isinstance(high, int | float) and low > high
        texts = isinstance(low, str) and isinstance(high, str) and low > high
        if numbers or texts:
            yield Clue("between-reversed", query.statement.line)
            return


def _end(node: Node | None, query: Query) -> Cell:
    """The value of a number, a text or a bound parameter; None for anything else."""
    if node is None or node.kind not in ("literal", "placeholder"):
        return None
    if node.kind == "placeholder":
        return bound_value(node, query)
    text = str(node.get("this", ""))
    return text if node.get("is_string") or not _NUMBER.fullmatch(text) else float(text)


def bound_value(placeholder: Node, query: Query) -> Cell:
    """The value that is bound to a parameter."""
    values, name = query.statement.parameters, str(placeholder.get("this", ""))
    if isinstance(values, dict):
        return values.get(name)
    place = int(name[1:]) - 1 if name[1:].isdigit() else -1
    return values[place] if values and 0 <= place < len(values) else None


_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def one_row_groups(case: Case, query: Query) -> Iterator[Clue]:
    """HAVING counts the rows of groups that have one row each, because a key is grouped by."""
    select = query.tree
    group, having = select.child("group"), select.child("having")
    if group is None or having is None or not any(True for _ in having.find("count")):
        return
    if any(_grouped(query.statement.sql) == _grouped(s.sql) for s in case.expected.run.statements):
        return
    given = {_qualified(column).strip(".") for column in group.find("column")}
    tables = sources(select)
    for alias, name in tables.items():
        table = case.schema.table(name)
        keys = [column.name for column in table.columns if column.primary_key] if table else []
        if not keys or not all({key, f"{alias}.{key}"} & given for key in keys):
            continue
        if not any(_leads_to(case, other, name) for other in tables.values()):
            yield Clue("groups-of-one", query.statement.line, {"table": name})
            return


def sources(select: Node) -> dict[str, str]:
    """The tables of a query itself, by the names that they have in it."""
    found: dict[str, str] = {}
    for source in select.children:
        table = source.child("this") if source.kind in ("from", "join") else None
        name = table.child("this") if table is not None and table.kind == "table" else None
        if table is None or name is None:
            continue
        alias = table.child("alias")
        own = next(iter(alias.find("identifier")), name) if alias is not None else name
        found[str(own.get("this", ""))] = str(name.get("this", ""))
    return found


def _leads_to(case: Case, table: str, other: str) -> bool:
    """Whether rows of a table may belong to one row of another."""
    known = case.schema.table(table)
    keys = known.foreign_keys if known is not None else []
    return any(key.partition(" -> ")[2].partition(".")[0] == other for key in keys)


def _grouped(sql: str) -> str:
    """What a query groups by, as it is written."""
    found = re.search(r"\bGROUP BY\s+(.*?)\s*(?:\bHAVING\b|\bORDER\b|\bLIMIT\b|$)", sql, _ALL)
    return found[1] if found is not None else ""


_ALL = re.DOTALL | re.IGNORECASE
