"""Damaged files: how one is known, and how it is set aside."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DBAPIError, OperationalError

from playground.records.models import Base
from playground.records.schema import HEAD, reading, revision_of

UNREADABLE = (DBAPIError, ValueError, TypeError)
"""What reading and writing can end in; the latter two where a value is not of its column's type."""
COMPANIONS = ("-journal", "-wal", "-shm")
"""Files that SQLite keeps beside a database and would apply to any new one of the same name."""


def is_damaged(engine: Engine) -> bool:
    """Whether a SQLite file is no sound database, or its tables are not those that it says it has."""
    try:
        with reading(engine) as connection:
            answer = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
            connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema").all()
            if answer == "ok" and revision_of(connection) == HEAD:
                return not _has_its_tables(connection)
    except (DBAPIError, UnicodeDecodeError) as error:
        return tells_damage(error)
    return answer != "ok"


def _has_its_tables(connection: Connection) -> bool:
    try:
        for table in Base.metadata.sorted_tables:
            connection.execute(select(table).limit(0)).all()
    except OperationalError as error:
        if "no such" in str(error.orig):
            return False
        raise
    return True


def tells_damage(error: Exception) -> bool:
    """Whether what was read of a SQLite file is not what was written."""
    if not isinstance(error, DBAPIError):
        return True
    name = getattr(error.orig, "sqlite_errorname", "")
    undecodable = "Could not decode to UTF-8" in str(error.orig)
    return name == "SQLITE_NOTADB" or name.startswith("SQLITE_CORRUPT") or undecodable


def set_aside(file: Path) -> Path:
    """Rename a damaged database and the files beside it; gives the new name.

    Raises:
        OSError: where it cannot be renamed.
    """
    moment = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    aside = file.with_name(f"{file.stem}.damaged-{moment}{file.suffix}")
    count = 1
    while aside.exists():
        count += 1
        aside = file.with_name(f"{file.stem}.damaged-{moment}-{count}{file.suffix}")
    file.rename(aside)
    for ending in COMPANIONS:
        companion = file.with_name(file.name + ending)
        if companion.exists():
            companion.rename(aside.with_name(aside.name + ending))
    return aside


def set_aside_before(file: Path) -> list[Path]:
    """Every file that was set aside from `file`, and the one used instead of it."""
    patterns = (f"{file.stem}.damaged-*{file.suffix}*", f"{file.stem}.{HEAD}{file.suffix}*")
    return [found for pattern in patterns for found in sorted(file.parent.glob(pattern))]
