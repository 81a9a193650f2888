"""A statement with its bound values written in their places."""

import re
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

_TOKEN = re.compile(
    r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|/\*.*?\*/|\?""", re.DOTALL
)


def with_values(sql: str, parameters: Any) -> Any:
    """The tree of a statement with its values in it; None where it cannot be read."""
    values = parameters or {}
    if isinstance(values, list):
        values = {f"p{place}": value for place, value in enumerate(values, 1)}
        sql = _numbered(sql)
    try:
        tree: Any = sqlglot.parse_one(sql, read="sqlite")
        return tree.transform(_bound, values)
    except (SqlglotError, RecursionError, ValueError, KeyError):
        return None


def _numbered(sql: str) -> str:
    """The text with its bare `?` numbered in order."""
    place = 0

    def name(match: re.Match[str]) -> str:
        nonlocal place
        if match.group() != "?":
            return match.group()
        place += 1
        return f":p{place}"

    return _TOKEN.sub(name, sql)


def _bound(node: Any, values: dict[str, Any]) -> Any:
    if not isinstance(node, exp.Placeholder):
        return node
    return _literal(values[node.name])


def _literal(value: Any) -> Any:
    if isinstance(value, dict):
        if value.get("length") is not None:
            raise ValueError("a value was cut")
        text = value["text"]
        return exp.HexString(this=text) if value["type"] == "bytes" else exp.Literal.string(text)
    if value is None:
        return exp.Null()
    if isinstance(value, str):
        return exp.Literal.string(value)
    number = exp.Literal.number(abs(int(value) if isinstance(value, bool) else value))
    return exp.Neg(this=number) if value < 0 else number
