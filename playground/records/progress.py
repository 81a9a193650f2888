"""How a learner stands: the marks of exercises, from the rows of one course."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from playground.records.data import ExerciseId, Mark, MarkState
from playground.records.models import AttemptRow, HintsRow, PassRow, SolutionRow

Name = tuple[str, str]


@dataclass
class _Facts:
    """What the store holds of one exercise, under all its names."""

    attempts: int = 0
    best: dict[str, float] = field(default_factory=dict)
    """The most points of a check, by digest."""
    hints: int = 0
    seen: bool = False
    passed: dict[str, float] = field(default_factory=dict)
    """Points of the pass by digest."""


def marks(
    session: Session, learner: str, course: str, exercises: Iterable[ExerciseId]
) -> dict[str, Mark]:
    """The mark of every one of `exercises`, by `lesson-id/exercise-id`."""
    facts = _read(session, learner, course)
    return {exercise.ref: _mark(exercise, facts) for exercise in exercises}


def _read(session: Session, learner: str, course: str) -> dict[Name, _Facts]:
    facts: dict[Name, _Facts] = {}

    def of(lesson: str, exercise: str) -> _Facts:
        return facts.setdefault((lesson, exercise), _Facts())

    def rows(model: Any, *columns: Any) -> Any:
        wanted = select(model.lesson, model.exercise, *columns)
        return wanted.where(model.learner == learner, model.course == course)

    counted = rows(AttemptRow, AttemptRow.digest, func.count(), func.max(AttemptRow.points))
    counted = counted.group_by(AttemptRow.lesson, AttemptRow.exercise, AttemptRow.digest)
    for lesson, exercise, digest, count, points in session.execute(counted):
        known = of(lesson, exercise)
        known.attempts += count
        known.best[digest] = points
    for lesson, exercise, opened in session.execute(rows(HintsRow, HintsRow.opened)):
        of(lesson, exercise).hints = opened
    for lesson, exercise in session.execute(rows(SolutionRow)):
        of(lesson, exercise).seen = True
    for lesson, exercise, digest, points in session.execute(
        rows(PassRow, PassRow.digest, PassRow.points)
    ):
        of(lesson, exercise).passed[digest] = points
    return facts


def _mark(exercise: ExerciseId, facts: dict[Name, _Facts]) -> Mark:
    known = [facts[name] for name in exercise.names if name in facts]
    passed = {digest: points for one in known for digest, points in one.passed.items()}
    best = max((one.best.get(exercise.digest, 0) for one in known), default=0)
    attempts = sum(one.attempts for one in known)
    state: MarkState
    if exercise.digest in passed:
        state, points = "passed", passed[exercise.digest]
    elif passed:
        state, points = "changed", max(passed.values())
    elif any(one.seen for one in known):
        state, points = "seen", 0
    else:
        state, points = ("tried" if attempts else "none"), best
    return Mark(state, points, attempts, max((one.hints for one in known), default=0))
