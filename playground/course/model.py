"""A course as typed, frozen, plain data. Reading it from files is `reader`'s work."""

from pathlib import Path
from typing import Any, Literal

import msgspec

ExerciseKind = Literal["code", "quiz", "predict", "order"]
AnswerLanguage = Literal["python", "sql", "any"]
Predicted = Literal["count", "rows", "value", "sql", "statements", "error"]


class Place(msgspec.Struct, frozen=True, order=True):
    """A place in a file; `line` and `column` count from 1, in characters."""

    file: Path
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Fault(msgspec.Struct, frozen=True, order=True):
    """Something wrong in a course's files, said to its author."""

    place: Place
    message: str
    """What was found and what to write instead, in the reader's language."""
    warning: bool = False
    """A warning leaves the course sound (an outdated translation, for one)."""

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class Option(msgspec.Struct, frozen=True):
    """One choice of a quiz."""

    text: str
    right: bool = False
    says: str = ""


class Check(msgspec.Struct, frozen=True):
    """One entry of `checks:`, its options already typed (see `checks.CHECKS`)."""

    name: str
    options: Any
    """The options struct of that check; `None` where the check is switched `off`."""
    on: tuple[str, ...] = ()
    """Variants it applies to; empty means every one."""
    points: float | None = None
    says: str = ""
    place: Place | None = None


class Mistake(msgspec.Struct, frozen=True):
    """A wrong answer with the finding that it must produce."""

    answer: str
    finding: str
    says: str = ""
    place: Place | None = None


class SolutionGate(msgspec.Struct, frozen=True):
    """When the solution may be opened."""

    rule: Literal["either", "pass", "never", "always"] = "either"
    attempts: int | None = 3
    """Distinct failed checks after which it opens; None: attempts do not open it."""
    hints: bool = True
    """Whether it opens once all hints are open."""


class Exercise(msgspec.Struct, frozen=True):
    """One exercise in the reader's language; code and data are never translated."""

    id: str
    lesson: str
    title: str
    task: str
    kind: ExerciseKind = "code"
    language: AnswerLanguage = "python"
    solution_language: Literal["python", "sql"] = "python"
    starter: str = ""
    setup: str = ""
    after: str = ""
    solution: str = ""
    also_accept: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    solution_after: SolutionGate = SolutionGate()
    checks: tuple[Check, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    equivalent: tuple[tuple[str, str], ...] = ()
    """(mutant, because)."""
    points: float = 1
    tags: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    choose: Literal["one", "many", "text"] = "one"
    answers: tuple[str, ...] = ()
    code: str = ""
    predict: Predicted = "count"
    digest: str = ""
    """SHA-256 of what is judged; texts do not count."""
    places: dict[str, Place] = {}
    """Where its fields stand (`solution`, `also_accept.0`, `mistakes.1` …)."""
    untranslated: bool = False
    """True where some text fell back to the course's language."""

    @property
    def ref(self) -> str:
        """`lesson-id/exercise-id`, the name that commands take."""
        return f"{self.lesson}/{self.id}"


class Lesson(msgspec.Struct, frozen=True):
    """One lesson, read whole."""

    id: str
    title: str
    module: str
    file: Path
    text: str
    exercises: tuple[Exercise, ...]
    database: str = "none"
    """Name of a folder under `databases/`, a `.sqlite` or `.sql` path, or `none`."""
    minutes: int | None = None
    further: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    language: str = "en"
    untranslated: bool = False
    text_line: int = 1
    """Line of the file on which the first line of `text` stands, in the course's language."""
    database_place: Place | None = None
    """Where `database:` stands, if it does."""

    def exercise(self, exercise_id: str) -> Exercise | None:
        """The exercise of that id or former id, or None."""
        for exercise in self.exercises:
            if exercise.id == exercise_id or exercise_id in exercise.was:
                return exercise
        return None


class ExerciseOutline(msgspec.Struct, frozen=True):
    """What a list shows of an exercise, without reading its lesson."""

    id: str
    title: str
    kind: ExerciseKind
    points: float
    digest: str
    was: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class LessonOutline(msgspec.Struct, frozen=True):
    """What a list shows of a lesson; `faulty` ones cannot be opened."""

    id: str
    title: str
    file: Path
    minutes: int | None
    exercises: tuple[ExerciseOutline, ...]
    database: str = "none"
    was: tuple[str, ...] = ()
    faulty: bool = False


class Module(msgspec.Struct, frozen=True):
    """One module, in course order; lessons that cannot be opened are `faulty`, not absent."""

    id: str
    title: str
    lessons: tuple[LessonOutline, ...]


class VariantSpec(msgspec.Struct, frozen=True):
    """Where one variant of a database comes from."""

    name: str
    visible: bool
    """True for exactly one: the data that the learner sees."""
    source: Literal["seed", "sql", "sqlite", "empty"]
    file: Path | None
    """The `seed.py`, script or database file; None for `empty`."""
    options: dict[str, Any] = {}
    """Keyword arguments of `seed(session, **options)`."""


class DatabaseSpec(msgspec.Struct, frozen=True):
    """A database as its author describes it; building it is the work of `databases`."""

    name: str
    title: str
    about: str
    folder: Path | None
    """None for the empty database `none`."""
    variants: tuple[VariantSpec, ...]
    models: Path | None = None
    """Declarative models; None: the tables are reflected and mapped."""
    foreign_keys: bool = True
    places: dict[str, Place] = {}
    """Where `models` and `variants.NAME` stand in `database.yaml`."""
