"""Engines as the records use them: two apps at once, network homes, servers that are away."""

import re
import sqlite3
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from playground.records.schema import READING

BUSY_SECONDS = 5
"""How long one app waits for another that is writing; also for a server to answer."""


def make_engine(url: URL) -> Engine:
    """An engine as the records use it; it does not connect yet."""
    if url.get_backend_name() != "sqlite":
        timeout = {"connect_timeout": BUSY_SECONDS}
        known = url.get_backend_name() in ("postgresql", "mysql", "mariadb")
        return create_engine(url, pool_pre_ping=True, connect_args=timeout if known else {})
    arguments = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    if url.database in (None, "", ":memory:"):
        engine = create_engine(url, poolclass=StaticPool, connect_args=arguments)
    else:
        engine = create_engine(url, connect_args=arguments)
    event.listen(engine, "connect", _leave_transactions_to_us)
    event.listen(engine, "begin", _begin)
    return engine


def file_of(url: URL) -> Path | None:
    """The file of a SQLite URL; None for servers, memory and SQLite's own `file:` names."""
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    assert url.database is not None
    return None if url.database.startswith("file:") else Path(url.database)


def shown(url: URL | str) -> str:
    """The store's name as a person may read it: the file, or the URL without its password."""
    try:
        address = make_url(url)
    except ArgumentError:  # what it is cannot be told: all that may be a password is left out
        return re.sub(r":(?!//).*@", ":***@", str(url), flags=re.DOTALL)
    return str(file_of(address) or address.render_as_string(hide_password=True))


def _leave_transactions_to_us(connection: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:
    # The journal stays SQLite's default: WAL needs shared memory, which network homes lack.
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes later can be refused when two apps are at work;
    # taking the lock at once makes the second one wait instead.
    only_reads = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")
