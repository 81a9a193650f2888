"""Lesson Markdown on the screen: prose, and blocks of code that can be tried."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from playground.texts import _
from playground.tui.code import coloured
from playground.tui.pieces import hanging
from playground.tui.prose import Code, parts
from playground.tui.widgets.flow import Flow
from playground.tui.widgets.reading import BlockChosen


class Prose(Flow):
    """A run of paragraphs, lists and tables, with links."""

    @dataclass(eq=False, repr=False)
    class Followed(Message):
        """A link was clicked."""

        target: str

    def action_follow(self, target: str) -> None:
        """Tell which link was clicked."""
        self.post_message(self.Followed(target))


class Fence(Widget):
    """A block of code. Marked `run`, it can have the focus and be tried."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "choose", show=False)]

    def __init__(self, code: Code) -> None:
        super().__init__()
        words = code.info.split()
        self.code = code.code
        self.code_language = words[0] if words else ""
        self.runnable = "run" in words[1:] and self.code_language in ("python", "sql")
        self.can_focus = self.runnable
        self.set_class(self.runnable, "-runnable")
        self._content = coloured(self.code, self.code_language)

    def _at(self, cells: int) -> Content:
        shown = hanging(self._content, max(8, cells))
        if not self.runnable:
            return shown
        hint = Content.styled(_("⏎ try it"), "$primary")
        last = shown.split("\n", allow_blank=True)[-1]
        room = cells - last.cell_length - hint.cell_length
        if room < 2:
            return Content.assemble(shown, "\n", " " * (cells - hint.cell_length), hint)
        return Content.assemble(shown, " " * room, hint)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the code breaks into."""
        return self._at(width).plain.count("\n") + 1

    def render(self) -> Content:
        """The code, and how to try it."""
        return self._at(self.size.width)

    def action_choose(self) -> None:
        """Send the code to the editor."""
        if self.runnable:
            self.post_message(BlockChosen(self.code, self.code_language))

    def on_click(self, event: events.Click) -> None:
        """A click does as Enter."""
        if self.runnable:
            event.stop()
            self.action_choose()


class LessonText(Vertical):
    """Markdown, drawn with few widgets."""

    DEFAULT_CSS = """
    LessonText {
        height: auto;
        Prose { margin-bottom: 1; }
        Fence {
            height: auto; width: 100%; margin-bottom: 1; padding: 0 1;
            background: $code-background; border-left: outer $code-background;
        }
        Fence.-runnable { border-left: outer $line; }
        Fence.-runnable:focus, Fence.-runnable:hover { border-left: outer $primary; }
    }
    """

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self._markdown = markdown

    def compose(self) -> ComposeResult:
        """One widget for each run of prose and each block of code."""
        for part in parts(self._markdown):
            yield Fence(part) if isinstance(part, Code) else Prose(part)
