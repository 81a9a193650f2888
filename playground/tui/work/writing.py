"""Writing aids: find, the learner's own editor, the starter again, runnable blocks."""

import subprocess
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from playground.texts import _
from playground.tui import external

if TYPE_CHECKING:
    from playground.tui.screens.lesson import LessonScreen


def find(screen: "LessonScreen") -> object:
    """Ask for the text to find in the answer."""
    return screen.answer.open_find()


def select_all(screen: "LessonScreen") -> None:
    """Select the whole answer."""
    screen.answer.editor.select_all()
    screen.answer.editor.focus()


def external_editor(screen: "LessonScreen") -> None:
    """Suspend the app while the learner's own editor has the answer."""
    words = external.command()
    if not words:
        screen.notify(
            _("Set VISUAL or EDITOR to the editor that you want."), severity="warning", markup=False
        )
        return
    editor = screen.answer.editor
    suffix = ".sql" if editor.code_language == "sql" else ".py"
    try:
        with screen.app.suspend():
            text = external.edit(editor.text, suffix, words)
    except SuspendNotSupported:
        screen.notify(_("This terminal cannot leave the app for another one."), markup=False)
        return
    except (OSError, UnicodeDecodeError, subprocess.SubprocessError) as error:
        screen.notify(
            _("The editor {name} did not work: {reason}").format(name=words[0], reason=error),
            severity="error",
            markup=False,
        )
        return
    put(screen, text.rstrip("\n") if not editor.text.endswith("\n") else text)


def put(screen: "LessonScreen", text: str) -> None:
    """Replace the answer so that undo brings the former one back."""
    editor = screen.answer.editor
    if text != editor.text:
        editor.replace(text, (0, 0), editor.document.end)
        editor.move_cursor(editor.document.end)
    editor.focus()


def restart(screen: "LessonScreen") -> None:
    """Put the starter back."""
    view = screen.state.view
    if view is None or view.exercise is None:
        return
    if screen.answer.answering.kind == "code":
        put(screen, view.exercise.starter)
        return
    fresh = screen.answer.show(screen.answer.answering, "")
    screen.run_worker(fresh, exclusive=True, group="restart")
