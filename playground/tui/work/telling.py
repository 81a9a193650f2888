"""What the threads tell the screen, and who shows it."""

from typing import TYPE_CHECKING

from playground.tui import messages

if TYPE_CHECKING:
    from textual.message import Message

    from playground.tui.screens.lesson import LessonScreen


async def tell(screen: "LessonScreen", message: "Message") -> None:
    """Have what a thread told shown."""
    from playground.tui.work import checking, closer, helping, moving, rows, running

    match message:
        case messages.Shown():
            await moving.show_view(screen, message.view, moved=message.moved)
        case messages.OutlineRead():
            moving.offer_places(screen, message.modules)
        case messages.NamesKnown():
            _suggest(screen, message)
        case messages.GroundRead():
            await helping.show_ground(screen, message.ground)
        case messages.SolutionRead():
            helping.show_solution(screen, message.solution)
        case messages.RunEnded():
            running.show_run(screen, message.number, message.code, message.live)
        case messages.Checked():
            checking.show_verdict(screen, message)
        case messages.Looked():
            closer.show_closer(screen, message)
        case messages.RowsRead():
            rows.deliver(screen, message)
        case messages.Filtered():
            rows.show_filtered(screen, message)
        case messages.PageRead():
            screen.rows.table.put_page(message.generation, message.start, message.rows)


def _suggest(screen: "LessonScreen", message: messages.NamesKnown) -> None:
    """Suggest names from now on, unless the learner has gone on meanwhile."""
    from playground.tui.completion import Completer

    if screen.state.view is not None and message.view.place == screen.state.view.place:
        screen.answer.editor.completer = Completer(message.preloaded)
