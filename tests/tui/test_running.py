"""Running the answer: keys, results and every end of a run, rows and files."""

import threading
from pathlib import Path

import pytest
from textual.widgets import Static

from playground.running import Row, Run
from playground.tui.export import folder_for_files
from playground.tui.screens.text import TextModal
from playground.tui.widgets.lines import Footer

from .conftest import Opened, said_below, screen_of, settle
from .scripted import Live, ScriptedStudy, broken_run, rows_run

WIDE, NARROW, SMALL = (160, 48), (80, 24), (40, 20)


@pytest.mark.parametrize("size", [WIDE, NARROW, SMALL])
@pytest.mark.parametrize("key", ["f5", "ctrl+j", "ctrl+enter"])
async def test_running_shows_sql_and_rows_at_every_size(
    opened: Opened, study: ScriptedStudy, size: tuple[int, int], key: str
) -> None:
    async with opened(size) as pilot:
        await pilot.press(key)
        await settle(pilot)
        screen = screen_of(pilot)
        assert study.runs == ["select(Review.id)"]
        assert screen.timeline.border_title == "SQL ─ 1 statement"
        assert screen.rows.border_title == "Rows ─ 2 rows"
        assert screen.rows.table.display
        assert screen.rows.table.region.height > 1
        assert "1 statement · 2 rows" in said_below(pilot)


async def test_run_works_whatever_has_the_focus(opened: Opened, study: ScriptedStudy) -> None:
    async with opened(WIDE) as pilot:
        for count in range(1, 6):
            await pilot.press("f5")
            await settle(pilot)
            assert len(study.runs) == count
            await pilot.press("f6")


async def test_on_a_narrow_screen_the_result_comes_up_and_escape_leads_back(opened: Opened) -> None:
    async with opened(NARROW) as pilot:
        screen = screen_of(pilot)
        assert screen.tab == "answer"
        assert screen.answer.region.height > 5
        await pilot.press("f5")
        await settle(pilot)
        assert screen.tab == "results"
        assert not screen.answer.display
        assert screen.timeline.region.y < screen.rows.region.y
        await pilot.press("escape")
        await pilot.pause()
        assert screen.tab == "answer"
        assert screen.focused is screen.answer.editor


async def test_a_footer_entry_is_clicked(opened: Opened, study: ScriptedStudy) -> None:
    async with opened(WIDE) as pilot:
        await pilot.click("Footer", offset=(3, 0))
        await settle(pilot)
        assert study.runs


async def test_a_long_run_leaves_the_app_alive_and_is_cancelled(
    opened: Opened, study: ScriptedStudy
) -> None:
    began = threading.Event()

    def endless(_code: str, cancel: threading.Event) -> Live:
        began.set()
        cancel.wait(30)
        return Live(Run("cancelled", "A", 1.0), [])

    study.on_run = endless
    async with opened(WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("f5")
        began.wait(10)
        assert screen.query_one(Footer).running
        await pilot.press("x", "y")
        assert screen.answer.editor.text.endswith("xy")
        await pilot.press("escape")
        await settle(pilot)
        assert "Cancelled." in said_below(pilot)
        assert not screen.query_one(Footer).running


async def test_the_result_of_a_run_that_was_replaced_is_dropped(
    opened: Opened, study: ScriptedStudy
) -> None:
    lives: list[Live] = []

    def first_waits(code: str, cancel: threading.Event) -> Live:
        first = not lives
        live = Live(broken_run(), []) if first else Live(rows_run([(9, "z")]), [(9, "z")])
        lives.append(live)
        if first:
            cancel.wait(30)
        return live

    study.on_run = first_waits
    async with opened(WIDE) as pilot:
        await pilot.press("f5")
        while not lives:
            await pilot.pause()
        await pilot.press("f5")
        await settle(pilot)
        assert "1 row" in said_below(pilot)
        assert lives[0].closed


async def test_an_error_marks_the_line_and_says_it_in_plain_words_first(
    opened: Opened, study: ScriptedStudy
) -> None:
    study.on_run = lambda _code, _cancel: Live(broken_run("[/foo] \x1b[31m \udc80"), [])
    async with opened(WIDE) as pilot:
        await pilot.press("f5")
        await settle(pilot)
        screen = screen_of(pilot)
        notice = str(screen.rows.query_one("#notice").render())
        assert notice.startswith("Something was divided by zero.")
        assert "ZeroDivisionError: [/foo] ␛[31m \\udc80" in notice
        assert screen.answer.editor._fault == 1


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (Run("timeout", "A", 5000.0, limit="5 s"), "longer than 5 s"),
        (Run("memory", "A", 1.0, limit="512 MB"), "more memory than 512 MB"),
        (Run("output", "A", 1.0, limit="1 MB"), "more than 1 MB"),
        (Run("crashed", "A", 1.0), "process that ran the answer died"),
        (Run("exited-early", "A", 1.0), "ended its process"),
        (Run("invalid-result", "A", 1.0), "cannot be read as a result"),
        (Run("sandbox-error", "A", 1.0), "not your fault"),
        (Run("ok", "A", 1.0), "gave no rows"),
        (Run("ok", "A", 1.0, output="hello\n"), "printed, and gave no rows"),
    ],
)
async def test_every_end_of_a_run_is_told(
    opened: Opened, study: ScriptedStudy, run: Run, said: str
) -> None:
    study.on_run = lambda _code, _cancel: Live(run, [])
    async with opened(NARROW) as pilot:
        await pilot.press("f5")
        await settle(pilot)
        assert said in str(screen_of(pilot).rows.query_one("#notice").render())


async def test_a_hundred_thousand_rows_are_paged(opened: Opened, study: ScriptedStudy) -> None:
    rows: list[Row] = [(n, f"name {n}") for n in range(100_000)]
    study.on_run = lambda _code, _cancel: Live(rows_run(rows), rows)
    async with opened(WIDE) as pilot:
        await pilot.press("f5")
        await settle(pilot)
        table = screen_of(pilot).rows.table
        assert screen_of(pilot).rows.border_title == "Rows ─ 100,000 rows"
        table.focus()
        await pilot.pause()
        await pilot.press("end")
        await settle(pilot)
        assert table.cell() == ("id", 99_999)
        bottom = table.size.height - 1
        shown = [table.render_line(y).text for y in range(bottom + 1)]
        assert any("99999" in line for line in shown)


async def test_rows_are_filtered(opened: Opened, study: ScriptedStudy) -> None:
    rows: list[Row] = [(n, f"name {n}") for n in range(3_000)]
    study.on_run = lambda _code, _cancel: Live(rows_run(rows), rows)
    async with opened(WIDE) as pilot:
        await pilot.press("f5")
        await settle(pilot)
        screen = screen_of(pilot)
        screen.rows.table.focus()
        await pilot.pause()
        await pilot.press("slash", *"NAME 2999", "enter")
        await settle(pilot)
        assert screen.rows.border_title == "Rows ─ 1 of 3,000"
        await pilot.press("slash", *"nobody", "enter")
        await settle(pilot)
        assert screen.rows.border_title == "Rows ─ 0 of 3,000"
        notice = str(screen.rows.query_one("#notice", Static).render())
        assert notice == "No row contains that text. Escape shows all again."
        await pilot.press("escape")
        await settle(pilot)
        assert screen.rows.border_title == "Rows ─ 3,000 rows"


async def test_a_failure_that_nobody_named_is_told_once_and_the_text_stays(
    opened: Opened, study: ScriptedStudy
) -> None:
    def breaks(_code: str, _cancel: threading.Event) -> Live:
        raise RuntimeError("[/foo] is no markup")

    study.on_run = breaks
    async with opened(WIDE) as pilot:
        await pilot.press("f5")
        await settle(pilot)
        assert isinstance(pilot.app.screen, TextModal)
        await pilot.press("escape")
        assert screen_of(pilot).answer.answer == "select(Review.id)"
        study.on_run = lambda _code, _cancel: Live(rows_run([(1, "a")]), [(1, "a")])
        await pilot.press("f5")
        await settle(pilot)
        assert "Ran." in said_below(pilot)


async def test_rows_are_saved_and_it_is_said_where(
    opened: Opened, study: ScriptedStudy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_downloads_path", lambda: tmp_path / "new" / "Downloads")
    async with opened(WIDE) as pilot:
        await pilot.press("f5")
        await settle(pilot)
        screen_of(pilot).rows.table.focus()
        await pilot.pause()
        await pilot.press("s")
        while not pilot.app._notifications:
            await settle(pilot)
        said = " ".join(str(notice.message) for notice in pilot.app._notifications)
        assert "Saved: " in said
        saved = Path(said.split("Saved: ")[1])
        assert saved == tmp_path / "new" / "Downloads" / "rows.csv"
        assert saved.read_bytes().splitlines() == [b"id,name", b"1,a", b"2,"]


def test_where_there_can_be_no_downloads_files_go_where_the_app_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home").write_text("a file")
    monkeypatch.setattr("platformdirs.user_downloads_path", lambda: tmp_path / "home" / "Downloads")
    monkeypatch.chdir(tmp_path)
    assert folder_for_files() == tmp_path
