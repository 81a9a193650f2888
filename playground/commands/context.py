"""What the commands share: the parts they need, made when they are first asked for."""

import argparse
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from playground.commands.console import say_error
from playground.settings import Places, Settings
from playground.texts import _, language

if TYPE_CHECKING:
    from playground.course import Course, Exercise
    from playground.databases import Database, Databases
    from playground.records import Records
    from playground.running import Runners
    from playground.study import Study

WRONG_USE = 2
MAX_ANSWER_BYTES = 1_000_000


class CommandError(Exception):
    """The command cannot go on; its text is for the user, `status` for the shell."""

    def __init__(self, message: str, status: int = WRONG_USE) -> None:
        super().__init__(message)
        self.status = status


class Context:
    """The parts of the product, each made once, closed together."""

    def __init__(self, args: argparse.Namespace, settings: Settings, places: Places) -> None:
        self.args = args
        self.settings = settings
        self.places = places
        self.tells_notices = True
        """Whether notices about the records are printed at the end; the app shows them itself."""
        self.spares = 2
        """Processes kept ready for the next run; none where nobody waits for a single one."""

    @cached_property
    def runners(self) -> "Runners":
        """Where code runs."""
        from playground.running import Runners

        return Runners(way=self.settings.way, spares=self.spares)

    @cached_property
    def records(self) -> "Records":
        """The learner's records; what befell them is said when the command ends."""
        from playground.records import Records

        return Records.open(
            self.places.store_url(self.settings),
            self.places.resume,
            learner=self.settings.learner,
        )

    def course(self, path: Path | None) -> "Course":
        """The course at `path` (a folder or a lesson file), or the bundled one.

        Raises:
            CommandError: where nothing is at `path`; with status 3, where nothing of it can be
                opened.
        """
        from playground.course import CourseError, bundled_course, open_course

        if path is not None and not path.exists():
            raise CommandError(_("{file} does not exist.").format(file=path))
        try:
            return open_course(
                path or bundled_course(), language=language(), cache=self.places.cache
            )
        except CourseError as error:
            raise CommandError("\n".join(str(fault) for fault in error.faults), 3) from error

    def databases(self, root: Path | None) -> "Databases":
        """The databases of the course folder `root`."""
        from playground.databases import Databases

        return Databases(root, cache=self.places.cache, runners=self.runners)

    def exercise(self, course: "Course", ref: str) -> "tuple[Exercise, Database]":
        """The exercise `lesson-id/exercise-id` with its database.

        Raises:
            CommandError: where there is none (with the nearest names), or its files are broken.
        """
        from playground.course import CourseError, UnknownName
        from playground.databases import DatabaseError

        try:
            exercise = course.find(ref)
            lesson = course.lesson(exercise.lesson)
            database = self.databases(course.folder).open(lesson.database, beside=lesson.file)
        except UnknownName as unknown:
            raise CommandError(no_such(unknown.name, unknown.nearest)) from unknown
        except CourseError as error:
            raise CommandError("\n".join(str(fault) for fault in error.faults), 3) from error
        except DatabaseError as error:
            raise CommandError(str(error), 3) from error
        return exercise, database

    def study(self, target: Path | None) -> "Study":
        """One learner at work in `target`: a course folder, a lesson file, a SQLite file of
        one's own, or (None) the bundled course.

        Raises:
            CommandError: where it cannot be opened.
        """
        from playground.course import CourseError
        from playground.databases import DatabaseError
        from playground.running import Limits
        from playground.study import FreePlay, Study

        try:
            course: Course | FreePlay
            if target is not None and is_sqlite(target):
                databases = self.databases(None)
                course = FreePlay(target, databases)
            else:
                course = self.course(target)
                databases = self.databases(course.folder)
            return Study(
                course,
                databases,
                self.runners,
                self.records,
                language=language(),
                limits=Limits(seconds=self.settings.seconds, memory_mb=self.settings.memory_mb),
                path="" if target is None else str(target.absolute()),
            )
        except CourseError as error:
            raise CommandError("\n".join(str(fault) for fault in error.faults), 3) from error
        except DatabaseError as error:
            raise CommandError(str(error), 3) from error

    def close(self) -> None:
        """End what was made, and say what befell the records."""
        if "records" in self.__dict__:
            self.records.close()
            if self.tells_notices:
                say_error(*self.records.notices)
        if "runners" in self.__dict__:
            self.runners.close()


def is_sqlite(path: Path) -> bool:
    """Whether a file is to be opened as a database: by its name, or by its first bytes."""
    if path.suffix.lower() in (".sqlite", ".sqlite3", ".db", ".db3"):
        return True
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\0"
    except OSError:
        return False


def no_such(name: str, nearest: list[str]) -> str:
    """Says that a name is unknown, with the nearest ones."""
    message = _("There is no {name}.").format(name=name)
    if nearest:
        message += " " + _("Did you mean {names}?").format(names=", ".join(nearest))
    return message


def read_answer(source: str) -> str:
    """The learner's text from a file, or from standard input where `source` is `-`.

    Raises:
        CommandError: where it cannot be read, with the reason.
    """
    try:
        if source == "-":
            data = sys.stdin.buffer.read(MAX_ANSWER_BYTES + 1)
        else:
            with Path(source).open("rb") as file:
                data = file.read(MAX_ANSWER_BYTES + 1)
    except IsADirectoryError as error:
        raise CommandError(
            _("{file} is a folder; an answer is a file.").format(file=source)
        ) from error
    except OSError as error:
        raise CommandError(
            _("{file} cannot be read: {reason}.").format(file=source, reason=error.strerror)
        ) from error
    if len(data) > MAX_ANSWER_BYTES:
        raise CommandError(_("{file} is larger than 1 MB; an answer is not.").format(file=source))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(
            _("{file} is not UTF-8 text (byte {place}). Save it as UTF-8.").format(
                file=source, place=error.start + 1
            )
        ) from error
