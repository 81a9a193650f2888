"""What a class handed in: `STUDENT/LESSON-ID/EXERCISE-ID.py` or `.sql` below one folder.

The folder is hostile ground. Nothing is opened through a link, nothing that is no regular file is
read, nothing larger than an answer can be, and whatever is there gets a row with the reason.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec

from playground.course import Course, Exercise
from playground.running import Language
from playground.texts import _

MAX_BYTES = 1_000_000
SUFFIXES = (".py", ".sql")

_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)  # a FIFO must not hold the grader up
_BINARY = getattr(os, "O_BINARY", 0)


class Submission(msgspec.Struct, frozen=True):
    """One row to be: a file that was handed in, or an exercise for which there is none."""

    student: str
    exercise: str
    """`LESSON-ID/EXERCISE-ID`, also where the course has no such exercise."""
    path: Path | None = None
    """None where nothing was handed in, or where what stands there is not to be opened."""
    reason: str = ""
    """Why it cannot be read, as a sentence; empty where it can be tried."""
    note: str = ""


class UnreadableError(Exception):
    """A submission that is not to be read; its text says why."""


def collect(folder: Path, course: Course) -> Iterator[Submission]:
    """Every student's rows: the course's exercises in order, then what belongs to none.

    Raises:
        OSError: `folder` itself cannot be listed.
    """
    known = [
        f"{lesson.id}/{exercise.id}" for lesson in course.lessons() for exercise in lesson.exercises
    ]
    for student, mode in _entries(folder):
        if stat.S_ISLNK(mode):
            yield Submission(student, "", None, _("This is a link; links are not followed."))
        elif stat.S_ISDIR(mode) and not student.startswith("."):
            yield from _of_student(student, folder / student, known)
        elif not student.startswith("."):
            yield Submission(student, "", None, _("This file lies in no student's folder."))


def read(submission: Submission) -> str:
    """The text of a submission.

    Raises:
        UnreadableError: with the reason, for the teacher.
    """
    if submission.path is None:
        raise UnreadableError(submission.reason)
    try:
        descriptor = os.open(submission.path, os.O_RDONLY | _NO_FOLLOW | _NO_WAIT | _BINARY)
    except OSError as error:
        raise UnreadableError(_cannot_open(submission.path, error)) from error
    with open(descriptor, "rb") as file:  # noqa: PTH123  (a path could have become a link by now)
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError(_("This is no regular file."))
        if status.st_size > MAX_BYTES:
            raise UnreadableError(_("The file is larger than 1 MB."))
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnreadableError(_("The file is larger than 1 MB."))
    if not data.strip():
        raise UnreadableError(_("The file is empty."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(_("The file is not UTF-8 text.")) from error


def _of_student(student: str, home: Path, known: list[str]) -> Iterator[Submission]:
    found: dict[str, list[Submission]] = {}
    for submission in _files(student, home):
        found.setdefault(submission.exercise, []).append(submission)
    for exercise in known:
        handed_in = found.pop(exercise, [])
        yield handed_in[0] if handed_in else Submission(student, exercise)
        for other in handed_in[1:]:
            yield msgspec.structs.replace(
                other, path=None, reason=_("Another file of this exercise was graded.")
            )
    for strangers in found.values():
        for stranger in strangers:
            yield msgspec.structs.replace(
                stranger,
                path=None,
                reason=stranger.reason or _("The course has no such exercise."),
            )


def _files(student: str, home: Path) -> Iterator[Submission]:
    try:
        entries = _entries(home)
    except OSError as error:
        yield Submission(student, "", None, _cannot_open(home, error))
        return
    for lesson, mode in entries:
        if stat.S_ISLNK(mode):
            yield Submission(student, lesson, None, _("This is a link; links are not followed."))
        elif stat.S_ISDIR(mode):
            yield from _of_lesson(student, lesson, home / lesson)
        elif not lesson.startswith("."):
            yield Submission(student, lesson, None, _("This file lies in no lesson's folder."))


def _of_lesson(student: str, lesson: str, folder: Path) -> Iterator[Submission]:
    try:
        entries = _entries(folder)
    except OSError as error:
        yield Submission(student, lesson, None, _cannot_open(folder, error))
        return
    for name, mode in entries:
        yield _file(student, lesson, folder / name, mode)


def _file(student: str, lesson: str, path: Path, mode: int) -> Submission:
    ref = f"{lesson}/{path.stem}"
    if path.suffix not in SUFFIXES:
        ref = f"{lesson}/{path.name}"
        return Submission(student, ref, None, _("An answer ends in .py or .sql."))
    if stat.S_ISLNK(mode):
        return Submission(student, ref, None, _("This is a link; links are not followed."))
    if not stat.S_ISREG(mode):
        return Submission(student, ref, None, _("This is no regular file."))
    return Submission(student, ref, path)


def _entries(folder: Path) -> list[tuple[str, int]]:
    """The names in a folder, sorted, each with its mode; raises OSError."""
    paths = sorted(folder.iterdir(), key=lambda path: path.name)
    return [(path.name, path.lstat().st_mode) for path in paths]


def _cannot_open(path: Path, error: OSError) -> str:
    if path.is_symlink():
        return _("This is a link; links are not followed.")
    return _("The file cannot be opened: {reason}.").format(reason=error.strerror)


def language_of(submission: Submission, exercise: Exercise) -> Language | None:
    """The language that the file's name tells, where the exercise is code."""
    if exercise.kind != "code" or submission.path is None:
        return None
    return "sql" if submission.path.suffix == ".sql" else "python"
