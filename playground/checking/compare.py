"""Whether two results are the same table: typed multisets of rows, columns, order."""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from playground.checking.kinds import Reading, common_reading, reading_of
from playground.checking.match import Policy, keys_of, unmatched, unmatched_rows
from playground.checking.order import Order, allowed, follows
from playground.running import Result, Row

DEFAULT = Policy()
"""What counts as the same where an exercise says nothing."""

FAR_APART = 10_000
"""Rows by which two results may differ in number: of more, which ones differ is not told."""
_MOST_ARRANGEMENTS = 500
"""Arrangements of columns that are tried before `any-order` gives up."""


class Comparison(msgspec.Struct, frozen=True):
    """What two results have in common and what not."""

    rows_equal: bool
    """The same rows as often, whatever their order."""
    order_right: bool
    columns_fit: bool
    """As many columns as asked (and of the same names, where these count)."""
    missing: tuple[Row, ...] = ()
    """Asked rows that did not come."""
    extra: tuple[Row, ...] = ()
    """Rows that came unasked."""

    @property
    def equal(self) -> bool:
        """Whether nothing differs."""
        return self.columns_fit and self.rows_equal and self.order_right


def compare(
    expected: Result, got: Result, policy: Policy = DEFAULT, order: Order = ()
) -> Comparison:
    """Compare what came with what was asked, under a policy and an order."""
    expected, got = as_wide(expected, got), as_wide(got, expected)
    if len(expected.columns) != len(got.columns):
        return Comparison(False, False, False, tuple(expected.rows), tuple(got.rows))
    arrangement = _arrange(expected, got, policy, order)
    if arrangement is None:
        return Comparison(False, False, False, tuple(expected.rows), tuple(got.rows))
    return _compare_rows(expected, _arranged(got, arrangement), policy, order)


def as_wide(result: Result, other: Result) -> Result:
    """A result as wide as another, where it is an empty list that Python made.

    Such a list has no columns; it is an empty table of any shape.
    """
    if result.columns or result.rows:
        return result
    return msgspec.structs.replace(result, columns=other.columns, types=other.types)


def any_arrangement(
    expected: Result, got: Result, policy: Policy, order: Order = ()
) -> tuple[int, ...] | None:
    """An arrangement of the columns of `got` under which the rows are equal, if there is one."""
    width = len(expected.columns)
    if width != len(got.columns) or len(expected.rows) != len(got.rows):
        return None
    every = list(range(width))
    cut = any(block.candidates for block in order)
    options = [every if cut else _alike(expected, got, column, policy) for column in every]
    return next(
        (
            arrangement
            for arrangement in _arrangements(options)
            if _compare_rows(expected, _arranged(got, arrangement), policy, order).rows_equal
        ),
        None,
    )


def readings_of(expected: Result, got: Result) -> list[Reading]:
    """How the texts of each column are read, for both sides alike; as many columns on both."""
    return [
        _common_reading(expected, column, got, column) for column in range(len(expected.columns))
    ]


def _arrange(expected: Result, got: Result, policy: Policy, order: Order) -> tuple[int, ...] | None:
    """Which column of `got` stands for each asked one, None where the columns do not fit."""
    if policy.columns == "names":
        return _by_names(expected.columns, got.columns)
    as_they_are = tuple(range(len(expected.columns)))
    if policy.columns == "positions":
        return as_they_are
    return any_arrangement(expected, got, policy, order) or as_they_are


def _arranged(result: Result, arrangement: Sequence[int]) -> Result:
    """The result with its columns in another order."""
    return msgspec.structs.replace(
        result,
        columns=[result.columns[column] for column in arrangement],
        rows=[tuple(row[column] for column in arrangement) for row in result.rows],
        types=[_type(result, column) for column in arrangement],
    )


def _compare_rows(expected: Result, got: Result, policy: Policy, order: Order) -> Comparison:
    """The same values in the same places are told without a look at what they mean."""
    whole = expected.total == got.total
    if whole and not policy.exact and expected.rows == got.rows:
        return Comparison(True, True, True)
    if abs(len(expected.rows) - len(got.rows)) > FAR_APART:
        return Comparison(False, not order, columns_fit=True)
    readings = readings_of(expected, got)
    if order and whole and follows(order, expected.rows, got.rows, readings, policy):
        return Comparison(True, True, True)
    missing, extra = _differing(expected.rows, got.rows, order, readings, policy)
    return Comparison(
        rows_equal=whole and not missing and not extra,
        order_right=not order,
        columns_fit=True,
        missing=tuple(expected.rows[i] for i in missing),
        extra=tuple(got.rows[i] for i in extra),
    )


def _differing(
    expected: Sequence[Row],
    got: Sequence[Row],
    order: Order,
    readings: list[Reading],
    policy: Policy,
) -> tuple[list[int], list[int]]:
    """Positions of missing and of unasked rows, whatever their order.

    A row that an open block allows is not unasked, and then one of that block's is not missing.
    """
    missing, extra = unmatched_rows(expected, got, readings, policy)
    for block in order if extra else ():
        if not block.candidates:
            continue
        asked = keys_of(expected, readings, policy)
        came = keys_of(got, readings, policy)
        options = allowed(block, asked[block.start : block.stop], readings, policy)
        lacking = [i for i in missing if block.start <= i < block.stop]
        unasked = set(extra)
        spent = [came[i] for i in range(len(came)) if i not in unasked]
        free = [options[i] for i in unmatched(options, spent, policy.tolerance)[0]]
        still = set(unmatched([came[i] for i in extra], free, policy.tolerance)[0])
        settled = [i for place, i in enumerate(extra) if place not in still][: len(lacking)]
        extra = [i for i in extra if i not in settled]
        missing = [i for i in missing if i not in lacking[: len(settled)]]
    return missing, extra


def _by_names(expected: Sequence[str], got: Sequence[str]) -> tuple[int, ...] | None:
    """Columns found by name; those that share a name, in their order."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for position, name in enumerate(got):
        places[name].append(position)
    if sorted(expected) != sorted(got):
        return None
    return tuple(places[name].pop(0) for name in expected)


def _alike(expected: Result, got: Result, column: int, policy: Policy) -> list[int]:
    """Columns of `got` that hold the same values as an asked one; its namesakes first."""
    asked: list[Row] = [(row[column],) for row in expected.rows]
    alike = []
    for other in range(len(got.columns)):
        reading = _common_reading(expected, column, got, other)
        came: list[Row] = [(row[other],) for row in got.rows]
        if not any(unmatched_rows(asked, came, [reading], policy)):
            alike.append(other)
    name = expected.columns[column]
    return sorted(alike, key=lambda other: (got.columns[other] != name, other != column))


def _common_reading(expected: Result, column: int, got: Result, other: int) -> Reading:
    return common_reading(
        reading_of((row[column] for row in expected.rows), _type(expected, column)),
        reading_of((row[other] for row in got.rows), _type(got, other)),
    )


def _arrangements(options: list[list[int]]) -> list[tuple[int, ...]]:
    """Ways to take one option for each place without taking any twice; at most so many."""
    found: list[tuple[int, ...]] = [()]
    for choices in options:
        found = [(*taken, choice) for taken in found for choice in choices if choice not in taken][
            :_MOST_ARRANGEMENTS
        ]
    return found


def _type(result: Result, column: int) -> str | None:
    return result.types[column] if column < len(result.types) else None
