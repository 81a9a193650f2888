"""Looks for rows that tell two queries apart; its text is sent to a child.

It imports the standard library alone. Candidates are rows to be added: twins of rows that are
there, with one value changed to one that is near a constant of the queries, NULL or another row's;
then several of them, rows of parents without children and of children of new parents among them.
The database itself refuses what its keys and constraints forbid.
"""

import re
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from random import Random
from typing import Any

MOST_ROWS = 12
"""Rows of a table of which twins are made."""
MOST_VALUES = 16
"""Values that are tried in a column."""
STEPS = 200_000
"""Steps of SQLite's machine that a query may take here."""

Insert = tuple[str, dict[str, Any]]
"""Table, and the values by column."""


class Search:
    """One database to which rows are added."""

    def __init__(self, path: str, texts: list[str]) -> None:
        """`texts` are the queries or programs in whose constants there may be borders."""
        source = sqlite3.connect(path)
        self.data = sqlite3.connect(":memory:", isolation_level=None)
        source.backup(self.data)
        source.close()
        self.data.execute("PRAGMA foreign_keys = ON")
        self.chance = Random(1)
        self.numbers, self.words = _constants(texts)
        known = self._rows("SELECT name FROM sqlite_master WHERE type = 'table'") or []
        names = [str(name) for (name,) in known if not str(name).startswith("sqlite_")]
        text = " ".join(texts).lower()
        self.tables = sorted(names, key=lambda name: name.lower() not in text)
        self.columns = {name: self._columns(name) for name in names}
        self.parents = {name: self._parents(name) for name in names}
        self.near = {name for name in names if name.lower() in text}

    def candidates(self) -> Iterator[list[Insert]]:
        """Rows to be added, the simplest first; without end."""
        yield from ([row] for row in self._changed_twins())
        while True:
            yield list(self._several())

    def literal(self, rows: list[Insert]) -> list[str]:
        """The INSERT statements."""
        return [
            f"INSERT INTO {_name(table)} ({', '.join(map(_name, row))}) "
            f"VALUES ({', '.join(map(_literal, row.values()))})"
            for table, row in rows
        ]

    def differs(self, rows: list[Insert], first: str, second: str, *, ordered: bool) -> bool:
        """Whether the two queries differ once those rows are there."""
        self.data.execute("SAVEPOINT whole")
        try:
            for statement in self.literal(rows):
                self.data.execute(statement)
            one, other = self._rows(first), self._rows(second)
        except sqlite3.Error:
            return False
        finally:
            self.data.execute("ROLLBACK TO whole")
            self.data.execute("RELEASE whole")
        if one is None or other is None:
            return False
        return one != other if ordered else Counter(map(_plain, one)) != Counter(map(_plain, other))

    def shrink(self, rows: list[Insert], first: str, second: str, *, ordered: bool) -> list[Insert]:
        """As few of the rows as still tell the two apart."""
        for row in list(rows):
            rest = [each for each in rows if each is not row]
            if rest and self.differs(rest, first, second, ordered=ordered):
                rows = rest
        return rows

    def _changed_twins(self) -> Iterator[Insert]:
        """Twins as they are, then with one column changed, of the tables that the queries name."""
        named = [table for table in self.tables if table in self.near] or self.tables
        twins = [(table, row) for table in named for row in self._twins(table)]
        for table, row in twins:
            yield table, row
        for column_place in range(max((len(self.columns[t]) for t in named), default=0)):
            for table, row in twins:
                names = list(self.columns[table])
                if column_place < len(names) and names[column_place] in row:
                    column = names[column_place]
                    for value in self._values(table, column):
                        if value != row[column]:
                            yield table, {**row, column: value}

    def _several(self) -> Iterator[Insert]:
        """Two to four rows at random; a later one may belong to an earlier one."""
        new: dict[str, list[Any]] = {}
        named = [table for table in self.tables if table in self.near] or self.tables
        for _ in range(self.chance.randint(2, 4)):
            table = self.chance.choice(named if self.chance.random() < 0.8 else self.tables)
            twins = self._twins(table)
            if not twins:
                continue
            row = dict(self.chance.choice(twins))
            key = self._key(table)
            if key is not None and key in row:
                row[key] += len(new.get(table, []))
                new.setdefault(table, []).append(row[key])
            for column, (parent, _column) in self.parents[table].items():
                if new.get(parent) and self.chance.random() < 0.6:
                    row[column] = new[parent][-1]
            if self.chance.random() < 0.7:
                column = self.chance.choice(list(row))
                values = self._values(table, column)
                if values and column != key:
                    row[column] = self.chance.choice(values)
            yield table, row

    def _twins(self, table: str) -> list[dict[str, Any]]:
        """Rows of a table with a new key, unique values left out where they may be."""
        columns = self.columns[table]
        rows = self._rows(f"SELECT {', '.join(map(_name, columns))} FROM {_name(table)}") or []
        key, taken = self._key(table), self._unique(table)
        found = []
        for row in rows[:MOST_ROWS]:
            values = dict(zip(columns, row, strict=True))
            if key is not None:
                values[key] = max(each[list(columns).index(key)] for each in rows) + 1
            for column in taken - {key}:
                if isinstance(values[column], str):
                    values[column] = f"{values[column]} 2"
            found.append(values)
        return found

    def _values(self, table: str, column: str) -> list[Any]:
        """Values worth trying: near the constants, of other rows, of parents, NULL."""
        found: list[Any] = []
        if column in self.parents[table]:
            parent, key = self.parents[table][column]
            found += [v for (v,) in self._rows(f"SELECT {_name(key)} FROM {_name(parent)}") or []]
        else:
            kind = self.columns[table][column][0]
            own = self._rows(f"SELECT DISTINCT {_name(column)} FROM {_name(table)}") or []
            near: list[Any] = {"number": [*self.numbers, 0, -1], "truth": [0, 1]}.get(
                kind, self.words
            )
            if kind == "time":  # what is no moment would only fail
                near = [w for w in self.words if w[:4].isdigit() and w[-1:].isdigit()]
            found += [*near, *(v for (v,) in own[:6])]
        if not self.columns[table][column][1]:
            found.insert(0, None)
        return list(dict.fromkeys(found))[:MOST_VALUES]

    def _columns(self, table: str) -> dict[str, tuple[str, bool]]:
        """(kind, NOT NULL) by name, of the columns that take a value."""
        rows = self._rows(f"PRAGMA table_xinfo({_name(table)})") or []
        return {
            str(name): (_kind(str(declared).upper()), bool(not_null or key))
            for _place, name, declared, not_null, _default, key, hidden in rows
            if not hidden
        }

    def _key(self, table: str) -> str | None:
        """The one column of whole numbers that is the key."""
        rows = self._rows(f"PRAGMA table_xinfo({_name(table)})") or []
        keys = [(name, declared) for _p, name, declared, _n, _d, key, _h in rows if key]
        return str(keys[0][0]) if len(keys) == 1 and "INT" in str(keys[0][1]).upper() else None

    def _unique(self, table: str) -> set[str]:
        found = set()
        for _place, index, unique, *_rest in self._rows(f"PRAGMA index_list({_name(table)})") or []:
            if unique:
                inside = self._rows(f"PRAGMA index_info({_name(str(index))})") or []
                if len(inside) == 1:
                    found.add(str(inside[0][2]))
        return found

    def _parents(self, table: str) -> dict[str, tuple[str, str]]:
        """(table, column) that a column of a foreign key leads to."""
        keys = self._rows(f"PRAGMA foreign_key_list({_name(table)})") or []
        return {str(key[3]): (str(key[2]), str(key[4] or "id")) for key in keys}

    def _rows(self, query: str) -> list[Any] | None:
        looks = iter(range(STEPS // 1000))
        self.data.set_progress_handler(lambda: next(looks, None) is None, 1000)
        try:
            return self.data.execute(query).fetchall()
        except (sqlite3.Error, sqlite3.Warning):
            return None
        finally:
            self.data.set_progress_handler(None, 0)


def _constants(texts: list[str]) -> tuple[list[Any], list[Any]]:
    """Numbers and texts at and beside those that the queries name."""
    numbers: list[Any] = []
    words: list[Any] = []
    for text in texts:
        for one, other in re.findall(r"'((?:[^']|'')*)'|\"([^\"\n]*)\"", text):
            word = (one or other).replace("''", "'").strip("%")
            words += [word, f"{word}x", f"x{word}", f"x{word}x", word.swapcase()]
        for number in re.findall(r"(?<![\w.'])\d+(?:\.\d+)?", re.sub(r"'[^']*'", "", text)):
            value = float(number) if "." in number else int(number)
            numbers += [value, value + 1, value - 1]
    return list(dict.fromkeys(numbers)), [*dict.fromkeys(words), ""]


def _kind(declared: str) -> str:
    if any(word in declared for word in ("DATE", "TIME")):
        return "time"
    if "BOOL" in declared:
        return "truth"
    if any(word in declared for word in ("INT", "NUM", "DEC", "REAL", "FLOA", "DOUB")):
        return "number"
    return "text"


def _plain(row: Any) -> Any:
    return tuple(
        (type(cell).__name__, round(cell, 9)) if isinstance(cell, float) else cell for cell in row
    )


def _name(name: str) -> str:
    return name if name.isidentifier() and name.islower() else '"' + name.replace('"', '""') + '"'


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f"X'{value.hex()}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return repr(value)


def killing_rows(path: str, first: str, second: str, ordered: bool, seconds: float) -> list[str]:
    """INSERT statements after which the two queries differ; none where none were found."""
    search = Search(path, [first, second])
    deadline = time.monotonic() + seconds
    for rows in search.candidates():
        if time.monotonic() > deadline:
            return []
        if rows and search.differs(rows, first, second, ordered=ordered):
            return search.literal(search.shrink(rows, first, second, ordered=ordered))
    return []


def some_rows(path: str, texts: list[str], most: int) -> list[list[str]]:
    """Candidates for programs, which take too long to try many: spread over all kinds of them."""
    search = Search(path, texts)
    simple = list(islice(search.candidates(), 2000))
    step = max(1, len(simple) * 2 // (3 * most))
    chosen = [*simple[::step][: most * 2 // 3], *simple[-(most // 3) :]]
    return [search.literal(rows) for rows in chosen if rows]
