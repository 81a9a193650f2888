"""When two cells are the same: one hashable key per cell, by kind of value.

NULL, text, numbers and bytes are different kinds and never equal. Numbers compare by value, so
that 1, 1.0, True and Decimal 1 are one. Dates and times are a kind of their own in a column where
either side has them as such; texts there are read as what they say, so that what the ORM gives
(`datetime`) and what `text()` gives (ISO text) agree. Rules: the lesson format, check `result`.
"""

import math
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Literal

import msgspec

from playground.running import Cell, Special

Reading = Literal["moment", "time", "uuid", "json", "named", "plain"]
"""How the texts of a column are read."""

Key = tuple[str, object]
"""(kind, value); equal keys are equal cells."""

NULL: Key = ("null", None)

_READINGS: dict[str, Reading] = {
    "datetime": "moment",
    "date": "moment",
    "time": "time",
    "UUID": "uuid",
    "dict": "json",
    "list": "json",
}
_VALUES = frozenset(("int", "Decimal", "float", "bytes", "str", "timedelta"))
"""Special cells that are values in their own right; other types are named (an Enum's member)."""
_TYPE_READINGS: dict[str, Reading] = {
    "Date": "moment",
    "DateTime": "moment",
    "TIMESTAMP": "moment",
    "DATE": "moment",
    "DATETIME": "moment",
    "Time": "time",
    "TIME": "time",
    "Uuid": "uuid",
    "UUID": "uuid",
    "JSON": "json",
}
_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?)?"
)
_TIME = re.compile(r"\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?")
_WHOLE_SECOND = re.compile(r"(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d)\.0{1,6}")
"""SQLAlchemy writes whole seconds with a fraction, SQLite's own functions without."""
_HEX32 = re.compile(r"[0-9a-f]{32}")
_MOST_DIGITS = 400
"""A longer decimal number is compared by its digits: making an int of it could take for ever."""


def reading_of(cells: Iterable[Cell], declared: str | None) -> Reading:
    """How a column of one side wants texts to be read; `declared` is its SQLAlchemy type's name."""
    for cell in cells:
        if isinstance(cell, Special) and cell.type in _READINGS:
            return _READINGS[cell.type]
        if isinstance(cell, Special) and cell.type not in _VALUES:
            return "named"
    return _TYPE_READINGS.get(declared or "", "plain")


def common_reading(first: Reading, second: Reading) -> Reading:
    """The reading for both sides: the first one's, where it has one, else the second one's."""
    return second if first == "plain" else first


def row_key(
    row: Sequence[Cell], readings: Sequence[Reading], *, exact: bool = False
) -> tuple[Key, ...]:
    """The keys of a row's cells."""
    make = exact_key if exact else kind_key
    return tuple(make(cell, reading) for cell, reading in zip(row, readings, strict=True))


def kind_key(cell: Cell, reading: Reading = "plain") -> Key:
    """The key of a cell by its kind: types that mean the same value agree."""
    if cell is None:
        return NULL
    if isinstance(cell, bool | int):
        return ("number", int(cell))
    if isinstance(cell, float):
        return ("number", _float_value(cell))
    if isinstance(cell, str):
        return _read_text(cell, reading)
    return _special_key(cell, reading)


def exact_key(cell: Cell, reading: Reading = "plain") -> Key:
    """The key of a cell by its very type: 1, 1.0, True and Decimal 1 are apart."""
    if isinstance(cell, Special):
        return (cell.type, _special_key(cell, "plain"))
    return (type(cell).__name__, kind_key(cell))


def number_of(key: Key) -> float | None:
    """The number that a key stands for, None where it is no finite number."""
    kind, value = key
    if isinstance(value, tuple) and kind in ("float", "Decimal"):
        return number_of(value)
    if kind != "number" or not isinstance(value, int | float):
        return None
    try:
        return float(value)
    except OverflowError:
        return None


def is_whole(key: Key) -> bool:
    """Whether a key stands for a whole number, which no tolerance blurs."""
    return isinstance(_value(key), int)


def is_fraction(key: Key) -> bool:
    """Whether a key stands for a number that is not whole."""
    return isinstance(_value(key), float)


def _value(key: Key) -> object:
    value = key[1]
    return value[1] if isinstance(value, tuple) and len(value) == 2 else value


def _float_value(number: float) -> object:
    """NaN equals NaN and -0.0 equals 0; whole floats are ints so that 1.0 equals 1."""
    if math.isnan(number):
        return "nan"
    if math.isinf(number):
        return number
    return int(number) if number.is_integer() else number


def _read_text(text: str, reading: Reading) -> Key:
    if reading == "moment":
        return _moment(text)
    if reading == "time" and _TIME.fullmatch(text):
        return _time(text)
    if reading == "uuid":
        return _uuid(text)
    if reading == "json":
        return _json(text)
    if reading == "named":
        return ("named", text)
    whole_second = _WHOLE_SECOND.fullmatch(text)
    return ("text", whole_second.group(1) if whole_second else text)


def _special_key(cell: Special, reading: Reading) -> Key:
    if cell.length is not None:
        return ("cut", (cell.type, cell.text, cell.length))
    match cell.type:
        case "int" | "Decimal" | "float":
            return _number_text(cell.text)
        case "bytes":
            return ("bytes", cell.text)
        case "datetime" | "date":
            return _moment(cell.text)
        case "time":
            return _time(cell.text)
        case "UUID":
            return _uuid(cell.text)
        case "dict" | "list":
            return _json(cell.text)
        case "str":
            return _read_text(cell.text, reading)
        case "timedelta":
            return ("timedelta", cell.text)
    return ("named", cell.text)


def _number_text(text: str) -> Key:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return ("digits", text)
    if number.is_nan():
        return ("number", "nan")
    if number.is_infinite():
        return ("number", float(number))
    if not number:
        return ("number", 0)
    if abs(number.adjusted()) > _MOST_DIGITS or len(number.as_tuple().digits) > _MOST_DIGITS:
        sign, digits, exponent = number.as_tuple()
        written = "".join(map(str, digits)).lstrip("0")
        return ("digits", (sign, written.rstrip("0"), len(written) + int(exponent)))
    if number == number.to_integral_value():
        return ("number", int(number))
    return ("number", float(number))


def _moment(text: str) -> Key:
    """Dates are midnights, so that a DATE column agrees with a DATETIME that has no time."""
    if not _MOMENT.fullmatch(text):
        return ("text", text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return ("text", text)
    if moment.tzinfo is not None:
        try:
            moment = moment.astimezone(UTC)
        except OverflowError:  # at the ends of the calendar
            return ("text", text)
    return ("moment", moment.isoformat())


def _time(text: str) -> Key:
    try:
        return ("time", time.fromisoformat(text).isoformat())
    except ValueError:
        return ("text", text)


def _uuid(text: str) -> Key:
    plain = text.replace("-", "").lower()
    return ("uuid", plain) if _HEX32.fullmatch(plain) else ("text", text)


def _json(text: str) -> Key:
    try:
        value = msgspec.json.decode(text.encode("utf-8", "surrogatepass"))
    except (msgspec.DecodeError, RecursionError):
        return ("text", text)
    if not isinstance(value, dict | list):
        return ("text", text)
    return ("json", msgspec.json.encode(value, order="deterministic"))
