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

Row = tuple[str, int]
"""Table name and rowid."""


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
        self.kept = {(t, i) for t in self.tables for i in self._ids(t)}
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
        for row in sorted(self.kept):
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
        for table in self.tables:
            ids = ",".join(str(i) for t, i in kept if t == table)
            self.data.execute(f'DELETE FROM "{table}" WHERE rowid NOT IN ({ids})')

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
        return [name for (name,) in names.fetchall() if self._has_rowid(name)]

    def _has_rowid(self, table: str) -> bool:
        try:
            self.data.execute(f'SELECT rowid FROM "{table}" LIMIT 1')
        except sqlite3.Error:
            return False
        return True

    def _ids(self, table: str) -> list[int]:
        return [i for (i,) in self.data.execute(f'SELECT rowid FROM "{table}"')]

    def _children(self) -> dict[Row, list[Row]]:
        """For each row those whose foreign keys lead to it."""
        found: dict[Row, list[Row]] = {}
        for table in self.tables:
            keys: dict[int, list[Any]] = {}
            for key in self.data.execute(f'PRAGMA foreign_key_list("{table}")').fetchall():
                keys.setdefault(key[0], []).append(key)
            for columns in keys.values():
                parent = columns[0][2]
                if parent in self.tables:
                    on = " AND ".join(f'c."{k[3]}" = p."{k[4] or k[3]}"' for k in columns)
                    pairs = self.data.execute(
                        f'SELECT p.rowid, c.rowid FROM "{table}" c JOIN "{parent}" p ON {on}'
                    )
                    for above, below in pairs.fetchall():
                        found.setdefault((parent, above), []).append((table, below))
        return found


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
