"""The names a run starts with."""

import functools
import sqlite3
import sys
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import sqlalchemy
import sqlalchemy.orm
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session

from .world import World

DATABASE = "playground.db"
"""File name of the run's database in its private directory."""


@functools.cache
def library_names() -> Mapping[str, Any]:
    """Every public name of `sqlalchemy`, then those of `sqlalchemy.orm` that are no modules."""
    names = {name: value for name, value in vars(sqlalchemy).items() if not name.startswith("_")}
    names |= {
        name: value
        for name, value in vars(sqlalchemy.orm).items()
        if not name.startswith("_") and not isinstance(value, types.ModuleType)
    }
    return names


def database_url(directory: Path) -> str:
    """The URL of the run's database in its private directory."""
    return f"sqlite:///{(directory / DATABASE).as_posix()}"


class Namespace:
    """A fresh `__main__` module for one attempt, with an engine on its database file.

    It is made in two steps: a zygote lays out the names, which touches hundreds of objects all
    over the memory, and each process forked from it opens its own database among them.
    """

    engine: Engine
    session: Session
    database_url: str

    def __init__(self, world: World) -> None:
        self._world = world
        self.module = types.ModuleType("__main__")
        self.names = self.module.__dict__
        self.names.update(library_names())
        # In the order in which they are shown; three are bound when the database is opened.
        self.names.update(engine=None, session=None, database_url=None, tables=dict(world.tables))
        self.names.update(world.models)

    def open(self, url: str, engine: Engine | None = None) -> "Namespace":
        """Make the engine and the session, on the database of that URL; gives itself.

        `engine` is one that an attempt on a file of the same name has left as it was: it knows
        how to write the statements that come again.
        """
        self.database_url = url
        self.engine = engine or make_engine(url, foreign_keys=self._world.foreign_keys)
        self.session = Session(self.engine)
        own = {"engine": self.engine, "session": self.session, "database_url": url}
        self.names.update((name, own[name]) for name in own if name not in self._world.models)
        return self

    def install(self) -> None:
        """Make it the process's `__main__`, where annotations and pickles look names up."""
        sys.modules["__main__"] = self.module

    def clear(self) -> None:
        """Let everything go that a run has put here; nothing of it is committed."""
        self.session.close()
        self.names.clear()

    def bound_engine(self) -> Engine:
        """What `engine` is bound to now, if that is an engine; else the preloaded one."""
        engine = self.names.get("engine")
        engine = getattr(engine, "sync_engine", engine)
        return engine if isinstance(engine, Engine) else self.engine

    def bound_session(self) -> Session | None:
        """What `session` is bound to now, if statements can be executed in it here."""
        session = self.names.get("session")
        if isinstance(session, sqlalchemy.orm.scoped_session):
            session = session()
        return session if isinstance(session, Session) else None


def make_engine(url: str, *, foreign_keys: bool) -> Engine:
    """An engine whose connections have the foreign-key pragma as the database wants it."""
    engine = create_engine(url)
    if foreign_keys:
        event.listen(engine, "connect", _enforce_foreign_keys)
    return engine


def _enforce_foreign_keys(connection: sqlite3.Connection, record: object) -> None:
    connection.execute("PRAGMA foreign_keys=ON").close()
