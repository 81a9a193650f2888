"""Every file of a course read and compared with the others: where the proof of a course begins."""

from collections.abc import Iterator
from pathlib import Path

from playground.course.blocks import lesson_links, misplaced
from playground.course.course import Course
from playground.course.database import read_database
from playground.course.errors import CourseError, UnknownName, nearest
from playground.course.lessons import NONE
from playground.course.model import DatabaseSpec, Exercise, Fault, Lesson, Place
from playground.course.opening import open_course
from playground.course.paths import (
    COURSE_FILE,
    DATABASE_FILE,
    DATABASES,
    database_path,
    is_database_file,
    translation_file,
    translation_of,
    yaml_files,
)
from playground.course.translations import Translation, compare, read_translation
from playground.texts import _, ngettext


def whole_course(course: Course) -> list[Fault]:
    """All that is wrong between the files of a course that was opened just now, without a cache.

    `course` is in its own language; the faults of its lessons' own files are `course.faults`.
    """
    lessons = [course.lesson(outline.id) for outline in course.lessons() if not outline.faulty]
    faults = list(course.faults)
    faults += _former_ids(course)
    around = _around(course)
    for lesson in lessons:
        faults += _judge_texts(around, lesson)
        faults += _judge_database(course, lesson)
        faults += _judge_translations(around, lesson)
    if course.header.modules:
        faults += _untranslated(course, lessons)
        faults += _unlisted(course)
        faults += _databases(course)
    return list(dict.fromkeys(faults))


def _around(course: Course) -> Course:
    """Where links may lead: a lesson that was opened alone has the others of its course, too."""
    if course.header.modules or not (course.folder / COURSE_FILE).is_file():
        return course
    try:
        return open_course(course.folder)
    except CourseError:
        return course


def _former_ids(course: Course) -> Iterator[Fault]:
    outlines = course.lessons()
    for outline in outlines:
        for former in outline.was:
            if any(former == other.id for other in outlines):
                message = _("“{id}” is the id of a lesson here; a former id is no longer in use.")
                yield Fault(Place(outline.file), message.format(id=former))


def _judge_texts(course: Course, lesson: Lesson) -> Iterator[Fault]:
    yield from _judge_text(course, lesson.text, Place(lesson.file, lesson.text_line))
    for exercise in lesson.exercises:
        for field, text in [
            ("task", exercise.task),
            *((f"hints.{number}", hint) for number, hint in enumerate(exercise.hints)),
        ]:
            start = exercise.places.get(field, Place(lesson.file))
            for link in lesson_links(text):
                yield from _judge_link(course, link.target, _line_of(start, link.line))


def _judge_text(course: Course, text: str, start: Place) -> Iterator[Fault]:
    for fence, mark in misplaced(text):
        if mark == "output":
            message = _("An output block must follow a block marked run.")
        else:
            message = _("Only blocks of python and sql can be marked run.")
        yield Fault(_line_of(start, fence.line - 1), message)
    for link in lesson_links(text):
        yield from _judge_link(course, link.target, _line_of(start, link.line))


def _line_of(start: Place, line: int) -> Place:
    """The place of a text's line (from 1), where the text begins at `start`."""
    return Place(start.file, start.line + line - 1)


def _judge_link(course: Course, target: str, place: Place) -> Iterator[Fault]:
    lesson_id, slash, exercise_id = target.partition("/")
    try:
        outline = course.outline(lesson_id)
    except UnknownName as unknown:
        yield Fault(place, _no_target(target, unknown.nearest))
        return
    exercises = [exercise.id for exercise in outline.exercises]
    if slash and exercise_id not in exercises and not outline.faulty:
        close = [f"{lesson_id}/{found}" for found in nearest(exercise_id, exercises)]
        yield Fault(place, _no_target(target, close))


def _no_target(target: str, close: list[str]) -> str:
    message = _("This link leads nowhere: there is no {target}.").format(target=f"lesson:{target}")
    if close:
        message += " " + _("Did you mean {names}?").format(names=", ".join(close))
    return message


def _judge_database(course: Course, lesson: Lesson) -> Iterator[Fault]:
    if lesson.database == NONE:
        return
    path = database_path(lesson.database, lesson.file, course.folder)
    if path is None or not (path.is_file() or (path / DATABASE_FILE).is_file()):
        message = _("There is no database {name}.").format(name=lesson.database)
        close = nearest(
            lesson.database, [] if is_database_file(lesson.database) else _names(course.folder)
        )
        if close:
            message += " " + _("Did you mean {names}?").format(names=", ".join(close))
        yield Fault(lesson.database_place or Place(lesson.file), message)
        return
    spec = _spec(path)
    if spec is not None:
        for exercise in lesson.exercises:
            yield from _judge_variants(exercise, [variant.name for variant in spec.variants])


def _judge_variants(exercise: Exercise, variants: list[str]) -> Iterator[Fault]:
    for number, check in enumerate(exercise.checks):
        for name in check.on:
            if name not in variants:
                message = _("The database has no variant “{name}”; it has {variants}.")
                yield Fault(
                    exercise.places[f"checks.{number}.on"],
                    message.format(name=name, variants=", ".join(variants)),
                )


def _spec(path: Path) -> DatabaseSpec | None:
    try:
        return read_database(path)
    except CourseError:
        return None


def _names(folder: Path) -> list[str]:
    return [file.parent.name for file in (folder / DATABASES).glob(f"*/{DATABASE_FILE}")]


def _databases(course: Course) -> Iterator[Fault]:
    for file in sorted((course.folder / DATABASES).glob(f"*/{DATABASE_FILE}")):
        try:
            read_database(file)
        except CourseError as error:
            yield from error.faults


def _judge_translations(course: Course, lesson: Lesson) -> Iterator[Fault]:
    for tag in course.languages[1:]:
        file = translation_file(lesson.file, tag)
        if file.is_file():
            translation = read_translation(file)
            yield from compare(lesson, translation)
            yield from _links_of(course, translation)


def _links_of(course: Course, translation: Translation) -> Iterator[Fault]:
    text = translation.written.text if translation.written else None
    if text:
        start = translation.converter.source.content_place(translation.converter.nodes["text"])
        for link in lesson_links(text):
            yield from _judge_link(course, link.target, _line_of(start, link.line))


def _untranslated(course: Course, lessons: list[Lesson]) -> Iterator[Fault]:
    """One warning for each language: which lessons wait for it."""
    for tag in course.languages[1:]:
        waiting = [
            lesson.id for lesson in lessons if not translation_file(lesson.file, tag).is_file()
        ]
        if waiting:
            message = ngettext(
                "{count} lesson is not translated into {language}: {lessons}.",
                "{count} lessons are not translated into {language}: {lessons}.",
                len(waiting),
            ).format(count=len(waiting), language=tag, lessons=", ".join(waiting))
            yield Fault(course.header.translations, message, warning=True)


def _unlisted(course: Course) -> Iterator[Fault]:
    """Files that no module takes in, and translations of nothing."""
    folders = {module.folder for module in course.header.modules}
    for file in yaml_files(course.folder):
        if file == course.folder / COURSE_FILE:
            continue
        translation = translation_of(file.name)
        if translation is None:
            if file.parent not in folders:
                message = _("No module of {file} lists this lesson's folder.")
                yield Fault(Place(file), message.format(file=COURSE_FILE))
        elif not file.with_name(translation[0]).is_file():
            message = _("This translates {file}, which is not here.")
            yield Fault(Place(file), message.format(file=translation[0]))
        elif translation[1] not in course.languages:
            message = _("{language} is not among the translations that {file} names.")
            yield Fault(Place(file), message.format(language=translation[1], file=COURSE_FILE))
    for file in sorted(course.folder.rglob("*.yml")):
        yield Fault(Place(file), _("Files of a course end in .yaml. Rename this one."))
