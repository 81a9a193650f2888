"""What makes an honest log give something else when it is sent again.

Where one of these is so and the two differ, nothing is held against the answer: it stays a claim.
"""

import re
from collections.abc import Iterator

from playground.checking.case import Case
from playground.checking.evidence.program import is_mark
from playground.running import Run

_CHANCE = re.compile(
    r"\b(?:random|randomblob|current_timestamp|current_date|current_time|julianday|unixepoch)\b"
    r"|'now'|\b(?:date|time|datetime)\(\s*\)",
    re.IGNORECASE,
)
_OWN_WAYS = re.compile(
    r"create_engine|create_async_engine|create_mock_engine|engine_from_config|sqlite3|aiosqlite"
    r"|raw_connection|driver_connection|dbapi_connection|create_function|create_aggregate"
    r"|create_collation|create_window_function|isolation_level|autocommit|\bevent\b|listens?_for"
    r"|thread|concurrent|asyncio|no_autoflush|autoflush|\bdefer|load_only|undefer|with_expression"
    r"|TypeDecorator|UserDefinedType|TypeEngine|process_result_value|result_processor"
    r"|set_committed_value|make_transient|expunge|refresh|populate_existing|validates|hybrid"
    r"|dispose|read_sql|to_sql",
    re.IGNORECASE,
)
"""Words of code whose connections, functions, types or objects the log cannot tell of."""
_PLAIN_TYPES = frozenset((
    "Integer", "BigInteger", "SmallInteger", "INTEGER", "BIGINT", "String", "Text", "Unicode",
    "UnicodeText", "VARCHAR", "TEXT", "CHAR", "Float", "REAL", "FLOAT", "Double", "Numeric",
    "NUMERIC", "DECIMAL", "Boolean", "BOOLEAN", "Date", "DateTime", "Time", "DATE", "DATETIME",
    "TIMESTAMP", "TIME", "Uuid", "UUID", "JSON", "Enum", "LargeBinary", "BLOB",
))  # fmt: skip
_MOST_TEXT = 200_000


def by_chance(run: Run) -> bool:
    """Whether a statement asks for chance or for the clock."""
    texts = (
        text
        for statement in run.statements
        for text in (statement.sql, *map(str, _given(statement.parameters)))
    )
    return any(text == "now" or _CHANCE.search(text) for text in texts)


def in_general(case: Case) -> bool:
    """Whether code had ways that no log tells, or its connections could wait for each other."""
    exercise = case.exercise
    texts = (case.answer.text, exercise.setup, exercise.after, case.database.world.models or "")
    if any(len(text) > _MOST_TEXT or _OWN_WAYS.search(text) for text in texts):
        return True
    if any(statement.kind in ("other", "pragma") for statement in case.run.statements):
        return True
    return _overlap(case.run) or _default_by_chance(case)


def about_rows(run: Run) -> bool:
    """Whether rows may honestly be read otherwise than the database gives them.

    Objects that were loaded before a change keep what they held, and a type of somebody's own
    makes of a value what it likes.
    """
    result = run.result
    if result is None or result.statement is None or result.truncated:
        return True
    if any(name is not None and name not in _PLAIN_TYPES for name in result.types):
        return True
    before = run.statements[: result.statement + 1]
    return any(statement.kind not in ("select", "transaction") for statement in before)


def _given(parameters: object) -> Iterator[object]:
    if isinstance(parameters, dict):
        yield from parameters.values()
    elif isinstance(parameters, list):
        yield from parameters


def _overlap(run: Run) -> bool:
    """Whether two connections had a transaction at the same time."""
    within: set[int] = set()
    for statement in run.statements:
        if not is_mark(statement):
            continue
        if statement.sql == "BEGIN":
            within.add(statement.connection)
        else:
            within.discard(statement.connection)
        if len(within) > 1:
            return True
    return False


def _default_by_chance(case: Case) -> bool:
    """Whether a table fills a column with chance or with the clock."""
    states = [case.schema, case.expected.initial, *([case.run.state] if case.run.state else [])]
    return any(
        column.default is not None and _CHANCE.search(column.default)
        for state in states
        for table in state.tables
        for column in table.columns
    )
