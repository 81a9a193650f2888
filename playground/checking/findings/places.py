"""On which line of an answer the database stopped, where SQL stands in it over several lines."""

import re
from collections.abc import Iterator

from playground.checking.case import Case
from playground.running import RunError, Statement

_TOKEN = re.compile(
    r"(?P<left_out>\s+|--[^\n]*|/\*.*?(?:\*/|\Z))"
    r"|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|\[[^\]]*(?:\]|\Z)|[\w$]+|.",
    re.DOTALL,
)
_NAMES = (
    "unknown-column",
    "unknown-table",
    "unknown-function",
    "ambiguous-column",
    "unknown-alias",
)


def line_of(case: Case, error: RunError, finding: str, found: dict[str, str]) -> int | None:
    """The line of what the database named in an error; the statement's own where it cannot be told."""
    sent = [s for s in case.run.statements if s.kind != "transaction"]
    if not sent or sent[-1].elapsed_ms is not None:
        return error.line
    failed = sent[-1]
    offset = None
    if "near_text" in found:
        offset = _where_it_stopped(case, failed.sql, found["near_text"])
    elif finding in _NAMES:
        places = list(_places(failed.sql, found["name"].rpartition(".")[2]))
        offset = places[0] if len(places) == 1 else None
    start = _start(case, failed) if offset is not None else None
    return error.line if start is None else start + failed.sql.count("\n", 0, offset)


def _start(case: Case, statement: Statement) -> int | None:
    """The line on which a statement begins; None where the answer does not hold it as it was sent."""
    if case.answer.language == "sql":
        return statement.line
    if len(statement.sql) > len(case.answer.text):
        return None
    text = re.escape(statement.sql).replace(r"\?", r"(?:\?|:\w+)")
    found = list(re.finditer(text, case.answer.text))
    return case.answer.text.count("\n", 0, found[0].start()) + 1 if len(found) == 1 else None


def _where_it_stopped(case: Case, sql: str, near: str) -> int | None:
    """The place in a statement of what a syntax error names."""
    if near == "incomplete input":
        return len(sql.rstrip())
    unrecognized = re.fullmatch(r'unrecognized token: "(.*)"', near, re.DOTALL)
    if unrecognized is not None:
        return sql.rfind(unrecognized[1])
    places = list(_places(sql, near))
    return places[0] if len(places) == 1 else _first_refused(case, sql, near, places)


def _places(sql: str, token: str) -> Iterator[int]:
    """Where a token stands in a statement, outside of comments and texts."""
    for match in _TOKEN.finditer(sql):
        if match.group() == token and not match["left_out"]:
            yield match.start()


def _first_refused(case: Case, sql: str, near: str, places: list[int]) -> int | None:
    """The first of several places at which the database stops: what ends with it is refused there."""
    beginnings = [sql[: place + len(near)] for place in places]
    run = case.again(_PROGRAM.format(beginnings=beginnings, message=f'near "{near}"'))
    if run.status != "ok" or run.result is None or not run.result.rows:
        return None
    number = run.result.rows[0][0]
    return places[number] if isinstance(number, int) and 0 <= number < len(places) else None


_PROGRAM = """
_driver = session.connection().connection.driver_connection
def _refused(beginning):
    try:
        _driver.execute("EXPLAIN " + beginning)
    except Exception as error:
        return {message!r} in str(error)
    return False
next((number for number, each in enumerate({beginnings!r}) if _refused(each)), -1)
"""
"""EXPLAIN only reads a statement, so that a beginning that is complete does nothing."""
