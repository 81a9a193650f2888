"""What differs between two results, said by their rows alone."""

import re
from collections.abc import Callable, Sequence
from itertools import takewhile
from math import floor, isfinite

from playground.checking.case import Clue
from playground.checking.compare import Comparison, any_arrangement, readings_of
from playground.checking.kinds import NULL, Key, number_of, row_key
from playground.checking.match import Policy, RowKey, unmatched
from playground.running import Cell, Result, Row
from playground.visible import parameter_text

_MOST_ROWS = 20_000
"""Rows up to which it is asked in what they differ."""
_LONGEST = 80
"""Characters of a value that a message tells."""


def describe(
    expected: Result, got: Result, comparison: Comparison, policy: Policy, *, value: bool = False
) -> Clue:
    """The most telling difference between what was asked and what came.

    `value` says that a single value may be told as it is, for it is not of hidden data.
    """
    facts = {"expected": str(expected.total), "got": f"{got.total}{'+' if got.truncated else ''}"}
    name = _columns(expected, got, comparison, policy)
    if name is not None:
        facts |= _column_facts(expected, got)
    elif comparison.rows_equal:
        name = "wrong-order"
    else:
        name, more = _rows(expected, got, comparison, policy)
        facts |= more
        if name == "other-value" and value:
            facts |= _values(expected, got)
    return Clue(name, facts=facts)


def _columns(expected: Result, got: Result, comparison: Comparison, policy: Policy) -> str | None:
    """What is wrong with the columns as a whole, None if nothing is."""
    if len(got.columns) < len(expected.columns):
        return "missing-columns"
    if len(got.columns) > len(expected.columns):
        return "extra-columns"
    if not comparison.columns_fit:
        return "column-names"
    if comparison.rows_equal or not expected.rows or _are_many(expected, got):
        return None
    if any_arrangement(expected, got, policy) is not None:
        return "columns-swapped"
    return None


def _column_facts(expected: Result, got: Result) -> dict[str, str]:
    return {
        "expected_columns": str(len(expected.columns)),
        "got_columns": str(len(got.columns)),
        "expected_names": ", ".join(expected.columns),
        "got_names": ", ".join(got.columns),
    }


def _rows(
    expected: Result, got: Result, comparison: Comparison, policy: Policy
) -> tuple[str, dict[str, str]]:
    """Which rows differ, and how many."""
    facts = {"missing": str(len(comparison.missing)), "extra": str(len(comparison.extra))}
    if not got.rows:
        return "empty-result", facts
    if _are_many(expected, got):
        return _of_many(comparison), facts
    readings = readings_of(expected, got)
    asked = [row_key(row, readings) for row in expected.rows]
    came = [row_key(row, readings) for row in got.rows]
    if not comparison.missing or not comparison.extra:
        return _one_sided(expected, got, comparison, asked, came), facts
    for name, blurred in _BLURS:
        first, second = _blur(asked, blurred), _blur(came, blurred)
        rounded = name != "rounding" or first == asked or second == came
        if rounded and not any(unmatched(first, second, 0)):
            return (_nulls_side(asked, came) if name == "null" else name), facts
    column = _odd_column(asked, came)
    if column is not None:
        facts["column"] = _shown(expected.columns[column], column)
        if len(asked) == 1 and len(asked[0]) == 1:
            return "other-value", facts
        wholly = not {row[column] for row in asked} & {row[column] for row in came}
        if len(asked[0]) == 1 and not wholly and got.statement is not None:
            # Rows of a query, in which nothing beside the value tells which row is which.
            return "different-rows", facts
        return ("wrong-column" if wholly else "value-differs"), facts
    return "different-rows", facts


def _are_many(expected: Result, got: Result) -> bool:
    """Whether there are so many rows that what they share would be looked for too long."""
    return max(len(expected.rows), len(got.rows)) > _MOST_ROWS


def _of_many(comparison: Comparison) -> str:
    """What to call it when there are too many rows to look for what they share."""
    if comparison.missing and comparison.extra:
        return "different-rows"
    if comparison.missing or comparison.extra:
        return "missing-rows" if comparison.missing else "extra-rows"
    return "row-count"


def _one_sided(
    expected: Result,
    got: Result,
    comparison: Comparison,
    asked: list[RowKey],
    came: list[RowKey],
) -> str:
    """What to call it when rows only lack or only are too many."""
    same_set = set(asked) == set(came)
    if comparison.extra:
        if same_set:
            return "duplicate-rows"
        return "null-rows-extra" if _nulls(comparison.extra, expected.rows) else "extra-rows"
    if not comparison.missing:
        return "row-count"
    if same_set:
        return "duplicates-missing"
    return "null-rows-missing" if _nulls(comparison.missing, got.rows) else "missing-rows"


def _nulls(differing: Sequence[Row], others: Sequence[Row]) -> bool:
    """Whether the differing rows are exactly those with NULL in some column."""
    return any(
        all(row[column] is None for row in differing)
        and all(row[column] is not None for row in others)
        for column in range(len(differing[0]))
    )


def _nulls_side(asked: list[RowKey], came: list[RowKey]) -> str:
    wanted = sum(key == NULL for row in asked for key in row)
    given = sum(key == NULL for row in came for key in row)
    return "null-for-value" if given > wanted else "value-for-null"


def _odd_column(asked: list[RowKey], came: list[RowKey]) -> int | None:
    """The only column that differs, None if there is no such one.

    Of several without which the rows are equal it is the one that tells rows apart least, not a key.
    """
    width = len(asked[0]) if asked and len(asked) == len(came) else 0
    odd: dict[int, int] = {}
    for column in range(width):
        rest = [row[:column] + row[column + 1 :] for row in asked]
        other = [row[:column] + row[column + 1 :] for row in came]
        if not any(unmatched(rest, other, 1e-9)):
            odd[column] = len({row[column] for row in asked})
    return min(odd, key=lambda column: (odd[column], -column), default=None)


def _values(expected: Result, got: Result) -> dict[str, str]:
    """The only values of two results, as Python would write them; of long ones, where they differ."""
    asked, came = (result.rows[0][0] for result in (expected, got))
    if isinstance(asked, str) and isinstance(came, str):
        pairs = zip(asked, came, strict=False)
        alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        skipped = max(alike - _BEFORE, 0) if max(len(asked), len(came)) > _LONGEST_TEXT else 0
        if skipped:
            asked, came = f"…{asked[skipped:]}", f"…{came[skipped:]}"
    return {"asked": _value(asked), "came": _value(came)}


_LONGEST_TEXT = 58
"""Characters of a text that is told from its beginning."""
_BEFORE = 15
"""Characters that are told before the first that differs."""


def _value(cell: Cell) -> str:
    """A value as Python would write it, cut where it is long, without where it lies in memory."""
    text = _ADDRESS.sub("", parameter_text(cell))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


def _shown(name: str, column: int) -> str:
    """The name of a column; its number where SQLAlchemy made one up."""
    return str(column + 1) if name.startswith(("_no_label", "anon_")) else name


def _blur(rows: list[RowKey], change: Callable[[Key], Key]) -> list[RowKey]:
    return [tuple(change(key) for key in row) for row in rows]


def _as_text(key: Key) -> Key:
    return ("text", str(key[1])) if key[0] in ("text", "number") else key


def _is_text(key: Key) -> bool:
    """Whether it is one, not bytes that are kept as the text of their digits."""
    return key[0] in ("text", "named")


def _any_case(key: Key) -> Key:
    return ("text", key[1].casefold()) if _is_text(key) and isinstance(key[1], str) else key


def _any_space(key: Key) -> Key:
    return ("text", " ".join(key[1].split())) if _is_text(key) and isinstance(key[1], str) else key


def _rounding(digits: int, to_whole: Callable[[float], int]) -> Callable[[Key], Key]:
    """Numbers with so many digits after the point, as one way of rounding leaves them."""

    def rounded(key: Key) -> Key:
        number = number_of(key)
        if number is None or not isfinite(number):
            return key
        return ("number", to_whole(round(number * 10**digits, 6)) / 10**digits)

    return rounded


def _half_up(number: float) -> int:
    return floor(number + 0.5)


def _no_null(key: Key) -> Key:
    return NULL if key[1] in (0, "") else key


_BLURS: tuple[tuple[str, Callable[[Key], Key]], ...] = (
    ("wrong-type", _as_text),
    ("null", _no_null),
    ("text-differs-in-case", _any_case),
    ("text-differs-in-space", _any_space),
    *(
        ("rounding", _rounding(digits, to_whole))
        for digits in range(5)
        for to_whole in (round, _half_up, int)
    ),
)
"""Ways to look away from a difference: if the rows are then equal, that was the difference. Of rounding
one side must be what the other is when it is rounded, or else it is just another number."""
