"""Writing an answer: names that are suggested, ways through the text."""

from pathlib import Path

from playground.tui.export import free_name

from .conftest import Opened, screen_of, settle

WIDE = (160, 48)


async def test_a_suggested_name_is_taken_with_tab_or_right(opened: Opened) -> None:
    async with opened(WIDE) as pilot:
        await settle(pilot)
        editor = screen_of(pilot).answer.editor
        await pilot.press("alt+a", *"Rev")
        assert editor.suggestion == "iew"
        await pilot.press("tab", *".ra")
        assert editor.text == "Review.ra"
        await pilot.press("right")
        assert editor.text == "Review.rating"
        assert not editor.suggestion


async def test_the_next_suggestion_is_asked_for(opened: Opened) -> None:
    async with opened(WIDE) as pilot:
        await settle(pilot)
        editor = screen_of(pilot).answer.editor
        await pilot.press("alt+a", *"Review.")
        assert editor.suggestion == "id"
        await pilot.press("ctrl+space")
        assert editor.suggestion == "rating"
        await pilot.press("tab")
        assert editor.text == "Review.rating"


async def test_tab_indents_where_nothing_is_suggested(opened: Opened) -> None:
    async with opened(WIDE) as pilot:
        await settle(pilot)
        editor = screen_of(pilot).answer.editor
        await pilot.press("alt+a", "backspace", "tab", "x")
        assert editor.text == "    x"


async def test_the_ends_of_the_text_are_one_key_away(opened: Opened) -> None:
    async with opened(WIDE) as pilot:
        editor = screen_of(pilot).answer.editor
        await pilot.press("enter", "x", "ctrl+home")
        assert editor.cursor_location == (0, 0)
        await pilot.press("ctrl+end")
        assert editor.cursor_location == (1, 1)


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    assert free_name(tmp_path, "rows.csv") == "rows.csv"
    (tmp_path / "rows.csv").write_text("mine")
    (tmp_path / "rows-2.csv").write_text("mine")
    assert free_name(tmp_path, "rows.csv") == "rows-3.csv"
