"""The result table: draws only what is seen, fed by pages, so that 100,000 rows cost as few do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from playground.texts import _
from playground.tui.cells import fit, width
from playground.tui.widgets.styled import ComponentStyles
from playground.visible import cell_text, kind_of, visible

if TYPE_CHECKING:
    from playground.running import Cell, Row

PAGE = 200
"""Rows that are asked for at a time."""
KEPT = 24
"""Pages kept; the least recently drawn one goes first."""
WIDEST = 40
"""Cells of a column that others share the table with."""
NARROWEST = 3


@dataclass(frozen=True)
class Rows:
    """A result to show: its columns, its first rows, and how many there are."""

    columns: Sequence[str]
    first: Sequence[Row]
    total: int


class ResultTable(ScrollView, can_focus=True):
    """Rows under a fixed header, with a cursor on one cell.

    Pages that are not here yet are asked for by `PageWanted`; whoever answers calls `put_page`.
    Until then their rows show dots.
    """

    DEFAULT_CSS = """
    ResultTable {
        height: 1fr;
        .table--header { color: $quiet; background: $code-background; text-style: bold; }
        .table--null { color: $quiet; text-style: italic; }
        .table--cursor {
            color: $cursor-foreground; background: $cursor-background; text-style: bold;
        }
        .table--row { color: $foreground; background: $chosen; }
        .table--quiet { color: $quiet; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--header",
        "table--null",
        "table--cursor",
        "table--row",
        "table--quiet",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1, 0)", show=False),
        Binding("down,j", "move(1, 0)", show=False),
        Binding("left,h", "move(0, -1)", show=False),
        Binding("right,l", "move(0, 1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home,ctrl+home", "edge(0)", show=False),
        Binding("end,ctrl+end,G", "edge(-1)", show=False),
        Binding("enter,space", "open", show=False),
    ]
    cursor: reactive[tuple[int, int]] = reactive((0, 0))
    """(row, column), from 0."""

    @dataclass(eq=False, repr=False)
    class PageWanted(Message):
        """Rows from `start` are about to be seen and are not here."""

        generation: int
        start: int

    @dataclass(eq=False, repr=False)
    class CellOpened(Message):
        """The whole cell is wanted."""

        column: str
        cell: Cell

    @dataclass(eq=False, repr=False)
    class CursorMoved(Message):
        """The cursor stands elsewhere."""

        row: int
        column: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.rows = Rows((), (), 0)
        self.generation = 0
        self._pages: dict[int, Sequence[Row]] = {}
        self._asked: set[int] = set()
        self._widths: list[int] = []
        self._names: list[str] = []
        self._right: list[bool] = []
        self._styles = ComponentStyles(self, "table")

    # What is shown

    def show(self, rows: Rows) -> None:
        """Show another result from its first row."""
        self.rows = rows
        self.generation += 1
        self._pages = {}
        self._asked = set()
        for start in range(0, len(rows.first), PAGE):
            page = rows.first[start : start + PAGE]
            if len(page) == PAGE or start + len(page) == rows.total:
                self._pages[start // PAGE] = page
        self._names = [visible(name[:200]) for name in rows.columns]
        self._widths = [max(NARROWEST, min(WIDEST, width(name))) for name in self._names]
        self._right = [_is_numeric(rows.first[:20], column) for column in range(len(self._names))]
        self._widen(rows.first[:PAGE])
        self.set_reactive(ResultTable.cursor, (0, 0))
        self.scroll_to(0, 0, animate=False, force=True)
        self._measure()
        self.refresh()

    def put_page(self, generation: int, start: int, rows: Sequence[Row]) -> None:
        """Take the rows that were wanted; those of a former result are dropped."""
        if generation != self.generation:
            return
        number = start // PAGE
        self._asked.discard(number)
        while len(self._pages) >= KEPT:
            del self._pages[next(iter(self._pages))]
        self._pages[number] = rows
        if self._widen(rows):
            self._measure()
        self.refresh()

    def row(self, index: int) -> Row | None:
        """A row that is here, else None (and its page is asked for)."""
        number = index // PAGE
        page = self._pages.get(number)
        if page is None:
            if number not in self._asked:
                self._asked.add(number)
                self.post_message(self.PageWanted(self.generation, number * PAGE))
            return None
        place = index % PAGE
        return page[place] if place < len(page) else None

    def cell(self) -> tuple[str, Cell] | None:
        """Column name and value under the cursor, None where there is none yet."""
        index, column = self.cursor
        row = self.row(index) if index < self.rows.total else None
        if row is None or column >= len(row):
            return None
        return self.rows.columns[column], row[column]

    def _widen(self, rows: Sequence[Row]) -> bool:
        """Let columns grow to what is in `rows`; true if one did."""
        limit = WIDEST if len(self._widths) > 1 else 400
        before = list(self._widths)
        for row in rows:
            for column, cell in enumerate(row[: len(self._widths)]):
                if self._widths[column] < limit:
                    size = min(limit, width(cell_text(cell)))
                    self._widths[column] = max(self._widths[column], size)
        return before != self._widths

    def _measure(self) -> None:
        total = sum(self._widths) + 2 * len(self._widths)
        self.virtual_size = Size(total, self.rows.total + 1)

    def notify_style_update(self) -> None:
        """Forget the styles of a former theme."""
        self._styles.forget()
        super().notify_style_update()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """The header stays; the rows below it scroll."""
        left, top = self.scroll_offset
        base = self._styles["base"]
        if not self._names:
            return Strip.blank(self.size.width, base)
        if y == 0:
            segments = self._header()
        else:
            index = top + y - 1
            if index >= self.rows.total:
                return Strip.blank(self.size.width, base)
            segments = self._row(index)
        strip = Strip(segments).crop(left, left + self.size.width)
        return strip.extend_cell_length(self.size.width, base)

    def _header(self) -> list[Segment]:
        style = self._styles["header"]
        return [
            Segment(f" {fit(name, size, right=right)} ", style)
            for name, size, right in zip(self._names, self._widths, self._right, strict=True)
        ]

    def _row(self, index: int) -> list[Segment]:
        row = self.row(index)
        at_row, at_column = self.cursor
        here = index == at_row and self.has_focus
        base = self._styles["row"] if here else self._styles["base"]
        if row is None:
            return [Segment(f" {fit('…', size)} ", self._styles["quiet"]) for size in self._widths]
        segments = []
        for column, size in enumerate(self._widths):
            cell = row[column] if column < len(row) else None
            kind = kind_of(cell)
            style = base + self._styles["null"] if kind == "null" and not here else base
            if kind == "null":
                style += Style(italic=True)
            if here and column == at_column:
                style = self._styles["cursor"]
            right = kind == "number" or (kind == "null" and self._right[column])
            segments.append(Segment(f" {fit(cell_text(cell), size, right=right)} ", style))
        return segments

    # Moving

    def validate_cursor(self, cursor: tuple[int, int]) -> tuple[int, int]:
        """Keep the cursor on a cell."""
        row, column = cursor
        return (
            max(0, min(row, self.rows.total - 1)),
            max(0, min(column, len(self._names) - 1)),
        )

    def watch_cursor(self) -> None:
        """Bring the cursor into sight."""
        row, column = self.cursor
        start = sum(self._widths[:column]) + 2 * column
        size = self._widths[column] + 2 if column < len(self._widths) else 1
        visible_height = max(1, self.size.height - 1)
        top = int(self.scroll_offset.y)
        if row < top:
            self.scroll_to(y=row, animate=False)
        elif row >= top + visible_height:
            self.scroll_to(y=row - visible_height + 1, animate=False)
        self.scroll_to_region(
            Region(start, self.scroll_offset.y, min(size, self.size.width), 1),
            animate=False,
            y_axis=False,
        )
        self.refresh()
        self.post_message(self.CursorMoved(row, column))

    def action_move(self, rows: int, columns: int) -> None:
        """Move the cursor by cells."""
        row, column = self.cursor
        self.cursor = (row + rows, column + columns)

    def action_page(self, step: int) -> None:
        """Move the cursor by what is seen at once."""
        self.action_move(step * max(1, self.size.height - 2), 0)

    def action_edge(self, row: int) -> None:
        """Go to the first row (0) or the last (-1)."""
        self.cursor = (self.rows.total - 1 if row < 0 else 0, self.cursor[1])

    def action_open(self) -> None:
        """Ask for the whole cell."""
        found = self.cell()
        if found is not None:
            self.post_message(self.CellOpened(*found))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; a second one opens the cell."""
        place = event.get_content_offset(self)
        if place is None or place.y < 1:
            return
        row = int(self.scroll_offset.y) + place.y - 1
        if row >= self.rows.total:
            return
        self.cursor = (row, self._column_at(int(self.scroll_offset.x) + place.x))
        if event.chain == 2:
            self.action_open()

    def _column_at(self, x: int) -> int:
        for column, size in enumerate(self._widths):
            x -= size + 2
            if x < 0:
                return column
        return len(self._widths) - 1

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh()

    def help_text(self) -> str:
        """What F1 says here."""
        return _(
            "The rows that came back. Arrows move, Enter opens a whole cell, / filters, y copies the "
            "cell. NULL in dim italics is no value; the text 'NULL' is upright."
        )


def _is_numeric(rows: Sequence[Row], column: int) -> bool:
    """Whether a column's header and NULLs stand to the right, where its numbers do."""
    kinds = {kind_of(row[column]) for row in rows if column < len(row)}
    return "number" in kinds and kinds <= {"number", "null"}
