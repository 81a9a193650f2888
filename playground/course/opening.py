"""Opens a course folder or one lesson's file; a course that has not changed parses no YAML."""

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from playground.course.course import Course
from playground.course.errors import CourseError
from playground.course.fields import in_language
from playground.course.header import Header
from playground.course.model import Fault, Lesson, LessonOutline, Module, Place
from playground.course.outlines import KeptLesson, OutlineCache, Stamp, stamp_of
from playground.course.paths import COURSE_FILE, translation_file, translation_of
from playground.texts import _

# What reads YAML is imported where it is needed: a warm opening needs none of it.

_PARENTS = 4
"""How far above a lesson's file its course folder is looked for."""


def open_course(path: Path, *, language: str = "en", cache: Path | None = None) -> Course:
    """Open a course folder, its `course.yaml`, or one lesson's file.

    Args:
        path: what to open.
        language: the reader's language; the nearest one that the course has is used.
        cache: folder for what makes the next opening quick; without it nothing is kept.

    Raises:
        CourseError: nothing can be opened. Faults of single lessons are in `Course.faults`.
    """
    if path.is_dir():
        return _open_folder(path, language, cache)
    if path.name == COURSE_FILE and path.is_file():
        return _open_folder(path.parent, language, cache)
    if path.is_file() and path.suffix in (".yaml", ".yml"):
        return _open_file(path, language)
    if path.exists():
        message = _("This is neither a course folder nor a lesson (.yaml).")
    else:
        message = _("There is no such file or folder.")
    raise CourseError([Fault(Place(path), message)])


def reopen(course: Course) -> Course:
    """The same course read anew, in its own language and without a cache.

    Raises:
        CourseError: as `open_course`.
    """
    own = course.languages[0]
    if course.header.modules:
        return _open_folder(course.folder, own, None)
    return _open_file(course.lessons()[0].file, own)


def bundled_course() -> Path:
    """The folder of the course that comes with the program: in a checkout, or installed."""
    package = Path(__file__).parent.parent
    checkout = package.parent / "lessons"
    return checkout if (checkout / COURSE_FILE).is_file() else package / "_lessons"


def _nearest_language(wanted: str, languages: tuple[str, ...]) -> str:
    """The one of `languages` nearest to a tag; the first where none is near."""
    spelled = {tag.lower(): tag for tag in reversed(languages)}
    wanted = wanted.replace("_", "-").lower()
    if wanted in spelled:
        return spelled[wanted]
    primary = wanted.split("-")[0]
    return next((tag for tag in languages if tag.lower().split("-")[0] == primary), languages[0])


class _Folder:
    """The files of one folder, each with its stamp, looked at once."""

    def __init__(self, path: Path) -> None:
        self.stamps: dict[str, Stamp] = {}
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.name.endswith((".yaml", ".yml")) and entry.is_file():
                    self.stamps[entry.name] = stamp_of(entry.stat())

    def lessons(self) -> list[str]:
        """The names of the lessons' files, in order; translations are not among them."""
        return sorted(
            name
            for name in self.stamps
            if name.endswith(".yaml") and name != COURSE_FILE and not translation_of(name)
        )


class _Opening:
    """One opening of a course folder: what is kept is used, the rest is read and kept."""

    def __init__(self, folder: Path, language: str, cache: Path | None) -> None:
        self.folder = folder
        self.file = folder / COURSE_FILE
        self.stamp = stamp_of(self.file.stat())
        self.cache = OutlineCache(cache, folder, language)
        self.kept = self.cache.load()
        self.changed = self.kept is None or self.kept.stamp != self.stamp
        self.header = self._header()
        self.language = _nearest_language(language, self.header.languages)
        self.faults = list(self.header.faults)
        self.lessons: dict[str, KeptLesson] = {}
        self.read: dict[Path, Lesson] = {}
        """The lessons that had to be read, so that nobody reads them again."""

    def open(self) -> Course:
        """The course, from what was kept where it still holds."""
        taken: dict[str, LessonOutline] = {}
        modules = tuple(
            Module(
                module.id,
                in_language(module.title, (self.language, self.header.languages[0])),
                tuple(self._module_lessons(module.folder, module.place, taken)),
            )
            for module in self.header.modules
        )
        if self.changed or (self.kept and self.kept.lessons.keys() != self.lessons.keys()):
            self.cache.keep(self.stamp, self.header, self.lessons)
        read = {
            outline.id: msgspec.structs.replace(self.read[outline.file], module=module.id)
            for module in modules
            for outline in module.lessons
            if outline.file in self.read
        }
        return Course(self.folder, self.header, self.language, modules, tuple(self.faults), read)

    def _header(self) -> Header:
        if self.kept is not None and not self.changed:
            return self.kept.header
        from playground.course.course_file import read_header

        return read_header(self.file)

    def _module_lessons(
        self, path: Path, place: Place, taken: dict[str, LessonOutline]
    ) -> Iterator[LessonOutline]:
        try:
            folder = _Folder(path)
        except OSError as error:
            message = _("The folder {folder} cannot be read: {reason}.")
            self.faults.append(
                Fault(place, message.format(folder=path.name, reason=error.strerror))
            )
            return
        for name in folder.lessons():
            lesson = self._lesson(path / name, folder)
            self.faults += lesson.faults
            first = taken.setdefault(lesson.outline.id, lesson.outline)
            if first is lesson.outline:
                yield lesson.outline
            else:
                message = _("The lesson {file} has the id “{id}” already; that one stands.")
                relative = first.file.relative_to(self.folder).as_posix()
                self.faults.append(
                    Fault(Place(lesson.outline.file), message.format(file=relative, id=first.id))
                )

    def _lesson(self, file: Path, folder: _Folder) -> KeptLesson:
        stamp = folder.stamps[file.name]
        translation = folder.stamps.get(translation_file(file, self.language).name)
        relative = file.relative_to(self.folder).as_posix()
        kept = self.kept.lessons.get(relative) if self.kept and self._same_languages() else None
        if kept is None or kept.stamp != stamp or kept.translation != translation:
            kept = self._read(file, stamp, translation)
            self.changed = True
        self.lessons[relative] = kept
        return kept

    def _same_languages(self) -> bool:
        return self.kept is not None and self.kept.header.languages == self.header.languages

    def _read(self, file: Path, stamp: Stamp, translation: Stamp | None) -> KeptLesson:
        from playground.course.reading import read_in_language

        reading = read_in_language(file, self.folder, self.language, self.header.languages)
        if reading.lesson is not None:
            self.read[file] = reading.lesson
        return KeptLesson(stamp, translation, reading.outline, reading.faults)


def _open_folder(folder: Path, language: str, cache: Path | None) -> Course:
    if not (folder / COURSE_FILE).is_file():
        message = _("There is no {file} here. Open a lesson's file, or a course folder.")
        raise CourseError([Fault(Place(folder), message.format(file=COURSE_FILE))])
    opening = _Opening(folder, language, cache)
    if not opening.header.modules:
        raise CourseError(opening.header.faults)
    return opening.open()


def _open_file(file: Path, language: str) -> Course:
    """One lesson: of the course that it lies in, else alone."""
    from playground.course.course_file import lone_header
    from playground.course.reading import read_in_language, read_lesson

    source = translation_of(file.name)
    if source is not None and file.with_name(source[0]).is_file():
        message = _("This is a translation. Open {file}.")
        raise CourseError([Fault(Place(file), message.format(file=source[0]))])
    around = _course_around(file)
    root = around[0] if around else file.parent
    reading = read_lesson(file, root)
    if reading.lesson is None:
        raise CourseError(reading.faults)
    header = around[1] if around else lone_header(file, reading.lesson, reading.course)
    chosen = _nearest_language(language, header.languages)
    reading = read_in_language(file, root, chosen, header.languages)
    module = Module(reading.outline.id, reading.outline.title, (reading.outline,))
    return Course(root, header, chosen, (module,), reading.faults, {})


def _course_around(file: Path) -> tuple[Path, Header] | None:
    """The course folder one of whose modules has a lesson's file, and its header without modules."""
    from playground.course.course_file import read_header

    for parent in list(file.absolute().parents)[:_PARENTS]:
        if (parent / COURSE_FILE).is_file():
            header = read_header(parent / COURSE_FILE)
            if any(module.folder == file.absolute().parent for module in header.modules):
                return parent, msgspec.structs.replace(header, modules=())
    return None
