"""Hints one by one, and the gate before the solution."""

from typing import Any

import pytest

from playground.course import Exercise, SolutionGate
from playground.records import Records
from playground.study import Study
from playground.study.gate import why_locked


def test_hints_open_one_by_one_and_stay_open(study: Study) -> None:
    assert study.hints() == ()
    assert study.open_hint() == "The first."
    assert study.hints() == ("The first.",)
    assert study.open_hint() == "The second."
    assert study.open_hint() is None
    study.next()
    study.back()
    assert study.hints() == ("The first.", "The second.")


def test_the_solution_opens_once_all_hints_are_open(study: Study) -> None:
    assert "3 more" in (study.solution().why_locked or "")
    assert study.open_solution().text is None
    study.open_hint()
    study.open_hint()
    before = study.solution()
    assert before.text is None
    assert before.why_locked is None
    assert "seen" in before.cost
    assert study.where.marks[0] == "none"
    assert study.open_solution().text == "select(Members.id)\n"
    assert study.where.marks[0] == "seen"
    assert study.solution().text == "select(Members.id)\n"


def test_the_solution_opens_after_distinct_failed_checks(study: Study) -> None:
    study.next()
    for answer in ("select(1)", "select(1)\n", "select(1)  ", "select(2)"):
        assert study.check(answer).verdict == "fail"
    assert "1 more check" in (study.solution().why_locked or "")
    assert study.check("select(").verdict == "error"
    assert study.solution().why_locked is None


def test_after_the_solution_only_a_fresh_start_passes(study: Study) -> None:
    study.open_hint()
    study.open_hint()
    study.open_solution()
    passed = study.check("select(Members.id)")
    assert passed.verdict == "pass"
    assert passed.findings[0].id == "solution-seen"
    assert "solution-seen" in passed.notes
    assert study.where.marks[0] == "seen"
    assert study.milestone() is None
    study.keep_draft("")
    passed = study.check("select(Members.id)")
    assert passed.verdict == "pass"
    assert passed.notes == []
    assert study.where.marks[0] == "passed"


def test_nothing_at_all_is_no_attempt(study: Study) -> None:
    for place in ("which", "ids"):
        study.go("first", place)
        for nothing in ("", " \n"):
            assert study.check(nothing).verdict == "fail"
    assert set(study.where.marks) == {"none"}


def test_the_starter_is_a_fresh_start_too(study: Study, records: Records) -> None:
    here = study.next()
    for number in range(3):
        study.check(f"select({number})")
    study.open_solution()
    assert study.where.marks[1] == "seen"
    assert here.exercise is not None
    study.keep_draft(here.exercise.starter)
    study.check("select(Members.name)")
    assert study.where.marks[1] == "passed"


def test_a_file_with_the_task_in_comments_is_a_fresh_start(study: Study) -> None:
    study.go("first", "names")
    for number in range(3):
        study.check(f"select({number})")
    study.open_solution()
    study.check("# All names\n#\n# Return the name.\n\nselect()\n")
    assert study.check("# All names\nselect(Members.name)").notes == []
    assert study.where.marks[1] == "passed"


def test_passing_opens_the_solution_at_no_cost(study: Study) -> None:
    study.go("second")
    assert "passed" in (study.solution().why_locked or "")
    study.check("select(func.count(Members.id))")
    assert study.solution().text is not None
    assert study.open_solution().cost == ""
    assert study.where.marks == ("passed",)


def test_a_closed_solution_stays_closed(study: Study) -> None:
    study.go("first", "which")
    study.check("1")
    assert study.where.marks[2] == "passed"
    assert study.solution().why_locked
    assert study.solution().text is None
    assert study.open_solution().text is None


@pytest.mark.parametrize(
    ("gate", "hints", "facts", "opens"),
    [
        ({}, 2, {}, False),
        ({}, 2, {"failed": 2}, False),
        ({}, 2, {"failed": 3}, True),
        ({}, 2, {"hints_opened": 1}, False),
        ({}, 2, {"hints_opened": 2}, True),
        ({}, 0, {}, False),
        ({}, 0, {"failed": 3}, True),
        ({"attempts": None}, 2, {"failed": 99}, False),
        ({"attempts": None}, 0, {}, True),
        ({"hints": False}, 2, {"hints_opened": 2}, False),
        ({"rule": "always"}, 2, {}, True),
        ({"rule": "pass"}, 2, {"failed": 9, "hints_opened": 2}, False),
        ({"rule": "pass"}, 2, {"passed": True}, True),
        ({"rule": "never"}, 2, {"passed": True}, False),
    ],
)
def test_the_gate(gate: dict[str, Any], hints: int, facts: dict[str, Any], opens: bool) -> None:
    exercise = Exercise(
        "id", "lesson", "t", "t", hints=("h",) * hints, solution_after=SolutionGate(**gate)
    )
    given = {"passed": False, "failed": 0, "hints_opened": 0, **facts}
    locked = why_locked(exercise, **given)
    assert (locked is None) == opens
    assert opens or (locked or "").endswith(".")
