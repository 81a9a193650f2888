"""The course with the learner's marks: the outline, the progress, the order of its steps."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from playground.course import (
    ExerciseOutline,
    Lesson,
    LessonOutline,
    Module,
    known_modules,
    lack,
    required,
)
from playground.records import Mark
from playground.study.data import ExerciseEntry, LessonEntry, Milestone, ModuleEntry, Progress

Marks = Mapping[str, Mark]
NO_MARK = Mark()


class CourseLike(Protocol):
    """What the study needs of a course; `Course` is one, a database of one's own another."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def modules(self) -> tuple[Module, ...]: ...
    def lessons(self) -> tuple[LessonOutline, ...]: ...
    def outline(self, lesson_id: str) -> LessonOutline: ...
    def lesson(self, lesson_id: str) -> Lesson: ...


class Step(NamedTuple):
    """A place in the course; `exercise` is empty in a lesson that has none."""

    lesson: str
    exercise: str


def steps(course: CourseLike) -> list[Step]:
    """Every place in course order; lessons that cannot be opened are left out."""
    return [
        step
        for lesson in course.lessons()
        if not lesson.faulty
        for step in [Step(lesson.id, exercise.id) for exercise in lesson.exercises]
        or [Step(lesson.id, "")]
    ]


def known(course: CourseLike, marks: Marks) -> frozenset[str]:
    """The ids of the lessons that the learner need not work through, module by module."""
    modules = known_modules(course.modules, lambda ref: marks.get(ref, NO_MARK).state)
    return frozenset(
        lesson.id for module in course.modules if module.id in modules for lesson in module.lessons
    )


def course_progress(course: CourseLike, marks: Marks) -> Progress:
    """How far the learner is in the course."""
    return progress(course.lessons(), marks, known(course, marks))


def progress(
    lessons: Iterable[LessonOutline], marks: Marks, known: frozenset[str] = frozenset()
) -> Progress:
    """How far the learner is in these lessons; what is not required counts once it is done."""
    passed = seen = total = 0
    points = of = 0.0
    for lesson in lessons:
        for exercise in lesson.exercises:
            mark = _mark(lesson, exercise, marks)
            if not required(exercise, mark.state, known=lesson.id in known):
                continue
            total += 1
            passed += mark.state in ("passed", "changed")
            seen += mark.state == "seen"
            points += min(mark.points, exercise.points)
            of += exercise.points
    return Progress(passed, seen, total, points, of)


def milestone(
    course: CourseLike, marks: Marks, lesson_id: str, before: Progress
) -> Milestone | None:
    """The largest thing that is done now, if an exercise of the lesson was passed since `before`."""
    whole = course_progress(course, marks)
    if whole.passed == before.passed:
        return None
    if whole.done:
        return Milestone("course", course.title, whole)
    for module in course.modules:
        for lesson in module.lessons:
            if lesson.id == lesson_id:
                of_module = progress(module.lessons, marks)
                if of_module.done:
                    return Milestone("module", module.title, of_module)
                of_lesson = progress([lesson], marks)
                return Milestone("lesson", lesson.title, of_lesson) if of_lesson.done else None
    return None


def outline(course: CourseLike, marks: Marks, here: Step) -> tuple[ModuleEntry, ...]:
    """Modules, lessons and exercises with their marks."""
    skipped = known(course, marks)
    return tuple(
        ModuleEntry(
            module.id,
            module.title,
            tuple(_lesson(lesson, marks, here, skipped) for lesson in module.lessons),
            progress(module.lessons, marks, skipped),
            any(lesson.id in skipped for lesson in module.lessons),
        )
        for module in course.modules
    )


def _lesson(lesson: LessonOutline, marks: Marks, here: Step, known: frozenset[str]) -> LessonEntry:
    exercises = tuple(
        ExerciseEntry(
            exercise.id,
            f"{lesson.id}/{exercise.id}",
            exercise.title,
            exercise.kind,
            exercise.points,
            _mark(lesson, exercise, marks).state,
            here == (lesson.id, exercise.id),
            lack(exercise.tags),
        )
        for exercise in lesson.exercises
    )
    return LessonEntry(
        lesson.id,
        lesson.title,
        lesson.minutes,
        lesson.faulty,
        exercises,
        progress([lesson], marks, known),
        here.lesson == lesson.id,
    )


def _mark(lesson: LessonOutline, exercise: ExerciseOutline, marks: Marks) -> Mark:
    return marks.get(f"{lesson.id}/{exercise.id}", NO_MARK)
