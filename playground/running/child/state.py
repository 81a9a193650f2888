"""The final state of a database, read by a process that ran no learner code."""

import hashlib
import os
import re
import sqlite3
import stat
from pathlib import Path
from typing import Any

from .cells import Cells

_OPTIONS = {"NO ACTION": "", "": ""}
_AT_ONCE = 1000
"""Rows that are looked at together."""


def read(connection: sqlite3.Connection, *, rows: int, cell_bytes: int) -> list[Any]:
    """The tables, each a list in the field order of `playground.running.run.Table`."""
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    names = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%'"
        " ESCAPE '\\' ORDER BY name"
    ).fetchall()
    cells = Cells(cell_bytes)
    return [_table(connection, name, sql or "", rows, cells) for name, sql in names]


def open_file(name: str) -> sqlite3.Connection:
    """Open a plain file in the working directory; raises OSError for a link or anything else."""
    descriptor = os.open(
        name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    )
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(f"{name} is not a file")
    finally:
        os.close(descriptor)
    return sqlite3.connect(Path(name).resolve().as_uri(), uri=True)


def _table(
    connection: sqlite3.Connection, name: str, sql: str, limit: int, cells: Cells
) -> list[Any]:
    columns = [
        [column, kind.upper(), not required and not key, default, key]
        for _, column, kind, required, default, key, hidden in connection.execute(
            "SELECT * FROM pragma_table_xinfo(?)", (name,)
        )
        if hidden != 1
    ]
    total, rows, digest = _rows(connection, name, columns, limit, cells)
    unique, indexes = _indexes(connection, name)
    return [
        name,
        columns,
        _foreign_keys(connection, name),
        sorted(unique + _checks(sql)),
        indexes,
        total,
        rows,
        digest,
    ]


def _rows(
    connection: sqlite3.Connection, name: str, columns: list[Any], limit: int, cells: Cells
) -> tuple[int, list[Any], str]:
    keys = sorted((column for column in columns if column[4]), key=lambda column: column[4])
    order = ", ".join(_quoted(column[0]) for column in keys or columns)
    wanted = ", ".join(_quoted(column[0]) for column in columns)
    cursor = connection.execute(f"SELECT {wanted} FROM {_quoted(name)} ORDER BY {order}")
    kept: list[Any] = []
    total = 0
    digests: list[bytes] = []
    ordered = _told_apart(keys)
    while some := cursor.fetchmany(_AT_ONCE):
        kept += map(cells.row, some[: limit - len(kept)])
        total += len(some)
        digests += [_digest(some)] if ordered else map(_digest, some)
    if not ordered:
        digests.sort()
    return total, kept, hashlib.sha256(b"".join(digests)).hexdigest()


def _told_apart(keys: list[Any]) -> bool:
    """Whether the order of a key puts any two rows apart: so does a key of the row's own number."""
    return [key[1] for key in keys] == ["INTEGER"]


def _digest(value: Any) -> bytes:
    return hashlib.sha256(repr(value).encode("utf-8", "replace")).digest()


def _foreign_keys(connection: sqlite3.Connection, name: str) -> list[str]:
    grouped: dict[int, list[Any]] = {}
    for row in connection.execute("SELECT * FROM pragma_foreign_key_list(?)", (name,)):
        grouped.setdefault(row[0], []).append(row)
    return sorted(_foreign_key(sorted(rows, key=lambda row: row[1])) for rows in grouped.values())


def _foreign_key(rows: list[Any]) -> str:
    target, on_update, on_delete = rows[0][2], rows[0][5], rows[0][6]
    local = ", ".join(row[3] for row in rows)
    remote = ", ".join(f"{target}.{row[4]}" if row[4] else target for row in rows)
    text = f"{local} -> {remote}"
    if on_update not in _OPTIONS:
        text += f" ON UPDATE {on_update}"
    return f"{text} ON DELETE {on_delete}" if on_delete not in _OPTIONS else text


def _indexes(connection: sqlite3.Connection, name: str) -> tuple[list[str], list[str]]:
    """UNIQUE constraints, and the indexes that CREATE INDEX made."""
    unique, made = [], []
    rows = connection.execute("SELECT * FROM pragma_index_list(?)", (name,)).fetchall()
    for _, index, is_unique, origin, partial in rows:
        info = connection.execute("SELECT * FROM pragma_index_info(?)", (index,)).fetchall()
        columns = ", ".join(
            column if column is not None else "(expression)" for _, _, column in info
        )
        if origin == "u":
            unique.append(f"UNIQUE ({columns})")
        elif origin == "c":
            text = f"{index} ({columns})"
            text += " UNIQUE" if is_unique else ""
            made.append(text + _where(connection, index) if partial else text)
    return unique, sorted(made)


def _where(connection: sqlite3.Connection, index: str) -> str:
    row = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (index,)).fetchone()
    match = re.search(
        r"\bWHERE\b(.*)\Z", row[0] if row and row[0] else "", re.DOTALL | re.IGNORECASE
    )
    return f" WHERE {_normalised(match[1])}" if match else ""


_TOKEN = re.compile(
    r"--[^\n]*|/\*.*?(?:\*/|\Z)|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|\[[^\]]*\]|\w+|\s+|.",
    re.DOTALL,
)


def _checks(sql: str) -> list[str]:
    """The CHECK constraints that a CREATE TABLE text holds."""
    found: list[str] = []
    inside: list[str] | None = None
    depth = 0
    expected = False
    for match in _TOKEN.finditer(sql):
        token = match[0]
        if inside is not None:
            depth += {"(": 1, ")": -1}.get(token, 0)
            if depth == 0:
                found.append(f"CHECK ({_normalised(''.join(inside))})")
                inside = None
            else:
                inside.append(token)
        elif expected and token == "(":
            inside, depth, expected = [], 1, False
        elif not token.isspace():
            expected = token.upper() == "CHECK"
    return found


def _normalised(text: str) -> str:
    return " ".join(text.split())


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
