"""Data as text for a terminal: nothing in it can move the cursor, colour the screen or break it."""

import json
import re
import unicodedata
from typing import Any, Literal, Protocol


class _Special(Protocol):
    """A value that JSON cannot say by itself, as `playground.running.Special` has it."""

    @property
    def type(self) -> str: ...

    @property
    def text(self) -> str: ...


Cell = None | bool | int | float | str | _Special
CellKind = Literal["null", "number", "text", "special"]

NUMBER_TYPES = frozenset({"Decimal", "int", "float", "nan", "inf", "-inf"})
_KEPT_FORMATS = "\u200c\u200d"
"""Joiners that scripts need; the other format characters could reorder or hide text."""
_FORMULA = re.compile(r"""((?:^|;)[\s"']*)(?=[=+\-@＝＋－＠])""")
"""Where a cell of a spreadsheet would begin a formula: at its start, and behind a semicolon, at
which Excel divides a line where the comma is the decimal mark. It takes the wide signs as well."""
_NUMBER = re.compile(r"[+-]\d+(?:\.\d+)?")
_CLIP = 400
"""Characters of a cell that are looked at to draw it: no terminal shows more on a line."""


def visible(text: str, *, multiline: bool = False) -> str:
    """`text` with every control, format and surrogate character shown as a picture or an escape.

    With `multiline`, line feeds stay and tabs become spaces.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(char, multiline) for char in text)


def _shown(char: str, multiline: bool) -> str:
    if char.isprintable() or char in _KEPT_FORMATS:
        return char
    if multiline and char == "\n":
        return char
    if multiline and char == "\t":
        return "    "
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if unicodedata.category(char) == "Zs":
        return " "
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def json_line(shape: Any) -> str:
    """JSON on one line, valid in UTF-8, that a terminal shows and does not obey.

    What cannot be printed stands there as an escape of JSON's own, so that who reads the JSON has
    it unchanged; a lone surrogate is replaced.
    """
    text = json.dumps(shape, ensure_ascii=False, allow_nan=False)
    if text.isprintable():
        return text
    text = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)


def kind_of(cell: Cell) -> CellKind:
    """How a cell is drawn: NULL apart, numbers to the right, the rest to the left."""
    if cell is None:
        return "null"
    if isinstance(cell, bool | str):
        return "text"
    if isinstance(cell, int | float):
        return "number"
    return "number" if cell.type in NUMBER_TYPES else "special"


def cell_text(cell: Cell) -> str:
    """One cell on one line; the text NULL stands in quotes, to be apart from no value."""
    if cell is None:
        return "NULL"
    if cell == "NULL":
        return "'NULL'"
    if isinstance(cell, str):
        return visible(cell[:_CLIP])
    if isinstance(cell, int | float):
        return repr(cell)
    shown = visible(cell.text[:_CLIP])
    return f"x'{shown}'" if cell.type == "bytes" else shown


def whole_cell(cell: Cell) -> str:
    """The cell over as many lines as it has, for the view that opens it."""
    if isinstance(cell, str):
        return visible(cell, multiline=True)
    if cell is None or isinstance(cell, int | float):
        return cell_text(cell)
    return visible(cell.text, multiline=True)


def plain_cell(cell: Cell) -> str:
    """The cell as it is copied or saved: its text untouched but for lone surrogates."""
    if cell is None:
        return "NULL"
    if isinstance(cell, str):
        text = cell
    else:
        text = repr(cell) if isinstance(cell, int | float) else cell.text
    return text.encode("utf-8", "replace").decode("utf-8")


def without_formula(text: str) -> str:
    """A text for a CSV file, with an apostrophe where a spreadsheet would begin a formula.

    See OWASP, "CSV Injection".
    """
    return text if _NUMBER.fullmatch(text) else _FORMULA.sub(r"\1'", text)


def parameter_text(cell: Cell) -> str:
    """A parameter as it would stand in Python code, clipped."""
    if isinstance(cell, str):
        clipped = cell if len(cell) <= 60 else cell[:59] + "…"
        return visible(repr(clipped))
    return cell_text(cell)
