"""Who passes the placement test of a module need not work through it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from playground.study import Study

COURSE = """\
format: 1
id: small
title: A small course
language: en
modules:
  - {id: start, title: Where to begin, folder: 00-start}
  - {id: one, title: First things, folder: 01-one}
  - {id: two, title: Second things, folder: 02-two}
"""
TEST = """\
format: 1
id: placement
title: Where to begin
database: ../club.sqlite
text: Nothing to read.
exercises:
  - id: all
    title: All
    task: Return every **id**.
    tags: ["places:one"]
    solution: |
      select(Members.id)
  - id: some
    title: Some
    task: Return every **name**.
    tags: ["places:one"]
    solution: |
      select(Members.name)
"""


@pytest.fixture
def study(folder: Path, open_study: Callable[[], Study]) -> Study:
    (folder / "00-start").mkdir()
    (folder / "00-start" / "01-placement.yaml").write_text(TEST)
    (folder / "course.yaml").write_text(COURSE)
    return open_study()


def place(study: Study) -> str:
    exercise = study.where.exercise
    assert exercise is not None
    return exercise.ref


def test_a_module_is_known_once_its_whole_test_is_passed(study: Study) -> None:
    assert study.check("select(Members.id)").verdict == "pass"
    assert [module.known for module in study.outline()] == [False, False, False]
    study.next()
    assert study.check("select(Members.name)").verdict == "pass"
    assert [module.known for module in study.outline()] == [False, True, False]


def test_what_is_known_is_not_required_and_is_passed_over(study: Study) -> None:
    before = study.progress().total
    study.check("select(Members.id)")
    study.next()
    study.check("select(Members.name)")
    assert study.progress().total == before - 3
    study.next()
    assert place(study) == "second/count"
    study.check("select(func.count(Members.id))")
    assert study.progress().done
    milestone = study.milestone()
    assert milestone is not None
    assert milestone.kind == "course"


def test_a_known_module_can_be_worked_through_all_the_same(study: Study) -> None:
    for answer in ("select(Members.id)", "select(Members.name)"):
        study.check(answer)
        study.next()
    study.go("first", "ids")
    study.next()
    assert place(study) == "first/names"
    study.check("select(Members.name)")
    assert study.outline()[1].progress.passed == 1


def test_a_solution_that_was_looked_up_places_nobody(study: Study) -> None:
    study.check("select(Members.id)")
    study.next()
    for _ in range(3):
        study.check(f"select(Members.id + {_})")
    study.open_solution()
    assert not any(module.known for module in study.outline())
