"""What an answer earns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from playground.checking.case import Case, Judgement
from playground.checking.verdict import Difference
from playground.course import Check, Exercise


@dataclass(frozen=True)
class Judged:
    """One variant, with how every check that applies there went."""

    case: Case
    outcomes: tuple[tuple[Check, Judgement], ...]

    @property
    def passed(self) -> bool:
        """Whether all of them hold."""
        return all(judgement.passed for _, judgement in self.outcomes)

    @property
    def difference(self) -> Difference | None:
        """The first difference that a check saw."""
        seen = (judgement.difference for _, judgement in self.outcomes)
        return next((difference for difference in seen if difference is not None), None)


def score(
    exercise: Exercise,
    checks: Sequence[Check],
    judged: Sequence[Judged],
    starter: Callable[[], Sequence[Judged]] | None,
) -> tuple[float, float]:
    """Points earned, and points that can be had.

    Without points on checks an exercise is all or nothing. With them they add up; a check earns
    only if it holds on every variant. What the starter already earns can only be lost: it counts
    once something else is earned too. `starter` judges the starter; None for an answer that
    passed.
    """
    weighted = [check for check in checks if check.points]
    if not weighted:
        return (0 if starter else exercise.points), exercise.points
    of = sum(check.points or 0 for check in weighted)
    if starter is None:
        return of, of
    earned = [check for check in weighted if holds(check, judged)]
    if not earned:
        return 0, of
    before = starter()
    if all(holds(check, before) for check in earned):
        return 0, of
    return sum(check.points or 0 for check in earned), of


def holds(check: Check, judged: Sequence[Judged]) -> bool:
    """Whether a check holds wherever it applies (and applies at all)."""
    on = [judgement for j in judged for c, judgement in j.outcomes if c is check]
    return bool(on) and all(judgement.passed for judgement in on)
