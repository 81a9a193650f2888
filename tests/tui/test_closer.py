"""A statement looked at more closely: its plan, and how other systems write it."""

import threading

from textual.pilot import Pilot

from playground.tui.screens.text import TextModal
from playground.tui.widgets.lines import Footer

from .conftest import Opened, said_below, screen_of, settle
from .scripted import ScriptedStudy

WIDE, SMALL = (160, 48), (40, 20)


async def ran(pilot: Pilot[int]) -> None:
    await pilot.press("f5")
    await settle(pilot)
    screen_of(pilot).timeline.focus()
    await pilot.pause()


def shown(pilot: Pilot[int]) -> str:
    modal = pilot.app.screen
    assert isinstance(modal, TextModal)
    return "\n".join(str(part) for part in modal._parts)


async def test_the_plan_of_the_chosen_statement(opened: Opened, study: ScriptedStudy) -> None:
    async with opened(SMALL) as pilot:
        await ran(pilot)
        before = said_below(pilot)
        await pilot.press("x")
        await settle(pilot)
        assert study.grounds.asked == [("plan", 1)]
        said = shown(pilot)
        assert "WHERE reviews.rating > ?" in said
        assert "• SCAN reviews\n   • SEARCH products" in said
        await pilot.press("escape")
        assert said_below(pilot) == before


async def test_other_systems_write_it_in_their_way(opened: Opened, study: ScriptedStudy) -> None:
    async with opened(WIDE) as pilot:
        await ran(pilot)
        await pilot.press("d")
        await settle(pilot)
        (asked,) = study.grounds.asked
        assert asked[:2] == ("written", "select(Review.id)")
        said = shown(pilot)
        assert "PostgreSQL\nSELECT reviews.id LIMIT %(param_1)s" in said
        assert "Oracle\nCompileError: [/foo]" in said
        assert "As SQLAlchemy writes it" in said


async def test_after_a_check_it_is_the_answer_that_was_checked(
    opened: Opened, study: ScriptedStudy
) -> None:
    async with opened(WIDE) as pilot:
        await pilot.press("#", "f8")
        await settle(pilot)
        await pilot.press("!")
        screen_of(pilot).timeline.focus()
        await pilot.pause()
        await pilot.press("d")
        await settle(pilot)
        assert study.grounds.asked[0][:2] == ("written", "select(Review.id)#")


async def test_it_can_be_cancelled_and_disturbs_no_run(
    opened: Opened, study: ScriptedStudy
) -> None:
    asked = threading.Event()

    def wait(cancel: threading.Event) -> None:
        asked.set()
        cancel.wait(30)

    study.grounds.wait = wait
    async with opened(WIDE) as pilot:
        await ran(pilot)
        screen = screen_of(pilot)
        await pilot.press("x")
        asked.wait(10)
        assert screen.query_one(Footer).running
        await pilot.press("d", "escape")
        await settle(pilot)
        assert pilot.app.screen is screen
        assert len(study.grounds.asked) == 1
        assert said_below(pilot).startswith("– Cancelled.")
        assert not screen.query_one(Footer).running
        assert screen.rows.border_title == "Rows ─ 2 rows"
