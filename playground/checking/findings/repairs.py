"""Placeholder."""

from collections.abc import Iterator

from playground.checking.case import Case, Clue


def repair_clues(cases: list[Case]) -> Iterator[Clue]:
    yield from ()
