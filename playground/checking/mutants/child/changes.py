"""Mutants of SQL that changes data: each text differs from the solution's in one thing."""

import sqlite3
from collections.abc import Iterator
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from .keys import Keys
from .queries import mutants_of, text_of

MOST = 60
_ENDS = {"COMMIT": "ROLLBACK", "END": "ROLLBACK", "ROLLBACK": "COMMIT"}


def script_mutants(script: str, tables: dict[str, dict[str, Any]]) -> list[list[str]]:
    """Each mutant of a script as `[what changed, whole text]`, no text twice.

    What changed is `old → new`, the new one empty where a statement is left out.
    """
    statements = list(_statements(script))
    keys = Keys(tables)
    found: dict[str, str] = {}
    for place, statement in enumerate(statements):
        for other in _others(statement, keys):
            parts = [*statements[:place], *([other] if other else []), *statements[place + 1 :]]
            text = ";\n".join(parts)
            if parts and text not in found:
                found[text] = f"{_one_line(statement)} → {_one_line(other)}".rstrip()
    return [[change, text] for text, change in list(found.items())[:MOST]]


def statement_mutants(statement: str, keys: Keys) -> Iterator[str]:
    """Other texts for one query or change of data, no text twice; none where it cannot be read."""
    try:
        tree: Any = sqlglot.parse_one(statement, read="sqlite")
    except (SqlglotError, RecursionError, ValueError):
        return
    if not isinstance(tree, exp.Insert | exp.Update | exp.Delete | exp.Query):
        return
    seen = {text_of(tree)}
    for mutant in _mutants(tree, keys):
        try:
            text = text_of(mutant)
            sqlglot.parse_one(text, read="sqlite")
        except (SqlglotError, RecursionError, ValueError):
            continue
        if text not in seen:
            seen.add(text)
            yield text


def _statements(script: str) -> Iterator[str]:
    """The statements of a script as they are written, without their semicolons."""
    rest = ""
    for piece in script.split(";"):
        rest += piece
        if sqlite3.complete_statement(f"{rest};"):
            if rest.strip():
                yield rest.strip()
            rest = ""
        else:
            rest += ";"
    if rest.strip(" \n\t;"):
        yield rest.strip(" \n\t;")


def _others(statement: str, keys: Keys) -> Iterator[str]:
    """Other texts for a statement of a script; an empty one leaves it out."""
    words = statement.upper().split()
    if words and words[0] in _ENDS:
        yield _ENDS[words[0]]
        return
    yield ""
    yield from statement_mutants(statement, keys)


def _mutants(tree: Any, keys: Keys) -> Iterator[Any]:
    if isinstance(tree, exp.Update):
        yield from _updates(tree)
    if isinstance(tree, exp.Insert):
        yield from _inserts(tree, keys)
    for part in ("conflict", "returning"):
        if tree.args.get(part) is not None:
            yield _with(tree, **{part: None})
    for _name, mutant in mutants_of(tree, keys):
        yield mutant


def _updates(tree: Any) -> Iterator[Any]:
    """DML: one of several assignments of SET left out, two values exchanged."""
    assignments = tree.expressions
    if len(assignments) < 2:
        return
    for place in range(len(assignments)):
        yield _with(tree, expressions=[a.copy() for i, a in enumerate(assignments) if i != place])
    first, second, *rest = (each.copy() for each in assignments)
    one, other = first.expression.copy(), second.expression.copy()
    first.set("expression", other)
    second.set("expression", one)
    yield _with(tree, expressions=[first, second, *rest])


def _inserts(tree: Any, keys: Keys) -> Iterator[Any]:
    """DML: one of several rows left out, two columns of one kind exchanged."""
    values = tree.expression
    if isinstance(values, exp.Values) and len(values.expressions) > 1:
        for dropped in (0, len(values.expressions) - 1):
            rows = [row.copy() for place, row in enumerate(values.expressions) if place != dropped]
            yield _with(tree, expression=_with(values, expressions=rows))
    if not isinstance(tree.this, exp.Schema):
        return
    columns = tree.this.expressions
    kinds = [keys.kind_of(tree.this.this.name, column.name) for column in columns]
    for place in range(len(columns) - 1):
        if kinds[place] and kinds[place] == kinds[place + 1]:
            order = [column.copy() for column in columns]
            order[place], order[place + 1] = order[place + 1], order[place]
            yield _with(tree, this=_with(tree.this, expressions=order))


def _with(node: Any, **args: Any) -> Any:
    copy = node.copy()
    for name, value in args.items():
        copy.set(name, value)
    return copy


def _one_line(text: str) -> str:
    return " ".join(text.split())
