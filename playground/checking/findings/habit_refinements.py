"""Where the text of an answer tells more than an exception of a name that is not there."""

import re
from collections.abc import Callable

from playground.checking.analyst.tree import Node
from playground.checking.case import Case
from playground.checking.findings.declared import tables, tree_of
from playground.checking.findings.session_source import known_attributes
from playground.running import RunError

Facts = dict[str, str]
_IMPORTS = {
    "date": "from datetime import date",
    "datetime": "from datetime import datetime",
    "time": "from datetime import time",
    "timedelta": "from datetime import timedelta",
    "Decimal": "from decimal import Decimal",
    "enum": "import enum",
    "Optional": "from typing import Optional",
    "List": "from typing import List",
    "IntegrityError": "from sqlalchemy.exc import IntegrityError",
    "OperationalError": "from sqlalchemy.exc import OperationalError",
    "NoResultFound": "from sqlalchemy.exc import NoResultFound",
    "MutableDict": "from sqlalchemy.ext.mutable import MutableDict",
    "flag_modified": "from sqlalchemy.orm.attributes import flag_modified",
    "hybrid_property": "from sqlalchemy.ext.hybrid import hybrid_property",
    "association_proxy": "from sqlalchemy.ext.associationproxy import association_proxy",
    "declarative_base": "from sqlalchemy.orm import declarative_base",
    "warnings": "import warnings",
    "json": "import json",
}
"""What lessons use and is not there from the start, with the line that brings it."""


def _name(case: Case, _error: RunError, found: Facts) -> str:
    """A name that must be imported, or that an attribute has."""
    name = found["name"]
    if name in _IMPORTS:
        found["statement"] = _IMPORTS[name]
        return "import-missing"
    return "name-of-attribute" if name in known_attributes(case) else "unknown-name"


def described_only(case: Case, table: str) -> bool:
    """Whether the answer describes a table that was neither there nor created in the run."""
    there = {each.name for each in case.expected.initial.tables}
    return table in tables(case) - there and not _created(case, table)


def _created(case: Case, table: str) -> bool:
    made = re.compile(rf"\s*CREATE TABLE (?:IF NOT EXISTS )?\W?{re.escape(table)}\b", re.IGNORECASE)
    return any(made.match(statement.sql) for statement in case.run.statements)


def _column(case: Case, error: RunError, found: Facts) -> str:
    """`users.name`, where `users` is a table: its name, and no column."""
    tree = tree_of(case)
    if tree is not None and found.get("text") in tables(case):
        for node in tree.find("Attribute"):
            if node.line == error.line and node.get("attr") == "name" and _is_table(tree, node):
                found["name"] = "name"
                return "columns-are-in-c"
    return "string-column"


def _is_table(tree: Node, attribute: Node) -> bool:
    """Whether an attribute is asked of a name to which a `Table` was assigned."""
    owner = attribute.child("value")
    name = owner.get("id") if owner is not None else None
    for node in tree.find("Assign"):
        value = node.child("value")
        function = value.child("func") if value is not None else None
        targets = {target.get("id") for target in node.all("targets")}
        if function is not None and function.get("id") == "Table" and name in targets:
            return True
    return False


def _base(case: Case, _error: RunError, found: Facts) -> str | None:
    """`class Base(declarative_base)`: the function itself, not what it gives."""
    if "type" not in found and "(declarative_base)" not in case.answer.text:
        return None
    found.setdefault("type", "declarative_base")
    return "base-needed"


def _many(case: Case, _error: RunError, found: Facts) -> str | None:
    """An attribute that an object has, asked of the list of objects."""
    return "many-not-one" if found["name"] in known_attributes(case) else None


HABIT_REFINEMENTS: dict[str, Callable[[Case, RunError, Facts], str | None]] = {
    "unknown-name": _name,
    "string-column": _column,
    "base-needed": _base,
    "many-not-one": _many,
}
"""What is asked more of the finding of a rule."""
