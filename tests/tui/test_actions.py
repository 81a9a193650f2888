"""One table feeds bindings, footer, palette, help and the page of keys: they all agree."""

from pathlib import Path

from playground.texts import _
from playground.tui.actions import (
    ACTIONS,
    UNBINDABLE,
    Situation,
    available,
    bindings,
    keys_page,
    shown_key,
)
from playground.tui.screens.lesson import LessonScreen
from playground.tui.widgets.lines import Footer
from playground.tui.work import DO
from playground.tui.work.helping import keys_content

from .conftest import Opened, screen_of, settle

DOCS = Path(__file__).parents[2] / "docs"


def test_every_action_is_done_by_a_function() -> None:
    assert set(DO) == {action.name for action in ACTIONS}


def test_every_action_has_a_key_of_its_own() -> None:
    keys = [key for action in ACTIONS for key in action.keys.split(",")]
    assert len(keys) == len(set(keys))
    assert not UNBINDABLE.intersection(keys)


def test_single_letters_never_work_while_text_is_typed() -> None:
    for action in ACTIONS:
        if action.anywhere:
            assert any(len(key) > 1 for key in action.keys.split(",")), action.name
        for binding in bindings():
            if binding.id == action.name:
                assert binding.priority == (action.anywhere or action.asks)


async def test_a_letter_that_is_typed_does_nothing_else(opened: Opened) -> None:
    async with opened((160, 48)) as pilot:
        await pilot.press("f5")
        await settle(pilot)
        letters = [a.keys for a in ACTIONS if not a.anywhere and a.name != "copy_rows"]
        await pilot.press(*letters)
        screen = screen_of(pilot)
        typed = "".join(letters).replace("slash", "/")
        assert screen.answer.answer == f"select(Review.id){typed}"
        assert not screen.query("#filter")


def test_the_page_of_keys_is_made_from_the_table() -> None:
    assert (DOCS / "keys.md").read_text(encoding="utf-8") == keys_page()


def test_help_lists_every_action() -> None:
    said = str(keys_content({}))
    for action in ACTIONS:
        assert _(action.title) in said
        assert shown_key(action.name) in said


async def test_the_palette_and_the_footer_offer_what_can_be_done(opened: Opened) -> None:
    async with opened((200, 40)) as pilot:
        screen = screen_of(pilot)
        assert isinstance(screen, LessonScreen)
        situation = screen.state.situation()
        offered = {command.help for command in pilot.app.get_system_commands(screen)}
        possible = {action for action in ACTIONS if available(action, situation)}
        assert offered == {_(action.about) for action in possible if action.name != "palette"}
        assert set(screen.query_one(Footer).names) == {action.name for action in possible}


def test_nothing_is_available_that_needs_what_is_not_there() -> None:
    names = {action.name for action in ACTIONS if available(action, Situation())}
    assert names.isdisjoint({"run", "explain", "filter", "next", "hint"})
    assert {"quit", "help", "palette", "back"} <= names


def test_keys_are_written_as_people_write_them() -> None:
    assert shown_key("run") == "F5"
    assert shown_key("palette") == "^P"
    assert shown_key("filter") == "/"
    assert shown_key("explain") == "e"
    assert shown_key("explain", typing=True) == "^G"
    assert shown_key("run", {"run": "ctrl+x"}) == "^X"
