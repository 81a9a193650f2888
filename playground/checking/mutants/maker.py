"""This side of the mutants' child: asks it, and takes what it says for plain text."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from playground.databases import Database
from playground.running import BuildError, NoAnswer, Runners, Statement, World, packaged_world


class QueryMutants(msgspec.Struct, frozen=True):
    """A query with its values in it, and the mutants of it."""

    base: str = ""
    """Empty where the text could not be read."""
    mutants: list[tuple[str, str]] = []
    """(operator, SQL), no text twice."""


def query_mutants(statement: Statement, database: Database, runners: Runners) -> QueryMutants:
    """Mutants of a query that was sent; none where it cannot be read. Raises DatabaseError."""
    request = {
        "sql": statement.sql,
        "parameters": msgspec.to_builtins(statement.parameters),
        "tables": _tables(database),
    }
    try:
        return msgspec.convert(_ask(request, runners) or {}, QueryMutants)
    except msgspec.ValidationError:
        return QueryMutants()


def python_mutants(source: str, database: Database, runners: Runners) -> list[tuple[str, str]]:
    """Mutants of a Python text: what changed, and the whole text. None where it cannot be read."""
    return _texts({"python": source, "tables": _tables(database)}, runners)


def script_mutants(script: str, database: Database, runners: Runners) -> list[tuple[str, str]]:
    """Mutants of SQL that changes data: what changed, and the whole text."""
    return _texts({"script": script, "tables": _tables(database)}, runners)


def program_mutants(program: str, runners: Runners) -> list[tuple[str, str]]:
    """Mutants of a Python program: what changed, and the whole text. None where it cannot be read."""
    return _texts({"program": program}, runners)


def _texts(request: dict[str, Any], runners: Runners) -> list[tuple[str, str]]:
    try:
        return msgspec.convert(_ask(request, runners) or [], list[tuple[str, str]])
    except msgspec.ValidationError:
        return []


def _ask(request: dict[str, Any], runners: Runners) -> Any:
    """What the child answers; None where the text is too much for it.

    Raises BuildError (of ours) where it came to no answer for another reason.
    """
    try:
        return runners.of(_world()).ask(request)
    except NoAnswer as error:
        if error.ours:
            raise BuildError(str(error), ours=True) from None
        return None


def _tables(database: Database) -> dict[str, dict[str, Any]]:
    """The declared columns of every table and what is unique, as the child's `Keys` takes them."""
    return {
        table.name: {
            "unique": database.unique.get(table.name, []),
            "columns": [
                {
                    "name": column.name,
                    "kind": _kind(column.type),
                    "nullable": column.nullable and not column.primary_key,
                    "key": column.primary_key,
                    "references": column.references,
                }
                for column in table.columns
            ],
        }
        for table in database.tables
    }


def _kind(declared: str) -> str:
    """What kind of values a type holds; the first part of it that says so decides."""
    name = declared.upper()
    for kind, words in _KINDS.items():
        if any(word in name for word in words):
            return kind
    return ""


_KINDS = {
    "boolean": ("BOOL",),
    "time": ("DATE", "TIME"),
    "text": ("CHAR", "TEXT", "CLOB", "ENUM", "UUID"),
    "number": ("INT", "NUM", "DEC", "REAL", "FLOA", "DOUB"),
}


@cache
def _world() -> World:
    """What the child holds ready: its program, and with it the SQL parser, loaded once."""
    return packaged_world("mutants", _CHILD, _MODULES)


_CHILD = Path(__file__).parent / "child"
_MODULES = (
    "parameters", "keys", "rows", "conditions", "groups", "identifiers", "queries", "changes",
    "edits", "entry",
)  # fmt: skip
"""In the order in which they import each other."""
