"""The page of coverage: it is current, its rows lead somewhere, and a wrong list is said so."""

from pathlib import Path

import pytest

from playground.authoring.coverage import coverage_page
from playground.course import Course, CourseError, bundled_course, open_course, read_topics

DOCS = Path(__file__).parents[2] / "docs"
TOPICS = DOCS / "topics.yaml"
LEAST_TOPICS = {
    "handout-pandas": 15,
    "handout-libraries": 25,
    "slides-orm": 100,
    "handout-core-orm": 15,
    "guide-drivers": 15,
    "tutorial-engine": 2,
    "tutorial-transactions": 6,
    "tutorial-metadata": 9,
    "tutorial-insert": 5,
    "tutorial-select": 30,
    "tutorial-update": 8,
    "tutorial-orm-data": 11,
    "tutorial-orm-related": 9,
    "quick-start": 8,
    "loading": 15,
    "session-basics": 20,
    "session-transactions": 10,
    "session-state": 8,
    "cascades": 10,
    "session-bulk": 20,
    "practice-sites": 40,
}
"""How many topics each source has at least."""

LESSON = """\
format: 1
id: tea
title: Tea | and cups
text: Nothing to read.
exercises:
  - {id: cups, title: Cups, task: How many?, kind: predict, code: 6 * 1, predict: value}
  - {id: pots, title: Pots, task: How many?, kind: predict, code: 1 * 1, predict: value}
"""
LIST = """\
format: 1
sources:
  - id: book
    title: A book
    about: Of tea.
    topics:
"""


@pytest.fixture(scope="module")
def bundled() -> Course:
    return open_course(bundled_course())


@pytest.fixture
def course(tmp_path: Path) -> Course:
    (tmp_path / "tea.yaml").write_text(LESSON, "utf-8")
    return open_course(tmp_path / "tea.yaml")


def listed(tmp_path: Path, topics: str, head: str = LIST) -> Path:
    file = tmp_path / "topics.yaml"
    file.write_text(head + topics, "utf-8")
    return file


def faults(file: Path, course: Course) -> list[str]:
    with pytest.raises(CourseError) as caught:
        read_topics(file, course)
    return [fault.message for fault in caught.value.faults]


def test_the_page_is_made_of_the_list(bundled: Course) -> None:
    written = (DOCS / "coverage.md").read_text(encoding="utf-8")
    assert written == coverage_page(TOPICS, bundled), (
        "run: python -m playground.authoring.coverage docs/topics.yaml docs/coverage.md"
    )


def test_every_source_has_its_topics(bundled: Course) -> None:
    counted = {source.id: len(source.topics) for source in read_topics(TOPICS, bundled)}
    few = {name: counted.get(name) for name, n in LEAST_TOPICS.items() if counted.get(name, 0) < n}
    assert few == {}


def test_every_topic_leads_to_a_lesson_or_says_why_not(bundled: Course) -> None:
    for source in read_topics(TOPICS, bundled):
        for topic in source.topics:
            assert bool(topic.where) != bool(topic.out_of_reach), topic.title
            for ref in topic.where:
                if "/" in ref:
                    assert bundled.find(ref).ref == ref
                else:
                    assert bundled.lesson(ref).id == ref


def test_no_row_of_the_page_is_empty() -> None:
    page = (DOCS / "coverage.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    assert len(rows) > sum(LEAST_TOPICS.values())
    assert [row for row in rows if "|  |" in row or "****" in row] == []


def test_a_row_names_lessons_and_exercises_by_their_titles(course: Course, tmp_path: Path) -> None:
    topics = """\
      - {title: Cups and pots, where: [tea/pots, tea/cups]}
      - {title: All, where: [tea]}
      - {title: Coffee, out_of_reach: It is no tea.}
"""
    page = coverage_page(listed(tmp_path, topics), course)
    assert "\n| [A book](#book) | 3 | 2 | 1 |\n" in page
    assert "\n| Cups and pots | **Tea \\| and cups**: “Pots”, “Cups” |\n" in page
    assert "\n| All | **Tea \\| and cups** |\n" in page
    assert "\n| Coffee | *Out of reach:* It is no tea. |\n" in page


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        ("{title: Cups}", "where: or out_of_reach:"),
        ("{title: Cups, where: []}", "where: or out_of_reach:"),
        ("{title: Cups, where: [tea], out_of_reach: No.}", "Only one can be"),
        ("{title: Cups, were: [tea]}", "Did you mean “where”"),
        ("{title: Cups, where: [tee]}", "Did you mean tea?"),
        ("{title: Cups, where: [tea/cup]}", "Did you mean tea/cups"),
        ("{title: Cups, where: [tea/]}", "There is no “tea/”"),
        ("{title: Cups, where: [coffee/beans]}", "There is no “coffee/beans”"),
        ("{title: Cups, where: tea}", "Begin each item with a dash"),
        ("{where: [tea]}", "“title:” is missing"),
    ],
)
def test_a_wrong_topic_is_said_so(topic: str, said: str, course: Course, tmp_path: Path) -> None:
    found = faults(listed(tmp_path, f"      - {topic}\n"), course)
    assert any(said in message for message in found), found


def test_all_that_is_wrong_is_said_at_once(course: Course, tmp_path: Path) -> None:
    topics = "      - {title: A, where: [tee]}\n      - {title: B, where: [tea/cup]}\n"
    assert len(faults(listed(tmp_path, topics), course)) == 2


def test_nothing_stands_there_twice_or_without_topics(course: Course, tmp_path: Path) -> None:
    one = "      - {title: A, where: [tea]}\n"
    again = one + "  - {id: book, title: Another, topics: []}\n"
    found = faults(listed(tmp_path, one + again), course)
    assert any("Another topic of this source is called “A”" in message for message in found)
    assert any("Another source has the id “book”" in message for message in found)
    assert any("at least one topic" in message for message in found)


def test_a_file_that_is_none_is_said_so(course: Course, tmp_path: Path) -> None:
    assert faults(tmp_path / "nothing.yaml", course)
    assert faults(listed(tmp_path, "", head=""), course) == ["The file is empty."]
