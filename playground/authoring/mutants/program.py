"""Runs many queries on one database, each for a short time; its text is sent to a child.

It imports the standard library alone.
"""

import json
import sqlite3
import time
from typing import Any

STEPS = 2000


def rows_of_each(
    connection: sqlite3.Connection, queries: list[str], most: int, seconds: float
) -> list[str]:
    """What each query gives, as one JSON text in pieces that no display limit cuts.

    A query that fails or does not end within `seconds` is null, one with more than `most` rows
    says only that: it is another table than the one that is asked for.
    """
    answers = [_rows(connection, query, most, seconds) for query in queries]
    connection.set_progress_handler(None, 0)
    text = json.dumps(answers)
    return [text[start : start + 8000] for start in range(0, len(text), 8000)]


def _rows(connection: sqlite3.Connection, query: str, most: int, seconds: float) -> Any:
    deadline = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > deadline, STEPS)
    try:
        cursor = connection.execute(query)
        rows = cursor.fetchmany(most + 1)
        columns = [column[0] for column in cursor.description or ()]
    except (sqlite3.Error, sqlite3.Warning, UnicodeError):
        return None
    if len(rows) > most:
        return {"more": True}
    return {"columns": columns, "rows": [[_cell(cell) for cell in row] for row in rows]}


def _cell(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"type": "bytes", "text": value.hex()}
    if isinstance(value, float) and value - value != 0:
        return {"type": "float", "text": repr(value)}
    return value
