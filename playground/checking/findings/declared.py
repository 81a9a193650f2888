"""What the classes of an exercise declare, told from their text: the models', the setup's, the answer's."""

import re
from collections.abc import Iterator

from playground.checking.analyst.analysis import AnalystError
from playground.checking.analyst.tree import Node
from playground.checking.case import Case

_CLASS = re.compile(r"^class (\w+)\b.*\n((?:[ \t]+.*\n|\s*\n)*)", re.MULTILINE)
_TABLE = re.compile(r"(?:__tablename__\s*=\s*|\bTable\(\s*)[\"'](\w+)[\"']")


def tree_of(case: Case) -> Node | None:
    """The answer's syntax tree; None where it cannot be read."""
    try:
        return case.source.tree
    except AnalystError:
        return None


def classes(case: Case) -> dict[str, str]:
    """The body of each class by its name; of two classes of one name the last."""
    found: dict[str, str] = {}
    for text in _texts(case):
        found.update(_CLASS.findall(text + "\n"))
    return found


def tables(case: Case) -> set[str]:
    """Names of the tables that are there, and of those that a class or a `Table` declares."""
    named = {name for text in _texts(case) for name in _TABLE.findall(text)}
    return named | {table.name for table in case.schema.tables}


def table_of(body: str) -> str | None:
    """The table that a class's body names."""
    found = _TABLE.search(body)
    return found[1] if found is not None else None


def declaration(case: Case, attribute: str) -> str:
    """The line that declares a `Class.attribute`; empty where it is not found."""
    owner, _, name = attribute.rpartition(".")
    body = classes(case).get(owner.rpartition(".")[2], "")
    found = re.search(rf"^[ \t]+{re.escape(name)}\s*[:=].*", body, re.MULTILINE)
    return found[0] if found is not None else ""


def _texts(case: Case) -> Iterator[str]:
    yield case.database.models_source or ""
    yield case.exercise.setup
    if case.answer.language == "python":
        yield case.answer.text
