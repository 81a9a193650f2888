"""Answers that look right and are not: right on the visible rows, by the words alone, or by heart.

`refused.yaml` holds them by exercise; each was accepted once. Their headlines are the mistakes' matter.
"""

from pathlib import Path

import pytest
import yaml

from playground.checking import check
from playground.course import Course
from playground.databases import Databases
from playground.running import Runners

REFUSED: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "refused.yaml").read_text(encoding="utf-8")
)
AT_ONCE = ("tables-and-keys/first-query", "where/two-countries")
"""What every run of the tests tries; the others are long tests."""

CASES = [
    pytest.param(
        ref,
        answer,
        id=f"{ref}-{number}",
        marks=[] if ref in AT_ONCE and number == 1 else [pytest.mark.long],
    )
    for ref, answers in REFUSED.items()
    for number, answer in enumerate(answers, 1)
]


@pytest.mark.parametrize(("ref", "answer"), CASES)
def test_what_only_looks_right_is_refused_with_a_reason(
    course: Course, databases: Databases, runners: Runners, ref: str, answer: str
) -> None:
    exercise = course.find(ref)
    lesson = course.lesson(exercise.lesson)
    database = databases.open(lesson.database, beside=lesson.file)
    verdict = check(exercise, answer, database, runners, language=exercise.solution_language)
    assert verdict.verdict in ("fail", "error"), answer
    assert verdict.findings
