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


def count_of_zero(case: Case, query: Query) -> Iterator[Clue]:
    """`count(case((…, 1), else_=0))`: a 0 is no NULL, so it is counted too."""
    for node in query.tree.find("count"):
        inner = node.child("this")
        default = inner.child("default") if inner is not None and inner.kind == "case" else None
        if default is not None and default.kind != "null":
            yield Clue("count-counts-zero", query.statement.line)
            return
