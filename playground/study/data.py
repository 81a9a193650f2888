"""What the study tells a front end, as frozen plain data."""

from typing import Literal

import msgspec

from playground.course import Exercise, ExerciseKind, Lesson
from playground.records import MarkState
from playground.running import Language


class Here(msgspec.Struct, frozen=True):
    """Where the learner is."""

    lesson: Lesson
    exercise: Exercise | None
    """None in the scratch editor, and in a lesson without exercises."""
    index: int | None
    """0-based place of the exercise in its lesson."""
    count: int
    """Exercises of the lesson."""
    module: str
    """The module's title."""
    language: Language
    """What the editor holds at first; an `any` exercise may be answered in either."""
    marks: tuple[MarkState, ...]
    """Of every exercise of the lesson."""
    has_next: bool
    has_back: bool

    def code_to_run(self, answer: str) -> str | None:
        """What a run of an answer runs; None where there is nothing to run, or nothing yet.

        Of a prediction it is the code that it is about, once it was checked.
        """
        if self.exercise is None or self.exercise.kind == "code":
            return answer
        predicted = self.index is not None and self.marks[self.index] != "none"
        return self.exercise.code if self.exercise.kind == "predict" and predicted else None

    @property
    def scratch(self) -> bool:
        """Whether the editor is a scratch pad: it runs on the lesson's data, nothing is checked."""
        return self.exercise is None


class Solution(msgspec.Struct, frozen=True):
    """How it stands with the solution of an exercise: locked, to be opened at a cost, or open."""

    text: str | None = None
    """None until it is open."""
    why_locked: str | None = None
    """A sentence, where it cannot be opened yet; else None."""
    cost: str = ""
    """What opening it costs, as a sentence; empty where it costs nothing."""


class Progress(msgspec.Struct, frozen=True):
    """How far a learner is in a course, a module or a lesson."""

    passed: int = 0
    """Exercises passed, those that have changed since included."""
    seen: int = 0
    total: int = 0
    points: float = 0
    of: float = 0

    @property
    def done(self) -> bool:
        """Whether no exercise is left open: each is passed, or its solution was seen."""
        return self.total > 0 and self.passed + self.seen == self.total


class ExerciseEntry(msgspec.Struct, frozen=True):
    """An exercise in the outline."""

    id: str
    ref: str
    title: str
    kind: ExerciseKind
    points: float
    mark: MarkState
    current: bool
    lack: str = ""
    """What it needs and is missing here, as a sentence; it is not required then."""


class LessonEntry(msgspec.Struct, frozen=True):
    """A lesson in the outline."""

    id: str
    title: str
    minutes: int | None
    faulty: bool
    """It cannot be opened; `Course.faults` says why."""
    exercises: tuple[ExerciseEntry, ...]
    progress: Progress
    current: bool


class ModuleEntry(msgspec.Struct, frozen=True):
    """A module in the outline."""

    id: str
    title: str
    lessons: tuple[LessonEntry, ...]
    progress: Progress
    known: bool = False
    """A placement test showed that it is known: nothing of it is required."""


class Milestone(msgspec.Struct, frozen=True):
    """The largest thing that a pass brought to its end."""

    kind: Literal["lesson", "module", "course"]
    title: str
    progress: Progress
