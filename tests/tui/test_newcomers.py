"""What someone meets who has read no manual: nothing that is pressed is lost, or counts by accident."""

import pytest
from msgspec.structs import replace
from rich.style import Style
from textual.events import Key
from textual.widgets import Input, OptionList

from playground.course import Exercise
from playground.records import Resume
from playground.tui.screens.pick import PickModal
from playground.tui.screens.text import TextModal
from playground.tui.widgets.choices import Choices
from playground.tui.widgets.lines import Footer, VerdictLine
from playground.tui.widgets.task import TaskLine

from .conftest import Opened, opening_slowly, screen_of, settle
from .scripted import EXERCISES, Live, ScriptedStudy, broken_run

WIDE, NARROW = (160, 48), (80, 24)


async def test_a_quiz_with_nothing_chosen_is_not_checked(
    opened: Opened, study: ScriptedStudy
) -> None:
    study.index = 1
    async with opened(NARROW) as pilot:
        screen = screen_of(pilot)
        how = screen.query_one("#how")
        assert str(how.render()) == "Space or its number chooses, F8 checks."
        assert how.region.bottom <= screen.answer.region.bottom
        await pilot.press("f8")
        await settle(pilot)
        line = screen.query_one(VerdictLine).line
        assert line.text == "Choose with Space or a click first."
        assert not study.checks
        await pilot.press("space", "f8")
        await settle(pilot)
        assert study.checks == ["1"]


async def test_lines_to_put_in_order_say_how_they_are_carried(
    opened: Opened, study: ScriptedStudy
) -> None:
    study.index = 2
    async with opened(NARROW) as pilot:
        screen = screen_of(pilot)
        how = screen.query_one("#how")
        assert str(how.render()) == "Alt with Up or Down carries a line, F8 checks."
        assert how.region.bottom <= screen.answer.region.bottom
        first = screen.answer.answer.split("\n")[0]
        await pilot.press("alt+down")
        assert screen.answer.answer.split("\n")[1] == first


async def test_how_one_chooses_stays_in_sight_beside_many_options(
    opened: Opened, study: ScriptedStudy
) -> None:
    quiz = replace(EXERCISES[1], options=EXERCISES[1].options * 6)
    study.exercises = (quiz,)
    study.lesson = replace(study.lesson, exercises=(quiz,))
    study.marks = study.marks[:1]
    async with opened((130, 40)) as pilot:
        screen = screen_of(pilot)
        assert screen.query_one(Choices).region.bottom > screen.answer.region.bottom
        assert screen.answer.region.contains_region(screen.query_one("#how").region)


async def test_a_task_that_is_cut_says_so_and_a_short_answer_leaves_room_for_it_all(
    opened: Opened, study: ScriptedStudy
) -> None:
    long = Exercise("long", "null-logic", "Long", "Return every review. " * 12 + "**Last** word.")
    quiz = replace(EXERCISES[1], task=long.task)
    study.lesson = replace(study.lesson, exercises=(long, quiz))
    study.exercises = (long, quiz)
    async with opened(NARROW) as pilot:
        screen = screen_of(pilot)
        line = screen.query_one(TaskLine)
        assert line.region.height == 2
        assert str(line.render()).endswith(" …")
        assert all(len(text) <= 78 for text in str(line.render()).splitlines())
        await pilot.press("f9")
        await settle(pilot)
        assert not line.display
        assert "Last word." in str(screen.query_one("#asked").render())
        assert screen.query_one("#other").region.bottom <= screen.answer.region.bottom


async def test_a_quiz_never_begins_as_an_empty_editor() -> None:
    opening = Resume(lesson="null-logic", exercise="layer", kind="quiz", task="Who?", draft="2")
    study = ScriptedStudy()
    study.index, study.drafts["layer"] = 1, "2"
    app, gate = opening_slowly(study, opening)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        screen = screen_of(pilot)
        assert not screen.answer.editor.display
        assert str(screen.query_one("#asked").render()) == "Who?"
        assert "run" not in screen.query_one(Footer).names
        await pilot.press("x")
        gate.set()
        while screen.state.view is None:
            await settle(pilot)
        await settle(pilot)
        assert screen.query_one(Choices).answer == "2"
        assert screen.query_one(Choices).has_focus


async def test_every_pane_is_reached_by_keys_that_are_told(opened: Opened) -> None:
    async with opened(NARROW) as pilot:
        screen = screen_of(pilot)
        assert "F6 tabs" in str(screen.query_one(Footer).render())
        assert screen.tab == "answer"
        for name in ("task", "results", "lesson", "answer"):
            screen.action_do(f"show_{name}")
            await settle(pilot)
            assert screen.tab == name
        offered = [command.title for command in pilot.app.get_system_commands(screen)]
        assert "Show lesson  (Alt+4)" in offered


async def test_a_new_lesson_opens_on_its_text(opened: Opened, study: ScriptedStudy) -> None:
    async with opened(NARROW) as pilot:
        screen = screen_of(pilot)
        study.lesson = replace(study.lesson, id="joins", title="Joins")
        await pilot.press("f9")
        await settle(pilot)
        assert screen.tab == "lesson"
        assert screen.lesson.has_focus
        await pilot.press("f9")
        await settle(pilot)
        assert screen.tab == "lesson"
        await pilot.press("escape")
        await settle(pilot)
        assert screen.tab == "answer"


async def test_what_is_asked_for_while_the_course_opens_is_done_then() -> None:
    study = ScriptedStudy()
    app, gate = opening_slowly(study, Resume(lesson="null-logic", exercise="unrated"))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press("f2", "ctrl+t")
        assert screen_of(pilot).query_one(VerdictLine).line.head == "Opening the course."
        gate.set()
        while not isinstance(pilot.app.screen, PickModal):
            await settle(pilot)
        assert study.opened == 0


async def test_the_contents_are_searched_by_id_too_and_say_when_nothing_is_found(
    opened: Opened, study: ScriptedStudy
) -> None:
    async with opened(WIDE) as pilot:
        await pilot.press("ctrl+t")
        await settle(pilot)
        options = pilot.app.screen.query_one(OptionList)
        await pilot.press(*"unrated")
        await settle(pilot)
        assert [option.id for option in options.options] == ["null-logic/unrated"]
        assert str(options.options[0].prompt).endswith(f"  {study.lesson.title}")
        await pilot.press(*"xyz")
        await settle(pilot)
        assert [str(option.prompt) for option in options.options] == ["Nothing found."]
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, PickModal)


async def test_the_line_of_a_finding_is_quieter_than_that_of_an_error(
    opened: Opened, study: ScriptedStudy
) -> None:
    study.on_run = lambda _code, _cancel: Live(broken_run(), [])
    async with opened(WIDE) as pilot:
        editor = screen_of(pilot).answer.editor
        styles = []
        for key in ("f5", "f8"):
            await pilot.press(key)
            await settle(pilot)
            style = editor.get_line(0).spans[0].style
            assert isinstance(style, Style)
            styles.append(style)
        error, finding = styles
        assert error.color is not None
        assert finding.color is None
        assert finding.underline


async def test_letters_behind_the_key_of_the_contents_are_sought_there() -> None:
    study = ScriptedStudy()
    app, gate = opening_slowly(study, Resume(lesson="null-logic", exercise="unrated", draft="a"))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        for key in ("b", "ctrl+t", *"order"):  # as a fast hand sends them
            pilot.app.post_message(Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        modal = pilot.app.screen
        assert isinstance(modal, PickModal)
        assert [str(option.prompt) for option in modal.query_one(OptionList).options] == [
            "Opening the course."
        ]
        await pilot.press("enter")
        gate.set()
        while screen_of(pilot).state.view is None or len(modal.query_one(OptionList).options) != 1:
            await settle(pilot)
        assert screen_of(pilot).answer.answer == "ab"
        await pilot.press("enter")
        await settle(pilot)
        assert study.index == 2


@pytest.mark.parametrize("key", ["f9", "f7", "f3"])
async def test_letters_behind_a_key_that_leads_away_change_no_answer(key: str) -> None:
    study = ScriptedStudy()
    app, gate = opening_slowly(study, Resume(lesson="null-logic", exercise="unrated", draft="a"))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        for each in ("b", key, *"type"):
            pilot.app.post_message(Key(each, each if len(each) == 1 else None))
        await pilot.pause()
        screen = screen_of(pilot)
        assert screen.answer.answer == "ab"
        gate.set()
        while screen.state.view is None or screen.state.leaving:
            await settle(pilot)
        assert screen.query_one(VerdictLine).line.head != "Opening the course."
        if key == "f3":
            assert isinstance(pilot.app.screen, TextModal)
            await pilot.press("escape")
        else:
            assert study.drafts["unrated"] == "ab"
            await pilot.press("f7" if key == "f7" else "ctrl+b")
        await settle(pilot)
        assert screen.answer.answer == "ab"
        assert screen.answer.editor.has_focus


async def test_escape_takes_back_what_was_to_lead_away() -> None:
    study = ScriptedStudy()
    app, gate = opening_slowly(study, Resume(lesson="null-logic", exercise="unrated", draft="a"))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press("f9", "x", "escape", "b")
        screen = screen_of(pilot)
        assert screen.answer.answer == "ab"
        gate.set()
        while screen.state.view is None:
            await settle(pilot)
        await settle(pilot)
        assert study.index == 0
        assert screen.answer.answer == "ab"


async def test_what_was_chosen_before_the_contents_stays_chosen(
    opened: Opened, study: ScriptedStudy
) -> None:
    study.index = 1
    async with opened(NARROW) as pilot:
        choices = screen_of(pilot).query_one(Choices)
        for key in ("2", "down", "space", "ctrl+t", *"order"):
            pilot.app.post_message(Key(key, key if len(key) == 1 else None))
        await settle(pilot)
        assert choices.answer == "3"
        assert pilot.app.screen.query_one("#pick-filter", Input).value == "order"


async def test_contents_that_were_left_stay_away(study: ScriptedStudy) -> None:
    app, gate = opening_slowly(study, Resume(lesson="null-logic", exercise="unrated"))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+t", "escape")
        gate.set()
        while screen_of(pilot).state.view is None:
            await settle(pilot)
        await settle(pilot)
        assert pilot.app.screen is screen_of(pilot)


async def test_letters_behind_a_key_that_asks_go_to_the_question(
    opened: Opened, study: ScriptedStudy
) -> None:
    async with opened(WIDE) as pilot:
        for key in ("ctrl+f", *"id"):
            pilot.app.post_message(Key(key, key if len(key) == 1 else None))
        await settle(pilot)
        screen = screen_of(pilot)
        assert screen.query_one("#find", Input).value == "id"
        await pilot.press("escape", "f5")
        await settle(pilot)
        screen.rows.table.focus()
        await pilot.pause()
        for key in ("slash", *"sam"):
            pilot.app.post_message(Key(key, key if len(key) == 1 else None))
        await settle(pilot)
        assert screen.query_one("#filter", Input).value == "sam"
        assert screen.answer.answer == "select(Review.id)"


@pytest.mark.parametrize("key", ["ctrl+t", "ctrl+l", "f10", "ctrl+p", "f1"])
async def test_a_second_enter_or_escape_is_too_late_and_harms_nothing(
    opened: Opened, key: str
) -> None:
    async with opened(WIDE) as pilot:
        for last in ("enter", "escape"):
            await pilot.press(key)
            await settle(pilot)
            for each in ("down", "enter", last, last):
                pilot.app.post_message(Key(each, None))
            await settle(pilot)
        assert len(pilot.app.screen_stack) == 1
