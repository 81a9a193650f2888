"""One learner at work in one course: open a lesson, run, check, ask for a hint, go on."""

from contextlib import suppress
from threading import Event, RLock
from time import monotonic
from typing import TYPE_CHECKING

from playground.checking import Verdict, check
from playground.course import Block, CourseError, Exercise, Lesson, UnknownName, blocks, lack
from playground.databases import DatabaseError, Databases, TableSchema
from playground.records import Attempt, Mark
from playground.running import Isolation, Language, Limits, LiveRun, Preloaded, Runners
from playground.study.answers import begins_afresh, language_of, starter_of
from playground.study.data import Here, Milestone, ModuleEntry, Progress, Solution
from playground.study.gate import cost, solution_text, why_locked
from playground.study.ground import Ground
from playground.study.notebook import Notebook
from playground.study.outline import (
    NO_MARK,
    CourseLike,
    Step,
    course_progress,
    known,
    milestone,
    outline,
    steps,
)
from playground.study.verdicts import course_fault, does_not_count

if TYPE_CHECKING:
    # Not loaded with the study: the store brings SQLAlchemy.
    from playground.records import Records

KEPT = ("pass", "fail", "error")
"""Verdicts that are the learner's own; faults of the course and of the sandbox are not kept."""


class Study:
    """One learner in one course.

    Every method may be called from any thread, and most of them wait for the store or a process:
    call them off the screen's thread. What belongs to a place takes `at`, the place that was on
    the screen when it was asked for; without it, it is where the learner is by now.
    """

    def __init__(
        self,
        course: CourseLike,
        databases: Databases,
        runners: Runners,
        records: "Records",
        *,
        language: str = "en",
        limits: Limits | None = None,
        path: str = "",
    ) -> None:
        """Begin where the learner left, or at the first exercise.

        Args:
            course: an open course, or a `FreePlay`.
            databases: those of that course.
            runners: where code runs.
            records: what is kept.
            language: the reader's, for the resume file.
            limits: of a run, else the usual ones; a check has its own.
            path: the folder or file that was opened, for the resume file; empty for the bundled
                course.

        Raises:
            CourseError: not one lesson of the course can be opened.
        """
        self.course = course
        self._databases = databases
        self._runners = runners
        self._records = records
        self._limits = limits or Limits()
        self._lock = RLock()
        self._notebook = Notebook(course, records, path=path, language=language)
        self._told = 0
        self._milestone: Milestone | None = None
        self._scratch = False
        self._step = self._begin()
        self._move(self._step)

    # Where the learner is

    @property
    def where(self) -> Here:
        """Where the learner is.

        Raises:
            CourseError: the lesson's file was broken in the meantime.
        """
        with self._lock:
            return self._here(self._step, self._scratch)

    def go(self, lesson_id: str, exercise_id: str | None = None) -> Here:
        """Go to an exercise; without one, to the first of the lesson that is not passed.

        Former ids are found too.

        Raises:
            UnknownName: there is no such lesson or exercise, with the nearest names.
            CourseError: the lesson's file has faults.
        """
        return self._move(self._resolve(lesson_id, exercise_id))

    def next(self) -> Here:
        """Go on to the next exercise or lesson, if there is one; from a scratch pad, back to work."""
        return self._walk(1)

    def back(self) -> Here:
        """Go to the exercise before, if there is one; from a scratch pad, back to work."""
        return self._walk(-1)

    def resume(self) -> Here:
        """Go to where the learner was last."""
        return self._move(self._begin())

    def open_scratch(self, text: str | None = None) -> Here:
        """Open the lesson's scratch pad: an editor beside the exercises, where nothing is checked.

        `text` is put into it, if given. `next` and `back` lead out of it, to the exercise that one
        came from.
        """
        with self._lock:
            if text is not None:
                self._records.keep_draft(self._notebook.known(Step(self._step.lesson, "")), text)
            return self._move(self._step, scratch=True)

    # The editor

    def draft(self, at: Here | None = None) -> str:
        """What stands in the editor: what was kept, else the starter.

        Where that is nothing, a scratch pad and the very first exercise begin with the lesson's
        first example.
        """
        here = at or self.where
        first = here.exercise is None or not here.has_back
        return self._text(here.lesson, here.exercise, first=first)

    def keep_draft(self, text: str, at: Here | None = None) -> None:
        """Keep what stands in the editor; cheap enough for every pause in typing."""
        here = at or self.where
        known = self._notebook.known(_step_of(here))
        self._records.keep_draft(known, text, afresh=begins_afresh(text, here.exercise))
        self._remember(here, text)

    # Running and checking

    def ground(self, at: Here) -> Ground:
        """What answers of a place stand on: its data, and a process to run code on it."""
        return Ground(at.lesson, self._databases, self._runners, self._limits)

    def run(
        self,
        code: str,
        *,
        language: Language | None = None,
        cancel: Event | None = None,
        at: Here | None = None,
    ) -> LiveRun:
        """Run code on the visible data, as the exercise would; close what comes.

        `language` is needed only where the exercise leaves it open and the text does not tell.

        Raises:
            DatabaseError: the lesson's database is broken; never the learner's fault.
        """
        here = at or self.where
        spoken = language or language_of(here.exercise, code)
        return self.ground(here).run(code, spoken, here.exercise, cancel)

    def run_block(
        self, block: Block, *, cancel: Event | None = None, at: Here | None = None
    ) -> LiveRun:
        """Run an example of the lesson's text, with nothing of the exercise around it.

        Raises:
            DatabaseError: as `run`.
        """
        return self.ground(at or self.where).run(block.code, block.language, None, cancel)

    def examples(self, at: Here | None = None) -> tuple[Block, ...]:
        """The runnable examples of the lesson's text, in order."""
        return tuple(block for block in blocks((at or self.where).lesson.text) if block.run)

    def check(
        self,
        answer: str,
        *,
        language: Language | None = None,
        cancel: Event | None = None,
        at: Here | None = None,
    ) -> Verdict:
        """Judge an answer and record the check; `answer` is as `checking.check` takes it.

        A check that was cancelled or skipped, one of nothing at all, and faults of the course or the
        sandbox are not recorded. A pass that does not count, as the solution was opened, says so.

        Raises:
            ValueError: in a scratch pad, where there is nothing to check.
        """
        here = at or self.where
        if here.exercise is None:
            raise ValueError("a scratch pad has nothing to check")
        began = monotonic()
        try:
            database = self.ground(here).database
        except DatabaseError as error:
            return course_fault(here.exercise, error)
        verdict = check(
            here.exercise, answer, database, self._runners, language=language, cancel=cancel
        )
        if cancel is not None and cancel.is_set():
            return verdict
        if verdict.verdict in KEPT and answer.strip():
            self._keep(here, answer, verdict, (monotonic() - began) * 1000)
        if verdict.verdict == "pass" and self._mark(here).state == "seen":
            return does_not_count(verdict)
        return verdict

    def milestone(self) -> Milestone | None:
        """What the last check brought to its end: a lesson, its module, the course; else None."""
        with self._lock:
            return self._milestone

    # Help

    def hints(self, at: Here | None = None) -> tuple[str, ...]:
        """The hints that are open."""
        here = at or self.where
        return () if here.exercise is None else here.exercise.hints[: self._opened(here)]

    def open_hint(self, at: Here | None = None) -> str | None:
        """Open the next hint; None where all are open."""
        here = at or self.where
        opened = self._opened(here)
        if here.exercise is None or opened >= len(here.exercise.hints):
            return None
        self._records.open_hints(self._notebook.known(_step_of(here)), opened + 1)
        self._notebook.changed()
        return here.exercise.hints[opened]

    def solution(self, at: Here | None = None) -> Solution:
        """How it stands with the solution: locked and why, to be opened at a cost, or open."""
        here = at or self.where
        if here.exercise is None:
            return Solution()
        known = self._notebook.known(_step_of(here))
        passed = self._mark(here).state in ("passed", "changed")
        locked = why_locked(
            here.exercise,
            passed=passed,
            failed=self._records.failed_checks(known),
            hints_opened=self._opened(here),
        )
        if self._records.solution_seen(known) or (passed and locked is None):
            return Solution(text=solution_text(here.exercise))
        return Solution(why_locked=locked, cost="" if locked else cost(passed=passed))

    def open_solution(self, at: Here | None = None) -> Solution:
        """Open the solution, and record that it was seen; where it is locked, say so instead."""
        here = at or self.where
        found = self.solution(here)
        if here.exercise is None or found.text is not None or found.why_locked is not None:
            return found
        self._records.see_solution(self._notebook.known(_step_of(here)))
        self._notebook.changed()
        self._remember(here)
        return Solution(text=solution_text(here.exercise))

    # What there is

    def outline(self) -> tuple[ModuleEntry, ...]:
        """The course with the learner's marks."""
        with self._lock:
            step = self._step
        return outline(self.course, self._notebook.marks(), step)

    def progress(self) -> Progress:
        """How far the learner is in the course."""
        return course_progress(self.course, self._notebook.marks())

    def schema(self, at: Here | None = None) -> tuple[TableSchema, ...]:
        """The tables of the lesson's database. Takes its time at first.

        Raises:
            DatabaseError: as `run`.
        """
        return self.ground(at or self.where).schema()

    def preloaded(self, at: Here | None = None) -> Preloaded:
        """The names that are ready in the editor. Takes its time at first.

        Raises:
            DatabaseError: as `run`.
        """
        return self.ground(at or self.where).preloaded()

    def variant(self, at: Here | None = None) -> str:
        """The name of the data that the learner sees.

        Raises:
            DatabaseError: as `run`.
        """
        return self.ground(at or self.where).database.visible.name

    def isolation(self, at: Here | None = None) -> Isolation:
        """The level of isolation of runs here."""
        return self.ground(at or self.where).isolation

    def warm(self, at: Here | None = None) -> None:
        """Have the lesson's data and a process ready, so that the next run is quick.

        Raises:
            DatabaseError: as `run`.
        """
        self.ground(at or self.where).warm()

    def prepare(self, at: Here | None = None) -> None:
        """Have ready what the first check needs, so that it is quick.

        Raises:
            DatabaseError: as `run`.
        """
        self.ground(at or self.where).prepare()

    # Choices and notices

    def setting(self, name: str) -> str | None:
        """What the learner chose in the app, or None."""
        return self._records.setting(name)

    def set_setting(self, name: str, value: str) -> None:
        """Keep a choice; `theme` is in the next first paint, too."""
        self._records.set_setting(name, value)
        self._remember(self.where)

    def notices(self) -> list[str]:
        """What happened to the records since this was last asked, as sentences for the learner."""
        with self._lock:
            fresh = self._records.notices[self._told :]
            self._told += len(fresh)
            return fresh

    # Inside

    def _begin(self) -> Step:
        """The last place, else the first exercise that can be opened."""
        last = self._notebook.last()
        if last is not None:
            for exercise in (last.exercise or None, None):
                with suppress(CourseError, UnknownName):
                    return self._resolve(last.lesson, exercise)
        faults: list[CourseError] = []
        for step in steps(self.course):
            try:
                self.course.lesson(step.lesson)
            except CourseError as error:
                faults.append(error)
            else:
                return step
        raise CourseError(fault for error in faults for fault in error.faults)

    def _resolve(self, lesson_id: str, exercise_id: str | None) -> Step:
        lesson = self.course.lesson(lesson_id)
        if exercise_id is None:
            return self._first_open(lesson)
        exercise = lesson.exercise(exercise_id)
        if exercise is None:
            near = [exercise.id for exercise in lesson.exercises][:3]
            raise UnknownName(f"{lesson.id}/{exercise_id}", near)
        return Step(lesson.id, exercise.id)

    def _first_open(self, lesson: Lesson) -> Step:
        if not lesson.exercises:
            return Step(lesson.id, "")
        marks = self._notebook.marks()
        not_passed = (
            exercise
            for exercise in lesson.exercises
            if marks.get(exercise.ref, NO_MARK).state not in ("passed", "changed")
            and not lack(exercise.tags)
        )
        return Step(lesson.id, next(not_passed, lesson.exercises[0]).id)

    def _walk(self, direction: int) -> Here:
        with self._lock:
            if self._scratch:
                return self._move(self._step)
            order = self._way()
            place = order.index(self._step) + direction if self._step in order else 0
            while 0 <= place < len(order):
                try:
                    return self._move(order[place])
                except CourseError:
                    # Broken since the course was opened: its faults are the author's business.
                    place += direction
            return self.where

    def _way(self) -> list[Step]:
        """The steps in course order, without modules that are known, but for the one stood in."""
        skipped = known(self.course, self._notebook.marks())
        around = {
            lesson.id
            for module in self.course.modules
            if any(one.id == self._step.lesson for one in module.lessons)
            for lesson in module.lessons
        }
        return [step for step in steps(self.course) if step.lesson not in skipped - around]

    def _move(self, step: Step, *, scratch: bool = False) -> Here:
        with self._lock:
            here = self._here(step, scratch)
            self._step, self._scratch = step, scratch
            self._milestone = None
        self._notebook.stand(step)
        self._remember(here)
        return here

    def _here(self, step: Step, scratch: bool) -> Here:
        lesson = self.course.lesson(step.lesson)
        exercise = None if scratch or not step.exercise else lesson.exercise(step.exercise)
        order = steps(self.course)
        marks = self._notebook.marks()
        told = exercise is not None and exercise.language != "any"
        text = "" if told else self._text(lesson, exercise, first=step == order[0])
        return Here(
            lesson=lesson,
            exercise=exercise,
            index=None if exercise is None else lesson.exercises.index(exercise),
            count=len(lesson.exercises),
            module=next((m.title for m in self.course.modules if m.id == lesson.module), ""),
            language=language_of(exercise, text),
            marks=tuple(marks.get(one.ref, NO_MARK).state for one in lesson.exercises),
            has_next=step != order[-1],
            has_back=step != order[0],
        )

    def _text(self, lesson: Lesson, exercise: Exercise | None, *, first: bool) -> str:
        """What stands in an editor; without a draft and a starter, the `first` has an example."""
        step = Step(lesson.id, "" if exercise is None else exercise.id)
        kept = self._records.draft(self._notebook.known(step))
        if kept is not None:
            return kept
        if exercise is not None and (exercise.starter or exercise.kind != "code" or not first):
            return starter_of(exercise)
        return next((block.code for block in blocks(lesson.text) if block.run), "")

    def _mark(self, here: Here) -> Mark:
        known = self._notebook.known(_step_of(here))
        return self._notebook.marks().get(known.ref, NO_MARK)

    def _opened(self, here: Here) -> int:
        return self._records.hints_opened(self._notebook.known(_step_of(here)))

    def _keep(self, here: Here, answer: str, verdict: Verdict, elapsed_ms: float) -> None:
        assert here.exercise is not None
        known = self._notebook.known(_step_of(here))
        before = course_progress(self.course, self._notebook.marks())
        self._records.keep(
            Attempt(
                course=known.course,
                lesson=known.lesson,
                exercise=known.exercise,
                digest=known.digest,
                answer=answer,
                verdict=verdict.verdict,  # type: ignore[arg-type]  # one of KEPT
                points=verdict.points,
                of=verdict.of,
                finding=verdict.findings[0].id if verdict.findings else None,
                elapsed_ms=elapsed_ms,
            ),
            known,
            afresh=begins_afresh(answer, here.exercise),
        )
        self._notebook.changed()
        self._remember(here, answer)
        with self._lock:
            marks = self._notebook.marks()
            self._milestone = milestone(self.course, marks, here.lesson.id, before)

    def _remember(self, changed: Here, draft: str | None = None) -> None:
        """Write the resume file after something changed at a place, whose draft is given."""
        here = self.where
        if draft is None or _step_of(changed) != _step_of(here):
            draft = self.draft(here)
        self._notebook.keep_resume(here, draft)


def _step_of(here: Here) -> Step:
    return Step(here.lesson.id, here.exercise.id if here.exercise is not None else "")
