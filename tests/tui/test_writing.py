"""Writing an answer: names that are suggested, ways through the text."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from playground.tui.export import free_name

from .conftest import Opened, screen_of, settle
from .scripted import ScriptedStudy

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


async def test_colours_of_a_text_that_is_gone_are_never_drawn(opened: Opened) -> None:
    async with opened(WIDE) as pilot:
        await settle(pilot)
        editor = screen_of(pilot).answer.editor
        editor.text = "select(Review.id, Review.rating).where(Review.rating > 3)"
        editor.colour()
        editor.text = "select("
        await pilot.pause()
        assert "select(" in pilot.app.export_screenshot()
        await pilot.press("alt+a", *"print('a long text')")
        editor.colour()
        await pilot.press("ctrl+z", "ctrl+z", "ctrl+z")
        assert len(editor.text) < len("print('a long text')")


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


@pytest.mark.parametrize(
    ("gap", "line"),
    [
        ("", 0),
        ("    ...\n", 60),
        ("def f():\n    pass  # yours\n", 61),
        ("class A:\n    pass\n", 0),
        ("x = f(...)\n", 60),
    ],
)
async def test_a_long_starter_opens_at_its_top_or_at_its_gap(
    opened: Opened, study: ScriptedStudy, gap: str, line: int
) -> None:
    lines = [f"number_{n} = {n}\n" for n in range(60)]
    starter = "".join([*lines, gap, *lines])
    study.exercises = (replace(study.exercises[0], starter=starter), *study.exercises[1:])
    async with opened(WIDE) as pilot:
        editor = screen_of(pilot).answer.editor
        assert editor.cursor_location[0] == line
        top = int(editor.scroll_y)
        assert top <= line < top + editor.size.height
        if line:
            assert (
                editor.document.get_line(line)[: editor.cursor_location[1]]
                .rstrip()
                .endswith(("...", "pass"))
            )


async def test_a_short_starter_opens_at_its_end(opened: Opened) -> None:
    async with opened(WIDE) as pilot:
        assert screen_of(pilot).answer.editor.cursor_location == (0, len("select(Review.id)"))
