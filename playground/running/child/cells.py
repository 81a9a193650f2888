"""Values as cells: what JSON says by itself stays itself, all else is `{"type", "text"}`.

The shapes are those of `playground.running.run.Cell`; on the wire a special cell is the list
`[type, text, length]`, since lists cannot repeat a key.
"""

import datetime
import decimal
import enum
import json
import math
import uuid
from typing import Any

from sqlalchemy import URL

TEXT_LIMIT = 10_000
"""Characters of a cell's text that are kept; its whole length is told."""
_LEAST, _GREATEST = -(2**63), 2**63 - 1
_PLAIN = frozenset({bool, type(None)})

Cell = Any  # None | bool | int | float | str | list


class CellTooLarge(Exception):  # noqa: N818  (a limit that was reached, not a fault)
    """One cell is larger than the run's limit."""


class Cells:
    """Makes cells, within one run's limit of bytes for a single one."""

    def __init__(self, cell_bytes: int) -> None:
        self.cell_bytes = cell_bytes

    def row(self, values: Any) -> list[Cell]:
        """A row of cells."""
        return [
            value
            if (kind := type(value)) in _PLAIN
            or (kind is int and _LEAST <= value <= _GREATEST)
            or (kind is str and len(value) <= TEXT_LIMIT)
            else self.cell(value)
            for value in values
        ]

    def cell(self, value: Any) -> Cell:
        """One cell; raises `CellTooLarge`."""
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is int:
            fits = _LEAST <= value <= _GREATEST
            return value if fits else self._special("int", _digits(value))
        if kind is float:
            return value if math.isfinite(value) else self._special("float", repr(value))
        if kind is str:
            return self._text(value)
        return self._other(value)

    def _text(self, value: str) -> Cell:
        if len(value) <= TEXT_LIMIT:
            return value
        return self._special("str", value)

    def _special(self, kind: str, text: str) -> list[Any]:
        if len(text) > self.cell_bytes:
            raise CellTooLarge
        if len(text) > TEXT_LIMIT:
            return [kind, text[:TEXT_LIMIT], len(text)]
        return [kind, text, None]

    def _other(self, value: Any) -> Cell:
        for base, convert in _CONVERTERS:
            if isinstance(value, base):
                name, text = convert(value)
                if name is None:
                    return self.cell(text)
                return self._special(name, text)
        if type(value).__module__.partition(".")[0] == "numpy" and hasattr(value, "item"):
            item = value.item()
            if type(item) is not type(value):
                return self.cell(item)
        return self._special(type(value).__name__, represent(value))


def represent(value: object) -> str:
    """`repr(value)`, whatever its class makes of that."""
    try:
        text = repr(value)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  (a learner's __repr__ may raise anything)
        return f"<{type(value).__name__}: its repr() raised {type(error).__name__}>"
    return str.__str__(text)


def _digits(value: int) -> str:
    try:
        return str(value)
    except ValueError:  # Python refuses to write very long integers in decimal
        return hex(value)


def _bytes(value: Any) -> tuple[str, str]:
    return "bytes", bytes(value).hex()


def _json(value: Any) -> tuple[str, str]:
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        text = represent(value)
    return type(value).__name__, text


# A subclass of a plain type keeps its value and nothing of its behaviour: `str.__str__` and its
# like do not call what the learner overrode.
_CONVERTERS: list[tuple[Any, Any]] = [
    (enum.Enum, lambda value: (type(value).__name__, str(value.name))),
    (str, lambda value: (None, str.__str__(value))),
    (int, lambda value: (None, int.__int__(value))),
    (float, lambda value: (None, float.__float__(value))),
    ((bytes, bytearray, memoryview), _bytes),
    (decimal.Decimal, lambda value: ("Decimal", decimal.Decimal.__str__(value))),
    (datetime.datetime, lambda value: ("datetime", value.isoformat(" "))),
    (datetime.date, lambda value: ("date", value.isoformat())),
    (datetime.time, lambda value: ("time", value.isoformat())),
    (datetime.timedelta, lambda value: ("timedelta", str(value))),
    (uuid.UUID, lambda value: ("UUID", str(value))),
    (URL, lambda value: ("URL", str(value))),
    ((list, dict, tuple), _json),
]
