"""The tables of the database and the names that are ready to use."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from playground.texts import _, ngettext


class SchemaPane(VerticalScroll):
    """Tables with their columns, keys and references."""

    def __init__(self) -> None:
        super().__init__(id="schema", classes="pane")

    def compose(self) -> ComposeResult:
        """One block of text."""
        yield Static(id="schema-text", markup=False)

    def on_mount(self) -> None:
        """Title before anything is known."""
        self.border_title = _("Schema")

    def show(self, database: str, content: Content, tables: int) -> None:
        """Show another database."""
        self.border_title = _("Schema ─ {database}").format(database=database)
        said = ngettext("{count} table", "{count} tables", tables)
        self.border_subtitle = said.format(count=tables)
        self.query_one("#schema-text", Static).update(content)

    def help_text(self) -> str:
        """What F1 says here."""
        return _(
            "The tables: ◆ is the primary key, → says which column a foreign key points at, "
            "and ? allows NULL."
        )
