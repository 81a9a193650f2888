"""What someone meets who has read no manual: nothing that is pressed is lost, or counts by accident."""

from threading import Event

from msgspec.structs import replace
from rich.style import Style
from textual.widgets import OptionList

from playground.course import Exercise
from playground.records import Resume
from playground.tui.app import PlaygroundApp
from playground.tui.screens.pick import PickModal
from playground.tui.widgets.choices import Choices
from playground.tui.widgets.lines import Footer, VerdictLine
from playground.tui.widgets.task import TaskLine

from .conftest import Opened, screen_of, settle
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
    gate = Event()
    study = ScriptedStudy()
    study.index, study.drafts["layer"] = 1, "2"

    def slow(_language: str) -> ScriptedStudy:
        gate.wait(10)
        return study

    app = PlaygroundApp(slow, opening=opening)  # type: ignore[arg-type]
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
    gate = Event()
    study = ScriptedStudy()

    def slow(_language: str) -> ScriptedStudy:
        gate.wait(10)
        return study

    app = PlaygroundApp(slow, opening=Resume(lesson="null-logic", exercise="unrated"))  # type: ignore[arg-type]
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press("f2", "ctrl+t")
        assert screen_of(pilot).query_one(VerdictLine).line.head == "Opening the course."
        gate.set()
        while not isinstance(pilot.app.screen, PickModal):
            await settle(pilot)
        assert study.opened == 0


async def test_the_contents_are_searched_by_id_too_and_say_when_nothing_is_found(
    opened: Opened,
) -> None:
    async with opened(WIDE) as pilot:
        await pilot.press("ctrl+t")
        await settle(pilot)
        options = pilot.app.screen.query_one(OptionList)
        await pilot.press(*"unrated")
        await settle(pilot)
        assert [option.id for option in options.options] == ["null-logic/unrated"]
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
