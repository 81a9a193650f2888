"""The proof of a course: its files are valid and its exercises judge as they say.

The rules are those of the lesson format: every solution passes on every variant, no starter does,
every mistake fails with the finding that it names, and every runnable block of a lesson's text
runs and prints what is shown.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import msgspec

from playground.checking import Verdict, check
from playground.course import (
    Block,
    Course,
    CourseError,
    Exercise,
    Fault,
    Lesson,
    LessonOutline,
    Place,
    blocks,
)
from playground.databases import Database, DatabaseError, Databases
from playground.running import Job, Runners
from playground.texts import _


class ExerciseProof(msgspec.Struct, frozen=True):
    """What was shown of one exercise."""

    ref: str
    faults: tuple[Fault, ...]
    answers: int
    """Solutions and other accepted answers that were checked."""
    mistakes: int
    variants: int


class LessonProof(msgspec.Struct, frozen=True):
    """What was shown of one lesson."""

    lesson: str
    faults: tuple[Fault, ...]
    """Of its text; those of its exercises stand in `exercises`."""
    exercises: tuple[ExerciseProof, ...] = ()
    blocks: int = 0
    """Runnable blocks of its text that were run."""

    def all_faults(self) -> Iterator[Fault]:
        """The faults of the text, then those of the exercises."""
        yield from self.faults
        for exercise in self.exercises:
            yield from exercise.faults


def prove(
    course: Course,
    databases: Databases,
    runners: Runners,
    *,
    jobs: int = 2,
    cancel: Event | None = None,
) -> Iterator[LessonProof]:
    """Prove every lesson that can be opened, in course order; `jobs` at the same time.

    The faults of files that cannot be opened are `course.read_all()`'s. Stops early, without an
    error, when `cancel` is set.
    """

    def one(outline: LessonOutline) -> LessonProof:
        if cancel is not None and cancel.is_set():
            return LessonProof(outline.id, ())
        return prove_lesson(course, outline.id, databases, runners)

    with ThreadPoolExecutor(max_workers=jobs) as pool:
        yield from pool.map(one, [o for o in course.lessons() if not o.faulty])


def prove_lesson(
    course: Course, lesson_id: str, databases: Databases, runners: Runners
) -> LessonProof:
    """Prove one lesson; what cannot be opened is a fault of it.

    Raises:
        UnknownName: the course has no such lesson.
    """
    file = course.outline(lesson_id).file
    try:
        lesson = course.lesson(lesson_id)
        database = databases.open(lesson.database, beside=lesson.file)
        for variant in database.variants:
            variant.image()
    except CourseError as error:
        return LessonProof(lesson_id, tuple(error.faults))
    except DatabaseError as error:
        return LessonProof(lesson_id, (Fault(error.place or Place(file), error.message),))
    runnable = [block for block in blocks(lesson.text) if block.run]
    return LessonProof(
        lesson.id,
        tuple(_prove_blocks(lesson, runnable, database, runners)),
        tuple(_prove_exercise(exercise, database, runners) for exercise in lesson.exercises),
        len(runnable),
    )


def _prove_blocks(
    lesson: Lesson, runnable: list[Block], database: Database, runners: Runners
) -> Iterator[Fault]:
    for block in runnable:
        job = Job(
            code=block.code, database=database.visible.image(), language=block.language, whole=True
        )
        run = runners.of(database.world).run(job)
        place = Place(lesson.file, lesson.text_line + block.line - 1)
        if run.status != "ok":
            reason = run.error.message if run.error else run.status
            yield Fault(place, _("This block does not run: {reason}").format(reason=reason))
        elif block.output is not None and _trimmed(run.output) != _trimmed(block.output):
            yield Fault(
                place,
                _("This block prints something else than is shown:\n{printed}").format(
                    printed=run.output.rstrip()
                ),
            )


def _trimmed(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").splitlines()]


def _prove_exercise(exercise: Exercise, database: Database, runners: Runners) -> ExerciseProof:
    accepted = _accepted(exercise)
    faults = [
        *_prove_accepted(exercise, accepted, database, runners),
        *_prove_starter(exercise, database, runners),
        *_prove_mistakes(exercise, database, runners),
    ]
    return ExerciseProof(
        exercise.ref,
        tuple(faults),
        len(accepted),
        len(exercise.mistakes),
        len(database.variants),
    )


def _accepted(exercise: Exercise) -> list[tuple[str, str]]:
    """(field, answer) of all that must pass; a prediction is right by what its code gives."""
    if exercise.kind == "quiz":
        right = [str(n) for n, option in enumerate(exercise.options, 1) if option.right]
        answers = exercise.answers if exercise.choose == "text" else (",".join(right),)
        return [(f"answers.{n}", answer) for n, answer in enumerate(answers)]
    if exercise.kind == "predict":
        return []
    return [
        ("solution", exercise.solution),
        *((f"also_accept.{n}", answer) for n, answer in enumerate(exercise.also_accept)),
    ]


def _prove_accepted(
    exercise: Exercise, accepted: list[tuple[str, str]], database: Database, runners: Runners
) -> Iterator[Fault]:
    for field, answer in accepted:
        language = exercise.solution_language if field == "solution" else None
        verdict = check(exercise, answer, database, runners, language=language)
        if verdict.verdict != "pass":
            yield Fault(
                _place(exercise, field),
                _("{exercise}: this answer should pass and does not: {reason}").format(
                    exercise=exercise.ref, reason=_reason(verdict)
                ),
            )


def _prove_starter(exercise: Exercise, database: Database, runners: Runners) -> Iterator[Fault]:
    verdict = check(exercise, exercise.starter, database, runners)
    if verdict.verdict == "pass":
        yield Fault(
            _place(exercise, "starter"),
            _("{exercise}: it passes before the learner has done anything.").format(
                exercise=exercise.ref
            ),
        )
    elif verdict.verdict in ("course-fault", "sandbox-fault"):
        yield Fault(_place(exercise, "solution"), f"{exercise.ref}: {_reason(verdict)}")


def _prove_mistakes(exercise: Exercise, database: Database, runners: Runners) -> Iterator[Fault]:
    for number, mistake in enumerate(exercise.mistakes):
        verdict = check(exercise, mistake.answer, database, runners)
        leading = verdict.findings[0].id if verdict.findings else ""
        place = mistake.place or _place(exercise, f"mistakes.{number}")
        if verdict.verdict == "pass":
            yield Fault(place, _("{exercise}: this mistake passes.").format(exercise=exercise.ref))
        elif leading != mistake.finding:
            yield Fault(
                place,
                _("{exercise}: this mistake gives {got}, not {wanted}.").format(
                    exercise=exercise.ref, got=leading or verdict.verdict, wanted=mistake.finding
                ),
            )


def _place(exercise: Exercise, field: str) -> Place:
    places = exercise.places
    return places.get(field) or places.get("id") or Place(Path(exercise.lesson))


def _reason(verdict: Verdict) -> str:
    if verdict.findings:
        finding = verdict.findings[0]
        return f"{finding.id}: {finding.message}"
    return verdict.verdict
