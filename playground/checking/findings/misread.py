"""Queries that run and mean something else than they look like: told by their SQL."""

import re
from collections.abc import Iterator

from playground.checking.analyst.tree import Node
from playground.checking.case import Case, Clue, Query

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
