"""Check the answer and explain the verdict."""

from typing import TYPE_CHECKING

from playground.texts import _
from playground.tui import messages
from playground.tui.actions import shown_key
from playground.tui.widgets.lines import Line
from playground.tui.work.running import show_result, start, wait_for_course
from playground.visible import visible

if TYPE_CHECKING:
    from playground.study import Milestone
    from playground.tui.screens.lesson import LessonScreen


def check(screen: "LessonScreen") -> None:
    """Check the answer in a thread; nothing chosen is no answer."""
    view = screen.state.view
    if view is None:
        wait_for_course(screen, "check", _("Your answer is checked in a moment."))
        return
    answer = screen.answer.answer
    how = screen.answer.answering
    if how.kind != "code" and not answer.strip():
        chosen = how.chosen
        said = _("Choose with Space or a click first.") if chosen else _("Write your answer first.")
        screen.say(Line("▸", "$primary", "", said))
        screen.answer.focus_answer()
        return
    work = start(screen, "check")

    def judge() -> None:
        judged = screen.desk.check(view, answer, work.cancel)
        screen.post_message(messages.Checked(work.number, answer, *judged))

    screen.do_in_thread("run", judge)


def show_verdict(screen: "LessonScreen", message: messages.Checked) -> None:
    """Show a verdict that has come; a stale one is dropped."""
    from playground.tui.outcomes import cancelled_line, verdict_line
    from playground.tui.work.moving import show_marks

    if not screen.state.end(message.number):
        return
    verdict = message.verdict
    if verdict is None:
        screen.say(cancelled_line())
        screen.refresh_situation()
        return
    screen.state.verdict, screen.state.view = verdict, message.view
    if verdict.run is not None:
        screen.state.run = verdict.run
        screen.state.code = message.view.here.code_to_run(message.answer) or ""
        show_result(screen, verdict.run)
    finding = verdict.findings[0] if verdict.findings else None
    if finding is not None and finding.line is not None and screen.answer.answering.in_editor:
        screen.answer.editor.mark_fault(finding.line, "finding")
    ended = ending(message.milestone)
    if message.view.here.has_next:
        key = shown_key("next", screen.keymap)
        onward = _("{key} goes on.").format(key=key)
        ended = f"{ended} {onward}".strip()
    screen.say(verdict_line(verdict, ended))
    show_marks(screen, message.view)
    screen.refresh_situation()


def ending(milestone: "Milestone | None") -> str:
    """What a pass has brought to its end, as a sentence; empty if nothing."""
    if milestone is None:
        return ""
    from playground.study import seen_not_passed

    if milestone.kind == "course":
        said = _("That was the last exercise of the course: it is done.")
    elif milestone.kind == "module":
        said = _("The module {title} is done.").format(title=visible(milestone.title))
    else:
        said = _("This lesson is done.")
    return f"{said} {seen_not_passed(milestone.progress)}".strip()


def explain(screen: "LessonScreen") -> None:
    """Open the explanation of the verdict."""
    from playground.tui.explaining import explanation
    from playground.tui.outcomes import verdict_line
    from playground.tui.screens.text import TextModal

    verdict = screen.state.verdict
    if verdict is None:
        return
    line = verdict_line(verdict)
    title = f"{line.sign} {line.head}"
    screen.app.push_screen(TextModal(title, *explanation(verdict), copier=screen.copier))
