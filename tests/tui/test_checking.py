"""Checking the answer, whatever kind it is of, and the help before it: hints, the solution."""

import pytest
from msgspec.structs import replace
from textual.events import Key

from playground.checking import Finding, Verdict
from playground.study import Milestone, Progress
from playground.tui.screens.text import TextModal
from playground.tui.widgets.choices import Choices, LineOrder
from playground.tui.widgets.lines import Footer, Header
from playground.tui.widgets.task import TaskPane
from playground.tui.work.checking import ending

from .conftest import Opened, said_below, screen_of, settle
from .scripted import EXERCISES, ScriptedStudy, passed

WIDE, NARROW = (160, 48), (80, 24)


async def test_a_failed_check_names_one_thing_and_explains_it(
    opened: Opened, study: ScriptedStudy
) -> None:
    async with opened(WIDE) as pilot:
        await pilot.press("f8")
        await settle(pilot)
        assert said_below(pilot).startswith("✗ Not yet. Right rows, but in no order")
        assert screen_of(pilot).query_one(Header).place.marks[0] == "tried"
        await pilot.press("ctrl+g")
        await pilot.pause()
        modal = pilot.app.screen
        assert isinstance(modal, TextModal)
        said = "\n".join(str(part) for part in modal._parts)
        assert "3 asked for, 3 came" in said
        assert "−  1  a" in said
        assert "+  2  NULL" in said
        await pilot.press("escape")
        assert pilot.app.screen is screen_of(pilot)


async def test_what_something_is_missing_for_says_so_before_and_after_a_check(
    opened: Opened, study: ScriptedStudy
) -> None:
    needing = replace(study.exercises[0], tags=("needs:sqlite>=99",))
    study.exercises = (needing, *study.exercises[1:])
    missing = Finding("need-missing", "This exercise was skipped, not failed.")
    study.on_check = lambda _answer: Verdict("a/b", "skipped", 0, 1, findings=[missing])
    async with opened(WIDE) as pilot:
        task = screen_of(pilot).query_one(TaskPane).text
        assert "Skipped. This needs SQLite 99 or newer" in task
        assert "without a rating" in task
        await pilot.press("f8")
        await settle(pilot)
        assert said_below(pilot).startswith("– Skipped. This exercise was skipped, not failed.")


async def test_a_pass_marks_the_dot_and_the_last_one_ends_the_lesson(
    opened: Opened, study: ScriptedStudy
) -> None:
    study.on_check = lambda _answer: passed()
    study.marks = ["none", "passed", "passed", "passed", "passed"]
    async with opened(WIDE) as pilot:
        await pilot.press("f8")
        await settle(pilot)
        assert said_below(pilot).startswith("✓ Right.")
        assert "This lesson is done." in said_below(pilot)
        assert screen_of(pilot).query_one(Header).place.marks[0] == "passed"


def test_a_lesson_that_ends_with_a_solution_seen_says_so() -> None:
    assert ending(Milestone("lesson", "A", Progress(3, 0, 3))) == "This lesson is done."
    assert ending(Milestone("lesson", "A", Progress(1, 2, 3))) == (
        "This lesson is done. 2 exercises of it were seen, not passed."
    )


async def test_hints_open_one_by_one(opened: Opened) -> None:
    async with opened(WIDE) as pilot:
        await pilot.press("f2")
        await settle(pilot)
        shown = screen_of(pilot).query_one(TaskPane).text
        assert "hint 1 of 2" in shown
        assert "hint 2" not in shown
        await pilot.press("f2")
        await settle(pilot)
        assert "hint 2 of 2" in screen_of(pilot).query_one(TaskPane).text
        assert "hint" not in screen_of(pilot).query_one(Footer).names


async def test_the_solution_says_why_it_is_locked(opened: Opened, study: ScriptedStudy) -> None:
    study.why_locked = "The solution opens after 3 more checks."
    async with opened(WIDE) as pilot:
        await pilot.press("f3")
        await settle(pilot)
        assert isinstance(pilot.app.screen, TextModal)
        assert not study.seen


async def test_the_solution_asks_before_it_opens(opened: Opened, study: ScriptedStudy) -> None:
    async with opened(WIDE) as pilot:
        await pilot.press("f3")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert not study.seen
        await pilot.press("f3")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert study.seen
        assert isinstance(pilot.app.screen, TextModal)


async def test_a_quiz_is_answered_by_number_and_by_mouse(
    opened: Opened, study: ScriptedStudy
) -> None:
    study.index = 1
    async with opened(NARROW) as pilot:
        await pilot.press("2", "f8")
        await settle(pilot)
        assert study.checks == ["2"]
        await pilot.click(Choices, offset=(10, 0))
        await pilot.press("f8")
        await settle(pilot)
        assert study.checks[-1] == "1"
        assert study.drafts["layer"] == "1"


async def test_lines_are_carried_into_order(opened: Opened, study: ScriptedStudy) -> None:
    study.index = 2
    async with opened(WIDE) as pilot:
        order = screen_of(pilot).query_one(LineOrder)
        before = order.answer.splitlines()
        assert sorted(before) == sorted(EXERCISES[2].solution.splitlines())
        assert before != EXERCISES[2].solution.splitlines()
        await pilot.press("alt+down")
        assert order.answer.splitlines() == [before[1], before[0], before[2]]
        await pilot.press("f8")
        await settle(pilot)
        assert study.checks == [order.answer]


async def test_a_prediction_is_typed(opened: Opened, study: ScriptedStudy) -> None:
    study.index = 3
    async with opened(WIDE) as pilot:
        await pilot.press("4", "2", "f8")
        await settle(pilot)
        assert study.checks == ["42"]
        assert not study.runs


async def test_what_was_predicted_is_run_once_it_is_answered(
    opened: Opened, study: ScriptedStudy
) -> None:
    study.index = 3
    async with opened(WIDE) as pilot:
        await pilot.press("f5")
        await settle(pilot)
        assert not study.runs
        assert said_below(pilot).endswith(
            "Write what you expect, and F8 checks it; then F5 runs it."
        )
        assert "run" not in screen_of(pilot).query_one(Footer).names
        await pilot.press("4", "f8")
        await settle(pilot)
        assert "run" in screen_of(pilot).query_one(Footer).names
        await pilot.press("f5")
        await settle(pilot)
        assert study.runs == ["select(Review.id)\n"]
        assert "2 rows" in said_below(pilot)


async def test_f5_says_where_there_is_nothing_to_run(opened: Opened, study: ScriptedStudy) -> None:
    study.index = 1
    async with opened(WIDE) as pilot:
        await pilot.press("f5")
        await settle(pilot)
        assert said_below(pilot).endswith("There is nothing to run here; F8 checks your answer.")


async def test_an_empty_prediction_is_not_checked(opened: Opened, study: ScriptedStudy) -> None:
    study.index = 3
    async with opened(WIDE) as pilot:
        await pilot.press("space", "f8")
        await settle(pilot)
        assert not study.checks
        assert said_below(pilot).endswith("Write your answer first.")


async def test_code_to_predict_opens_at_its_top_with_the_field_in_sight(
    opened: Opened, study: ScriptedStudy
) -> None:
    code = "".join(f"number_{n} = {n}\n" for n in range(60))
    study.exercises = (*study.exercises[:3], replace(study.exercises[3], code=code))
    study.marks = study.marks[:4]
    async with opened(NARROW) as pilot:
        await pilot.press("f9", "f9", "f9")
        await settle(pilot)
        answer = screen_of(pilot).answer
        field = answer.query_one("#other")
        assert field.has_focus
        assert answer.scroll_y == 0
        assert answer.region.contains_region(field.region)
        await pilot.press("pagedown", "4")
        await settle(pilot)
        assert answer.scroll_y > 0
        assert answer.region.contains_region(field.region)
        assert answer.answer == "4"
        last = answer.query_one("#predicted").region.bottom
        await pilot.press(*["pagedown"] * 5)
        await settle(pilot)
        assert answer.query_one("#predicted").region.bottom <= field.region.y < last


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_field_of_a_prediction_stands_right_below_its_code(
    opened: Opened, study: ScriptedStudy, size: tuple[int, int]
) -> None:
    study.index = 3
    async with opened(size) as pilot:
        assert "Write what you expect, and F8 checks it" in said_below(pilot)
        answer = screen_of(pilot).answer
        code, field = answer.query_one("#predicted"), answer.query_one("#other")
        assert field.region.y == code.region.bottom + 1


@pytest.mark.parametrize("index", [0, 1, 3], ids=["editor", "choices", "field"])
async def test_what_was_typed_just_before_a_key_of_the_app_counts(
    opened: Opened, study: ScriptedStudy, index: int
) -> None:
    study.index = index
    async with opened(WIDE) as pilot:
        await settle(pilot)
        before = screen_of(pilot).answer.answer
        for key in (Key("2", "2"), Key("f8", None)):  # as a fast hand or a paste sends them
            pilot.app.post_message(key)
        await settle(pilot)
        assert study.checks == [screen_of(pilot).answer.answer]
        assert study.checks != [before]


async def test_all_of_the_code_to_predict_can_be_read(opened: Opened, study: ScriptedStudy) -> None:
    study.index = 3
    lines = [f"number_{n} = {n}" for n in range(20)]
    async with opened(WIDE) as pilot:
        answer = screen_of(pilot).answer
        await answer.show(answer.answering._replace(code="\n".join(lines)), "")
        await settle(pilot)
        assert answer.query_one("#predicted").content_size.height == len(lines)
        await pilot.resize_terminal(*NARROW)
        await settle(pilot)
        answer.query_one("Input").focus()
        await pilot.press("home", *["up"] * len(lines))
        await settle(pilot)
        assert answer.scroll_y == 0


async def test_code_that_runs_after_is_shown_and_locked(
    opened: Opened, study: ScriptedStudy
) -> None:
    study.index = 4
    async with opened(WIDE) as pilot:
        after = screen_of(pilot).query_one("#after")
        assert after.display
        assert "len(c.orders)" in str(after.render())
