"""Cells as text: inert, whatever was in the database."""

import re

from playground.running.run import Cell, Special

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def cell_text(cell: Cell) -> str:
    """A cell as a person reads it, on one line; null is `NULL`."""
    if cell is None:
        return "NULL"
    if isinstance(cell, Special):
        return inert(cell.text, lines=False)
    return inert(str(cell), lines=False)


def inert(text: str, *, lines: bool = True) -> str:
    """The text with everything escaped that a terminal would obey.

    Control characters (ANSI and OSC sequences begin with one), direction overrides and lone
    surrogates become visible escapes. Line ends and tabs stay where `lines` is true.
    """

    def escape(match: re.Match[str]) -> str:
        character = match.group()
        if lines and character in "\n\t":
            return character
        return _NAMED.get(character) or f"\\x{ord(character):02x}"

    return _CONTROL.sub(escape, text)
