"""Hints, the solution behind its gate, tables and names, help."""

from typing import TYPE_CHECKING

from textual.content import Content

from playground.texts import _
from playground.tui import messages
from playground.tui.actions import ACTIONS, shown_key

if TYPE_CHECKING:
    from playground.study import Solution
    from playground.tui.desk import Ground
    from playground.tui.screens.lesson import LessonScreen

_TITLES = 16
"""Cells that the help gives to the name of an action."""


def hint(screen: "LessonScreen") -> None:
    """Open the next hint."""
    view = screen.state.view
    if view is None:
        return
    screen.do_in_thread(
        "hint",
        lambda: screen.post_message(messages.Shown(screen.desk.open_hint(view), moved=False)),
    )
    if screen.narrow:
        screen.show_tab("task")


def solution(screen: "LessonScreen") -> None:
    """Ask whether the solution may be opened."""
    view = screen.state.view
    if view is not None:
        screen.do_in_thread(
            "solution",
            lambda: screen.post_message(messages.SolutionRead(screen.desk.solution(view))),
        )


def show_solution(screen: "LessonScreen", solution: "Solution") -> None:
    """Show the solution, ask before it is opened, or say why it is locked."""
    from playground.tui.code import coloured
    from playground.tui.screens.text import TextModal

    screen.arrive()
    if solution.text is not None:
        code = coloured(solution.text, screen.answer.answering.language)
        modal = TextModal(_("Solution"), code, copies=solution.text, copier=screen.copier)
        screen.app.push_screen(modal)
    elif solution.why_locked is not None:
        screen.app.push_screen(TextModal(_("The solution is locked"), Content(solution.why_locked)))
    elif not solution.cost:
        _open_solution(screen)
    else:
        question = TextModal(_("Open the solution?"), Content(solution.cost), yes=_("Open it"))
        screen.app.push_screen(question, lambda agreed: _open_solution(screen) if agreed else None)


def _open_solution(screen: "LessonScreen") -> None:
    view = screen.state.view
    if view is None:
        return

    def work() -> None:
        solution, fresh = screen.desk.open_solution(view)
        screen.post_message(messages.Shown(fresh, moved=False))
        screen.post_message(messages.SolutionRead(solution))

    screen.do_in_thread("solution", work)


def schema(screen: "LessonScreen") -> None:
    """Show the tables, or the lesson again."""
    if screen.narrow:
        screen.show_tab("schema" if screen.tab != "schema" else "answer")
        return
    if screen.has_class("-schema"):
        screen.remove_class("-schema")
        screen.answer.focus_answer()
        return
    screen.add_class("-schema")
    screen.schema.focus()
    read_ground(screen)


def names(screen: "LessonScreen") -> None:
    """Fold the names out, or in."""
    if screen.answer.names_shown:
        screen.answer.close_extras()
        return
    screen.state.names_wanted = True
    read_ground(screen)


def read_ground(screen: "LessonScreen") -> None:
    """Read the tables and names, to be shown once they are there."""
    view = screen.state.view
    if view is not None:
        screen.do_in_thread(
            "ground", lambda: screen.post_message(messages.GroundRead(screen.desk.ground(view)))
        )


async def show_ground(screen: "LessonScreen", ground: "Ground") -> None:
    """Put tables and names where they are shown."""
    from playground.tui.names import names_content

    screen.schema.show(ground.title, ground.tables)
    wanted, screen.state.names_wanted = screen.state.names_wanted, False
    if wanted or screen.answer.names_shown:
        await screen.answer.show_names(names_content(ground.preloaded))


def help_here(screen: "LessonScreen") -> object:
    """Explain what has the focus, and list every key."""
    from playground.tui.screens.text import TextModal, room_in

    node = screen.focused
    about = None
    while node is not None and about is None:
        about = getattr(node, "help_text", None)
        node = node.parent  # type: ignore[assignment]  # a DOM parent of a widget is a widget here
    parts: list[Content | str] = [Content(about())] if about is not None else []
    parts.append(keys_content(screen.keymap, room_in(screen.size.width)))
    parts.append(
        Content.styled(
            _(
                "The mouse works everywhere. Hold Shift (Option on macOS) to select text as your terminal does."
            ),
            "$quiet",
        )
    )
    return screen.app.push_screen(TextModal(_("Help"), *parts))


def keys_content(keymap: dict[str, str], room: int = 80) -> Content:
    """Every action with its key and what it does, in `room` cells."""
    from playground.tui.cells import fit
    from playground.tui.pieces import Piece, drawn

    pieces = []
    for action in ACTIONS:
        margin = f"{shown_key(action.name, keymap):>7}  {fit(_(action.title), _TITLES)}"
        pieces.append(Piece(Content(_(action.about)), margin, " " * len(margin), tight=True))
    return drawn(pieces, room, "$primary")
