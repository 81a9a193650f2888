"""In which order rows must come: blocks of rows that may change places among themselves.

An order is a list of blocks. A *whole* block holds rows that must all come, next to each other, in
any order. An *open* block is one that a LIMIT or OFFSET cuts through: any choice of that many of
its candidates is right.
"""

from collections.abc import Sequence
from itertools import groupby

import msgspec

from playground.checking.kinds import Reading
from playground.checking.match import Policy, RowKey, keys_of, unmatched
from playground.running import Row


class Block(msgspec.Struct, frozen=True):
    """Rows with equal sort keys: where they stand in the asked result, and who may stand there."""

    start: int
    stop: int
    candidates: tuple[Row, ...] = ()
    """All rows with that sort key, where the limit leaves some out; else empty."""


Order = tuple[Block, ...]
"""From the first row to the last; empty where the order is free and nothing is cut."""


def one_by_one(count: int) -> Order:
    """Every row in its place: `order: exact`."""
    return tuple(Block(position, position + 1) for position in range(count))


def blocks(ranks: Sequence[int], rows: Sequence[Row], offset: int, count: int) -> Order:
    """The order of `count` rows from `offset` on, of `rows` whose sort keys have those ranks.

    `rows` is the result without LIMIT and OFFSET, in order; `ranks[i]` belongs to `rows[i]`.
    """
    order = []
    for _rank, group in groupby(range(len(ranks)), key=lambda position: ranks[position]):
        positions = list(group)
        first, last = positions[0], positions[-1] + 1
        start, stop = max(first, offset), min(last, offset + count)
        if start >= stop:
            continue
        cut = (start, stop) != (first, last)
        candidates = tuple(rows[first:last]) if cut else ()
        order.append(Block(start - offset, stop - offset, candidates))
    return tuple(order)


def follows(
    order: Order,
    expected: Sequence[Row],
    got: Sequence[Row],
    readings: Sequence[Reading],
    policy: Policy,
) -> bool:
    """Whether rows come in that order, each block in any order within itself."""
    if len(expected) != len(got):
        return False
    return all(
        _stands(
            block,
            expected[block.start : block.stop],
            got[block.start : block.stop],
            readings,
            policy,
        )
        for block in order
    )


def _stands(
    block: Block,
    expected: Sequence[Row],
    got: Sequence[Row],
    readings: Sequence[Reading],
    policy: Policy,
) -> bool:
    """Whether what came in the place of a block may stand there."""
    if not policy.exact and expected == got:
        return True
    options = allowed(block, keys_of(expected, readings, policy), readings, policy)
    return not unmatched(options, keys_of(got, readings, policy), policy.tolerance)[1]


def allowed(
    block: Block, asked: list[RowKey], readings: Sequence[Reading], policy: Policy
) -> list[RowKey]:
    """Keys of the rows that may stand in a block, as often as they may.

    `asked` are the solution's own there. They are among them even where its candidates, read again
    as plain SQL values, do not look the same (a type of the course's own).
    """
    if not block.candidates:
        return asked
    candidates = keys_of(block.candidates, readings, policy)
    return candidates + [asked[i] for i in unmatched(asked, candidates, policy.tolerance)[0]]
