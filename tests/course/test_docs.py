"""`docs/lesson-format.md` says what the reader does: its table is the reader's, its examples are read."""

import re
from pathlib import Path
from textwrap import dedent, indent

import pytest

from playground.course import CHECKS, open_course, read_database
from playground.course.documentation import checks_table, with_checks
from playground.course.files import ExerciseFile
from playground.course.kinds import FIELDS

from .conftest import COURSE, Folder

PAGE = (Path(__file__).parents[2] / "docs" / "lesson-format.md").read_text(encoding="utf-8")
HEAD = "format: 1\nid: {id}\ntitle: A\nexercises:\n"


def example(name: str) -> str:
    """The YAML of an example of the page."""
    found = re.search(rf"<!-- example: {name} -->\n( *)```yaml\n(.*?)\n\1```\n", PAGE, re.DOTALL)
    assert found, name
    return dedent(found[2]) + "\n"


def test_the_table_of_checks_is_that_of_the_reader() -> None:
    assert with_checks(PAGE) == PAGE, (
        "run: python -m playground.course.documentation docs/lesson-format.md"
    )
    assert all(f"\n| `{name}` |" in checks_table() for name in CHECKS)


def test_the_lesson_of_five_minutes_is_sound(folder: Folder) -> None:
    folder.write("club.sqlite", b"")
    opened = open_course(folder.write("my-lesson.yaml", example("my-lesson.yaml")))
    assert opened.read_all() == []
    assert opened.id == "my-club"
    assert opened.find("first-members/oldest-three").mistakes


def test_the_course_is_sound(folder: Folder) -> None:
    folder.write("course.yaml", example("course.yaml"))
    folder.write("02-select/01-a.yaml", HEAD.format(id="a") + indent(example("quiz"), "  "))
    opened = folder.open()
    assert [fault for fault in opened.read_all() if not fault.warning] == []
    assert [exercise.kind for exercise in opened.lesson("a").exercises] == [
        "quiz",
        "predict",
        "order",
    ]
    assert opened.strict_proof


def test_the_checks_are_read(folder: Folder) -> None:
    exercise = "  - {id: one, title: One, task: Do it., solution: x,\n"
    text = HEAD.format(id="a") + exercise.replace("{", "").replace(",\n", "\n").replace(
        ", ", "\n    "
    )
    opened = open_course(folder.write("a.yaml", text + indent(example("checks"), "    ")))
    assert [check.name for check in opened.find("a/one").checks] == [
        "result",
        "statements",
        "transaction",
        "not",
    ]


def test_the_database_is_read(folder: Folder) -> None:
    for name in ("models.py", "seed.py"):
        folder.write(f"shop/{name}", b"")
    spec = read_database(folder.write("shop/database.yaml", example("database.yaml")))
    assert [variant.name for variant in spec.variants] == ["small", "hidden", "nulls"]


def test_the_translation_fits_the_examples(folder: Folder) -> None:
    folder.write("course.yaml", COURSE.replace("[ru]", "[pt-BR]").replace("01-first", "02-select"))
    unrated = "- {id: unrated-reviews, title: A, task: B, solution: x, hints: [a, b]}\n"
    exercises = indent(example("quiz") + unrated, "  ")
    folder.write("02-select/03-null.yaml", HEAD.format(id="a") + exercises)
    folder.write("02-select/03-null.pt-BR.yaml", example("translation"))
    faults = folder.open().read_all()
    assert [fault for fault in faults if not fault.warning] == []
    assert folder.open("pt-BR").find("a/layer").options[1].says == "O ORM planeja."


def test_every_field_of_an_exercise_is_in_the_table() -> None:
    table = PAGE.partition("## An exercise")[2].partition("\nA quiz has")[0]
    for field in ExerciseFile.__struct_encode_fields__:
        assert f"`{field}`" in table or f"`{field}:" in table, field


@pytest.mark.parametrize("number", range(4))
def test_the_marks_of_the_table_say_which_kind_has_which_field(number: int) -> None:
    table = PAGE.partition("## An exercise")[2].partition("\nA quiz has")[0]
    rows = [
        [cell.strip() for cell in row.strip("|").split("|")]
        for row in table.split("\n")
        if row.startswith("|")
    ]
    kind = rows[0][number + 1]
    for row in rows[2:]:
        for field in re.findall(r"`(\w+)`", row[0]):
            assert (row[number + 1] == "✓") == (field in FIELDS[kind]), (kind, field)


@pytest.mark.parametrize("name", ["needs", "tests"])
def test_an_example_of_an_exercise_is_sound(folder: Folder, name: str) -> None:
    text = HEAD.format(id="a") + indent(example(name), "  ")
    assert open_course(folder.write("a.yaml", text)).read_all() == []
