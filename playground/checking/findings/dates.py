"""Dates in what was sent that are not written as the database keeps them."""

import re
from collections.abc import Iterator

from playground.checking.analyst.tree import Node
from playground.checking.case import Case, Clue, Query
from playground.checking.findings.cartesian import COMPARISONS
from playground.checking.findings.misread import bound_value
from playground.running import Cell

_WRONG = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b.*"
    r"|\d{4}[./]\d{1,2}[./]\d{1,2}\b.*"
    r"|\d{4}-(?:\d-\d{1,2}|\d\d-\d)(?!\d).*"
)
_WITH_T = re.compile(r"\d{4}-\d\d-\d\dT\d\d.*")


def date_shape(case: Case, query: Query) -> Iterator[Clue]:
    """A column of dates compared with a text that is written in another way."""
    kinds = {c.name: c.type.upper() for table in case.schema.tables for c in table.columns}
    for node in query.tree.find(*COMPARISONS, "between"):
        column = node.child("this")
        inner = column.child("this") if column is not None and column.kind == "column" else None
        kind = kinds.get(str(inner.get("this", "")), "") if inner is not None else ""
        if not kind.startswith(("DATE", "TIMESTAMP")):
            continue
        for value in (node.child(end) for end in ("expression", "low", "high")):
            text = _text(value, query)
            if isinstance(text, str) and _is_wrong(text, kind):
                yield Clue("date-shape", query.statement.line, {"text": text[:30]})
                return


def _is_wrong(text: str, kind: str) -> bool:
    with_time = kind != "DATE"
    return bool(_WRONG.fullmatch(text) or (with_time and _WITH_T.fullmatch(text)))


def _text(value: Node | None, query: Query) -> Cell:
    if value is None:
        return None
    if value.kind == "placeholder":
        return bound_value(value, query)
    return str(value.get("this", "")) if value.get("is_string") else None


def date_without_quotes(case: Case, query: Query) -> Iterator[Clue]:
    """`placed_at >= 2024-03-01`: two subtractions, and their result is a number."""
    found = re.search(
        r"(?<![\w'\"-])((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})(?![\w'\"-])", query.statement.sql
    )
    if found is None or not any(True for _ in query.tree.find("sub")):
        return
    year, month, day = (int(part) for part in found.groups())
    facts = {"text": found[0], "value": str(year - month - day)}
    yield Clue("date-without-quotes", query.statement.line, facts)
