"""Answers in SQL: split into statements, sent to the driver unchanged, committed on success."""

import re
import sqlite3
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?P<space>\s+|--[^\n]*|/\*.*?(?:\*/|\Z))"
    r"|(?P<quoted>'(?:[^']|'')*(?:'|\Z)|\"(?:[^\"]|\"\")*(?:\"|\Z)|`(?:[^`]|``)*(?:`|\Z)"
    r"|\[[^\]]*(?:\]|\Z))"
    r"|(?P<end>;)"
    r"|(?P<other>[^\s;'\"`\[/-]+|.)",
    re.DOTALL,
)


class Piece(NamedTuple):
    """One statement of a script and the line on which it begins."""

    sql: str
    line: int


def split(script: str) -> list[Piece]:
    """The statements of a script, each without its semicolon.

    A semicolon ends a statement where SQLite itself says that it is complete
    (`sqlite3.complete_statement`), so the body of a trigger stays in one piece.
    """
    pieces: list[Piece] = []
    start: int | None = None
    for match in _TOKEN.finditer(script):
        if match["end"] and start is not None:
            text = script[start : match.end()]
            if _complete(text):
                pieces.append(_piece(script, start, match.start()))
                start = None
        elif start is None and not match["space"] and not match["end"]:
            start = match.start()
    if start is not None:
        pieces.append(_piece(script, start, len(script)))
    return pieces


def _complete(text: str) -> bool:
    # complete_statement reads a C string: what stands behind a NUL is invisible to it.
    return "\0" in text or sqlite3.complete_statement(text)


def _piece(script: str, start: int, stop: int) -> Piece:
    return Piece(script[start:stop].rstrip(), script.count("\n", 0, start) + 1)
