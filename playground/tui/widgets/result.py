"""What came back: rows, or why there are none, and what was printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Input, Static

from playground.texts import _, ngettext
from playground.tui.cells import width
from playground.tui.outcomes import Notice, no_rows, trouble
from playground.tui.widgets.table import ResultTable, Rows
from playground.visible import visible

if TYPE_CHECKING:
    from playground.running import Run


class OutputView(ScrollView, can_focus=True):
    """What was printed, line by line, unwrapped; a megabyte costs no more than a line."""

    MOST_WIDE = 2_000
    """Characters of a line that can be reached by scrolling; copying takes them all."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.text = ""
        self._lines: list[str] = []

    def show(self, text: str) -> None:
        """Show another output from its first line."""
        self.text = text
        self._lines = text.rstrip("\n").split("\n") if text else []
        widest = max((len(line) for line in self._lines), default=0)
        self.virtual_size = Size(min(widest, self.MOST_WIDE), len(self._lines))
        self.scroll_to(0, 0, animate=False, force=True)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A line with every control character made visible."""
        left, top = self.scroll_offset
        room = self.size.width
        if top + y >= len(self._lines):
            return Strip.blank(room, self.rich_style)
        text = visible(self._lines[top + y][: self.MOST_WIDE].replace("\t", "    "))
        strip = Strip([Segment(text, self.rich_style)], width(text))
        return strip.crop(left, left + room).extend_cell_length(room, self.rich_style)

    def help_text(self) -> str:
        """What F1 says here."""
        return _("What the answer printed. Arrows scroll, y copies all of it.")


class ResultPane(Vertical):
    """One place for rows, for the reason why there are none, and for output below them."""

    ALLOW_MAXIMIZE = True
    DEFAULT_CSS = """
    ResultPane {
        width: 1fr; height: 100%; padding: 0;
        #notice { height: auto; max-height: 100%; padding: 1 2; }
        OutputView {
            height: auto; min-height: 3; max-height: 40%; padding: 0 1;
            border-top: solid $line; border-title-color: $quiet;
        }
        OutputView:focus { border-top: solid $line-focus; border-title-color: $foreground; }
        Input, Input:focus {
            height: 1; border: none; padding: 0 1; background: $code-background; color: $foreground;
        }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="rows", classes="pane")

    class FilterChanged(Message):
        """Only rows with this text are wanted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def compose(self) -> ComposeResult:
        """The parts; most are hidden at any one time."""
        yield Static(id="notice", markup=False)
        yield ResultTable(id="table")
        yield OutputView(id="output")

    def on_mount(self) -> None:
        """Nothing has run yet."""
        self.query_one("#output").display = False
        self.query_one(OutputView).border_title = _("Output")
        self.show_nothing()

    @property
    def table(self) -> ResultTable:
        """The table, whether or not it is seen."""
        return self.query_one(ResultTable)

    @property
    def output(self) -> OutputView:
        """The output, whether or not it is seen."""
        return self.query_one(OutputView)

    def show_nothing(self) -> None:
        """Before the first run."""
        self.border_title = _("Rows")
        self._show_notice(Notice("", _("Rows appear here after a run.")))
        self.table.show(Rows((), (), 0))

    def show_run(self, run: Run) -> None:
        """Show what a run gave."""
        self.query("#filter").remove()
        self.output.show(run.output)
        self.output.display = bool(run.output)
        if run.status != "ok":
            notice = trouble(run)
            self.border_title = _("Rows ─ {fact}").format(fact=notice.title)
            self._show_notice(notice)
        elif run.result is None:
            notice = no_rows(run)
            self.border_title = _("Rows ─ {fact}").format(fact=notice.title)
            self._show_notice(notice)
        else:
            result = run.result
            self.show_rows(Rows(result.columns, result.rows, result.total), result.truncated)

    def show_rows(self, rows: Rows, truncated: bool = False, among: int | None = None) -> None:
        """Show a table; `among` how many, if only some passed the filter."""
        count = f"{rows.total:,}"
        if among is not None:
            fact = _("{count} of {among}").format(count=count, among=f"{among:,}")
        elif not rows.total:
            fact = _("no rows")
        elif truncated:
            fact = _("the first {count}").format(count=count)
        else:
            fact = ngettext("{count} row", "{count} rows", rows.total).format(count=count)
        self.border_title = _("Rows ─ {fact}").format(fact=fact)
        self.table.show(rows)
        self.table.display = bool(rows.columns)
        notice = self.query_one("#notice", Static)
        notice.display = not rows.total
        if not rows.total:
            said = (
                _("No rows: nothing in the data fits.")
                if among is None
                else _("No row contains that text. Escape shows all again.")
            )
            notice.update(Content.styled(said, "$quiet"))

    def _show_notice(self, notice: Notice) -> None:
        self.table.display = False
        shown = self.query_one("#notice", Static)
        shown.display = True
        parts = [Content.styled(notice.plain, "bold $error" if notice.bad else "$quiet")]
        if notice.detail:
            parts.append(Content.styled(notice.detail, "$foreground"))
        shown.update(Content("\n\n").join(parts))

    async def open_filter(self) -> None:
        """Ask for the text that rows must contain."""
        if not self.query("#filter"):
            await self.mount(
                Input(placeholder=_("Rows that contain …, Enter"), id="filter"), before=0
            )
        self.screen.set_focus(self.query_one("#filter"))

    def close_filter(self) -> bool:
        """Show all rows again; false if the filter was not open."""
        if not self.query("#filter"):
            return False
        self.post_message(self.FilterChanged(""))
        self.table.focus()
        return True

    @on(Input.Submitted, "#filter")
    def _filter(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.FilterChanged(event.value))
        self.table.focus()
