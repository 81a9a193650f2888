"""A lesson of the test's own, proved as `playground prove` does."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from playground.authoring import LessonProof, prove
from playground.course import open_course
from playground.databases import Databases
from playground.running import Runners

TEA = """\
CREATE TABLE origin (id INTEGER PRIMARY KEY, country TEXT NOT NULL);
CREATE TABLE tea (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, grams INTEGER NOT NULL, rating INTEGER,
  origin_id INTEGER NOT NULL REFERENCES origin (id));
INSERT INTO origin (country) VALUES ('China'), ('India');
"""
ONE = TEA + "INSERT INTO tea VALUES (7, 'Matcha', 30, 5, 1), (8, 'Assam', 100, 6, 2);\n"
FEW = TEA + "INSERT INTO tea VALUES (1, 'Oolong', 50, 4, 1), (2, 'Assam', 100, 5, 2);\n"
MANY = (
    FEW
    + """\
INSERT INTO origin (country) VALUES ('Kenya');
INSERT INTO tea VALUES (3, 'Sencha', 75, NULL, 1), (4, 'Oolong', 60, 3, 1), (5, 'Mate', 75, 4, 2);
"""
)

STRICT = """\
format: 1
id: strict
title: Strict
proof: strict
modules:
  - {id: tea, title: Tea, folder: tea}
"""

Prove = Callable[..., LessonProof]


@pytest.fixture(scope="session")
def runners() -> Iterator[Runners]:
    with Runners(spares=0) as runners:
        yield runners


@pytest.fixture
def proved(tmp_path: Path, runners: Runners) -> Prove:
    """`proved(solution, rows)` proves a lesson with one exercise on a database script.

    `more` are further lines of the exercise; keywords go to `prove`. With `strict` the lesson
    stands in a course that asks for it.
    """

    def one(
        solution: str,
        rows: str,
        *,
        more: str = "",
        strict: bool = False,
        use: Runners | None = None,
        **terms: Any,
    ) -> LessonProof:
        folder = tmp_path / "tea" if strict else tmp_path
        folder.mkdir(exist_ok=True)
        if strict:
            (tmp_path / "course.yaml").write_text(STRICT, "utf-8")
        (folder / "tea.sql").write_text(rows, "utf-8")
        body = "".join(f"      {line}\n" for line in solution.splitlines())
        extra = "".join(f"    {line}\n" for line in more.splitlines())
        (folder / "first.yaml").write_text(
            "format: 1\nid: first\ntitle: First\ndatabase: tea.sql\nexercises:\n"
            f"  - id: one\n    title: One\n    task: Do it.\n    solution: |\n{body}{extra}",
            "utf-8",
        )
        ran = use or runners
        course = open_course(tmp_path if strict else folder / "first.yaml")
        databases = Databases(course.folder, cache=tmp_path / "cache", runners=ran)
        (proof,) = prove(course, databases, ran, **terms)
        return proof

    return one
