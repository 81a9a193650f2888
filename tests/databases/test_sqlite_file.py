"""A SQLite file is read whole, or refused with a reason, and never touched."""

import contextlib
import sqlite3
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.databases import DatabaseError
from playground.databases.sqlite_file import read_sqlite_file

WRITER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute(sys.argv[2])
connection.execute("BEGIN EXCLUSIVE")
connection.execute("INSERT INTO club VALUES (2)")
print("ready", flush=True)
sys.stdin.read()
"""


def make(file, *statements):
    connection = sqlite3.connect(file, isolation_level=None)
    for statement in ("CREATE TABLE club (id INTEGER)", "INSERT INTO club VALUES (1)", *statements):
        connection.execute(statement)
    return connection


def rows(image):
    connection = sqlite3.connect(":memory:")
    connection.deserialize(image)
    return connection.execute("SELECT id FROM club").fetchall()


def everything(folder):
    return {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in folder.iterdir()}


def test_a_file_is_its_bytes(tmp_path):
    make(tmp_path / "club.sqlite").close()
    before = everything(tmp_path)
    assert rows(read_sqlite_file(tmp_path / "club.sqlite").data) == [(1,)]
    assert everything(tmp_path) == before


def test_a_closed_wal_database_is_whole(tmp_path):
    make(tmp_path / "club.sqlite", "PRAGMA journal_mode=WAL").close()
    found = read_sqlite_file(tmp_path / "club.sqlite")
    assert found.whole
    assert rows(found.data) == [(1,)]


def test_an_open_wal_database_comes_with_its_log(tmp_path):
    writer = make(
        tmp_path / "club.sqlite", "PRAGMA journal_mode=WAL", "INSERT INTO club VALUES (2)"
    )
    before = everything(tmp_path)
    found = read_sqlite_file(tmp_path / "club.sqlite")
    assert found.wal
    assert everything(tmp_path) == before
    writer.close()


@pytest.mark.skipif(sys.platform == "win32", reason="a locked file cannot be opened there")
def test_a_locked_database_is_refused(tmp_path):
    file = tmp_path / "club.sqlite"
    make(file).close()
    command = [sys.executable, "-c", WRITER, str(file), "PRAGMA journal_mode=DELETE"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
        assert writer.stdout.readline() == b"ready\n"
        with pytest.raises(DatabaseError, match="locked") as refused:
            read_sqlite_file(file)
        writer.communicate()
    assert refused.value.place.file == file


def test_an_empty_file_is_an_empty_database(tmp_path):
    (tmp_path / "club.sqlite").touch()
    assert read_sqlite_file(tmp_path / "club.sqlite").data == b""


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"id,name\n1,Ana\n" * 20, "no SQLite database"),
        (b"SQLite format 3\x00", "cut short"),
        (b"SQLite format 3\x00" + bytes(200), "damaged"),
    ],
)
def test_what_is_no_database_is_refused(tmp_path, content, message):
    file = tmp_path / "club.sqlite"
    file.write_bytes(content)
    with pytest.raises(DatabaseError, match=message):
        read_sqlite_file(file)


def test_a_truncated_database_is_refused(tmp_path):
    file = tmp_path / "club.sqlite"
    make(file).close()
    file.write_bytes(file.read_bytes()[:5000])
    with pytest.raises(DatabaseError, match="cut short"):
        read_sqlite_file(file)


def test_a_huge_file_is_refused_unread(tmp_path):
    file = tmp_path / "club.sqlite"
    with file.open("wb") as stream:
        stream.truncate(300 * 1024 * 1024)
    with pytest.raises(DatabaseError, match="at most 256 MB"):
        read_sqlite_file(file)


def test_missing_files_and_folders_are_refused(tmp_path):
    with pytest.raises(DatabaseError, match="no such file"):
        read_sqlite_file(tmp_path / "club.sqlite")
    with pytest.raises(DatabaseError):
        read_sqlite_file(tmp_path)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path_factory, content):
    file = tmp_path_factory.getbasetemp() / "any.sqlite"
    for data in (content, b"SQLite format 3\x00" + content):
        file.write_bytes(data)
        with contextlib.suppress(DatabaseError):
            assert read_sqlite_file(file).whole
