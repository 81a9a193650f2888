"""Logs of runs as one program, that sends them again on the data that each run started from.

No learner's code is in it: statements and their parameters are data. What the driver does by
itself is done again here: it begins a transaction before the first change, not at the BEGIN that
SQLAlchemy asks for.
"""

import hashlib
from collections.abc import Iterable

from playground.checking.replay import parameters_text
from playground.running import Run, Special, Statement

_MOST_TEXT = 4_000_000
"""Characters of a program; a longer log is not sent again."""
_MOST_CONNECTIONS = 10
_BOUND_ALIKE = ("bytes", "datetime", "date")
"""Special values that the driver is given again as it was given them."""

_PROGRAM = r"""
import hashlib, json, re, sqlite3
_logs = {logs}
_changes = re.compile(
    r"(?:\s|--[^\n]*\n|/\*.*?\*/)*(?:insert|update|delete|replace)\b", re.IGNORECASE | re.DOTALL
)

def _replay(log, wanted):
    pooled, managed, failed, columns, rows = {{}}, set(), [], [], []
    for place, (is_mark, sql, parameters, number) in enumerate(log):
        if number not in pooled:
            pooled[number] = engine.raw_connection()
            pooled[number].driver_connection.isolation_level = None
            pooled[number].driver_connection.execute("PRAGMA busy_timeout = 0").close()
        driver = pooled[number].driver_connection
        try:
            if is_mark:
                managed.add(number) if sql == "BEGIN" else managed.discard(number)
                if sql != "BEGIN":
                    driver.commit() if sql == "COMMIT" else driver.rollback()
                continue
            if number in managed and not driver.in_transaction and _changes.match(sql):
                driver.execute("BEGIN").close()
            cursor = driver.execute(sql, parameters)
            fetched = cursor.fetchall()
            if place == wanted:
                columns, rows = [column[0] for column in cursor.description or ()], fetched
            cursor.close()
        except (sqlite3.Error, sqlite3.Warning, ValueError, OverflowError):
            failed.append(place)
    for each in pooled.values():
        each.driver_connection.rollback()
        each.close()
    print(json.dumps([columns, failed]))
    return rows

with open("playground.db", "rb") as _file:
    _digest = hashlib.sha256(_file.read()).hexdigest()
result = _replay(*_logs[_digest])
"""


def program(runs: Iterable[tuple[bytes, Run]]) -> str:
    """Code that sends a run's log again, for whichever of the images it is started on.

    It prints the names of the columns of the statement that gave the result, and the places of
    the statements that failed; its value is the rows. Raises LookupError where that is too long.
    """
    logs = []
    for image, run in runs:
        sent = ", ".join(_entry(statement) for statement in run.statements)
        wanted = run.result.statement if run.result is not None else None
        logs.append(f"{hashlib.sha256(image).hexdigest()!r}: ([{sent}], {wanted!r}),\n")
    if sum(map(len, logs)) > _MOST_TEXT:
        raise LookupError("the logs are too long")
    return _PROGRAM.format(logs="{" + "".join(logs) + "}")


def can_be_sent(run: Run) -> bool:
    """Whether the log of a run holds all that is needed to send it again."""
    if run.statements_dropped or any((s.many or 0) > 1 for s in run.statements):
        return False
    if len({statement.connection for statement in run.statements}) > _MOST_CONNECTIONS:
        return False
    values = (value for statement in run.statements for value in _values(statement))
    return not any(
        isinstance(value, Special) and (value.type not in _BOUND_ALIKE or value.length is not None)
        for value in values
    )


def is_mark(statement: Statement) -> bool:
    """Whether SQLAlchemy asked the driver for it; what was sent as a statement took time."""
    return (
        statement.kind == "transaction"
        and statement.elapsed_ms is None
        and statement.sql in ("BEGIN", "COMMIT", "ROLLBACK")
    )


def _entry(statement: Statement) -> str:
    parameters = parameters_text(statement)
    return f"({is_mark(statement)}, {statement.sql!r}, {parameters}, {statement.connection})"


def _values(statement: Statement) -> Iterable[object]:
    values = statement.parameters or []
    return values.values() if isinstance(values, dict) else values
