"""Read the course again whenever one of its files is saved, at the place where one is."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from playground.texts import _, language
from playground.tui import messages
from playground.visible import visible

if TYPE_CHECKING:
    from textual.app import App

    from playground.tui.screens.lesson import LessonScreen

FAULT_SECONDS = 30
"""How long a fault stands; the next save takes it away."""


class Watcher:
    """Tells the app of saved files, from a thread of its own; `close` ends it."""

    def __init__(self, app: "App[int]", path: Path) -> None:
        """Watch the files of a course folder or of a lesson."""
        self._app = app
        self._path = path
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="files", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Watch no longer."""
        self._over.set()

    def _watch(self) -> None:
        from playground.course import saves

        for _save in saves(self._path, over=self._over, debounce_ms=200):
            self._app.post_message(messages.FilesSaved())


def read_again(screen: "LessonScreen") -> None:
    """Keep the draft, then read the course as its files are now."""
    view, draft = screen.state.answered, screen.answer.answer
    if view is None:
        screen.open_course()
        return
    spoken = language()

    def work() -> None:
        from playground.course import CourseError, UnknownName
        from playground.databases import DatabaseError

        try:
            fresh = screen.desk.read_again(view, draft, spoken)
        except (CourseError, UnknownName, DatabaseError) as error:
            screen.app.post_message(messages.NotReadAgain(str(error)))
        else:
            screen.app.post_message(messages.ReadAgain(fresh, draft))

    screen.do_in_thread("move", work)


async def show_again(screen: "LessonScreen", message: messages.ReadAgain) -> None:
    """Show the place as it is now; what was typed meanwhile stays."""
    from playground.tui.work.moving import show_view

    view, now = message.view, screen.answer.answer
    if now != message.draft:
        view = view._replace(draft=now)
    screen.app.clear_notifications()
    await show_view(screen, view, moved=True)
    screen.notify(_("Read again, as the files are now."), markup=False, timeout=2)


def tell_fault(screen: "LessonScreen", text: str) -> None:
    """Say what is wrong with the files; the lesson stays as it was."""
    screen.app.clear_notifications()
    screen.notify(
        visible(text, multiline=True),
        title=_("Not read again: the lesson is shown as it was"),
        severity="warning",
        markup=False,
        timeout=FAULT_SECONDS,
    )
