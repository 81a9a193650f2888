"""Texts of a lesson in another language: laid over the source, and compared with it."""

from pathlib import Path
from typing import TypeVar

import msgspec

from playground.course.blocks import fenced
from playground.course.convert import Converter
from playground.course.digest import texts_digest
from playground.course.errors import unknown_name
from playground.course.files import ExerciseTexts, OptionTexts, SaysText, TranslationFile
from playground.course.lessons import read_format
from playground.course.model import Check, Exercise, Fault, Lesson, Mistake, Option
from playground.course.source import Source
from playground.texts import _, ngettext

T = TypeVar("T")
Said = TypeVar("Said", Check, Mistake)
_SHORTEST_DIGEST = 8


class Translation(msgspec.Struct):
    """A translation's file as read; `written` is None where it has faults of form."""

    converter: Converter
    written: TranslationFile | None

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong in the file, as far as it was looked at."""
        return tuple(self.converter.source.faults)


def read_translation(file: Path) -> Translation:
    """Read one translation. Never raises."""
    source = Source(file)
    converter = Converter(source)
    written = read_format(converter, TranslationFile)
    return Translation(converter, written if source.sound else None)


def translated(lesson: Lesson, translation: TranslationFile | None, language: str) -> Lesson:
    """The lesson in another language; what is missing stays in the source's, with a mark."""
    if translation is None:
        exercises = tuple(
            msgspec.structs.replace(exercise, untranslated=True) for exercise in lesson.exercises
        )
        return msgspec.structs.replace(lesson, exercises=exercises, untranslated=True)
    exercises = tuple(
        _exercise(exercise, translation.exercises.get(exercise.id, ExerciseTexts()))
        for exercise in lesson.exercises
    )
    missing = (
        not translation.title
        or (bool(lesson.text.strip()) and not translation.text)
        or any(exercise.untranslated for exercise in exercises)
    )
    return msgspec.structs.replace(
        lesson,
        title=translation.title or lesson.title,
        text=translation.text or lesson.text,
        exercises=exercises,
        language=language,
        untranslated=missing,
    )


def _exercise(exercise: Exercise, texts: ExerciseTexts) -> Exercise:
    hints = _same_length(texts.hints, exercise.hints)
    options = _same_length(texts.options, exercise.options)
    checks = _same_length(texts.checks, exercise.checks)
    mistakes = _same_length(texts.mistakes, exercise.mistakes)
    complete = texts.title and texts.task and hints is not None and options is not None
    return msgspec.structs.replace(
        exercise,
        title=texts.title or exercise.title,
        task=texts.task or exercise.task,
        hints=hints if hints is not None else exercise.hints,
        options=tuple(map(_option, exercise.options, options or exercise.options)),
        checks=tuple(map(_with_says, exercise.checks, checks or exercise.checks)),
        mistakes=tuple(map(_with_says, exercise.mistakes, mistakes or exercise.mistakes)),
        answers=exercise.answers + tuple(str(answer) for answer in texts.answers),
        untranslated=not complete or not _all_said(exercise, texts),
    )


def _all_said(exercise: Exercise, texts: ExerciseTexts) -> bool:
    """Whether every `says:` of the source has its text, as far as the lists fit."""
    source: tuple[Option | Check | Mistake, ...] = (
        *exercise.options,
        *exercise.checks,
        *exercise.mistakes,
    )
    given = [
        text
        for texts_of, things in (
            (texts.options, exercise.options),
            (texts.checks, exercise.checks),
            (texts.mistakes, exercise.mistakes),
        )
        for text in _same_length(texts_of, things) or (None,) * len(things)
    ]
    return all(
        not thing.says or _said(thing, text) for thing, text in zip(source, given, strict=True)
    )


def _said(thing: Option | Check | Mistake, text: str | OptionTexts | SaysText | None) -> str:
    """The translated `says:`; of an option a bare text is its `text:`, of others its `says:`."""
    if isinstance(text, str):
        return "" if isinstance(thing, Option) else text
    return text.says if text is not None else ""


def _same_length(texts: tuple[T, ...] | None, source: tuple[object, ...]) -> tuple[T, ...] | None:
    """Texts by position; None where they do not fit the source. Nothing fits nothing."""
    if not source:
        return ()
    return texts if texts is not None and len(texts) == len(source) else None


def _option(option: Option, text: str | OptionTexts | Option) -> Option:
    if isinstance(text, str):
        return msgspec.structs.replace(option, text=text)
    return msgspec.structs.replace(option, text=text.text, says=text.says or option.says)


def _with_says(thing: Said, text: str | SaysText | Said | None) -> Said:
    said = text.says if isinstance(text, Check | Mistake | SaysText) else text
    return msgspec.structs.replace(thing, says=said) if said else thing


def compare(lesson: Lesson, translation: Translation) -> tuple[Fault, ...]:
    """All that is wrong with a translation of `lesson`, form and content."""
    written, converter = translation.written, translation.converter
    if written is None:
        return translation.faults
    if written.translates != lesson.file.name:
        message = _("This file's name says that it translates {file}. Write that here.")
        converter.fault("translates", message.format(file=lesson.file.name))
    _compare_age(lesson, written, converter)
    _warn_missing(converter, "title", written.title, lesson.title)
    _compare_text(converter, "text", written.text, lesson.text)
    exercises = {exercise.id: exercise for exercise in lesson.exercises}
    for identifier, texts in written.exercises.items():
        path = f"exercises.{identifier}"
        if identifier not in exercises:
            message = unknown_name(identifier, list(exercises))
            converter.report(converter.keys[path], path, message)
        else:
            _compare_exercise(converter, path, texts, exercises[identifier])
    for identifier in exercises.keys() - written.exercises.keys():
        converter.warn(
            "exercises", _("The exercise “{id}” is not translated.").format(id=identifier)
        )
    return translation.faults


def _compare_age(lesson: Lesson, written: TranslationFile, converter: Converter) -> None:
    digest = texts_digest(lesson)
    found = (written.source or "").strip().rstrip("….")
    if len(found) >= _SHORTEST_DIGEST and digest.startswith(found.lower()):
        return
    if written.source is None:
        message = _("“source:” is missing, so nobody can see whether this is out of date: {digest}")
    else:
        message = _("The source has changed since this was written. Once it fits, write: {digest}")
    converter.warn("source", message.format(digest=f'source: "{digest[:16]}"'))


def _compare_exercise(
    converter: Converter, path: str, texts: ExerciseTexts, exercise: Exercise
) -> None:
    _warn_missing(converter, f"{path}.title", texts.title, exercise.title)
    _compare_text(converter, f"{path}.task", texts.task, exercise.task)
    for field, given, source in (
        ("hints", texts.hints, exercise.hints),
        ("options", texts.options, exercise.options),
        ("checks", texts.checks, exercise.checks),
        ("mistakes", texts.mistakes, exercise.mistakes),
    ):
        if given and len(given) != len(source):
            message = ngettext(
                "{field}: {count} text here, {wanted} in the source. They must be as many.",
                "{field}: {count} texts here, {wanted} in the source. They must be as many.",
                len(given),
            )
            converter.fault(
                f"{path}.{field}", message.format(field=field, count=len(given), wanted=len(source))
            )
        elif not given and source and field in ("hints", "options"):
            message = _("The {field} of “{id}” are not translated.")
            converter.warn(f"{path}.{field}", message.format(field=field, id=exercise.id))
    if not _all_said(exercise, texts):
        converter.warn(path, _("Some “says:” of “{id}” are not translated.").format(id=exercise.id))
    for number, (hint, source_hint) in enumerate(
        zip(texts.hints or (), exercise.hints, strict=False)
    ):
        _compare_text(converter, f"{path}.hints.{number}", hint, source_hint)


def _warn_missing(converter: Converter, path: str, text: str | None, source: str) -> None:
    if not text and source.strip():
        field = path.rpartition(".")[2]
        converter.warn(path, _("“{field}:” is not translated here.").format(field=field))


def _compare_text(converter: Converter, path: str, text: str | None, source: str) -> None:
    """A text must hold the code blocks of its source, unchanged and in order."""
    _warn_missing(converter, path, text, source)
    if not text or not converter.sound(path):
        return
    ours, theirs = fenced(text), fenced(source)
    node = converter.nodes[path]
    start = converter.source.content_place(node)
    for mine, wanted in zip(ours, theirs, strict=False):
        if (mine.info, mine.code.rstrip()) != (wanted.info, wanted.code.rstrip()):
            message = _("This code block differs from the source's, which is never translated:")
            shown = f"\n```{wanted.info}\n{wanted.code}```"
            line = start.line + mine.line - 2
            converter.source.fault_at(msgspec.structs.replace(start, line=line), message + shown)
    if len(ours) != len(theirs):
        message = _("{count} code blocks here, {wanted} in the source. They must be the same.")
        converter.fault(path, message.format(count=len(ours), wanted=len(theirs)))
