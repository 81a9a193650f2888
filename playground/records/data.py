"""What the records hold, as frozen plain data; also the entries of an export."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Literal, Protocol
from uuid import uuid4

import msgspec

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
"""A time with its zone; always UTC in the store, in whole seconds."""

Name = Annotated[str, msgspec.Meta(max_length=180)]
Digest = Annotated[str, msgspec.Meta(max_length=64)]
Points = Annotated[float, msgspec.Meta(ge=0, le=1e9)]
"""The limits hold for imports: what they let through, every database can keep."""

MarkState = Literal["none", "tried", "seen", "passed", "changed"]
"""`seen`: the solution was opened before a pass. `changed`: passed, and changed since."""


def now() -> datetime:
    """This moment in UTC, in whole seconds: every database keeps that much."""
    return datetime.now(UTC).replace(microsecond=0)


def new_key() -> str:
    """A name for an attempt that no other attempt has, here or elsewhere."""
    return uuid4().hex


class ExerciseId(msgspec.Struct, frozen=True):
    """An exercise as the records know it: its name, its former names, its present digest."""

    course: str
    lesson: str
    exercise: str
    digest: str = ""
    former: tuple[tuple[str, str], ...] = ()
    """(lesson, exercise) under which older records may stand."""

    @property
    def ref(self) -> str:
        """`lesson-id/exercise-id`."""
        return f"{self.lesson}/{self.exercise}"

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """Every (lesson, exercise) whose records belong here, the present one first."""
        return ((self.lesson, self.exercise), *self.former)


class Mark(msgspec.Struct, frozen=True):
    """How a learner stands with one exercise."""

    state: MarkState = "none"
    points: float = 0
    """Earned: those of the pass, else the best check of the present exercise."""
    attempts: int = 0
    """Checks made, of this exercise under all its names and digests."""
    hints: int = 0
    """Hints opened."""


class Standing(msgspec.Struct, frozen=True):
    """Where a learner was last in a course."""

    course: Name
    lesson: Name
    exercise: Name
    """Empty in the scratch editor of a lesson."""
    path: str
    """The folder or file that was opened; empty for the bundled course."""
    at: Moment = msgspec.field(default_factory=now)


class Attempt(msgspec.Struct, frozen=True):
    """One check of one answer."""

    course: Name
    lesson: Name
    exercise: Name
    digest: Digest
    """Of what was judged."""
    answer: str
    verdict: Literal["pass", "fail", "error"]
    """Faults of the course and of the sandbox are not the learner's and are not kept."""
    points: Points
    of: Points
    finding: Name | None = None
    """Id of the finding that led."""
    elapsed_ms: Annotated[float, msgspec.Meta(ge=0)] | None = None
    """How long the check took."""
    at: Moment = msgspec.field(default_factory=now)
    key: Annotated[str, msgspec.Meta(min_length=1, max_length=32)] = msgspec.field(
        default_factory=new_key
    )


class Draft(msgspec.Struct, frozen=True):
    course: Name
    lesson: Name
    exercise: Name
    text: str
    at: Moment


class Hints(msgspec.Struct, frozen=True):
    course: Name
    lesson: Name
    exercise: Name
    opened: Annotated[int, msgspec.Meta(ge=0, le=10_000)]
    at: Moment


class Solution(msgspec.Struct, frozen=True):
    """The solution was opened before a pass."""

    course: Name
    lesson: Name
    exercise: Name
    afresh: bool
    """Whether the editor was empty since: a pass then counts."""
    at: Moment


class Pass(msgspec.Struct, frozen=True):
    course: Name
    lesson: Name
    exercise: Name
    digest: Digest
    points: Points
    of: Points
    at: Moment


class Setting(msgspec.Struct, frozen=True):
    name: Name
    value: str
    at: Moment


class _Exercise(Protocol):
    """What the records need of an exercise's outline."""

    @property
    def id(self) -> str: ...
    @property
    def digest(self) -> str: ...
    @property
    def was(self) -> tuple[str, ...]: ...


class LessonLike(Protocol):
    """What the records need of a lesson's outline."""

    @property
    def id(self) -> str: ...
    @property
    def was(self) -> tuple[str, ...]: ...
    @property
    def exercises(self) -> Sequence[_Exercise]: ...


def exercise_ids(course: str, lessons: Iterable[LessonLike]) -> dict[str, ExerciseId]:
    """The identities of a course's exercises by `lesson-id/exercise-id`, in course order.

    A former name that another exercise has now belongs to that one.
    """
    lessons = list(lessons)
    present = {(lesson.id, entry.id) for lesson in lessons for entry in lesson.exercises}
    found = {}
    for lesson in lessons:
        for entry in lesson.exercises:
            names = (
                (lesson_id, exercise_id)
                for lesson_id in (lesson.id, *lesson.was)
                for exercise_id in (entry.id, *entry.was)
            )
            former = tuple(name for name in names if name not in present)
            known = ExerciseId(course, lesson.id, entry.id, entry.digest, former)
            found[known.ref] = known
    return found
