"""The store's tables are brought to what this version knows: made, or migrated.

The revision is read with a plain query; Alembic is imported only when a migration is due.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, insert, inspect, select
from sqlalchemy.exc import DBAPIError

from playground.records.models import VERSION, Base

REVISIONS = ("0001",)
"""The migrations that this version has, oldest first (a test holds them to `migrations`)."""
HEAD = REVISIONS[-1]
READING = "playground_reading"
"""The execution option of connections that only read."""


class UnknownStoreError(Exception):
    """The store was written by a newer version, or is another program's; it stays untouched.

    `revision` is the one found, or None where another program's tables stand in the way.
    """

    def __init__(self, revision: str | None) -> None:
        super().__init__(revision)
        self.revision = revision


def prepare(engine: Engine) -> None:
    """Make or migrate the tables, if that is due.

    Raises:
        UnknownStoreError: and nothing was changed.
        DBAPIError: where the database cannot be read or written.
    """
    with reading(engine) as connection:
        if revision_of(connection) == HEAD:
            return
    try:
        with engine.begin() as connection:
            _bring_up(connection)
    except DBAPIError:
        # Another process may have made the tables in the meantime.
        with reading(engine) as connection:
            if revision_of(connection) != HEAD:
                raise


def reading(engine: Engine) -> Connection:
    """A connection that will only read, and so takes no lock that another app would wait for."""
    return engine.connect().execution_options(**{READING: True})


def _bring_up(connection: Connection) -> None:
    with _alone(connection):
        revision = revision_of(connection)
        if revision is None:
            if set(inspect(connection).get_table_names()) & set(Base.metadata.tables):
                raise UnknownStoreError(None)
            VERSION.create(connection)
        if not revision:
            Base.metadata.create_all(connection)
            connection.execute(insert(VERSION).values(version_num=HEAD))
        elif revision not in REVISIONS:
            raise UnknownStoreError(revision)
        elif revision != HEAD:
            from playground.records.migrations import upgrade

            upgrade(connection)


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    """Keep others from making the tables meanwhile, where that is no part of a transaction."""
    if connection.dialect.name not in ("mysql", "mariadb"):
        yield
        return
    connection.exec_driver_sql("SELECT GET_LOCK('playground_records', 30)")
    try:
        yield
    finally:
        connection.exec_driver_sql("SELECT RELEASE_LOCK('playground_records')")


def revision_of(connection: Connection) -> str | None:
    """The stored revision; None where there is no store yet.

    It is empty where making the tables was cut short (MariaDB has no transactions for that).
    """
    if not inspect(connection).has_table(VERSION.name):
        return None
    return connection.scalar(select(VERSION.c.version_num)) or ""
