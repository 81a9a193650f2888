"""Texts in another language: laid over the source, compared with it, and found out of date."""

import pytest

from playground.course import Course, Fault

from .conftest import Folder

LESSON = """
format: 1
id: nulls
title: NULL
text: |
  Nothing equals NULL.

  ```python run
  select(null())
  ```
exercises:
  - id: layer
    title: Which layer
    kind: quiz
    task: Who sends the bytes?
    options:
      - {text: The driver, right: true}
      - {text: The ORM, says: The ORM plans.}
    hints: [Think.]
  - id: unrated
    title: Unrated
    task: Return the unrated.
    solution: select(1)
    hints: [Nothing equals NULL., Columns have is_.]
    checks:
      - {state: orders, says: Look at the orders.}
    mistakes:
      - {answer: select(2), finding: wrong-values, says: That is two.}
"""
RUSSIAN = """
translates: 01-nulls.yaml
title: Пусто
text: |
  Ничто не равно NULL.

  ```python run
  select(null())
  ```
exercises:
  layer:
    title: Какой слой
    task: Кто шлёт байты?
    options: [Драйвер, {text: ORM, says: ORM планирует.}]
    hints: [Подумайте.]
  unrated:
    title: Без оценки
    task: Верните всё без оценки.
    hints: [Ничто не равно NULL., У столбцов есть is_.]
    checks: [Посмотрите на заказы.]
    mistakes: [{says: Это два.}]
"""


@pytest.fixture
def bilingual(course: Folder) -> Folder:
    """A course of one lesson in English and Russian."""
    course.write("01-first/01-nulls.yaml", LESSON)
    course.write("01-first/01-nulls.ru.yaml", RUSSIAN)
    return course


def digest_wanted(course: Course) -> str:
    """What `read_all` says that `source:` should be."""
    (fault,) = (fault for fault in course.read_all() if "source:" in fault.message)
    return fault.message.rpartition("source: ")[2]


def errors(faults: list[Fault]) -> list[Fault]:
    """Without the warnings."""
    return [fault for fault in faults if not fault.warning]


def test_a_lesson_is_shown_in_the_readers_language(bilingual: Folder) -> None:
    course = bilingual.open("ru")
    lesson = course.lesson("nulls")
    assert (course.language, lesson.language, lesson.title) == ("ru", "ru", "Пусто")
    assert lesson.text.startswith("Ничто")
    quiz, code = lesson.exercises
    assert [(option.text, option.right, option.says) for option in quiz.options] == [
        ("Драйвер", True, ""),
        ("ORM", False, "ORM планирует."),
    ]
    assert (code.title, code.hints[1]) == ("Без оценки", "У столбцов есть is_.")
    assert (code.checks[0].says, code.mistakes[0].says) == ("Посмотрите на заказы.", "Это два.")
    assert not lesson.untranslated
    assert [exercise.title for exercise in course.lessons()[0].exercises] == [
        "Какой слой",
        "Без оценки",
    ]
    assert course.title == "Пример"


def test_what_is_judged_is_the_same_in_every_language(bilingual: Folder) -> None:
    english, russian = bilingual.open("en"), bilingual.open("ru")
    for ref in ("nulls/layer", "nulls/unrated"):
        assert english.find(ref).digest == russian.find(ref).digest
        assert english.find(ref).solution == russian.find(ref).solution


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [("ru", "ru"), ("ru-RU", "ru"), ("RU", "ru"), ("en-GB", "en"), ("pt-BR", "en")],
)
def test_the_nearest_language_is_shown(bilingual: Folder, wanted: str, shown: str) -> None:
    assert bilingual.open(wanted).language == shown


def test_a_missing_text_falls_back_with_a_mark(bilingual: Folder) -> None:
    text = RUSSIAN.replace("    task: Верните всё без оценки.\n", "")
    bilingual.write("01-first/01-nulls.ru.yaml", text)
    lesson = bilingual.open("ru").lesson("nulls")
    quiz, code = lesson.exercises
    assert (code.task, code.title) == ("Return the unrated.", "Без оценки")
    assert (quiz.untranslated, code.untranslated, lesson.untranslated) == (False, True, True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{text: ORM, says: ORM планирует.}", "ORM"),
        ("    checks: [Посмотрите на заказы.]\n", ""),
        ("    mistakes: [{says: Это два.}]\n", "    mistakes: [null]\n"),
    ],
)
def test_a_message_that_is_missing_is_marked(bilingual: Folder, old: str, new: str) -> None:
    assert old in RUSSIAN
    bilingual.write("01-first/01-nulls.ru.yaml", RUSSIAN.replace(old, new))
    course = bilingual.open("ru")
    assert course.lesson("nulls").untranslated
    (warning,) = (fault for fault in course.read_all() if "Some “says:”" in fault.message)
    assert warning.warning


def test_a_lesson_without_translation_is_marked(bilingual: Folder) -> None:
    (bilingual.path / "01-first" / "01-nulls.ru.yaml").unlink()
    course = bilingual.open("ru")
    lesson = course.lesson("nulls")
    assert (lesson.language, lesson.untranslated, lesson.title) == ("en", True, "NULL")
    (warning,) = course.read_all()
    assert warning.warning
    assert warning.message == "1 lesson is not translated into ru: nulls."


def test_a_broken_translation_leaves_the_lesson_in_its_own_language(bilingual: Folder) -> None:
    bilingual.write("01-first/01-nulls.ru.yaml", RUSSIAN.replace("title: Пусто", "titel: Пусто"))
    course = bilingual.open("ru")
    assert course.lesson("nulls").title == "NULL"
    (fault,) = course.faults
    assert "Did you mean “title”?" in fault.message
    assert not course.lessons()[0].faulty


def test_answers_of_a_text_quiz_are_added(course: Folder) -> None:
    course.write(
        "01-first/01-nulls.yaml",
        "format: 1\nid: a\ntitle: A\nexercises:\n  - {id: q, title: Q, task: T, kind: quiz, choose: text, answers: [two]}\n",
    )
    course.write(
        "01-first/01-nulls.ru.yaml",
        "translates: 01-nulls.yaml\nexercises:\n  q: {answers: [два]}\n",
    )
    assert course.open("ru").find("a/q").answers == ("two", "два")
    assert course.open("en").find("a/q").answers == ("two",)


class TestAge:
    """`source:` tells which texts were translated."""

    def test_it_is_wanted(self, bilingual: Folder) -> None:
        (fault,) = bilingual.open().read_all()
        assert fault.warning
        assert "is missing" in fault.message

    def test_what_fits_is_fine(self, bilingual: Folder) -> None:
        digest = digest_wanted(bilingual.open())
        bilingual.write(
            "01-first/01-nulls.ru.yaml",
            RUSSIAN.replace("title: Пусто", f"source: {digest}\ntitle: Пусто"),
        )
        assert bilingual.open().read_all() == []

    @pytest.mark.parametrize(
        ("old", "new", "aged"),
        [
            ("Return the unrated.", "Give the unrated.", True),
            ("The ORM plans.", "It plans.", True),
            ("solution: select(1)", "solution: select(3)", False),
            ("title: Unrated", "title: Not rated", True),
        ],
    )
    def test_texts_age_and_code_does_not(
        self, bilingual: Folder, old: str, new: str, aged: bool
    ) -> None:
        digest = digest_wanted(bilingual.open())
        bilingual.write(
            "01-first/01-nulls.ru.yaml",
            RUSSIAN.replace("title: Пусто", f"source: {digest}\ntitle: Пусто"),
        )
        bilingual.write("01-first/01-nulls.yaml", LESSON.replace(old, new))
        faults = bilingual.open().read_all()
        assert [fault.warning for fault in faults] == [True] * aged
        assert all(fault.place.line == 2 for fault in faults)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("hints: [Подумайте.]", "hints: [Раз., Два.]", 14, "2 texts here, 1 in the source"),
        ("options: [Драйвер, ", "options: [", 13, "1 text here, 2 in the source"),
        ("checks: [Посмотрите на заказы.]", "checks: [а, б]", 19, "2 texts here, 1 in the source"),
        ("  unrated:", "  unratd:", 15, "“unratd” is not known here. Did you mean “unrated”?"),
        ("select(null())", "select(пусто())", 6, "This code block differs"),
        (
            "  ```python run\n  select(null())\n  ```\n",
            "",
            3,
            "0 code blocks here, 1 in the source",
        ),
        ("  ```python run", "  ```python", 6, "This code block differs"),
        (
            "translates: 01-nulls.yaml",
            "translates: 02-nulls.yaml",
            1,
            "it translates 01-nulls.yaml",
        ),
        ("title: Пусто", "title: [Пусто]", 2, "Wanted here: text; found: a list"),
        ("title: Какой слой", "solution: select(2)", 11, "“solution” is not known here"),
    ],
)
def test_a_translation_must_match(
    bilingual: Folder, old: str, new: str, line: int, words: str
) -> None:
    assert old in RUSSIAN
    bilingual.write("01-first/01-nulls.ru.yaml", RUSSIAN.replace(old, new))
    found = errors(bilingual.open().read_all())
    assert [fault.place.line for fault in found] == [line]
    assert words in found[0].message


def test_what_is_not_translated_is_a_warning(bilingual: Folder) -> None:
    bilingual.write("01-first/01-nulls.ru.yaml", "translates: 01-nulls.yaml\n")
    faults = bilingual.open().read_all()
    assert errors(faults) == []
    assert any("“title:” is not translated here." in fault.message for fault in faults)
    assert any("“unrated” is not translated." in fault.message for fault in faults)
