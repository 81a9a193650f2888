"""Run the answer, show what it sent and what came back, cancel."""

from typing import TYPE_CHECKING

from playground.texts import _
from playground.tui import messages
from playground.tui.actions import shown_key
from playground.tui.state import Work
from playground.tui.widgets.lines import Line

if TYPE_CHECKING:
    from playground.running import LiveRun, Run
    from playground.tui.screens.lesson import LessonScreen

CLOCK_AFTER = 0.3
"""Seconds after which a running clock is shown; quicker runs show none."""


def run(screen: "LessonScreen") -> None:
    """Run the answer in a thread; a run under way is cancelled for it."""
    view = screen.state.view
    if view is None:
        wait_for_course(screen, "run", _("Your answer runs in a moment."))
        return
    code = view.here.code_to_run(screen.answer.answer)
    if code is None:
        _say_nothing_to_run(screen)
        return
    work = start(screen, "run")
    former, screen.state.live = screen.state.live, None

    def execute() -> None:
        if former is not None:
            former.close()
        live = screen.desk.run(view, code, work.cancel)
        if not screen.post_message(messages.RunEnded(work.number, code, live)):
            live.close()

    screen.do_in_thread("run", execute)


def _say_nothing_to_run(screen: "LessonScreen") -> None:
    if screen.answer.answering.kind == "predict":
        screen.say_idle()
        return
    said = _("There is nothing to run here; {check} checks your answer.")
    key = shown_key("check", screen.keymap)
    screen.say(Line("▸", "$primary", "", said.format(check=key)))


def wait_for_course(screen: "LessonScreen", name: str, said: str) -> None:
    """Have an action done once the course is open, and say so; the last one asked for counts."""
    screen.state.pending = name
    screen.say(Line("…", "$quiet", _("Opening the course."), said))


def start(screen: "LessonScreen", kind: str) -> Work:
    """A new work with its clock."""
    work = screen.state.start(kind)
    screen.set_timer(CLOCK_AFTER, lambda: tick(screen, work.number))
    screen.refresh_situation()
    return work


def tick(screen: "LessonScreen", number: int) -> None:
    """Show how long it has taken, until it is over."""
    work = screen.state.work
    if work is None or work.number != number:
        return
    head = {
        "run": _("Running."),
        "check": _("Checking on every variant of the data."),
    }.get(work.kind, _("Asking."))
    screen.say(Line("…", "$primary", head, _("{seconds} s").format(seconds=f"{work.seconds:.1f}")))
    screen.set_timer(0.1, lambda: tick(screen, number))


def show_run(screen: "LessonScreen", number: int, code: str, live: "LiveRun") -> None:
    """Show a run that has ended; a stale one is closed."""
    from playground.tui.outcomes import run_line

    if not screen.state.end(number):
        screen.do_in_thread("close", live.close)
        return
    screen.state.live, screen.state.run, screen.state.verdict = live, live.run, None
    screen.state.code = code
    show_result(screen, live.run)
    screen.say(run_line(live.run))
    screen.refresh_situation()
    if screen.narrow:
        screen.show_tab("results")


def show_result(screen: "LessonScreen", result: "Run") -> None:
    """Put a run's statements, rows and output into their panes, and mark the failing line."""
    from playground.tui.statements import count_text, milliseconds

    screen.timeline.show(result.statements)
    spent = sum(statement.elapsed_ms or 0 for statement in result.statements)
    fact = count_text(result.statements)
    screen.timeline.border_title = _("SQL ─ {fact}").format(fact=fact)
    screen.timeline.border_subtitle = milliseconds(spent) if spent else ""
    screen.rows.show_run(result)
    if screen.answer.answering.in_editor:
        screen.answer.editor.mark_fault(result.error.line if result.error is not None else None)


def back(screen: "LessonScreen") -> None:
    """Cancel what runs; else leave what is open, from the inside out."""
    work = screen.state.work
    if work is not None:
        work.cancel.set()
        screen.say(Line("…", "$quiet", _("Cancelling.")))
    elif screen.state.leaving:
        screen.state.pending = None
        screen.arrive()
        screen.say_idle()
    elif screen.maximized is not None:
        screen.minimize()
    elif screen.rows.close_filter() or screen.answer.close_extras():
        return
    elif screen.has_class("-schema"):
        screen.remove_class("-schema")
        screen.answer.focus_answer()
    elif screen.narrow and screen.tab != "answer":
        screen.show_tab("answer")
    elif screen.focused is screen.answer.editor:
        screen.focus_next()
    else:
        screen.answer.focus_answer()


def parameters(screen: "LessonScreen") -> None:
    """Show or hide the parameters."""
    screen.timeline.toggle_parameters()
