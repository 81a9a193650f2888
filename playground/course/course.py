"""A course that is open: lists at once, lessons when they are asked for."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from playground.course.errors import CourseError, UnknownName, nearest
from playground.course.fields import in_language
from playground.course.header import Header
from playground.course.model import Exercise, Fault, Lesson, LessonOutline, Module


class Course:
    """One course in one language. Made by `open_course`."""

    def __init__(
        self,
        folder: Path,
        header: Header,
        language: str,
        modules: tuple[Module, ...],
        faults: tuple[Fault, ...],
        lessons: dict[str, Lesson],
    ) -> None:
        self.folder = folder
        """The course folder; of a lone lesson, the folder that it lies in."""
        self.header = header
        self.id = header.id
        self.title = in_language(header.title, (language, header.languages[0]))
        self.revision = header.revision
        self.language = language
        """The language that the course is shown in: one of `languages`."""
        self.languages = header.languages
        """The course's own language first, then its translations."""
        self.strict_proof = header.strict_proof
        self.modules = modules
        self.faults = faults
        """What is known so far to be wrong in the course's files."""
        self._lessons = lessons

    def lessons(self) -> tuple[LessonOutline, ...]:
        """The outlines of all lessons, in course order."""
        return tuple(outline for module in self.modules for outline in module.lessons)

    def outline(self, lesson_id: str) -> LessonOutline:
        """The outline of a lesson by its id or a former id.

        Raises:
            UnknownName: there is no such lesson.
        """
        outlines = self.lessons()
        for outline in outlines:
            if outline.id == lesson_id:
                return outline
        for outline in outlines:
            if lesson_id in outline.was:
                return outline
        raise UnknownName(lesson_id, nearest(lesson_id, (outline.id for outline in outlines)))

    def lesson(self, lesson_id: str) -> Lesson:
        """A lesson by its id or a former id, read when it is first asked for.

        Raises:
            UnknownName: there is no such lesson.
            CourseError: its file has faults.
        """
        outline = self.outline(lesson_id)
        known = self._lessons.get(outline.id)
        if known is None:
            known = self._lessons[outline.id] = self._read(outline)
        return known

    def find(self, ref: str) -> Exercise:
        """An exercise by `lesson-id/exercise-id`; former ids are found too.

        Raises:
            UnknownName: there is no such exercise; `nearest` has whole references.
            CourseError: the lesson's file has faults.
        """
        lesson_id, slash, exercise_id = ref.partition("/")
        try:
            lesson = self.lesson(lesson_id)
        except UnknownName:
            raise UnknownName(ref, nearest(ref, self._refs())) from None
        exercise = lesson.exercise(exercise_id) if slash else None
        if exercise is None:
            own = [exercise.ref for exercise in lesson.exercises]
            raise UnknownName(ref, nearest(ref, own) or own[:3])
        return exercise

    def read_all(self) -> list[Fault]:
        """Read every file of the course and say all that is wrong, in course order."""
        from playground.course.opening import reopen
        from playground.course.whole import whole_course

        try:
            self.faults = tuple(whole_course(reopen(self)))
        except CourseError as error:
            self.faults = error.faults
        return list(self.faults)

    def _refs(self) -> Iterator[str]:
        for outline in self.lessons():
            for exercise in outline.exercises:
                yield f"{outline.id}/{exercise.id}"

    def _read(self, outline: LessonOutline) -> Lesson:
        module = next(module for module in self.modules if outline in module.lessons)
        from playground.course.reading import read_in_language

        reading = read_in_language(outline.file, self.folder, self.language, self.languages)
        if reading.lesson is None:
            raise CourseError(reading.faults)
        return msgspec.structs.replace(reading.lesson, module=module.id)
