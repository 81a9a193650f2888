"""Look at the chosen statement more closely: its plan, and how other systems write it."""

from typing import TYPE_CHECKING

from textual.content import Content

from playground.texts import _
from playground.tui import messages
from playground.tui.pieces import Piece, drawn
from playground.tui.widgets.lines import VerdictLine
from playground.tui.work.running import start

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    from playground.checking import Plan, Written
    from playground.running import Statement
    from playground.tui.desk import View
    from playground.tui.screens.lesson import LessonScreen


def plan(screen: "LessonScreen") -> None:
    """Show the plan of the statement that is chosen."""
    run = screen.state.run
    if run is not None:
        _look(
            screen,
            lambda view, statement, cancel: screen.desk.plan(
                view, run.statements, statement, cancel
            ),
        )


def dialects(screen: "LessonScreen") -> None:
    """Show the statement that is chosen as other systems write it."""
    code = screen.state.code
    _look(
        screen,
        lambda view, statement, cancel: screen.desk.written(view, code, statement.sql, cancel),
    )


def _look(
    screen: "LessonScreen",
    ask: "Callable[[View, Statement, Event], Plan | tuple[Written, ...]]",
) -> None:
    """Ask a child in a thread; Escape cancels."""
    view, entry = screen.state.view, screen.timeline.chosen
    if view is None or entry is None:
        return
    if screen.state.work is not None:
        screen.notify(_("Something runs; Escape cancels it."), markup=False)
        return
    before = screen.query_one(VerdictLine).line
    work = start(screen, "look")

    def look() -> None:
        found = ask(view, entry.statement, work.cancel)
        screen.post_message(
            messages.Looked(work.number, entry.statement, found, before, work.cancel.is_set())
        )

    screen.do_in_thread("run", look)


def show_closer(screen: "LessonScreen", message: messages.Looked) -> None:
    """Show what was found; what is stale or was cancelled is dropped."""
    from playground.checking import Plan
    from playground.tui.outcomes import cancelled_line
    from playground.tui.screens.text import TextModal, room_in

    if not screen.state.end(message.number):
        return
    screen.say(cancelled_line() if message.cancelled else message.before)
    screen.refresh_situation()
    if message.cancelled:
        return
    found, room = message.found, room_in(screen.size.width)
    if isinstance(found, Plan):
        title, parts = _("Plan"), plan_parts(message.statement, found, room)
    else:
        title, parts = _("In other systems"), dialect_parts(found, room)
    screen.app.push_screen(TextModal(title, *parts, copier=screen.copier))


def plan_parts(statement: "Statement", plan: "Plan", room: int) -> list[Content]:
    """The statement, its steps with what they belong to, and what the words mean."""
    from playground.tui.code import CLIP, sql_content
    from playground.visible import visible

    parts = [sql_content(statement.sql[:CLIP], room)]
    if plan.trouble:
        said = _("The database tells no plan: {reason}").format(reason=visible(plan.trouble))
        return [*parts, Content.styled(said, "$warning")]
    if not plan.steps:
        return [*parts, Content(_("Nothing is searched for: this statement has no plan."))]
    steps = [
        Piece(
            Content(visible(step.text)), "   " * step.depth + "• ", "   " * step.depth + "  ", True
        )
        for step in plan.steps
    ]
    about = _(
        "SCAN reads every row of a table or an index. SEARCH goes straight to the rows that are "
        "wanted, by a key or an index. USE TEMP B-TREE sorts or groups what was found."
    )
    return [*parts, drawn(steps, room), Content.styled(about, "$quiet")]


def dialect_parts(written: "tuple[Written, ...]", room: int) -> list[Content]:
    """Each system with its text, or with why there is none."""
    from playground.tui.code import CLIP, sql_content
    from playground.visible import visible

    if not written:
        return [Content(_("It could not be told how other systems write this statement."))]
    parts = []
    for each in written:
        text = sql_content(each.sql[:CLIP], room)
        if each.trouble:
            text = Content.styled(visible(each.trouble, multiline=True), "$warning")
        parts.append(Content.assemble((each.system, "bold $primary"), "\n", text))
    if any(each.translated for each in written):
        about = _(
            "Translated from the text that was sent: what a system calls otherwise, or does not "
            "have, may still stand there."
        )
    else:
        about = _(
            "As SQLAlchemy writes it for each system. How parameters are marked depends on the driver."
        )
    return [*parts, Content.styled(about, "$quiet")]
