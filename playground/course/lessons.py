"""A lesson's file into a `Lesson`, with all that is wrong in it."""

from pathlib import Path
from typing import Literal, TypeVar

import msgspec
import yaml

from playground.course.check_entries import read_check
from playground.course.convert import Converter
from playground.course.digest import judged_digest
from playground.course.files import FORMAT, ExerciseFile, GateFile, LessonFile
from playground.course.kinds import judge_exercise, judge_needs
from playground.course.model import (
    Check,
    Exercise,
    ExerciseOutline,
    Fault,
    Lesson,
    LessonOutline,
    Mistake,
    Option,
    SolutionGate,
)
from playground.course.paths import database_path
from playground.course.source import Source, plain_value
from playground.texts import _

T = TypeVar("T")
GateRule = Literal["pass", "never", "always"]
NONE = "none"
"""The reference of the empty database."""


class LessonReading(msgspec.Struct, frozen=True):
    """What came of a lesson's file."""

    lesson: Lesson | None
    """None where the file has faults that keep it from being opened."""
    outline: LessonOutline
    faults: tuple[Fault, ...]
    course: str | None = None
    """The `course:` of a lone lesson."""


def read_lesson(file: Path, root: Path) -> LessonReading:
    """Read one lesson; `root` is the folder that no path may leave. Never raises."""
    source = Source(file)
    converter = Converter(source, {Check: read_check})
    written = read_format(converter, LessonFile)
    if written is None:
        return LessonReading(None, _faulty_outline(file, None), tuple(source.faults))
    _judge_database(converter, written.database, file, root)
    judge_needs(converter, written.tags, "tags")
    for number, exercise in enumerate(written.exercises):
        judge_exercise(converter, exercise, f"exercises.{number}")
    if not written.exercises and converter.sound("exercises"):
        converter.fault("exercises", _("A lesson needs at least one exercise."))
    if not source.sound:
        return LessonReading(None, _faulty_outline(file, written), tuple(source.faults))
    lesson = _lesson(converter, written, file)
    return LessonReading(lesson, outline_of(lesson), tuple(source.faults), written.course)


def read_format(converter: Converter, kind: type[T]) -> T | None:
    """The root of a file as a `kind`; None where nothing can be read, or not in this format."""
    root = converter.source.root
    if root is None:
        if converter.source.sound:
            converter.source.fault(None, _("The file is empty."))
        return None
    if isinstance(root, yaml.MappingNode):
        for key, value in root.value:
            if key.value == "format" and isinstance(value, yaml.ScalarNode):
                number = plain_value(value)
                if isinstance(number, int) and number != FORMAT:
                    message = _(
                        "This file is in format {found}; this version reads format {known}."
                    )
                    converter.source.fault(value, message.format(found=number, known=FORMAT))
                    return None
    written: T = converter.read(root, kind)
    return written


def outline_of(lesson: Lesson) -> LessonOutline:
    """What a list shows of a lesson."""
    return LessonOutline(
        id=lesson.id,
        title=lesson.title,
        file=lesson.file,
        minutes=lesson.minutes,
        exercises=tuple(
            ExerciseOutline(
                exercise.id,
                exercise.title,
                exercise.kind,
                exercise.points,
                exercise.digest,
                exercise.was,
                tuple(exercise.tags),
            )
            for exercise in lesson.exercises
        ),
        database=lesson.database,
        was=lesson.was,
    )


def _faulty_outline(file: Path, written: LessonFile | None) -> LessonOutline:
    identifier = (written.id if written else "") or file.stem
    title = (written.title if written else "") or file.stem
    return LessonOutline(identifier, title, file, None, (), faulty=True)


def _judge_database(converter: Converter, reference: str, file: Path, root: Path) -> None:
    if reference == NONE or not converter.sound("database") or not converter.given("database"):
        return
    if database_path(reference, file, root) is None:
        message = _(
            "“{path}” leaves the course folder. Name a folder under databases/, or a file here."
        )
        converter.fault("database", message.format(path=reference))


def _lesson(converter: Converter, written: LessonFile, file: Path) -> Lesson:
    text_node = converter.nodes.get("text")
    return Lesson(
        id=written.id,
        title=written.title,
        module="",
        file=file,
        text=written.text,
        exercises=_exercises(converter, written),
        database=written.database,
        minutes=written.minutes,
        further=written.further,
        tags=written.tags,
        was=written.was,
        database_place=converter.place("database") if converter.given("database") else None,
        text_line=converter.source.content_place(text_node).line if text_node is not None else 1,
    )


def _exercises(converter: Converter, written: LessonFile) -> tuple[Exercise, ...]:
    """Those of the lesson; of two with one id the first stands."""
    found: dict[str, Exercise] = {}
    for number, exercise in enumerate(written.exercises):
        path = f"exercises.{number}"
        if exercise.id in found:
            message = _("Another exercise of this lesson has the id “{id}”; that one stands.")
            converter.fault(f"{path}.id", message.format(id=exercise.id))
        else:
            found[exercise.id] = _exercise(converter, exercise, written, path)
    for number, exercise in enumerate(written.exercises):
        for former in exercise.was:
            if former in found:
                message = _(
                    "“{id}” is the id of an exercise here; a former id is no longer in use."
                )
                converter.fault(f"exercises.{number}.was", message.format(id=former))
    return tuple(found.values())


def _exercise(
    converter: Converter, written: ExerciseFile, lesson: LessonFile, path: str
) -> Exercise:
    places = converter.places(path)
    exercise = Exercise(
        id=written.id,
        lesson=lesson.id,
        title=written.title,
        task=written.task,
        kind=written.kind,
        language=written.language,
        solution_language=_solution_language(written),
        starter=written.starter,
        setup=written.setup,
        after=written.after,
        solution=written.solution,
        also_accept=written.also_accept,
        hints=written.hints,
        solution_after=_gate(written.solution_after),
        checks=written.checks,
        mistakes=tuple(
            Mistake(mistake.answer, mistake.finding, mistake.says, places.get(f"mistakes.{number}"))
            for number, mistake in enumerate(written.mistakes)
        ),
        equivalent=tuple((entry.mutant, entry.because) for entry in written.equivalent),
        points=_points(written),
        tags=written.tags,
        further=written.further,
        was=written.was,
        options=tuple(Option(option.text, option.right, option.says) for option in written.options),
        choose=written.choose,
        answers=tuple(str(answer) for answer in written.answers),
        code=written.code,
        predict=written.predict,
        places=places,
    )
    return msgspec.structs.replace(exercise, digest=judged_digest(exercise, lesson.database))


def _solution_language(written: ExerciseFile) -> Literal["python", "sql"]:
    if written.language == "any":
        return written.solution_language or "python"
    return written.language


def _gate(written: GateRule | GateFile | None) -> SolutionGate:
    if isinstance(written, GateFile):
        if written.attempts is None and written.hints is None:
            return SolutionGate()
        return SolutionGate("either", written.attempts, written.hints == "all")
    if written is None:
        return SolutionGate()
    return SolutionGate(written)


def _points(written: ExerciseFile) -> float:
    if written.points is not None:
        return written.points
    given = [check.points for check in written.checks if check.points is not None]
    return sum(given) if given else 1
