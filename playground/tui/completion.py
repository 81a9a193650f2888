"""What the word under the cursor may become: names that are ready, members, tables, columns.

An index of plain names, made once for a database from what its processes say; looking a word up
takes microseconds, so it is done at every key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playground.running import Preloaded

_WORD = re.compile(r"\w*\Z")
_DOTTED = re.compile(r"([A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*|\))\s*\.\s*(\w*)\Z")
_LAST_NAME = re.compile(r"([A-Za-z_]\w*)\s*\Z")
_KNOWN_WORDS = re.compile(r"[^\W\d]\w{2,}")
_LEAST = 2
"""Letters from which a name is suggested; after a dot, none are needed."""

_GIVES = {
    "select": "Select",
    "insert": "Insert",
    "update": "Update",
    "delete": "Delete",
    "text": "TextClause",
    "query": "Query",
    "execute": "Result",
    "scalars": "ScalarResult",
    "aliased": "aliased",
    "session": "session",
    "engine": "engine",
}
"""The class of what a call gives; a method that is not listed gives what it is called on."""
_ATTRIBUTE = "InstrumentedAttribute"
_FIRST = (
    "where", "order_by", "join", "outerjoin", "group_by", "having", "limit", "offset", "distinct",
    "options", "label", "all", "first", "one", "scalars", "execute", "scalar", "commit", "add",
    "select", "func", "desc", "asc", "is_", "in_", "like", "between", "values", "returning",
    "selectinload", "joinedload", "mapped_column", "relationship",
)  # fmt: skip
"""What is meant most often, first."""
_KEYWORDS = (
    "SELECT", "DISTINCT", "FROM", "WHERE", "GROUP", "BY", "HAVING", "ORDER", "LIMIT", "OFFSET",
    "JOIN", "LEFT", "INNER", "CROSS", "ON", "AS", "AND", "OR", "NOT", "NULL", "IS", "IN",
    "BETWEEN", "LIKE", "EXISTS", "UNION", "INTERSECT", "EXCEPT", "CASE", "WHEN", "THEN", "ELSE",
    "END", "INSERT", "INTO", "VALUES", "UPDATE", "SET", "DELETE", "RETURNING", "CREATE",
    "TABLE", "INDEX", "PRIMARY", "KEY", "REFERENCES", "WITH", "RECURSIVE", "ASC", "DESC",
    "COUNT", "SUM", "AVG", "MIN", "MAX", "COALESCE", "OVER", "PARTITION",
)  # fmt: skip


class Completer:
    """The names of one database with what may stand after a dot."""

    def __init__(self, preloaded: Preloaded) -> None:
        """Index what a run's namespace holds."""
        own = ("playground", "models")
        names = sorted(preloaded.names, key=lambda name: name.source not in own)
        self._names = [name.name for name in names]
        self._members = {name.name: name.members for name in names}
        self._models = {name.name for name in names if name.kind == "model"}
        self._columns = {
            table.name: tuple(column.name for column in table.columns) for table in preloaded.tables
        }

    def candidates(self, before: str, text: str, language: str) -> list[str]:
        """What may follow `before` (all text up to the cursor) to end the word there, best first.

        Args:
            before: The text up to the cursor.
            text: The whole text, whose own names are suggested too.
            language: `python` or `sql`.

        Returns:
            The missing letters of each candidate; none is empty.
        """
        found = self._in_sql(before) if language == "sql" else self._in_python(before, text)
        word = _word(before)
        fitting = dict.fromkeys(name for name in found if name.startswith(word) and name != word)
        return [name[len(word) :] for name in fitting]

    def _in_python(self, before: str, text: str) -> Iterable[str]:
        line = before[-400:]
        dotted = _DOTTED.search(line)
        if dotted is not None:
            return _by_use(self._after_dot(line[: dotted.end(1)], dotted[1]))
        word = _word(line)
        if len(word) < _LEAST:
            return ()
        of_the_text = [name for name in _KNOWN_WORDS.findall(text) if name != word]
        return [*(n for n in self._names if n in self._models), *of_the_text, *_by_use(self._names)]

    def _after_dot(self, before: str, owner: str) -> Sequence[str]:
        """Members of what stands before a dot: a name, an attribute of a model, a call's result."""
        if owner == ")":
            return self._members.get(_given_by(before), ())
        first, *rest = (part.strip() for part in owner.split("."))
        if first in self._models and len(rest) == 1:
            return self._members.get(_ATTRIBUTE, ())
        return () if rest else self._members.get(first, ())

    def _in_sql(self, before: str) -> Iterable[str]:
        line = before[-400:]
        dotted = _DOTTED.search(line)
        if dotted is not None:
            table = self._table(dotted[1], before)
            return self._columns.get(table, ())
        word = _word(line)
        if len(word) < _LEAST:
            return ()
        columns = (name for names in self._columns.values() for name in names)
        keywords = _KEYWORDS if word.isupper() else [keyword.lower() for keyword in _KEYWORDS]
        return [*self._columns, *columns, *keywords]

    def _table(self, name: str, text: str) -> str:
        """The table that a name or an alias stands for."""
        if name in self._columns:
            return name
        found = re.finditer(rf"(\w+)\s+(?:as\s+)?{re.escape(name)}\b", text, re.IGNORECASE)
        return next((match[1] for match in found if match[1] in self._columns), "")


def _word(before: str) -> str:
    found = _WORD.search(before[-100:])
    return found[0] if found is not None else ""


def _by_use(names: Iterable[str]) -> list[str]:
    """Names with those that are meant most often first; the others keep their order."""
    there = list(names)
    known = set(there)
    return [*(name for name in _FIRST if name in known), *there]


def _given_by(before: str) -> str:
    """The class of what a chain of calls gives that ends with the bracket at the end of `before`."""
    while before.endswith(")"):
        place = _opening(before)
        called = _LAST_NAME.search(before[:place])
        if called is None:
            return ""
        if called[1] in _GIVES:
            return _GIVES[called[1]]
        before = before[: called.start()].rstrip().removesuffix(".").rstrip()
    root = _LAST_NAME.search(before)
    return root[1] if root is not None else ""


def _opening(text: str) -> int:
    """Where the bracket opens that the last character closes; 0 where it does not."""
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        if text[place] in ")]}":
            depth += 1
        elif text[place] in "([{":
            depth -= 1
            if depth == 0:
                return place
    return 0
