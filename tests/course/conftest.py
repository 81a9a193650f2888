"""Courses written to a folder of the test's own."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from playground.course import Course, CourseError, Fault, open_course

COURSE = """
format: 1
id: demo
title: {en: Demo, ru: Пример}
language: en
translations: [ru]
modules:
  - id: first
    title: First steps
    folder: 01-first
"""
LESSON = """
format: 1
id: nulls
title: NULL
database: none
minutes: 5
text: |
  Nothing equals NULL.
exercises:
  - id: unrated
    title: Unrated
    task: |
      Return the unrated.
    solution: |
      select(Review.id).where(Review.rating.is_(None))
    hints: [Nothing equals NULL., Columns have is_.]
"""


class Folder:
    """A folder to write a course into."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir()

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a file, its folder too; text is dedented."""
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else dedent(text).lstrip("\n").encode())
        return file

    def open(self, language: str = "en", cache: Path | None = None) -> Course:
        """Open the course."""
        return open_course(self.path, language=language, cache=cache)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An empty course folder."""
    return Folder(tmp_path / "my course")


@pytest.fixture
def course(folder: Folder) -> Folder:
    """A course of one lesson."""
    folder.write("course.yaml", COURSE)
    folder.write("01-first/01-nulls.yaml", LESSON)
    return folder


@pytest.fixture
def faults_of(folder: Folder) -> Callable[[str | bytes], list[Fault]]:
    """What is said of a lesson's text."""

    def read(text: str | bytes) -> list[Fault]:
        file = folder.write("lesson.yaml", text)
        try:
            return list(open_course(file).faults)
        except CourseError as error:
            return list(error.faults)

    return read


@pytest.fixture
def faults_of_exercise(
    faults_of: Callable[[str | bytes], list[Fault]],
) -> Callable[[str], list[Fault]]:
    """What is said of an exercise's fields (beside id, title, task); line 1 is their first line."""
    head = "format: 1\nid: a\ntitle: A\nexercises:\n  - id: one\n    title: One\n    task: Do it.\n"

    def read(fields: str) -> list[Fault]:
        body = "".join(
            f"    {line}\n" if line else "\n" for line in dedent(fields).strip("\n").split("\n")
        )
        found = faults_of(head + body)
        start = head.count("\n")
        return [
            Fault(
                type(fault.place)(
                    fault.place.file, fault.place.line - start, fault.place.column - 4
                ),
                fault.message,
            )
            for fault in found
        ]

    return read
