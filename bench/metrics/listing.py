"""Listing a warm course of 60 lessons, against one CSafeLoader pass over its files."""

import shutil
import tempfile
from pathlib import Path

import yaml

from bench.measure import Measurement, busy, interleaved
from playground.course import open_course

LESSONS = 60
ROUNDS = 15


def measure() -> list[Measurement]:
    """One row."""
    folder = Path(tempfile.mkdtemp())
    try:
        make_course(folder / "course")
        cache = folder / "cache"

        def listing() -> int:
            course = open_course(folder / "course", cache=cache)
            return sum(len(outline.exercises) for outline in course.lessons())

        def one_pass() -> None:
            for file in sorted((folder / "course" / "all").glob("*.yaml")):
                yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)

        assert listing() == LESSONS * 4
        costs = interleaved({"ours": busy(listing), "pass": busy(one_pass)}, ROUNDS)
    finally:
        shutil.rmtree(folder)
    return [
        Measurement(
            f"listing {LESSONS} lessons, warm", costs["ours"], costs["pass"], "ms CPU",
            "one CSafeLoader pass over them", 0.1,
        )
    ]  # fmt: skip


def make_course(folder: Path) -> None:
    """A course of lessons like the bundled ones: about 80 lines, four exercises each."""
    (folder / "all").mkdir(parents=True)
    (folder / "course.yaml").write_text(
        "format: 1\nid: many\ntitle: Many lessons\nlanguage: en\n"
        "modules:\n  - id: all\n    title: All\n    folder: all\n",
        encoding="utf-8",
    )
    for number in range(LESSONS):
        (folder / "all" / f"{number:02}-lesson.yaml").write_text(lesson(number), encoding="utf-8")


def lesson(number: int) -> str:
    """The text of one lesson file."""
    head = f"format: 1\nid: lesson-{number}\ntitle: Lesson {number}\nminutes: 10\ntext: |\n"
    text = "  A paragraph of the lesson that says something about rows and columns.\n" * 20
    return head + text + "exercises:\n" + "".join(map(exercise, range(4)))


def exercise(number: int) -> str:
    """One exercise of about fifteen lines."""
    return f"""\
  - id: exercise-{number}
    title: Exercise {number}
    task: |
      Return the number {number}, and nothing else than the number,
      as one row of one column.
    starter: |
      select(literal(0))
    solution: |
      select(literal({number}))
    hints:
      - A literal is a value that is sent with the statement.
      - |
        `literal(…)` makes one.
    mistakes:
      - answer: |
          select(literal({number + 1}))
        finding: wrong-rows
"""
