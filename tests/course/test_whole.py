"""The faults that only show when all files of a course are read."""

import pytest

from playground.course import Fault, open_course

from .conftest import COURSE, LESSON, Folder

DATABASE = """
format: 1
title: Shop
variants:
  small: {sql: small.sql}
"""


@pytest.fixture
def english(course: Folder) -> Folder:
    """The course without translations, so that nothing is wrong with it."""
    course.write("course.yaml", COURSE.replace("translations: [ru]\n", ""))
    return course


def only(faults: list[Fault]) -> Fault:
    """The one fault that there is."""
    assert len(faults) == 1, faults
    return faults[0]


def test_a_sound_course_has_no_faults(english: Folder) -> None:
    opened = english.open()
    assert opened.read_all() == []
    assert opened.faults == ()


def test_the_faults_of_lessons_are_among_them(english: Folder) -> None:
    english.write("01-first/02-broken.yaml", "format: 1\n")
    opened = english.open()
    assert opened.read_all() == list(opened.faults)
    assert len(opened.faults) == 3


def test_a_lesson_that_no_module_lists_is_an_error(english: Folder) -> None:
    file = english.write("02-more/01-late.yaml", LESSON.replace("id: nulls", "id: late"))
    fault = only(english.open().read_all())
    assert fault.place.file == file
    assert fault.message == "No module of course.yaml lists this lesson's folder."


def test_a_lesson_that_ends_in_yml_is_an_error(english: Folder) -> None:
    english.write("01-first/02-late.yml", LESSON)
    assert "end in .yaml" in only(english.open().read_all()).message


def test_a_former_id_is_no_present_one(english: Folder) -> None:
    late = LESSON.replace("id: nulls", "id: late\nwas: [nulls]")
    english.write("01-first/02-late.yaml", late)
    assert "“nulls” is the id of a lesson here" in only(english.open().read_all()).message


def test_a_translation_of_nothing_is_an_error(english: Folder) -> None:
    english.write("01-first/02-late.ru.yaml", "translates: 02-late.yaml\n")
    assert (
        only(english.open().read_all()).message
        == "This translates 02-late.yaml, which is not here."
    )


def test_a_translation_that_the_course_does_not_name_is_an_error(english: Folder) -> None:
    english.write("01-first/01-nulls.pt-BR.yaml", "translates: 01-nulls.yaml\n")
    assert "pt-BR is not among the translations" in only(english.open().read_all()).message


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("nulls", None),
        ("nulls/unrated", None),
        ("null", "there is no lesson:null. Did you mean nulls?"),
        ("nulls/rated", "there is no lesson:nulls/rated. Did you mean nulls/unrated?"),
    ],
)
@pytest.mark.parametrize("where", ["  Nothing equals NULL.\n", "      Return the unrated.\n"])
def test_links_between_lessons_lead_somewhere(
    english: Folder, where: str, target: str, words: str | None
) -> None:
    indent = where[: len(where) - len(where.lstrip())]
    text = LESSON.replace(where, f"{indent}See\n{indent}[this](lesson:{target}).\n")
    assert text != LESSON
    file = english.write("01-first/01-nulls.yaml", text)
    faults = english.open().read_all()
    if words is None:
        assert faults == []
    else:
        fault = only(faults)
        assert fault.message == f"This link leads nowhere: {words}"
        assert f"lesson:{target}" in file.read_text().split("\n")[fault.place.line - 1]


def test_links_in_code_are_no_links(english: Folder) -> None:
    english.write(
        "01-first/01-nulls.yaml",
        LESSON.replace(
            "Nothing equals NULL.\n",
            "Write `[a](lesson:none)`.\n\n  ```\n  [a](lesson:none)\n  ```\n",
        ),
    )
    assert english.open().read_all() == []


@pytest.mark.parametrize(
    ("block", "line", "words"),
    [
        ("```output\n  1\n  ```", 8, "An output block must follow a block marked run."),
        (
            "```python\n  1\n  ```\n  ```output\n  1\n  ```",
            11,
            "An output block must follow a block marked run.",
        ),
        ("```bash run\n  ls\n  ```", 8, "Only blocks of python and sql can be marked run."),
    ],
)
def test_marks_of_blocks_mean_something(english: Folder, block: str, line: int, words: str) -> None:
    english.write(
        "01-first/01-nulls.yaml", LESSON.replace("Nothing equals NULL.\n", f"Look:\n  {block}\n", 1)
    )
    fault = only(english.open().read_all())
    assert (fault.place.line, fault.message) == (line, words)


class TestDatabases:
    """What a lesson runs on must be there."""

    def with_database(self, english: Folder, reference: str, checks: str = "") -> list[Fault]:
        english.write(
            "01-first/01-nulls.yaml",
            LESSON.replace("database: none", f"database: {reference}") + checks,
        )
        return english.open().read_all()

    def test_a_folder(self, english: Folder) -> None:
        english.write("databases/shop/database.yaml", DATABASE)
        english.write("databases/shop/small.sql", "")
        assert self.with_database(english, "shop") == []

    def test_a_file_beside_the_lesson(self, english: Folder) -> None:
        english.write("01-first/club.sqlite", b"")
        assert self.with_database(english, "club.sqlite") == []

    def test_a_missing_one_comes_with_the_nearest(self, english: Folder) -> None:
        english.write("databases/shop/database.yaml", DATABASE)
        english.write("databases/shop/small.sql", "")
        fault = only(self.with_database(english, "shopp"))
        assert (fault.place.line, fault.place.column) == (4, 11)
        assert fault.message == "There is no database shopp. Did you mean shop?"

    def test_its_own_faults_are_told_once(self, english: Folder) -> None:
        english.write("databases/shop/database.yaml", DATABASE)
        fault = only(self.with_database(english, "shop"))
        assert fault.place.file.name == "database.yaml"

    def test_checks_name_its_variants(self, english: Folder) -> None:
        english.write("databases/shop/database.yaml", DATABASE)
        english.write("databases/shop/small.sql", "")
        checks = "    checks:\n      - {state: orders, on: [smal]}\n"
        fault = only(self.with_database(english, "shop", checks))
        assert (fault.place.line, fault.place.column) == (17, 29)
        assert fault.message == "The database has no variant “smal”; it has small."


def test_a_lone_lesson_is_proved_alone(folder: Folder) -> None:
    folder.write("other.yaml", "not a lesson")
    file = folder.write(
        "mine.yaml", LESSON.replace("Nothing equals NULL.\n", "[This](lesson:that)\n")
    )
    assert "leads nowhere" in only(open_course(file).read_all()).message


def test_a_course_that_vanished_is_said(english: Folder) -> None:
    opened = english.open()
    (english.path / "course.yaml").unlink()
    assert "There is no course.yaml here" in only(opened.read_all()).message


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_lesson_of_a_course_links_to_its_other_lessons_though_it_is_proved_alone(
    course: Folder, language: str
) -> None:
    course.write("course.yaml", COURSE)
    course.write("01-first/02-more.yaml", LESSON.replace("id: nulls", "id: more"))
    text = "text: |\n  [This](lesson:more/unrated), not [that](lesson:mora)\n"
    file = course.path / "01-first" / "01-nulls.yaml"
    if language == "en":
        written = course.write("01-first/01-nulls.yaml", LESSON.replace("text: |\n", text))
    else:
        written = course.write("01-first/01-nulls.ru.yaml", f"translates: 01-nulls.yaml\n{text}")
    leading = [fault for fault in open_course(file).read_all() if "leads nowhere" in fault.message]
    assert only(leading).message == (
        "This link leads nowhere: there is no lesson:mora. Did you mean more?"
    )
    assert only(leading).place.file == written
