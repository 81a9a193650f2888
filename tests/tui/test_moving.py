"""Ways through the course, and what becomes of drafts on them."""

import pytest

from playground.records import MarkState, Resume
from playground.study import ExerciseEntry, LessonEntry, ModuleEntry, Progress
from playground.tui.app import PlaygroundApp
from playground.tui.contents import choices
from playground.tui.screens.pick import PickModal
from playground.tui.screens.text import TextModal
from playground.tui.widgets.choices import Choices, LineOrder
from playground.tui.widgets.markdown import Fence

from .conftest import Opened, opening_slowly, screen_of, settle
from .scripted import ScriptedStudy

WIDE, NARROW = (160, 48), (80, 24)


def test_the_contents_tell_what_is_skipped() -> None:
    entries = [
        ExerciseEntry("one", "a/one", "One", "code", 1, "none", False, lack="This needs pandas."),
        ExerciseEntry("two", "a/two", "Two", "code", 1, "none", False),
    ]
    lesson = LessonEntry("a", "A", None, False, tuple(entries), Progress(0, 0, 1), False)
    _module, head, one, two = choices([ModuleEntry("m", "M", (lesson,), Progress(0, 0, 1))])
    assert "0/1" in str(head.label)
    assert "skipped" in str(one.label)
    assert "skipped" not in str(two.label)


def test_the_contents_tell_what_was_looked_up_from_what_was_passed() -> None:
    states: list[MarkState] = ["passed", "seen", "none"]
    entries = [ExerciseEntry(s, f"a/{s}", s.title(), "code", 1, s, False) for s in states]
    lesson = LessonEntry("a", "A", None, False, tuple(entries), Progress(1, 1, 3), False)
    lines = choices([ModuleEntry("m", "M", (lesson,), Progress(1, 1, 3))])
    _module, head, passed, seen, untouched = (str(line.label) for line in lines)
    assert head.strip() == "A  1/3 · 1 solution seen"
    assert seen.strip() == "◇ Seen  solution seen"
    assert passed.strip() == "● Passed"
    assert untouched.strip() == "○ None"


async def test_going_on_keeps_the_draft_and_comes_back_to_it(
    opened: Opened, study: ScriptedStudy
) -> None:
    async with opened(WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("#")
        await pilot.press("f9")
        await settle(pilot)
        assert study.drafts["unrated"] == "select(Review.id)#"
        assert screen.query_one(Choices).has_focus
        await pilot.press("ctrl+b")
        await settle(pilot)
        assert screen.answer.answer == "select(Review.id)#"


async def test_on_a_narrow_screen_the_next_exercise_opens_on_its_answer(opened: Opened) -> None:
    async with opened(NARROW) as pilot:
        screen = screen_of(pilot)
        for key in ("f5", "f4"):
            await pilot.press(key)
            await settle(pilot)
            await pilot.press("f9")
            await settle(pilot)
            assert screen.tab == "answer"
            assert screen.answer.query_one("#other").has_focus


async def test_what_is_typed_before_the_course_is_open_stays(study: ScriptedStudy) -> None:
    opening = Resume(
        lesson="null-logic", lesson_title="NULL", exercise="unrated", draft="select(1)"
    )
    app, gate = opening_slowly(study, opening)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press("f5", "!", "!")
        gate.set()
        while not study.runs:
            await settle(pilot)
        assert study.runs == ["select(1)!!"]


async def test_a_block_of_the_lesson_goes_to_the_scratch_pad(
    opened: Opened, study: ScriptedStudy
) -> None:
    async with opened(WIDE) as pilot:
        screen = screen_of(pilot)
        screen.query_one(Fence).focus()
        await pilot.pause()
        await pilot.press("enter")
        await settle(pilot)
        assert study.index is None
        assert screen.answer.answer == "select(Review.rating).limit(3)"
        assert "unrated" not in study.drafts
        await pilot.press("f7")
        await settle(pilot)
        assert screen.answer.answer == "select(Review.id)"


async def test_the_contents_lead_anywhere(opened: Opened, study: ScriptedStudy) -> None:
    async with opened(NARROW) as pilot:
        await pilot.press("ctrl+t")
        await settle(pilot)
        assert isinstance(pilot.app.screen, PickModal)
        await pilot.press(*"order")
        await pilot.press("enter")
        await settle(pilot)
        assert study.index == 2


async def test_the_draft_is_kept_after_a_pause_and_at_the_end(
    opened: Opened, study: ScriptedStudy
) -> None:
    async with opened(WIDE) as pilot:
        await pilot.press("a")
        while "unrated" not in study.drafts:
            await settle(pilot)
        assert study.drafts["unrated"].endswith("a")
        await pilot.press("b", "ctrl+q")
    app = pilot.app
    app.keep_draft()  # type: ignore[attr-defined]
    assert study.drafts["unrated"].endswith("ab")


async def test_a_lesson_that_cannot_be_opened_says_why(
    opened: Opened, study: ScriptedStudy
) -> None:
    async with opened(WIDE) as pilot:
        await pilot.press("ctrl+t")
        await settle(pilot)
        await pilot.press(*"broken")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, TextModal)
        assert "broken.yaml:3:1" in str(pilot.app.screen._parts[0])


async def test_a_full_disk_is_said_once_and_work_goes_on(
    opened: Opened, study: ScriptedStudy
) -> None:
    def full(_text: str, _at: object) -> None:
        raise OSError(28, "No space left on device")

    study.keep_draft = full  # type: ignore[method-assign]
    async with opened(WIDE) as pilot:
        for letter in "ab":
            await pilot.press(letter)
            await pilot.press("escape", "f6")
            await settle(pilot)
            screen_of(pilot).answer.editor.focus()
            await pilot.pause()
        assert pilot.app.screen is screen_of(pilot)
        notices = [str(notice.message) for notice in pilot.app._notifications]
        assert len([said for said in notices if "No space left" in said]) == 1


@pytest.mark.parametrize("kept", [None, "session.commit()\nreview.rating = 5\n"])
async def test_lines_to_order_survive_a_start_that_ends_at_once(
    opened: Opened, study: ScriptedStudy, kept: str | None
) -> None:
    study.index = 2
    if kept is not None:
        study.drafts["lines"] = kept
    opening = Resume(lesson="null-logic", exercise="lines", kind="order")
    async with opened(WIDE, opening=opening) as pilot:
        shown = screen_of(pilot).query_one(LineOrder).answer
        app = pilot.app
    assert isinstance(app, PlaygroundApp)
    app.keep_draft()
    assert len(shown.split("\n")) > 2
    assert study.drafts.get("lines") == kept


async def test_a_starter_that_nobody_changed_is_no_draft(
    opened: Opened, study: ScriptedStudy
) -> None:
    async with opened(WIDE) as pilot:
        await pilot.press("f9")
        await settle(pilot)
        app = pilot.app
    assert isinstance(app, PlaygroundApp)
    app.keep_draft()
    assert study.drafts == {}
