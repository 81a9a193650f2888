"""The SQL that was sent: one entry per distinct statement, tied to the editor's lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from playground.texts import _
from playground.tui.code import CLIP, sql_content
from playground.tui.statements import MOST, Entry, entries, facts, mark_text, parameters_text
from playground.tui.widgets.styled import ComponentStyles
from playground.visible import visible

if TYPE_CHECKING:
    from playground.running import Statement

GUTTER = 5
"""Cells for the editor line and the mark of what is chosen."""


class Timeline(ScrollView, can_focus=True):
    """Entries in the order in which they were sent. Up and down choose one."""

    DEFAULT_CSS = """
    Timeline {
        width: 1fr; height: 100%; padding: 0;
        .timeline--quiet { color: $quiet; }
        .timeline--chosen { color: $primary; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "timeline--quiet",
        "timeline--chosen",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end,G", "edge(-1)", show=False),
        Binding("enter,space", "open", show=False),
    ]

    @dataclass(eq=False, repr=False)
    class EntryChosen(Message):
        """An entry was chosen; these editor lines (from 1) sent it."""

        lines: frozenset[int]

    @dataclass(eq=False, repr=False)
    class EntryOpened(Message):
        """The whole statement is wanted."""

        entry: Entry

    def __init__(self) -> None:
        super().__init__(id="sql", classes="pane")
        self.border_title = _("SQL")
        self._entries: list[Entry] = []
        self._all = False
        self._chosen: int | None = None
        self._line: int | None = None
        self._parameters = True
        self._strips: list[tuple[Strip, int]] = []
        """Drawn lines, each with its entry's index."""
        self._laid_for = 0
        self._styles = ComponentStyles(self, "timeline")

    # What is shown

    def show(self, statements: Sequence[Statement]) -> None:
        """Show the statements of another run."""
        self._entries = entries(statements)
        self._chosen = None
        self._all = False
        self._lay_out()
        self.scroll_to(0, 0, animate=False, force=True)

    @property
    def chosen(self) -> Entry | None:
        """The entry that is chosen, else the first statement; None where nothing was sent."""
        if self._chosen is not None and self._chosen < len(self._entries):
            return self._entries[self._chosen]
        return next((entry for entry in self._entries if not entry.is_mark), None)

    def toggle_parameters(self) -> None:
        """Show or hide what travelled with the statements."""
        self._parameters = not self._parameters
        self._lay_out()

    def point_at(self, line: int) -> None:
        """Mark the entries that this editor line (from 1) sent."""
        if line != self._line:
            self._line = line
            self.refresh()

    def _lay_out(self) -> None:
        """Draw all entries into lines of the present width."""
        room = self.scrollable_content_region.width
        self._laid_for = room
        self._strips = []
        shown = self._entries if self._all else self._entries[:MOST]
        for index, entry in enumerate(shown):
            content = self._content(entry)
            drawn = Visual.to_strips(
                self, content, max(8, room - GUTTER), None, self.visual_style, apply_selection=False
            )
            self._strips += [(strip, index) for strip in drawn]
        if len(shown) < len(self._entries):
            more = Content.styled(
                _("… and {count} more entries; Enter here shows all").format(
                    count=len(self._entries) - MOST
                ),
                "$warning",
            )
            drawn = Visual.to_strips(self, more, max(8, room - GUTTER), None, self.visual_style)
            self._strips += [(strip, MOST) for strip in drawn]
        self.virtual_size = Size(0, len(self._strips))
        self.refresh()

    def _content(self, entry: Entry) -> Content:
        statement = entry.statement
        if entry.is_mark:
            sign, words = mark_text(statement.sql)
            return Content.styled(f"{sign} {visible(words)}", "$quiet")
        clipped = len(statement.sql) > CLIP
        parts: list[Content | str | tuple[str, str]] = [
            sql_content(statement.sql[:CLIP], max(20, self._laid_for - GUTTER))
        ]
        if clipped:
            note = _("… {count} more characters; Enter shows all").format(
                count=len(statement.sql) - CLIP
            )
            parts.append((f"\n{note}", "$warning"))
        values = parameters_text(statement) if self._parameters else ""
        if values:
            parts.append((f"\n← {values}", "$syntax-number"))
        known = facts(entry)
        if known:
            style = "$warning" if statement.lazy_load or entry.count > 2 else "$quiet"
            parts.append((f"\n{visible(known)}", style))
        return Content.assemble(*parts)

    def on_resize(self) -> None:
        """Lines break anew at another width."""
        if self.scrollable_content_region.width != self._laid_for:
            self._lay_out()

    def notify_style_update(self) -> None:
        """Colours follow the theme."""
        self._styles.forget()
        super().notify_style_update()
        if self.is_mounted and self._entries:
            self._lay_out()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """A line with its gutter: the editor line, and a bar where something is chosen."""
        base = self._styles["base"]
        place = int(self.scroll_offset.y) + y
        room = self.scrollable_content_region.width
        if place >= len(self._strips):
            return Strip.blank(room, base)
        strip, index = self._strips[place]
        first = place == 0 or self._strips[place - 1][1] != index
        return Strip(self._gutter(index, first)).extend_cell_length(GUTTER, base) + (
            strip.extend_cell_length(max(0, room - GUTTER), base)
        )

    def _gutter(self, index: int, first: bool) -> list[Segment]:
        quiet = self._styles["quiet"]
        if index >= len(self._entries):
            return [Segment(" " * GUTTER, quiet)]
        entry = self._entries[index]
        number = f"{entry.lines[0]:>3}" if first and entry.lines else "   "
        if index == self._chosen and self.has_focus:
            bar = Segment("▌", self._styles["chosen"])
        elif self._line in entry.lines:
            bar = Segment("▎", self._styles["chosen"])
        else:
            bar = Segment(" ", quiet)
        return [bar, Segment(f"{number} ", quiet)]

    # Choosing

    def _choose(self, index: int | None) -> None:
        self._chosen = index
        lines: frozenset[int] = frozenset()
        if index is not None and index < len(self._entries):
            lines = frozenset(self._entries[index].lines)
        if index is not None:
            places = [place for place, (_strip, owner) in enumerate(self._strips) if owner == index]
            if places:
                self.scroll_to_region(Region(0, places[0], 1, len(places)), animate=False)
        self.refresh()
        self.post_message(self.EntryChosen(lines))

    def action_move(self, step: int) -> None:
        """Choose the next entry up or down, past the transaction marks."""
        last = self._strips[-1][1] if self._strips else -1
        index = -1 if self._chosen is None and step > 0 else (self._chosen or 0)
        index += step
        while 0 <= index < len(self._entries) and self._entries[index].is_mark:
            index += step
        if 0 <= index <= last:
            self._choose(index)

    def action_edge(self, end: int) -> None:
        """Choose the first (0) or the last (-1) statement."""
        places = [i for i, entry in enumerate(self._entries[:MOST]) if not entry.is_mark]
        if places:
            self._choose(places[end])

    def action_open(self) -> None:
        """Open the whole statement, or show all entries."""
        if self._chosen is not None and self._chosen >= MOST and not self._all:
            self._all = True
            self._lay_out()
        elif (entry := self.chosen) is not None:
            self.post_message(self.EntryOpened(entry))

    def on_click(self, event: events.Click) -> None:
        """A click chooses an entry; a second one opens it."""
        place = event.get_content_offset(self)
        if place is None:
            return
        line = int(self.scroll_offset.y) + place.y
        if line < len(self._strips):
            self._choose(self._strips[line][1])
            if event.chain == 2 or self._strips[line][1] >= len(self._entries):
                self.action_open()

    def on_focus(self) -> None:
        """Show what is chosen."""
        if self._chosen is None:
            self.action_move(1)
        self.refresh()

    def on_blur(self) -> None:
        """The editor's marks go with the focus."""
        self.post_message(self.EntryChosen(frozenset()))
        self.refresh()

    def help_text(self) -> str:
        """What F1 says here."""
        return _(
            "The SQL that was sent, in order, with the editor line that sent it. Up and Down choose a "
            "statement and light its line; Enter opens it whole, p hides the parameters, x shows the "
            "plan, d how other systems write it, y copies. "
            "◆ begins and commits a transaction, ◇ rolls it back."
        )
