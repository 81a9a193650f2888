"""The shrinking program: fewer and fewer rows, as long as two queries still differ on them.

Its text is sent to a child; it imports the standard library alone. Rows are taken away together
with all rows whose foreign keys lead to them, so that every database on the way is whole (delta
debugging after Zeller and Hildebrandt, 2002, over rows).
"""

import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

Key = tuple[Any, ...]
Row = tuple[str, Key]
"""Table name, and the rowid or what else tells the rows of the table apart."""


class Shrinking:
    """One database being shrunk."""

    def __init__(self, path: str, first: Any, second: Any, seconds: float) -> None:
        """`first` and `second` are queries with their parameters."""
        source = sqlite3.connect(path)
        self.data = sqlite3.connect(":memory:", isolation_level=None)
        source.backup(self.data)
        source.close()
        self.data.execute("PRAGMA foreign_keys = OFF")
        self.queries = (first, second)
        self.deadline = time.monotonic() + seconds
        self.tables = self._tables()
        self.keys = {table: self._key_columns(table) for table in self.tables}
        self.all = {table: self._all_keys(table) for table in self.tables}
        self.kept = {(table, key) for table, keys in self.all.items() for key in keys}
        self.children = self._children()

    def shrink(self) -> bool:
        """Take away what can be; whether there was a difference to begin with."""
        if not self._differs(self.kept):
            return False
        while self._one_round() and time.monotonic() < self.deadline:
            continue
        self._delete(self.kept)
        return True

    def image(self) -> bytes:
        """The small database as a file's bytes."""
        self.data.execute("VACUUM")
        return self.data.serialize()

    def _one_round(self) -> bool:
        """One pass over all sizes of pieces; whether anything was taken away."""
        before = len(self.kept)
        for piece in self._pieces():
            if time.monotonic() > self.deadline:
                break
            gone = self._with_children(row for row in piece if row in self.kept)
            if gone and self._differs(self.kept - gone):
                self.kept -= gone
        return len(self.kept) < before

    def _pieces(self) -> Iterator[list[Row]]:
        """Whole tables, then halves of each, quarters … single rows; the largest tables first."""
        rows: dict[str, list[Row]] = {}
        for row in sorted(self.kept, key=_in_order):
            rows.setdefault(row[0], []).append(row)
        by_size = sorted(rows.values(), key=len, reverse=True)
        size = max(map(len, by_size), default=0)
        while size:
            for table in by_size:
                if len(table) >= size or size == 1:
                    yield from (table[i : i + size] for i in range(0, len(table), size))
            size = size // 2

    def _with_children(self, rows: Any) -> set[Row]:
        gone: set[Row] = set()
        waiting = list(rows)
        while waiting:
            row = waiting.pop()
            if row not in gone:
                gone.add(row)
                waiting += self.children.get(row, ())
        return gone

    def _differs(self, kept: set[Row]) -> bool:
        self.data.execute("SAVEPOINT whole")
        try:
            self._delete(kept)
            first, second = (self._rows(query, values) for query, values in self.queries)
            return first is not None and second is not None and first != second
        finally:
            self.data.execute("ROLLBACK TO whole")
            self.data.execute("RELEASE whole")

    def _delete(self, kept: set[Row]) -> None:
        for table, columns in self.keys.items():
            if columns == _ROWID:
                ids = ",".join(str(key[0]) for name, key in kept if name == table)
                self.data.execute(f"DELETE FROM {_quoted(table)} WHERE rowid NOT IN ({ids})")
                continue
            gone = [key for key in self.all[table] if (table, key) not in kept]
            is_it = " AND ".join(f"{column} IS ?" for column in columns)
            self.data.executemany(f"DELETE FROM {_quoted(table)} WHERE {is_it}", gone)

    def _rows(self, query: str, values: Any) -> Counter[Any] | None:
        """The rows as a multiset, fractions rounded; None where the query fails."""
        self.data.set_progress_handler(lambda: time.monotonic() > self.deadline, 10_000)
        try:
            rows = self.data.execute(query, values).fetchall()
        except sqlite3.Error:
            return None
        finally:
            self.data.set_progress_handler(None, 0)
        return Counter(tuple(map(_plain, row)) for row in rows)

    def _tables(self) -> list[str]:
        names = self.data.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        return [name for (name,) in names.fetchall()]

    def _key_columns(self, table: str) -> tuple[str, ...]:
        """What tells the rows of a table apart: the primary key of one WITHOUT ROWID."""
        try:
            self.data.execute(f"SELECT rowid FROM {_quoted(table)} LIMIT 1")
        except sqlite3.Error:
            return tuple(map(_quoted, self._primary_key(table)))
        return _ROWID

    def _primary_key(self, table: str) -> list[str]:
        names = self.data.execute(
            "SELECT name FROM pragma_table_info(?) WHERE pk ORDER BY pk", (table,)
        )
        return [name for (name,) in names.fetchall()]

    def _all_keys(self, table: str) -> list[Key]:
        columns = ", ".join(self.keys[table])
        return self.data.execute(f"SELECT {columns} FROM {_quoted(table)}").fetchall()

    def _children(self) -> dict[Row, list[Row]]:
        """For each row those whose foreign keys lead to it."""
        found: dict[Row, list[Row]] = {}
        named = {table.lower(): table for table in self.tables}
        for table in self.tables:
            keys: dict[int, list[Any]] = {}
            rows = self.data.execute("SELECT * FROM pragma_foreign_key_list(?)", (table,))
            for key in rows.fetchall():
                keys.setdefault(key[0], []).append(key)
            for columns in keys.values():
                parent = named.get(columns[0][2].lower())
                if parent is not None:
                    self._add_children(found, table, parent, sorted(columns, key=lambda k: k[1]))
        return found

    def _add_children(
        self, found: dict[Row, list[Row]], table: str, parent: str, columns: list[Any]
    ) -> None:
        """Those of one foreign key, which names its parent's columns or means the primary key.

        The parent stands first: its columns say how texts are compared.
        """
        targets = [key[4] for key in columns]
        if None in targets:
            targets = self._primary_key(parent)
        if len(targets) != len(columns):
            return
        on = " AND ".join(
            f"p.{_quoted(target)} = c.{_quoted(key[3])}"
            for target, key in zip(targets, columns, strict=True)
        )
        above, below = self.keys[parent], self.keys[table]
        wanted = ", ".join([*(f"p.{name}" for name in above), *(f"c.{name}" for name in below)])
        pairs = self.data.execute(
            f"SELECT {wanted} FROM {_quoted(parent)} p JOIN {_quoted(table)} c ON {on}"
        )
        for pair in pairs.fetchall():
            row = (parent, pair[: len(above)])
            found.setdefault(row, []).append((table, pair[len(above) :]))


_ROWID = ("rowid",)


def _in_order(row: Row) -> Any:
    """What rows are sorted by, whatever values their keys have."""
    return row[0], [(type(value).__name__, value) for value in row[1]]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return int(value) if value.is_integer() else float(f"{value:.9g}")
    return value


def shrunk(path: str, first: Any, second: Any, seconds: float) -> list[str]:
    """The small database as hexadecimal text in pieces; empty where nothing differs."""
    shrinking = Shrinking(path, first, second, seconds)
    if not shrinking.shrink():
        return []
    text = shrinking.image().hex()
    return [text[start : start + 8000] for start in range(0, len(text), 8000)]
