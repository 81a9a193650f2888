"""A SQLite file as bytes, read without touching it, without SQLite and without waiting.

The header is checked here (https://www.sqlite.org/fileformat.html#the_database_header); the pages
are not looked at: what a process that trusts nobody may not parse, a child opens.
"""

import contextlib
import os
import stat
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from playground.course import Place
from playground.databases.errors import DatabaseError, unreadable
from playground.texts import _

MOST_BYTES = 256 * 1024 * 1024
"""A run copies its database into memory-backed storage; beyond this it would not fit beside itself."""

_MAGIC = b"SQLite format 3\x00"
_ROLLBACK, _WAL = 1, 2
_WRITE_VERSION, _READ_VERSION = 18, 19
_FIRST_LOCK_BYTE = 0x40000000
_LOCK_BYTES = 512
_TRIES = 3


class SqliteFile(msgspec.Struct, frozen=True):
    """The bytes of a database file with what stands beside it; empty where there is nothing."""

    data: bytes
    wal: bytes = b""
    """Changes that are committed but not yet in `data`."""
    journal: bytes = b""
    """What must be rolled back because a writer died."""

    @property
    def whole(self) -> bool:
        """Whether `data` alone is the database."""
        return not (self.wal or self.journal)


def read_sqlite_file(file: Path) -> SqliteFile:
    """The database in `file` and its write-ahead log or hot journal.

    Raises:
        DatabaseError: it is missing, no database, cut short, too large, or being written.
    """
    for _try in range(_TRIES):
        before = _stamps(file)
        found = _read(file)
        if _stamps(file) == before:
            _check_header(file, found.data)
            return found if found.wal else _without_wal_mode(found)
    raise DatabaseError(
        _("Another program is writing to this database. Close it there and try again."),
        Place(file),
    )


def _beside(file: Path, suffix: str) -> Path:
    return file.with_name(file.name + suffix)


def _stamps(file: Path) -> list[tuple[int, int] | None]:
    return [_stamp(file), _stamp(_beside(file, "-wal")), _stamp(_beside(file, "-journal"))]


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _read(file: Path) -> SqliteFile:
    try:
        with file.open("rb") as stream, _read_lock(stream):
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise DatabaseError(_("This is no file."), Place(file))
            if status.st_size > MOST_BYTES:
                raise DatabaseError(
                    _("This database has {size} MB; at most {most} MB can be used.").format(
                        size=status.st_size // 1_048_576, most=MOST_BYTES // 1_048_576
                    ),
                    Place(file),
                )
            data = stream.read(MOST_BYTES + 1)
            return SqliteFile(data, _optional(file, "-wal"), _optional(file, "-journal"))
    except BlockingIOError as error:
        raise DatabaseError(
            _("Another program has locked this database. Close it there and try again."),
            Place(file),
        ) from error
    except OSError as error:
        raise unreadable(error, file) from error


def _optional(file: Path, suffix: str) -> bytes:
    try:
        with _beside(file, suffix).open("rb") as stream:
            return stream.read(MOST_BYTES)
    except FileNotFoundError:
        return b""


@contextlib.contextmanager
def _read_lock(stream: BinaryIO) -> Iterator[None]:
    """Holds SQLite's own shared lock where locks are POSIX ones, so that no writer commits meanwhile.

    Raises:
        BlockingIOError: another process holds the file for writing.
    """
    try:
        import fcntl
    except ImportError:  # Windows: a locked region cannot be read at all, which is an OSError
        yield
        return
    place = (_LOCK_BYTES, _FIRST_LOCK_BYTE)
    try:
        fcntl.lockf(stream, fcntl.LOCK_SH | fcntl.LOCK_NB, *place)
    except PermissionError as error:  # POSIX allows EACCES where Linux says EAGAIN
        raise BlockingIOError from error
    try:
        yield
    finally:
        fcntl.lockf(stream, fcntl.LOCK_UN, *place)


def _check_header(file: Path, data: bytes) -> None:
    if not data:
        return
    if not data.startswith(_MAGIC):
        raise DatabaseError(_("This is no SQLite database."), Place(file))
    if len(data) < 100:
        raise DatabaseError(_("This database is cut short."), Place(file))
    page_size, changes, pages = struct.unpack_from(">H6xII", data, 16)
    (valid_for,) = struct.unpack_from(">I", data, 92)
    page_size = 65536 if page_size == 1 else page_size
    if page_size < 512 or page_size & (page_size - 1):
        raise DatabaseError(_("The header of this database is damaged."), Place(file))
    if changes == valid_for and pages * page_size > len(data):
        raise DatabaseError(_("This database is cut short."), Place(file))


def _without_wal_mode(found: SqliteFile) -> SqliteFile:
    """The same, in rollback mode: what `PRAGMA journal_mode=DELETE` writes into the header."""
    if len(found.data) < 100 or found.data[_WRITE_VERSION] != _WAL:
        return found
    data = bytearray(found.data)
    data[_WRITE_VERSION] = data[_READ_VERSION] = _ROLLBACK
    return SqliteFile(bytes(data), found.wal, found.journal)
