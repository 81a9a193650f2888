"""A small course with its database, and a learner at work in it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from playground.course import open_course
from playground.databases import Databases
from playground.records import Records
from playground.running import Runners
from playground.study import Study

COURSE = """\
format: 1
id: small
title: A small course
language: en
modules:
  - {id: one, title: First things, folder: 01-one}
  - {id: two, title: Second things, folder: 02-two}
"""

FIRST = """\
format: 1
id: first
title: The first lesson
database: ../club.sqlite
text: |
  Look.

  ```python run
  select(Members.id)
  ```

  ```sql run
  SELECT count(*) FROM members
  ```

  ```python
  this = "is not run"
  ```
exercises:
  - id: ids
    title: All ids
    task: Return the **id** of every member.
    solution: |
      select(Members.id)
    hints: [The first., The second.]
  - id: names
    title: All names
    task: Return the **name** of every member.
    starter: |
      select()
    solution: |
      select(Members.name)
  - id: which
    title: Which one
    kind: quiz
    task: Which is right?
    choose: one
    options:
      - text: This
        right: true
      - text: That
    solution_after: never
"""

SECOND = """\
format: 1
id: second
title: The second lesson
database: ../club.sqlite
text: Nothing to run.
exercises:
  - id: count
    title: How many
    language: any
    task: Return the number of members.
    setup: |
      print("hidden")
    solution: |
      select(func.count(Members.id))
    solution_after: pass
"""

READING = """\
format: 1
id: reading
title: Only to read
text: Nothing to do here.
exercises: []
"""


@pytest.fixture(scope="session")
def runners() -> Iterator[Runners]:
    with Runners(spares=1) as made:
        yield made


def club(file: Path) -> Path:
    """A SQLite file with one table of three rows."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE members (id INTEGER PRIMARY KEY, name VARCHAR(20))")
        connection.executemany(
            "INSERT INTO members (name) VALUES (?)", [("Ann",), ("Bo",), ("Cy",)]
        )
        connection.commit()
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "course"
    for name in ("01-one", "02-two"):
        (root / name).mkdir(parents=True)
    club(root / "club.sqlite")
    (root / "course.yaml").write_text(COURSE)
    (root / "01-one" / "01-first.yaml").write_text(FIRST)
    (root / "02-two" / "01-second.yaml").write_text(SECOND)
    return root


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    url = f"sqlite:///{tmp_path.as_posix()}/records.db"
    made = Records.open(url, tmp_path / "resume.json")
    yield made
    made.close()


@pytest.fixture
def open_study(
    folder: Path, tmp_path: Path, records: Records, runners: Runners
) -> Callable[[], Study]:
    """Opens the course as it is in its folder by then; the records stay the same."""

    def opened() -> Study:
        course = open_course(folder)
        databases = Databases(folder, cache=tmp_path / "cache", runners=runners)
        return Study(course, databases, runners, records, path=str(folder))

    return opened


@pytest.fixture
def study(open_study: Callable[[], Study]) -> Study:
    return open_study()
