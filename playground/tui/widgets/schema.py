"""The tables of the database as a picture."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from playground.texts import _, ngettext
from playground.tui.widgets.flow import Flowing

if TYPE_CHECKING:
    from playground.databases import TableSchema


class Picture(Flowing):
    """The tables with their keys and references, at the width that there is."""

    tables: "Sequence[TableSchema] | None" = None
    """None until they are known."""

    def drawn_at(self, cells: int) -> Content:
        """The picture, drawn for this width."""
        if self.tables is None:
            return Content("")
        from playground.tui.picture import picture

        return picture(self.tables, cells)


class SchemaPane(VerticalScroll):
    """Tables with their columns, keys and references."""

    ALLOW_MAXIMIZE = True

    def __init__(self) -> None:
        super().__init__(id="schema", classes="pane")

    def compose(self) -> ComposeResult:
        """One picture."""
        yield Picture(id="schema-picture")

    def on_mount(self) -> None:
        """Title before anything is known."""
        self.border_title = _("Schema")

    def show(self, database: str, tables: "Sequence[TableSchema]") -> None:
        """Show another database."""
        self.border_title = _("Schema ─ {database}").format(database=database)
        said = ngettext("{count} table", "{count} tables", len(tables))
        self.border_subtitle = said.format(count=len(tables))
        shown = self.query_one(Picture)
        shown.tables = tables
        shown.draw_anew()

    def help_text(self) -> str:
        """What F1 says here."""
        return _(
            "The tables: first which one depends on which, then each as a box. PK is the primary key, "
            "FK a foreign key, → says which column it refers to and ← who refers to the table; "
            "? allows NULL."
        )
