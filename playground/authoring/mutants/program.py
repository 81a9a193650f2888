"""Runs many queries on one database, each for a short time; its text is sent to a child.

It imports the standard library alone.
"""

import json
import sqlite3
from typing import Any

STEPS = 1000
"""Steps of SQLite's machine between two looks at how many there were."""
LEAST = 1_000
TIMES = 30
"""A query may take `LEAST` looks, or `TIMES` as many as the first one: a count, unlike a time,
is the same on a machine that is busy."""


def rows_of_each(connection: sqlite3.Connection, queries: list[str], most: int) -> list[str]:
    """What each query gives, as one JSON text in pieces that no display limit cuts.

    A query that fails or does not end in due steps is null, one with more than `most` rows says
    only that: it is another table than the one that is asked for.
    """
    answers = []
    allowed = 100 * LEAST
    for place, query in enumerate(queries):
        answer, looks = _rows(connection, query, most, allowed)
        answers.append(answer)
        if place == 0:
            allowed = max(LEAST, looks * TIMES)
    connection.set_progress_handler(None, 0)
    text = json.dumps(answers)
    return [text[start : start + 8000] for start in range(0, len(text), 8000)]


def _rows(connection: sqlite3.Connection, query: str, most: int, allowed: int) -> tuple[Any, int]:
    """The answer, and how many looks it took."""
    looks = 0

    def too_many() -> bool:
        nonlocal looks
        looks += 1
        return looks > allowed

    connection.set_progress_handler(too_many, STEPS)
    try:
        cursor = connection.execute(query)
        rows = cursor.fetchmany(most + 1)
        columns = [column[0] for column in cursor.description or ()]
    except (sqlite3.Error, sqlite3.Warning, UnicodeError):
        return None, looks
    if len(rows) > most:
        return {"more": True}, looks
    return {"columns": columns, "rows": [[_cell(cell) for cell in row] for row in rows]}, looks


def _cell(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"type": "bytes", "text": value.hex()}
    if isinstance(value, float) and value - value != 0:
        return {"type": "float", "text": repr(value)}
    return value
