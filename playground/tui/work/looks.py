"""Panes, colours, language, palette, leaving."""

from typing import TYPE_CHECKING

from textual.content import Content

from playground.texts import LANGUAGES, _, use
from playground.texts import language as language_in_use
from playground.tui import messages
from playground.tui.screens.lesson import TABS
from playground.tui.themes import TITLES

if TYPE_CHECKING:
    from textual.widget import Widget

    from playground.tui.screens.lesson import LessonScreen

LANGUAGE_NAMES = {"en": "English", "pt-BR": "Português (Brasil)", "ru": "Русский"}
PANES = ("#editor, #other", "#sql", "#table", "#lesson, #schema", "#task")


def next_pane(screen: "LessonScreen") -> None:
    """Move the focus on: to the next tab on a narrow screen, else to the next pane."""
    if screen.narrow:
        screen.show_tab(TABS[(TABS.index(screen.tab) + 1) % len(TABS)])
        return
    panes: list[Widget] = []
    for selector in PANES:
        panes += [
            widget for widget in screen.query(selector) if widget.focusable and widget.display
        ]
    focused = screen.focused
    place = next((i for i, pane in enumerate(panes) if pane is focused), -1)
    if panes:
        panes[(place + 1) % len(panes)].focus()


def show_task(screen: "LessonScreen") -> None:
    """Go to the task."""
    _show(screen, "task")


def show_answer(screen: "LessonScreen") -> None:
    """Go to the answer."""
    _show(screen, "answer")


def show_results(screen: "LessonScreen") -> None:
    """Go to SQL and rows."""
    _show(screen, "results")


def show_lesson(screen: "LessonScreen") -> None:
    """Go to the lesson; the schema, which may stand in its place, gives way."""
    screen.remove_class("-schema")
    _show(screen, "lesson")


def _show(screen: "LessonScreen", tab: str) -> None:
    if screen.maximized is not None:
        screen.minimize()
    screen.show_tab(tab)


def maximise(screen: "LessonScreen") -> None:
    """Enlarge the pane that has the focus, or bring the others back."""
    if screen.maximized is not None:
        screen.minimize()
        return
    focused = screen.focused
    pane = focused
    while pane is not None and pane.id not in ("answer", "sql", "rows", "lesson", "task", "schema"):
        pane = pane.parent  # type: ignore[assignment]  # a DOM parent of a widget is a widget here
    if pane is not None:
        screen.maximize(pane, container=False)


def theme(screen: "LessonScreen") -> object:
    """Choose the colours; they change as one moves through the list."""
    from playground.tui.screens.pick import Choice, PickModal

    before = screen.app.theme
    choices = [Choice(name, Content(_(title)), _(title)) for name, title in TITLES.items()]

    def chosen(name: str | None) -> None:
        screen.app.theme = name or before
        if name is not None:
            screen.do_in_thread("setting", lambda: screen.desk.set_setting("theme", name))

    def preview(name: str) -> None:
        screen.app.theme = name

    return screen.app.push_screen(
        PickModal(_("Colours"), choices, current=before, preview=preview), chosen
    )


def language(screen: "LessonScreen") -> object:
    """Choose the language of texts and lessons."""
    from playground.tui.screens.pick import Choice, PickModal

    choices = [Choice(tag, Content(LANGUAGE_NAMES[tag]), LANGUAGE_NAMES[tag]) for tag in LANGUAGES]

    def chosen(tag: str | None) -> None:
        if tag is not None and tag != language_in_use():
            _speak(screen, tag)

    return screen.app.push_screen(
        PickModal(_("Language"), choices, current=language_in_use()), chosen
    )


def _speak(screen: "LessonScreen", tag: str) -> None:
    """Keep what stands in the answer, then begin again in another language."""
    view, draft = screen.state.answered, screen.answer.answer

    def work() -> None:
        if view is not None:
            screen.desk.keep(view, draft)
            screen.desk.set_setting("language", tag)
        use(tag)
        screen.post_message(messages.BeginAgain())

    screen.do_in_thread("move", work)


def palette(screen: "LessonScreen") -> object:
    """Open the command palette."""
    from playground.tui.screens.palette import Palette

    if Palette.is_open(screen.app):
        return None
    return screen.app.push_screen(
        Palette(placeholder=_("Find a command …"), id="--command-palette")
    )


def leave(screen: "LessonScreen") -> None:
    """Leave the app."""
    screen.leave()
