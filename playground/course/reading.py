"""A lesson in the reader's language: its own file, with the texts of its translation over it."""

from pathlib import Path

import msgspec

from playground.course.lessons import LessonReading, outline_of, read_lesson
from playground.course.paths import translation_file
from playground.course.translations import read_translation, translated

__all__ = ["LessonReading", "read_in_language", "read_lesson"]


def read_in_language(
    file: Path, root: Path, language: str, languages: tuple[str, ...]
) -> LessonReading:
    """Read a lesson of the course `root` in one of `languages` (the first is the course's own).

    Faults of the translation do not keep the lesson from being opened: its texts then stay in the
    course's language.
    """
    reading = read_lesson(file, root)
    if reading.lesson is None:
        return reading
    lesson = msgspec.structs.replace(reading.lesson, language=languages[0])
    faults = reading.faults
    if language != languages[0]:
        beside = translation_file(file, language)
        if beside.is_file():
            translation = read_translation(beside)
            lesson = translated(lesson, translation.written, language)
            faults += translation.faults
        else:
            lesson = translated(lesson, None, language)
    return LessonReading(lesson, outline_of(lesson), faults, reading.course)
