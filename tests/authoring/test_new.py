"""What `playground new` writes proves as it is."""

import sqlite3
from pathlib import Path

import pytest

from playground.cli import main


def prove(path: Path) -> int:
    return main(["prove", str(path)])


def test_a_new_lesson_proves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "lesson", str(tmp_path / "01-joins")]) == 0
    assert prove(tmp_path / "01-joins.yaml") == 0
    assert "survives" not in capsys.readouterr().out


def test_a_new_course_proves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "course", str(tmp_path / "my-course")]) == 0
    assert prove(tmp_path / "my-course") == 0
    assert "1 exercise" in capsys.readouterr().out


def test_a_new_lesson_on_a_database_of_ones_own_proves(tmp_path: Path) -> None:
    club = tmp_path / "club.sqlite"
    connection = sqlite3.connect(club)
    connection.executescript(
        'CREATE TABLE "odd ""name" (id INTEGER PRIMARY KEY, "it\'s" TEXT);'
        "INSERT INTO \"odd \"\"name\" VALUES (1, 'a'), (2, 'b');"
    )
    connection.close()
    assert main(["new", "lesson", str(tmp_path / "club-lesson"), "--from", str(club)]) == 0
    assert (tmp_path / "club-lesson.sqlite").stat().st_size > 0
    assert prove(tmp_path / "club-lesson.yaml") == 0


def test_a_new_lesson_on_ones_own_database_asks_as_one_would_write(tmp_path: Path) -> None:
    club = tmp_path / "club.sqlite"
    connection = sqlite3.connect(club)
    connection.executescript(
        "CREATE TABLE book (isbn TEXT PRIMARY KEY, title TEXT); INSERT INTO book VALUES ('1', 'a');"
    )
    connection.close()
    assert main(["new", "lesson", str(tmp_path / "books"), "--from", str(club)]) == 0
    lesson = (tmp_path / "books.yaml").read_text("utf-8")
    assert "Return `isbn` of every row of `book`." in lesson
    assert "select(Book.isbn)" in lesson
    assert prove(tmp_path / "books.yaml") == 0


def test_a_source_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "club.sqlite"
    assert main(["new", "lesson", str(tmp_path / "books"), "--from", str(missing)]) == 2
    assert "does not exist" in capsys.readouterr().err


def test_nothing_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "joins.sql"
    mine.write_text("-- mine", "utf-8")
    assert main(["new", "lesson", str(tmp_path / "joins")]) == 2
    assert mine.read_text("utf-8") == "-- mine"
    assert not (tmp_path / "joins.yaml").exists()
    assert "joins.sql" in capsys.readouterr().err


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "text.sqlite"
    text.write_text("no database", "utf-8")
    assert main(["new", "database", str(tmp_path / "club"), "--from", str(text)]) == 3
    assert not (tmp_path / "club").exists()
