"""The lesson's text: plain at the first paint, Markdown with runnable blocks right after."""

from dataclasses import dataclass
from shutil import get_terminal_size

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from playground.texts import _
from playground.visible import visible


@dataclass(eq=False, repr=False)
class BlockChosen(Message):
    """A runnable block is to go to the editor."""

    code: str
    language: str


class LessonPane(VerticalScroll):
    """One lesson's text, with the place kept where one was reading, per lesson."""

    ALLOW_MAXIMIZE = True

    def __init__(self, title: str, text: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes="pane")
        self.border_title = visible(title)
        self._text = text
        self._lesson = ""
        self._places: dict[str, float] = {}

    def compose(self) -> ComposeResult:
        """What of the text can be seen at once, as it is, until Markdown is loaded."""
        seen = "\n".join(self._text.split("\n", get_terminal_size().lines)[:-1]) or self._text
        plain = Static(visible(seen, multiline=True), markup=False, id="plain-lesson")
        plain.auto_links = False
        yield plain

    async def show(self, lesson: str, title: str, text: str, note: str = "") -> None:
        """Show a lesson (by its id) as Markdown, at the place where it was left."""
        from playground.tui.widgets.markdown import LessonText

        same = lesson == self._lesson and text == self._text
        if self._lesson:
            self._places[self._lesson] = self.scroll_y
        self._lesson, self._text = lesson, text
        self.border_title = visible(title)
        self.border_subtitle = note
        if same:
            return
        with self.app.batch_update():
            await self.query("#plain-lesson, LessonText").remove()
            await self.mount(LessonText(text))
        self.scroll_to(y=self._places.get(lesson, 0), animate=False, force=True)

    def help_text(self) -> str:
        """What F1 says here."""
        return _(
            "The lesson. Scroll with the arrow keys or the wheel. Tab reaches its runnable examples: "
            "Enter puts one into the editor."
        )
