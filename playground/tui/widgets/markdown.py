"""Lesson Markdown: Textual's own, with code in our colours and blocks that go to the editor."""

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Label, Markdown
from textual.widgets.markdown import MarkdownFence

from playground.texts import _
from playground.tui.code import coloured
from playground.tui.widgets.reading import BlockChosen

if TYPE_CHECKING:
    from markdown_it.token import Token


class LessonFence(MarkdownFence):
    """A fenced block. Marked `run`, it can have the focus and goes to the editor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "choose", "to the answer", show=False)
    ]

    def __init__(self, markdown: Markdown, token: "Token", code: str) -> None:
        words = token.info.split()
        self.code_language = words[0] if words else ""
        self.runnable = "run" in words[1:] and self.code_language in ("python", "sql")
        super().__init__(markdown, token, code)
        self.can_focus = self.runnable
        self.set_class(self.runnable, "-runnable")
        self.set_class("output" in words, "-output")

    @classmethod
    def highlight(
        cls,
        code: str,
        language: str,
        ansi: bool = False,
        dark: bool = False,
    ) -> Content:
        """The code in the theme's colours; `language` is the whole line after the fence."""
        return coloured(code, language.split()[0] if language.split() else "")

    def compose(self) -> ComposeResult:
        """The code and, if it can be run, how."""
        yield Label(self._highlighted_code, id="code-content", expand=True)
        if self.runnable:
            yield Label(_("⏎ try it"), classes="fence-hint", markup=False)

    def action_choose(self) -> None:
        """Send the code to the editor."""
        if self.runnable:
            self.post_message(BlockChosen(self.code, self.code_language))

    def on_click(self, event: events.Click) -> None:
        """A click does as Enter."""
        if self.runnable:
            event.stop()
            self.action_choose()


class LessonText(Markdown):
    """A lesson's text."""

    DEFAULT_CSS = """
    LessonText {
        padding: 0;
        MarkdownBlock { background: transparent; }
        MarkdownParagraph { margin: 0 0 1 0; }
        MarkdownListItem MarkdownParagraph { margin: 0; }
        MarkdownH1, MarkdownH2, MarkdownH3 {
            color: $foreground; text-style: bold; content-align: left middle;
            margin: 1 0; padding: 0; border: none;
        }
        & > MarkdownH1 { color: $primary; margin: 0 0 1 0; }
        LessonFence {
            margin: 0 0 1 0; padding: 0;
            background: $code-background; color: $foreground; border-left: outer $code-background;
        }
        LessonFence > Label { padding: 0 1; width: 100%; text-wrap: wrap; }
        LessonFence.-runnable { border-left: outer $line; }
        LessonFence.-runnable:focus, LessonFence.-runnable:hover { border-left: outer $primary; }
        LessonFence > .fence-hint { color: $primary; width: 100%; text-align: right; }
    }
    """
    BLOCKS = {  # noqa: RUF012  (Textual's own table of blocks)
        **Markdown.BLOCKS,
        "fence": LessonFence,
        "code_block": LessonFence,
    }
