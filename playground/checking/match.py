"""Which rows of two multisets are the same row, with a tolerance for fractions.

Equal keys are matched by counting. Only rows that are left over and hold a fraction are compared
number by number: two rows are the same if all else is equal and every pair of numbers is close.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Literal, TypeVar

import msgspec

from playground.checking.kinds import Key, Reading, is_fraction, is_whole, number_of, row_key
from playground.running import Row

RowKey = tuple[Key, ...]
_Item = TypeVar("_Item", Row, RowKey)

Columns = Literal["positions", "names", "any-order"]

_EXACT_MATCHING_UP_TO = 200
"""Left-over rows of one kind up to which the best pairing is searched for, not just a sorted one."""


class Policy(msgspec.Struct, frozen=True):
    """What counts as the same; the defaults are those of the lesson format."""

    columns: Columns = "positions"
    tolerance: float = 1e-9
    exact: bool = False


def keys_of(rows: Sequence[Row], readings: Sequence[Reading], policy: Policy) -> list[RowKey]:
    """The keys of rows under a policy."""
    return [row_key(row, readings, exact=policy.exact) for row in rows]


def unmatched_rows(
    first: Sequence[Row], second: Sequence[Row], readings: Sequence[Reading], policy: Policy
) -> tuple[list[int], list[int]]:
    """The positions of rows that have no partner in the other sequence; both ascending.

    Equal values have equal keys, by kinds, so that only rows that are left over need any.
    """
    left, right = _all_of(first, second) if policy.exact else _unequal(first, second)
    lone = unmatched(
        keys_of([first[i] for i in left], readings, policy),
        keys_of([second[i] for i in right], readings, policy),
        policy.tolerance,
    )
    return [left[i] for i in lone[0]], [right[i] for i in lone[1]]


def _all_of(first: Sequence[Row], second: Sequence[Row]) -> tuple[list[int], list[int]]:
    return list(range(len(first))), list(range(len(second)))


def unmatched(
    first: Sequence[RowKey], second: Sequence[RowKey], tolerance: float
) -> tuple[list[int], list[int]]:
    """The positions in each sequence that have no partner in the other; both ascending."""
    left, right = _unequal(first, second)
    if (
        tolerance
        and left
        and right
        and (_any_fraction(first, left) or _any_fraction(second, right))
    ):
        return _without_close(first, second, left, right, tolerance)
    return left, right


def same(first: RowKey, second: RowKey, tolerance: float) -> bool:
    """Whether two rows are the same, number for number within the tolerance."""
    if first == second:
        return True
    return len(first) == len(second) and all(
        a == b or _close(a, b, tolerance) for a, b in zip(first, second, strict=True)
    )


def _unequal(first: Sequence[_Item], second: Sequence[_Item]) -> tuple[list[int], list[int]]:
    """Positions left over when equal ones have been paired off."""
    wanted, given = Counter(first), Counter(second)
    return _beyond(first, given), _beyond(second, wanted)


def _beyond(rows: Sequence[_Item], other: Counter[_Item]) -> list[int]:
    """Positions of rows beyond as many as the other side has of the same."""
    remaining = dict(other)
    positions = []
    for position, row in enumerate(rows):
        if remaining.get(row, 0):
            remaining[row] -= 1
        else:
            positions.append(position)
    return positions


def _any_fraction(rows: Sequence[RowKey], positions: list[int]) -> bool:
    """Whether one of the rows holds a fraction: without any, none is close and not equal."""
    return any(is_fraction(key) for position in positions for key in rows[position])


def _without_close(
    first: Sequence[RowKey],
    second: Sequence[RowKey],
    left: list[int],
    right: list[int],
    tolerance: float,
) -> tuple[list[int], list[int]]:
    groups: defaultdict[RowKey, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for position in left:
        groups[_without_fractions(first[position])][0].append(position)
    for position in right:
        groups[_without_fractions(second[position])][1].append(position)
    matched_left: set[int] = set()
    matched_right: set[int] = set()
    for ours, theirs in groups.values():
        for a, b in _pair(first, second, ours, theirs, tolerance):
            matched_left.add(a)
            matched_right.add(b)
    return (
        [position for position in left if position not in matched_left],
        [position for position in right if position not in matched_right],
    )


def _without_fractions(row: RowKey) -> RowKey:
    """What must be equal whatever the tolerance: everything that is no number."""
    return tuple(("~", None) if number_of(key) is not None else key for key in row)


def _pair(
    first: Sequence[RowKey],
    second: Sequence[RowKey],
    ours: list[int],
    theirs: list[int],
    tolerance: float,
) -> list[tuple[int, int]]:
    """Pairs of close rows; the greatest number of them where the group is small."""
    if len(ours) > _EXACT_MATCHING_UP_TO or len(theirs) > _EXACT_MATCHING_UP_TO:
        by_numbers = (
            sorted(ours, key=lambda position: _numbers(first[position])),
            sorted(theirs, key=lambda position: _numbers(second[position])),
        )
        return [
            (a, b)
            for a, b in zip(*by_numbers, strict=False)
            if same(first[a], second[b], tolerance)
        ]
    close = {a: [b for b in theirs if same(first[a], second[b], tolerance)] for a in ours}
    partner: dict[int, int] = {}
    for position in ours:
        _augment(position, close, partner, set())
    return [(a, b) for b, a in partner.items()]


def _augment(
    position: int, close: dict[int, list[int]], partner: dict[int, int], seen: set[int]
) -> bool:
    """Find a partner for one row, moving earlier ones aside (Kuhn's augmenting paths)."""
    for candidate in close[position]:
        if candidate in seen:
            continue
        seen.add(candidate)
        holder = partner.get(candidate)
        if holder is None or _augment(holder, close, partner, seen):
            partner[candidate] = position
            return True
    return False


def _numbers(row: RowKey) -> list[float]:
    return [number for key in row if (number := number_of(key)) is not None]


def _close(a: Key, b: Key, tolerance: float) -> bool:
    """Whether two numbers differ by no more than the tolerance, relative where they are large.

    Two whole numbers are close only if they are equal.
    """
    if a[0] != b[0] or (is_whole(a) and is_whole(b)):
        return False
    first, second = number_of(a), number_of(b)
    if first is None or second is None or math.isinf(first) or math.isinf(second):
        return False
    return abs(first - second) <= tolerance * max(1.0, abs(first), abs(second))
