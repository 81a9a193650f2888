"""Opening the database of the records, so that nothing the learner has is ever lost over it.

A damaged file is renamed and a new one begun; a newer version's file is left alone and another
name used; where nothing can be written, the records live in memory until the program ends.
"""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from playground.records.damage import is_damaged, set_aside, tells_damage
from playground.records.engines import file_of, make_engine, shown
from playground.records.salvage import holds_nonsense, salvage
from playground.records.schema import HEAD, UnknownStoreError, prepare
from playground.texts import _, ngettext


class Store(NamedTuple):
    """An open database with this version's tables."""

    engine: Engine
    url: URL | None
    """Where it is; None where it is in memory for want of a better place."""
    notices: list[str]
    """Sentences for the learner."""

    @property
    def retries(self) -> int:
        """How often a transaction is worth repeating: servers end one of two that block each other."""
        return 0 if self.engine.dialect.name == "sqlite" else 4


def open_store(url: str) -> Store:
    """The store at an SQLAlchemy URL. Never raises: what went wrong is in the notices."""
    try:
        address = make_url(url)
    except ArgumentError as error:
        return stand_in(None, memory_notice(shown(url), error))
    try:
        engine = make_engine(address)
    except (ImportError, SQLAlchemyError) as error:
        return stand_in(None, _unusable(shown(address), error))
    if file_of(address) is not None:
        return _open_file(address)
    try:
        prepare(engine)
    except UnknownStoreError as unknown:
        engine.dispose()
        return stand_in(None, _unknown(shown(address), unknown))
    except SQLAlchemyError as error:
        engine.dispose()
        return stand_in(None, _unusable(shown(address), error))
    return Store(engine, address, [])


def stand_in(failed: URL | None, *notices: str) -> Store:
    """A store in memory, with what can still be read of the SQLite database that failed."""
    if failed is not None and _may_be_read(failed):
        engine = make_engine(make_url("sqlite://"))
        try:
            _copy(failed, engine)
            prepare(engine)
        except (SQLAlchemyError, UnknownStoreError, sqlite3.Error, ValueError):
            engine.dispose()
        else:
            return Store(engine, None, list(notices))
    engine = make_engine(make_url("sqlite://"))
    prepare(engine)
    return Store(engine, None, list(notices))


def recover(failed: Store, error: Exception) -> Store:
    """Where to go on when an open store fails: in a new file if its own is damaged, else in memory.

    `error` is one of `UNREADABLE`; where it tells of no damage, but of a fault of the program, it
    is raised again.
    """
    file = None if failed.url is None else file_of(failed.url)
    if not isinstance(error, DBAPIError) and (file is None or not holds_nonsense(failed.engine)):
        raise error
    if file is None or not tells_damage(error):
        return retreat(failed, error)
    failed.engine.dispose()
    try:
        if not is_damaged(failed.engine) and not holds_nonsense(failed.engine):
            # Another app has set the damaged file aside; this is the new one.
            return failed._replace(notices=[])
        return failed._replace(notices=[_begin_anew(failed.engine, file)])
    except (OSError, SQLAlchemyError) as another:
        return retreat(failed, another)


def retreat(failed: Store, error: Exception) -> Store:
    """Memory, with what can be read of the store that failed."""
    if failed.url is None:
        fresh = stand_in(None)
        with suppress(DBAPIError):
            salvage(failed.engine, fresh.engine)
        failed.engine.dispose()
        return fresh
    failed.engine.dispose()
    return stand_in(failed.url, memory_notice(shown(failed.url), error))


def memory_notice(name: str, error: Exception) -> str:
    """Says that nothing can be written to the store `name`, and what that means."""
    return _(
        "Your records cannot be written to {store} ({reason}). "
        "What you do now is kept until you leave the program."
    ).format(store=name, reason=_reason(error))


def _open_file(address: URL) -> Store:
    file = file_of(address)
    assert file is not None
    notices: list[str] = []
    engine = make_engine(address)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if is_damaged(engine):
            notices.append(_begin_anew(engine, file))
        prepare(engine)
    except UnknownStoreError as unknown:
        engine.dispose()
        return _open_another(address, file, unknown)
    except (OSError, ValueError, SQLAlchemyError) as error:
        engine.dispose()
        return stand_in(address, memory_notice(str(file), error))
    return Store(engine, address, notices)


def _begin_anew(engine: Engine, file: Path) -> str:
    """Set a damaged store aside, make a new one with what can be saved; says so."""
    # A pooled connection would go on in the file that is set aside.
    engine.dispose()
    aside = set_aside(file)
    prepare(engine)
    damaged = make_engine(URL.create("sqlite", database=str(aside)))
    try:
        saved = salvage(damaged, engine)
    finally:
        damaged.dispose()
    notice = _(
        "Your records in {file} were damaged. They are set aside as {aside}, and new ones are begun."
    ).format(file=file, aside=aside.name)
    if saved:
        rescued = ngettext(
            "{count} entry could be taken over.", "{count} entries could be taken over.", saved
        )
        notice += " " + rescued.format(count=saved)
    return notice


def _open_another(address: URL, file: Path, unknown: UnknownStoreError) -> Store:
    """This version's own file beside one that it must not touch."""
    other = file.with_name(f"{file.stem}.{HEAD}{file.suffix}")
    if file.stem.endswith(f".{HEAD}"):
        return stand_in(None, _unknown(str(file), unknown))
    store = _open_file(address.set(database=str(other)))
    if unknown.revision is None:
        notice = _(
            "{file} is another program's database. It is left as it is; your records are in {other}."
        )
    else:
        notice = _(
            "The records in {file} were written by a newer version of this program. "
            "They are left as they are; this version keeps its own in {other}."
        )
    return store._replace(notices=[notice.format(file=file, other=other.name), *store.notices])


def _may_be_read(url: URL) -> bool:
    file = file_of(url)
    try:
        return url.get_backend_name() == "sqlite" and (file is None or file.is_file())
    except ValueError:
        # Python 3.11 has no answer for a name that no file can have.
        return False


def _copy(failed: URL, engine: Engine) -> None:
    """Bring the whole content of a SQLite database into an in-memory one, only reading it."""
    broken = make_engine(failed)
    try:
        with (
            closing(broken.raw_connection()) as source,
            closing(engine.raw_connection()) as target,
        ):
            assert isinstance(source.driver_connection, sqlite3.Connection)
            assert isinstance(target.driver_connection, sqlite3.Connection)
            source.driver_connection.backup(target.driver_connection, progress=_give_up_if_locked)
    finally:
        broken.dispose()


def _give_up_if_locked(status: int, remaining: int, total: int) -> None:
    # Left alone, a backup waits for ever for a lock that another program does not give back.
    if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        raise sqlite3.OperationalError("database is locked")


def _unknown(name: str, unknown: UnknownStoreError) -> str:
    if unknown.revision is None:
        message = _("{store} has tables of another program. It is left as it is.")
    else:
        message = _(
            "The records in {store} were written by a newer version of this program. "
            "They are left as they are."
        )
    meanwhile = _("What you do now is kept until you leave the program.")
    return f"{message.format(store=name)} {meanwhile}"


def _unusable(name: str, error: Exception) -> str:
    if isinstance(error, ImportError):
        return _(
            "The store {store} needs the Python package {package}, which is not installed. "
            "What you do now is kept until you leave the program."
        ).format(store=name, package=error.name or error)
    return memory_notice(name, error)


def _reason(error: Exception) -> str:
    """The first line of what the driver or the system said."""
    inner = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(inner, OSError) and inner.strerror:
        return inner.strerror
    return str(inner).strip().split("\n")[0] or type(inner).__name__
