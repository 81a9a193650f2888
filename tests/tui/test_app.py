"""Working in the app: what keys and clicks do, at the sizes that people have."""

import threading
from pathlib import Path

import pytest
from msgspec import structs
from textual.events import Key
from textual.pilot import Pilot

from playground.checking import Finding, Verdict
from playground.records import Resume
from playground.running import Row, Run
from playground.settings import Settings
from playground.study import ExerciseEntry, LessonEntry, ModuleEntry, Progress
from playground.tui.app import PlaygroundApp
from playground.tui.contents import choices
from playground.tui.export import folder_for_files
from playground.tui.screens.pick import PickModal
from playground.tui.screens.text import TextModal
from playground.tui.widgets.choices import Choices, LineOrder
from playground.tui.widgets.lines import Footer, Header, VerdictLine
from playground.tui.widgets.markdown import Fence
from playground.tui.widgets.task import TaskPane

from .conftest import Opened, screen_of, settle
from .scripted import EXERCISES, Live, ScriptedStudy, broken_run, passed, rows_run

WIDE, NARROW, SMALL = (160, 48), (80, 24), (40, 20)


def verdict(pilot: Pilot[int]) -> str:
    """The line below the panes."""
    line = screen_of(pilot).query_one(VerdictLine).line
    return f"{line.sign} {line.head} {line.text}"


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
        assert "1 statement · 2 rows" in verdict(pilot)


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


async def test_a_tab_is_clicked(opened: Opened) -> None:
    async with opened(NARROW) as pilot:
        await pilot.click("TabLine", offset=(4, 0))
        await pilot.pause()
        screen = screen_of(pilot)
        assert screen.tab == "task"
        assert screen.query_one(TaskPane).display


async def test_a_footer_entry_is_clicked(opened: Opened, study: ScriptedStudy) -> None:
    async with opened(WIDE) as pilot:
        await pilot.click("Footer", offset=(3, 0))
        await settle(pilot)
        assert study.runs


async def test_a_failed_check_names_one_thing_and_explains_it(
    opened: Opened, study: ScriptedStudy
) -> None:
    async with opened(WIDE) as pilot:
        await pilot.press("f8")
        await settle(pilot)
        assert verdict(pilot).startswith("✗ Not yet. Right rows, but in no order")
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
    needing = structs.replace(study.exercises[0], tags=("needs:sqlite>=99",))
    study.exercises = (needing, *study.exercises[1:])
    missing = Finding("need-missing", "This exercise was skipped, not failed.")
    study.on_check = lambda _answer: Verdict("a/b", "skipped", 0, 1, findings=[missing])
    async with opened(WIDE) as pilot:
        task = screen_of(pilot).query_one(TaskPane).text
        assert "Skipped. This needs SQLite 99 or newer" in task
        assert "without a rating" in task
        await pilot.press("f8")
        await settle(pilot)
        assert verdict(pilot).startswith("– Skipped. This exercise was skipped, not failed.")


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


async def test_a_pass_marks_the_dot_and_the_last_one_ends_the_lesson(
    opened: Opened, study: ScriptedStudy
) -> None:
    study.on_check = lambda _answer: passed()
    study.marks = ["none", "passed", "passed", "passed", "passed"]
    async with opened(WIDE) as pilot:
        await pilot.press("f8")
        await settle(pilot)
        assert verdict(pilot).startswith("✓ Right.")
        assert "This lesson is done." in verdict(pilot)
        assert screen_of(pilot).query_one(Header).place.marks[0] == "passed"


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
        assert "Cancelled." in verdict(pilot)
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
        assert "1 row" in verdict(pilot)
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


async def test_what_is_typed_before_the_course_is_open_stays(study: ScriptedStudy) -> None:
    gate = threading.Event()

    def slow(_language: str) -> ScriptedStudy:
        gate.wait(10)
        return study

    opening = Resume(
        lesson="null-logic", lesson_title="NULL", exercise="unrated", draft="select(1)"
    )
    app = PlaygroundApp(slow, opening=opening)  # type: ignore[arg-type]
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press("f5", "!", "!")
        gate.set()
        while not study.runs:
            await settle(pilot)
        assert study.runs == ["select(1)!!"]


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
        await pilot.press("f5")
        assert not study.runs


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


async def test_schema_and_names(opened: Opened) -> None:
    async with opened(WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("f4")
        await settle(pilot)
        assert screen.schema.display
        assert not screen.lesson.display
        assert "products.id" in str(screen.schema.query_one("#schema-text").render())
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
        assert "products.id" in str(screen.schema.query_one("#schema-text").render())


async def test_a_pane_is_enlarged_and_comes_back(opened: Opened) -> None:
    async with opened(WIDE) as pilot:
        screen = screen_of(pilot)
        await pilot.press("f12")
        await pilot.pause()
        assert screen.maximized is screen.answer
        await pilot.press("escape")
        await pilot.pause()
        assert screen.maximized is None


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
        assert "Ran." in verdict(pilot)


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
