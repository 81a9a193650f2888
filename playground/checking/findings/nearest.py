"""Names near to one that is not known."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from playground.checking.case import Case
from playground.checking.findings.declared import classes, tables
from playground.checking.findings.session_source import known_attributes

_ALIKE = 0.62
"""How alike a near name must be: 1 is the same."""


def nearest(name: str, case: Case, facts: dict[str, str]) -> str:
    """Known names near to one that is not known, for people to read; empty where none is.

    The facts tell what it should name: a `table`, a `cascade`, a `model`, a `variable`, or an
    attribute, of a `class` if they name one.
    """
    if "table" in facts:
        known: Iterable[str] = tables(case)
    elif "cascade" in facts:
        known = _CASCADES
    elif "model" in facts:
        known = classes(case)
    elif "variable" in facts:
        known = [*_VARIABLES, *classes(case)]
    else:
        known = _attributes(name, case, facts)
    return _closest(name.rpartition(".")[2], sorted(known))


def _closest(name: str, known: list[str]) -> str:
    others = [other for other in known if other != name]
    longer = [other for other in others if len(name) > _SHORT and other.startswith(f"{name}_")]
    found = get_close_matches(name, others, n=2, cutoff=_ALIKE) or longer[:2]
    found = found or get_close_matches(name.lower(), others, n=1, cutoff=_ALIKE)
    return ", ".join(found)


_SHORT = 2
"""Letters of a name that is not taken for the beginning of a longer one."""


def _attributes(name: str, case: Case, facts: dict[str, str]) -> set[str]:
    """The attributes of the class, or columns of the table, that is named; else all that are known."""
    table = case.schema.table(name.rpartition(".")[0])
    if table is not None:
        return {column.name for column in table.columns}
    body = classes(case).get(facts.get("class", ""), "")
    own = set(re.findall(r"^[ \t]+(\w+)(?::|\s*=)", body, re.MULTILINE))
    return own or known_attributes(case)


_VARIABLES = [
    "session",
    "engine",
    "tables",
    "database_url",
    "select",
    "insert",
    "update",
    "delete",
    "text",
    "func",
    "and_",
    "or_",
    "not_",
    "case",
    "cast",
    "exists",
    "literal",
    "desc",
    "asc",
    "distinct",
    "union",
    "create_engine",
    "Session",
    "selectinload",
    "joinedload",
    "aliased",
    "bindparam",
    "Integer",
    "String",
    "print",
]


_CASCADES = [
    "save-update",
    "merge",
    "delete",
    "delete-orphan",
    "expunge",
    "refresh-expire",
    "all",
]
