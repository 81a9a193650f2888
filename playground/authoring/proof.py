"""The proof of a course: its files are valid and its exercises judge as they say.

The rules are those of the lesson format: every solution passes on every variant, no starter does,
every mistake fails with the finding that it names, and every runnable block of a lesson's text
runs and prints what is shown, and the data rejects every mutant of a solution.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import msgspec

from playground.authoring.exercise_proof import ExerciseProof, Terms, prove_exercise
from playground.authoring.kept import Kept, key_of
from playground.course import (
    Block,
    Course,
    CourseError,
    Fault,
    Lesson,
    LessonOutline,
    Place,
    blocks,
    lack,
)
from playground.databases import Database, DatabaseError, Databases
from playground.running import Job, Runners
from playground.texts import _, language


class LessonProof(msgspec.Struct, frozen=True):
    """What was shown of one lesson."""

    lesson: str
    faults: tuple[Fault, ...]
    """Of its text; those of its exercises stand in `exercises`."""
    exercises: tuple[ExerciseProof, ...] = ()
    blocks: int = 0
    """Runnable blocks of its text that were run."""
    lack: str = ""
    """Why none was: what they need and is missing here, as a sentence."""

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
    mutants: bool = True,
    cache: Path | None = None,
    cancel: Event | None = None,
) -> Iterator[LessonProof]:
    """Prove every lesson that can be opened, in course order; `jobs` at the same time.

    Without `mutants` the solutions are not mutated. What was proved is kept under `cache`, and
    read there while nothing that it depends on changes.

    The faults of files that cannot be opened are `course.read_all()`'s. Stops early, without an
    error, when `cancel` is set.
    """

    terms = Terms(course.strict_proof, mutants)
    kept = Kept(cache / "proofs" if cache is not None else None)
    kept.forget_old()

    def one(outline: LessonOutline) -> LessonProof:
        if cancel is not None and cancel.is_set():
            return LessonProof(outline.id, ())
        return _prove_lesson(course, outline.id, databases, runners, terms, kept)

    with ThreadPoolExecutor(max_workers=jobs) as pool:
        yield from pool.map(one, [o for o in course.lessons() if not o.faulty])


def _prove_lesson(
    course: Course,
    lesson_id: str,
    databases: Databases,
    runners: Runners,
    terms: Terms,
    kept: Kept,
) -> LessonProof:
    """Prove one lesson; what cannot be opened is a fault of it."""
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
    missing = lack(lesson.tags)
    runnable = [block for block in blocks(lesson.text) if block.run and not missing]
    return LessonProof(
        lesson.id,
        tuple(_prove_blocks(lesson, runnable, database, runners, kept)),
        tuple(
            prove_exercise(exercise, database, runners, terms, kept)
            for exercise in lesson.exercises
        ),
        len(runnable),
        missing,
    )


def _prove_blocks(
    lesson: Lesson, runnable: list[Block], database: Database, runners: Runners, kept: Kept
) -> Iterator[Fault]:
    """The faults of the runnable blocks; each is run unless it was with nothing changed since."""
    for block in runnable:
        parts = (block.code, block.language, block.output)
        key = key_of("block", *parts, database.world, database.visible.image(), language())
        message = kept.get(key, str)
        if message is None:
            message = _fault_of_block(block, database, runners)
            if not message:
                kept.put(key, message)
        if message:
            yield Fault(Place(lesson.file, lesson.text_line + block.line - 1), message)


def _fault_of_block(block: Block, database: Database, runners: Runners) -> str:
    """What is wrong with a block, empty if nothing is."""
    job = Job(
        code=block.code, database=database.visible.image(), language=block.language, whole=True
    )
    run = runners.of(database.world).run(job)
    if run.status != "ok":
        reason = run.error.message if run.error else run.status
        return _("This block does not run: {reason}").format(reason=reason)
    if block.output is not None and _trimmed(run.output) != _trimmed(block.output):
        return _("This block prints something else than is shown:\n{printed}").format(
            printed=run.output.rstrip()
        )
    return ""


def _trimmed(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").splitlines()]
