"""The store's tables are brought to what this version knows: made, or migrated.

The revision is read with a plain query; Alembic is imported only when a migration is due.
"""

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
        if _revision(connection) == HEAD:
            return
    try:
        with engine.begin() as connection:
            _bring_up(connection)
    except DBAPIError:
        # Another process may have made the tables in the meantime.
        with reading(engine) as connection:
            if _revision(connection) != HEAD:
                raise


def reading(engine: Engine) -> Connection:
    """A connection that will only read, and so takes no lock that another app would wait for."""
    return engine.connect().execution_options(**{READING: True})


def _bring_up(connection: Connection) -> None:
    revision = _revision(connection)
    if revision == HEAD:
        return
    if revision is None:
        if set(inspect(connection).get_table_names()) & set(Base.metadata.tables):
            raise UnknownStoreError(None)
        Base.metadata.create_all(connection)
        VERSION.create(connection)
        connection.execute(insert(VERSION).values(version_num=HEAD))
    elif revision == "" or revision in REVISIONS:
        from playground.records.migrations import upgrade

        upgrade(connection)
    else:
        raise UnknownStoreError(revision)


def _revision(connection: Connection) -> str | None:
    """The stored revision, empty before the first migration; None where there is no store yet."""
    if not inspect(connection).has_table(VERSION.name):
        return None
    return connection.scalar(select(VERSION.c.version_num)) or ""
