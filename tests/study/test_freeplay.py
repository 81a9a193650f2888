"""A SQLite file of one's own."""

from pathlib import Path

import pytest

from playground.databases import DatabaseError, Databases
from playground.records import Records
from playground.running import Runners
from playground.study import FreePlay, Study

from .conftest import club


@pytest.fixture
def databases(tmp_path: Path, runners: Runners) -> Databases:
    return Databases(None, cache=tmp_path / "cache", runners=runners)


def free_play(file: Path, databases: Databases, runners: Runners, records: Records) -> Study:
    return Study(FreePlay(file, databases), databases, runners, records, path=str(file))


@pytest.mark.parametrize("name", ["club.sqlite", "my club.db", "é и.sqlite3", "noending"])
def test_the_file_is_played_on_and_never_changed(
    name: str, tmp_path: Path, databases: Databases, runners: Runners, records: Records
) -> None:
    file = club(tmp_path / name)
    before = file.read_bytes()
    study = free_play(file, databases, runners, records)
    assert study.where.scratch
    assert not study.where.has_next
    assert study.draft() == "select(Members).limit(10)\n"
    live = study.run(study.draft())
    live.close()
    assert live.run.result is not None
    assert live.run.result.total == 3
    live = study.run("DELETE FROM members")
    live.close()
    assert live.run.status == "ok"
    assert study.next() == study.where
    assert file.read_bytes() == before
    study.keep_draft("mine")
    assert free_play(file, databases, runners, records).draft() == "mine"
    assert [table.name for table in study.schema()] == ["members"]


def test_an_empty_file_is_an_empty_database(
    tmp_path: Path, databases: Databases, runners: Runners, records: Records
) -> None:
    file = tmp_path / "empty.sqlite"
    file.touch()
    study = free_play(file, databases, runners, records)
    assert study.draft() == ""
    assert study.where.lesson.text


@pytest.mark.parametrize("content", [b"no database at all" * 50, None])
def test_what_is_no_database_is_said(
    content: bytes | None, tmp_path: Path, databases: Databases
) -> None:
    file = tmp_path / "file.sqlite"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(DatabaseError):
        FreePlay(file, databases)
