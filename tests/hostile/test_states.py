"""Databases made to harm who reads them when their run is over."""

import textwrap
import time

import pytest

from playground.running import Job
from tests.hostile.arena import PATIENT, TITLES, Arena

OPEN = """
    import sqlite3
    c = sqlite3.connect("playground.db")
"""
LEFT = {
    "a table in place of what tells columns": "c.execute('CREATE TABLE pragma_table_xinfo (a)')",
    "a table in place of what tells keys": "c.execute('CREATE TABLE pragma_foreign_key_list (a)')",
    "a table without end": (
        "c.execute('PRAGMA writable_schema = ON')\n"
        "    c.execute(\"INSERT INTO sqlite_schema VALUES ('table', 'n', 'n', 0, 'CREATE VIEW n AS WITH"
        " RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n')\")"
    ),
    "a collation that nobody has": (
        "c.create_collation('own', lambda a, b: 0)\n"
        "    c.execute('CREATE TABLE t (a TEXT COLLATE own)')"
    ),
    "virtual tables": "c.execute('CREATE VIRTUAL TABLE f USING fts5(a)')",
    "checks without end": "c.execute('CREATE TABLE t (a ' + 'CHECK (a > 1) ' * 30_000 + ')')",
    "open checks": "c.execute(\"CREATE TABLE t (a DEFAULT '\" + 'x CHECK ( ' * 100_000 + \"')\")",
    "a name of escapes": "c.execute('CREATE TABLE \"\\x1b[31m\\n[@click=app.quit]\\u202e\" (a)')",
    "a journal that was left": (
        "open('playground.db-journal', 'wb').write(bytes.fromhex('d9d505f920a163d7') + b'\\xff' * 9999)"
    ),
    "a log that was left": "open('playground.db-wal', 'wb').write(b'\\x37\\x7f\\x06\\x82' * 9999)",
    "an index that is none": (
        "c.execute('CREATE INDEX i ON songs (title)')\n    c.execute('PRAGMA writable_schema = ON')\n"
        "    c.execute(\"UPDATE sqlite_schema SET rootpage = 99 WHERE name = 'i'\")"
    ),
}
MADE_UP = f"""{OPEN}
    c.execute("PRAGMA writable_schema = ON")
    c.execute("CREATE TABLE big (a)")
    c.executemany("INSERT INTO big VALUES (?)", [(i,) for i in range(100_000)])
    wide = "a, b AS (printf('%1000000d', a))"
    c.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'big'", [f"CREATE TABLE big ({{wide}})"])
    c.commit()
"""


@pytest.mark.parametrize("name", LEFT)
def test_a_database_that_is_a_trap_is_read_or_not(quick_arena: Arena, name: str) -> None:
    run = quick_arena.attack(f"{OPEN}    {LEFT[name]}\n    c.commit()\n", PATIENT, state=True)
    songs = run.state.table("songs") if run.state is not None else None
    assert songs is None or songs.total == len(TITLES)


@pytest.mark.long
def test_rows_that_a_database_makes_up_take_no_room(quick_arena: Arena) -> None:
    """The first one takes what a reader may have; the others are not tried."""
    job = Job(code=textwrap.dedent(MADE_UP), database=b"", limits=PATIENT, state=True)
    began = time.monotonic()
    runs = quick_arena.runner.run_each(job, [quick_arena.database] * 4)
    assert [(run.status, run.state) for run in runs] == [("ok", None)] * 4
    assert time.monotonic() - began < 60
    quick_arena.expect_honest()
