"""The study as the screen uses it, opened late. Everything here blocks: it is for worker threads."""

import threading
from collections.abc import Callable
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from playground.checking import Plan, Verdict, Written
    from playground.course import Exercise, Lesson
    from playground.databases import TableSchema
    from playground.running import LiveRun, Statement
    from playground.study import Here, Milestone, ModuleEntry, Preloaded, Solution, Study


class View(NamedTuple):
    """What the screen shows of where the learner is, read in one go."""

    here: "Here"
    draft: str
    hints: tuple[str, ...] = ()
    """Those that are open."""
    variant: str = ""
    """The name of the data that is seen."""
    isolation: str = ""
    notices: tuple[str, ...] = ()
    """What happened to the records on the way (a damaged store was set aside …)."""

    @property
    def lesson(self) -> "Lesson":
        """The lesson."""
        return self.here.lesson

    @property
    def exercise(self) -> "Exercise | None":
        """The exercise; None in the scratch editor."""
        return self.here.exercise

    @property
    def database(self) -> str:
        """The name of the lesson's database; of a file, without its folders."""
        return PurePath(self.lesson.database).name

    @property
    def data(self) -> str:
        """The database with the variant that is seen; an empty database has no name of its own."""
        return f"{self.database} · {self.variant}" if self.database != "none" else self.database

    @property
    def place(self) -> tuple[str, str]:
        """(lesson id, exercise id); the latter empty in the scratch editor."""
        return (self.lesson.id, self.exercise.id if self.exercise is not None else "")

    @property
    def hints_total(self) -> int:
        """Hints that the exercise has."""
        return len(self.exercise.hints) if self.exercise is not None else 0


class Ground(NamedTuple):
    """What an answer stands on."""

    title: str
    """The database's name and the variant that is seen."""
    tables: "tuple[TableSchema, ...]"
    preloaded: "Preloaded"


class Desk:
    """One learner's study. Made without it, so that the first picture need not wait for it."""

    def __init__(self, open_study: "Callable[[str], Study]") -> None:
        """Remember how the study is opened: with the tag of a language."""
        self._open_study = open_study
        self._opened: Study | None = None
        self._saving = threading.Lock()
        self._kept: dict[tuple[str, str], str] = {}
        """The draft of every place that was shown, as it is known to be kept."""

    @property
    def _study(self) -> "Study":
        if self._opened is None:
            raise RuntimeError("the course is not open yet")
        return self._opened

    def open(self, language: str) -> View:
        """Open the course and the records in a language, given by its tag."""
        self._opened = self._open_study(language)
        return self._view(self._study.where)

    def read_again(self, view: View, draft: str, language: str) -> View:
        """Keep the draft of a place, and open the course anew there, as its files are now.

        Where they have faults it stays open as it was. Raises CourseError, UnknownName (the place
        is gone) and DatabaseError.
        """
        self.keep(view, draft)
        study = self._open_study(language)
        lesson, exercise = view.place
        here = study.go(lesson, exercise or None)
        if not exercise:
            here = study.open_scratch()
        study.warm(here)
        self._opened = study
        return self._view(here)

    def warm(self, view: View) -> "Preloaded":
        """Have the lesson's data and a process ready for the first run; the names ready there."""
        self._study.warm(view.here)
        return self._study.preloaded(view.here)

    def prepare(self, view: View) -> None:
        """Have what the first check needs ready."""
        self._study.prepare(view.here)

    def step(self, direction: int) -> View:
        """Go to the next exercise (1) or the one before (-1)."""
        return self._view(self._study.next() if direction > 0 else self._study.back())

    def go(self, lesson: str, exercise: str | None) -> View:
        """Go to a place by its ids."""
        return self._view(self._study.go(lesson, exercise))

    def scratch(self, code: str | None = None) -> View:
        """Go to the lesson's scratch editor, with `code` in it."""
        return self._view(self._study.open_scratch(code))

    def keep(self, view: View, text: str) -> None:
        """Keep the draft of a place if it is another than the one kept; later ones win.

        What merely stands on the screen (a starter, lines to be put in order) is nobody's draft.
        """
        with self._saving:
            if text.rstrip("\n") != self._kept[view.place].rstrip("\n"):
                self._study.keep_draft(text, view.here)
                self._kept[view.place] = text

    def run(self, view: View, code: str, cancel: threading.Event) -> "LiveRun":
        """Run code on the visible data."""
        return self._study.run(code, cancel=cancel, at=view.here)

    def plan(
        self, view: View, statements: "list[Statement]", one: "Statement", cancel: threading.Event
    ) -> "Plan":
        """How the database finds the rows of one of a run's statements."""
        place = next(place for place, each in enumerate(statements) if each is one)
        return self._study.ground(view.here).plan(statements, place, cancel)

    def written(
        self, view: View, code: str, sql: str, cancel: threading.Event
    ) -> "tuple[Written, ...]":
        """A statement that a run of `code` sent, as other systems write it."""
        return self._study.ground(view.here).written(code, view.exercise, sql, cancel)

    def check(
        self, view: View, answer: str, cancel: threading.Event
    ) -> "tuple[Verdict | None, Milestone | None, View]":
        """The verdict (None if it was cancelled), what a pass has completed, and the new marks."""
        verdict = self._study.check(answer, cancel=cancel, at=view.here)
        judged = None if cancel.is_set() else verdict
        return judged, self._study.milestone(), self._view(self._study.where)

    def open_hint(self, view: View) -> View:
        """Open the next hint."""
        self._study.open_hint(view.here)
        return self._view(view.here)

    def solution(self, view: View) -> "Solution":
        """How it stands with the solution."""
        return self._study.solution(view.here)

    def open_solution(self, view: View) -> "tuple[Solution, View]":
        """Open the solution."""
        return self._study.open_solution(view.here), self._view(self._study.where)

    def outline(self) -> "tuple[ModuleEntry, ...]":
        """The course with the learner's marks."""
        return self._study.outline()

    def faults(self, lesson: str) -> list[str]:
        """What is wrong with a lesson's files, each with its place. Does not block."""
        course = self._study.course
        file = course.outline(lesson).file
        known = getattr(course, "faults", ())  # a database of one's own has none
        return [str(fault) for fault in known if fault.place.file.stem.startswith(file.stem)]

    def ground(self, view: View) -> Ground:
        """Tables and ready names."""
        return Ground(view.data, self._study.schema(view.here), self._study.preloaded(view.here))

    def set_setting(self, name: str, value: str) -> None:
        """Keep a choice of the learner."""
        self._study.set_setting(name, value)

    def _view(self, here: "Here") -> View:
        study = self._study
        with self._saving:
            draft = study.draft(here)
            view = View(
                here,
                draft,
                study.hints(here),
                study.variant(here),
                study.isolation(here),
                tuple(study.notices()),
            )
            self._kept[view.place] = draft
        return view
