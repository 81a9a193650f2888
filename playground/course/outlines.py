"""The cache of outlines: a course that has not changed is listed without parsing any YAML.

One JSON file per course folder and language; an entry holds while its file (and the translation's)
has the same time of change and size. The cache is a convenience: a damaged one is made again, and
where it cannot be written nothing is lost but time.
"""

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any

import msgspec

from playground import __version__
from playground.course.header import Header
from playground.course.model import Fault, LessonOutline
from playground.texts import language as program_language

_READER = f"{__version__}/3"
"""Raise the number when what is kept changes its meaning."""

Stamp = tuple[int, int]
"""(time of change in ns, size)."""


class KeptLesson(msgspec.Struct, frozen=True):
    """A lesson's outline in one language, with what its files were when it was read."""

    stamp: Stamp
    translation: Stamp | None
    outline: LessonOutline
    faults: tuple[Fault, ...] = ()


class KeptCourse(msgspec.Struct, frozen=True):
    """All that is kept of one course in one language."""

    reader: str
    stamp: Stamp
    header: Header
    lessons: dict[str, KeptLesson]
    """By path relative to the course folder."""


def stamp_of(status: os.stat_result) -> Stamp:
    """What tells whether a file has changed."""
    return (status.st_mtime_ns, status.st_size)


class OutlineCache:
    """The cache file of one course; without a folder for it nothing is kept."""

    def __init__(self, cache: Path | None, folder: Path, language: str) -> None:
        """`cache` is the program's cache folder; messages are kept in the program's language."""
        self._folder = folder
        name = f"{folder.absolute()}\0{language}\0{program_language()}"
        digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:24]
        self._file = None if cache is None else cache / "courses" / f"{digest}.json"

    def load(self) -> KeptCourse | None:
        """What was kept by this version; None where there is nothing of use."""
        if self._file is None:
            return None
        try:
            kept = msgspec.json.decode(
                self._file.read_bytes(), type=KeptCourse, dec_hook=self._absolute
            )
        except (OSError, msgspec.MsgspecError, ValueError, RecursionError):
            return None
        return kept if kept.reader == _READER else None

    def keep(self, stamp: Stamp, header: Header, lessons: dict[str, KeptLesson]) -> None:
        """Write all at once, or not at all."""
        if self._file is None:
            return
        data = msgspec.json.encode(
            KeptCourse(_READER, stamp, header, lessons), enc_hook=self._relative
        )
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(self._file, data)

    def _relative(self, value: Any) -> str:
        if isinstance(value, Path):
            return value.relative_to(self._folder).as_posix()
        raise NotImplementedError(type(value))

    def _absolute(self, _kind: type, value: Any) -> Path:
        return self._folder / str(value)


def _write_whole(file: Path, data: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=file.name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
