"""Panes, tabs, colours, languages and keys, at the sizes that people have."""

import pytest

from playground.settings import Settings
from playground.tui.screens.pick import PickModal
from playground.tui.screens.text import TextModal
from playground.tui.widgets.schema import Picture
from playground.tui.widgets.task import TaskPane

from .conftest import Opened, screen_of, settle
from .scripted import ScriptedStudy

WIDE, NARROW = (160, 48), (80, 24)


async def test_a_tab_is_clicked(opened: Opened) -> None:
    async with opened(NARROW) as pilot:
        await pilot.click("TabLine", offset=(4, 0))
        await pilot.pause()
        screen = screen_of(pilot)
        assert screen.tab == "task"
        assert screen.query_one(TaskPane).display


async def test_schema_and_names(opened: Opened) -> None:
    async with opened(WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("f4")
        await settle(pilot)
        assert screen.schema.display
        assert not screen.lesson.display
        assert "products.id" in str(screen.schema.query_one(Picture).render())
        await pilot.press("f6", "shift+tab")
        assert screen.focused is screen.schema
        await pilot.press("f6", "f6", "f6", "f6")
        assert screen.focused is screen.schema
        await pilot.press("escape", "ctrl+s")
        await settle(pilot)
        assert screen.lesson.display
        assert "Review" in str(screen.query_one("#names-text").render())


@pytest.mark.parametrize("keys", [("f4",), ("f6", "f6", "f6")])
async def test_the_schema_tab_has_the_tables(opened: Opened, keys: tuple[str, ...]) -> None:
    async with opened(NARROW) as pilot:
        screen = screen_of(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)
        assert screen.tab == "schema"
        assert "products.id" in str(screen.schema.query_one(Picture).render())


async def test_a_pane_is_enlarged_and_comes_back(opened: Opened) -> None:
    async with opened(WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("f12")
        await pilot.pause()
        assert screen.maximized is screen.answer
        await pilot.press("escape")
        await pilot.pause()
        assert screen.maximized is None


@pytest.mark.parametrize("name", ["lesson", "task", "schema", "results"])
async def test_every_pane_can_be_enlarged(opened: Opened, name: str) -> None:
    async with opened(WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("f5")
        await settle(pilot)
        await pilot.press("f4") if name == "schema" else screen.action_do(f"show_{name}")
        await settle(pilot)
        await pilot.press("f12")
        await settle(pilot)
        assert screen.maximized is not None
        assert screen.maximized.size.width > 150


async def test_a_low_terminal_leaves_lines_to_write_in(opened: Opened) -> None:
    async with opened((36, 9)) as pilot:
        assert screen_of(pilot).answer.editor.size.height >= 3


async def test_a_tiny_terminal_says_so_and_lives(opened: Opened) -> None:
    async with opened((20, 5)) as pilot:
        screen = screen_of(pilot)
        assert screen.query_one("#too-small").display
        await pilot.press("x")
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert not screen.query_one("#too-small").display
        assert screen.answer.answer == "select(Review.id)x"


async def test_keys_of_the_settings_and_what_is_wrong_with_them(
    opened: Opened, study: ScriptedStudy
) -> None:
    settings = Settings(keys={"run": "f9", "next": "ctrl+n", "check": "ctrl+m", "fly": "f3"})
    async with opened(WIDE, settings) as pilot:
        await pilot.press("f9")
        await settle(pilot)
        assert study.runs
        said = " ".join(str(notice.message) for notice in pilot.app._notifications)
        assert "fly" in said
        assert "ctrl+m" in said


async def test_a_colour_is_chosen_and_kept(opened: Opened, study: ScriptedStudy) -> None:
    async with opened(WIDE) as pilot:
        await pilot.press("f10")
        await settle(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        assert pilot.app.theme == "playground-light"
        assert study.settings == {"theme": "playground-light"}


async def test_help_explains_the_pane_that_has_the_focus(opened: Opened) -> None:
    async with opened(WIDE) as pilot:
        screen_of(pilot).timeline.focus()
        await pilot.pause()
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(pilot.app.screen, TextModal)
        assert "The SQL that was sent" in str(pilot.app.screen._parts[0])


async def test_another_language_begins_again_and_keeps_the_draft(
    opened: Opened, study: ScriptedStudy
) -> None:
    from playground import texts

    async with opened(WIDE) as pilot:
        await pilot.press("x", "ctrl+l")
        await pilot.pause()
        assert isinstance(pilot.app.screen, PickModal)
        await pilot.press("down", "enter")
        await pilot.pause()
        while texts.language() == "en":
            await settle(pilot)
        while not screen_of(pilot).dressed or screen_of(pilot).state.view is None:
            await settle(pilot)
        assert screen_of(pilot).answer.answer == "select(Review.id)x"
        assert study.settings == {"language": "pt-BR"}


async def test_keys_that_come_close_together_keep_their_order(opened: Opened) -> None:
    from textual import events

    async with opened(WIDE) as pilot:
        editor = screen_of(pilot).answer.editor
        for key, character in (
            ("x", "x"),
            ("backspace", "\x7f"),
            ("y", "y"),
            ("left", None),
            ("z", "z"),
        ):
            pilot.app.post_message(events.Key(key, character))
        await settle(pilot)
        assert editor.text == "select(Review.id)zy"


async def test_ctrl_c_says_what_leaves(opened: Opened) -> None:
    async with opened(WIDE) as pilot:
        await pilot.press("ctrl+c")
        await pilot.pause()
        said = [each.message for each in pilot.app._notifications]
        assert said == ["^Q leaves; your text and your place are kept."]
