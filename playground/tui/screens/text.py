"""One modal for any long text: errors, whole cells, explanations, solutions, help."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from playground.texts import _
from playground.tui.screens.modal import Modal

MOST = 200_000
"""Characters that are drawn; copying takes all."""


def room_in(width: int) -> int:
    """Cells of a line of text in a modal on a screen of that width."""
    return max(20, min(100, width * 9 // 10) - 8)


class TextModal(Modal[bool]):
    """Shows a text, scrolls, copies with y; Escape, Enter or q closes it.

    Dismissed with True only when its `yes` button was chosen.
    """

    DEFAULT_CSS = """
    TextModal {
        align: center middle; background: $background 60%;
        #modal {
            width: 90%; max-width: 100; height: auto; max-height: 90%;
            background: $background; padding: 1 2;
            border: round $line-focus; border-title-color: $foreground; border-title-style: bold;
        }
        #modal-text { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
        #modal-text > * { height: auto; margin-bottom: 1; }
        #modal-buttons { height: 1; dock: bottom; }
        Button, Button:hover {
            min-width: 0; margin-right: 2; padding: 0 1; border: none;
            background: $background; color: $primary;
        }
        Button:focus {
            background: $cursor-background; color: $cursor-foreground; text-style: bold;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", show=False),
        Binding("y,ctrl+c", "copy", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    def __init__(
        self,
        title: str,
        *parts: Content | str,
        copies: str | None = None,
        yes: str = "",
        copier: Callable[[str], None] | None = None,
    ) -> None:
        """Show `parts` one below the other under `title`.

        Args:
            title: What it is.
            parts: `Content` is drawn as it is, a `str` is Markdown.
            copies: What y copies, where it is not the text itself.
            yes: Title of a button that says yes to what is asked; empty for none.
            copier: Puts a text into the clipboard and says so.
        """
        super().__init__()
        self._title = title
        self._parts = parts
        self._copies = copies if copies is not None else "\n\n".join(str(part) for part in parts)
        self._yes = yes
        self._copier = copier

    def compose(self) -> ComposeResult:
        """A frame with the text and its buttons."""
        with Vertical(id="modal"):
            with VerticalScroll(id="modal-text"):
                for part in self._parts:
                    yield self._drawn(part)
            with Horizontal(id="modal-buttons"):
                if self._yes:
                    yield Button(self._yes, id="yes", variant="primary", compact=True)
                yield Button(_("Close (Esc)"), id="close", compact=True)
                if self._copier is not None and self._copies:
                    yield Button(_("Copy (y)"), id="copy", compact=True)

    def _drawn(self, part: Content | str) -> Widget:
        if isinstance(part, str):
            from playground.tui.widgets.markdown import LessonText

            return LessonText(part)
        if len(part) > MOST:
            note = _("… cut here; copying takes all {count} characters.").format(count=len(part))
            part = Content.assemble(part[:MOST], ("\n" + note, "$warning"))
        return Static(part, markup=False)

    def on_mount(self) -> None:
        """Title, and the focus where Enter does the harmless thing."""
        self.query_one("#modal").border_title = self._title
        self.query_one("#yes" if self._yes else "#close").focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if event.button.id == "copy":
            self.action_copy()
        else:
            self.dismiss(event.button.id == "yes")

    def action_close(self) -> None:
        """Close without saying yes."""
        self.dismiss(False)

    def action_copy(self) -> None:
        """Copy the text."""
        if self._copier is not None:
            self._copier(self._copies)

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one("#modal-text").scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by what is seen at once."""
        area = self.query_one("#modal-text")
        area.scroll_relative(y=pages * max(1, area.size.height - 1), animate=False)
