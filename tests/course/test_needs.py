"""What an exercise may need, how it is written, and what is said where it is missing."""

import re
import sys
import tomllib
from pathlib import Path

import pytest

from playground.course import PACKAGES, CourseError, ExerciseOutline, lack, open_course, required
from playground.running.confine import LEARNER_PACKAGES

from .conftest import LESSON, Folder

ABSENT = "needs:sqlite>=99.1"
PRESENT = "needs:sqlite>=3.0"
ROOT = Path(__file__).parents[2]


def outline(*needs: str) -> ExerciseOutline:
    return ExerciseOutline("one", "One", "code", 1, "", tags=needs)


def test_nothing_is_missing_where_nothing_is_needed() -> None:
    assert lack(()) == ""
    assert lack(("joins", "sqlite", PRESENT)) == ""


def test_an_older_sqlite_is_told_with_both_versions() -> None:
    import sqlite3

    said = lack(("joins", PRESENT, ABSENT))
    assert "99.1" in said
    assert sqlite3.sqlite_version in said


def test_a_missing_package_is_told_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    needs = sys.modules["playground.course.needs"]
    monkeypatch.setattr(needs, "_installed", lambda name: name != "flask_sqlalchemy")
    assert lack(("needs:pandas",)) == ""
    for spelled in ("flask_sqlalchemy", "Flask-SQLAlchemy", "flask-sqlalchemy"):
        said = lack((f"needs:{spelled}", "needs:pandas"))
        assert "flask_sqlalchemy" in said
        assert "pandas" not in said
        assert "pip install 'sqlalchemy-playground[ecosystem]'" in said


def test_what_cannot_be_done_is_required_of_nobody_and_counts_once_it_was_done() -> None:
    assert required(outline(), "none")
    assert required(outline(PRESENT), "none")
    assert not required(outline(ABSENT), "none")
    assert not required(outline(ABSENT), "tried")
    assert all(required(outline(ABSENT), state) for state in ("passed", "changed", "seen"))


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("needs:panads", "pandas"),
        ("needs:SQLAlchemy-Utils", "aiosqlite, alembic"),
        ("needs:", "pandas"),
        ("needs:sqlite", "needs:sqlite>=3.39"),
        ("needs:sqlite>3.39", "needs:sqlite>=3.39"),
        ("needs:sqlite>=new", "needs:sqlite>=3.39"),
    ],
)
@pytest.mark.parametrize("of_lesson", [False, True], ids=["exercise", "lesson"])
def test_a_need_of_that_name_there_is_none(
    folder: Folder, tag: str, said: str, of_lesson: bool
) -> None:
    key = "minutes: 5" if of_lesson else "    title: Unrated"
    indent = "" if of_lesson else "    "
    text = LESSON.lstrip().replace(key, f'{key}\n{indent}tags: [nulls, "{tag}"]')
    with pytest.raises(CourseError) as raised:
        open_course(folder.write("a.yaml", text))
    (fault,) = raised.value.faults
    line = text.splitlines()[fault.place.line - 1]
    assert line[fault.place.column - 1 :].lstrip('"').startswith(tag)
    assert said in fault.message


def test_an_outline_knows_the_tags_of_its_exercises(folder: Folder) -> None:
    text = LESSON.replace("title: Unrated", f'title: Unrated\n    tags: [nulls, "{ABSENT}"]')
    file = folder.write("a.yaml", text)
    (exercise,) = open_course(file).lessons()[0].exercises
    assert exercise.tags == ("nulls", ABSENT)


def test_whatever_may_be_needed_can_be_imported_by_learners_and_is_documented() -> None:
    assert set(PACKAGES) <= set(LEARNER_PACKAGES)
    page = (ROOT / "docs" / "lesson-format.md").read_text(encoding="utf-8")
    listed = page.partition("The packages that can be needed:")[2].partition(".")[0]
    assert re.findall(r"`(\w+)`", listed) == list(PACKAGES)


def test_the_extra_brings_whatever_may_be_needed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["ecosystem"], *extras["async"]]
    named = {re.split(r"[^\w-]", each)[0].replace("-", "_") for each in wanted}
    brought = {"flask": "flask_sqlalchemy", "numpy": "pandas", "pydantic": "fastapi"}
    assert {brought.get(name, name) for name in PACKAGES} <= named
