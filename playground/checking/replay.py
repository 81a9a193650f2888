"""Statements of a run as Python text, to be sent again on a pristine copy of the data."""

import re
from itertools import count

from playground.running import Cell, Special, Statement

_TOKEN = re.compile(
    r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*(?:\]|\Z)|--[^\n]*|/\*.*?(?:\*/|\Z)|\?""",
    re.DOTALL,
)
CHANGES = ("insert", "update", "delete", "ddl")


def literal_parameters(statement: Statement) -> str:
    """The parameters of a query whose `?` were numbered (`:p1` …), as the text of a dictionary.

    Raises LookupError where one was cut.
    """
    values = statement.parameters or []
    if isinstance(values, dict):
        return _text(values)
    return _text({f"p{place}": value for place, value in enumerate(values, 1)})


def numbered_sql(statement: Statement) -> str:
    """The statement's text with its bare `?` numbered, to fit `literal_parameters`."""
    if isinstance(statement.parameters, dict):
        return statement.sql
    numbers = count(1)
    return _TOKEN.sub(
        lambda match: f":p{next(numbers)}" if match.group() == "?" else match.group(), statement.sql
    )


def changes_before(statements: list[Statement], place: int) -> list[str]:
    """Lines of Python that send again what changed data before a place.

    They call `connection.exec_driver_sql`. Raises LookupError where a change cannot be sent again
    because not all of its parameters are known.
    """
    lines = []
    for statement in statements[:place]:
        if statement.kind not in CHANGES:
            continue
        if statement.many:
            raise LookupError("an executemany shows only its first parameters")
        lines.append(f"connection.exec_driver_sql({statement.sql!r}, {parameters_text(statement)})")
    return lines


def parameters_text(statement: Statement) -> str:
    """The parameters of one execution as the text of a tuple or dictionary.

    Raises LookupError where one was cut.
    """
    values = statement.parameters
    return _text(values) if isinstance(values, dict) else _tuple(values or [])


def _text(values: dict[str, Cell]) -> str:
    return "{" + ", ".join(f"{name!r}: {_literal(v)}" for name, v in values.items()) + "}"


def _tuple(values: list[Cell]) -> str:
    return "(" + "".join(f"{_literal(value)}, " for value in values) + ")"


def _literal(cell: Cell) -> str:
    if not isinstance(cell, Special):
        return repr(cell)
    if cell.length is not None:
        raise LookupError("a parameter was cut")
    return f"bytes.fromhex({cell.text!r})" if cell.type == "bytes" else repr(cell.text)
