"""The tables and the ready names of a database, drawn as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from playground.texts import N_, _
from playground.tui.cells import fit, width
from playground.visible import visible

if TYPE_CHECKING:
    from playground.running import PreloadedTable
    from playground.study import Preloaded

_MOST_NAMES = 40
_SOURCES = {
    "playground": N_("ready"),
    "models": N_("models"),
    "sqlalchemy": "sqlalchemy",
    "sqlalchemy.orm": "sqlalchemy.orm",
}


def tables_content(tables: Sequence[PreloadedTable]) -> Content:
    """Every table with its columns: keys marked, references named."""
    if not tables:
        return Content.styled(_("This database has no tables yet."), "$quiet")
    return Content("\n\n").join(_table(table) for table in tables)


def _table(table: PreloadedTable) -> Content:
    model = f"  {visible(table.model)}" if table.model else ""
    lines = [Content.assemble((visible(table.name), "bold $primary"), (model, "$syntax-function"))]
    names = [visible(column.name) for column in table.columns]
    widest = max((width(name) for name in names), default=0)
    for name, column in zip(names, table.columns, strict=True):
        targets = ", ".join(visible(target) for target in column.foreign_keys)
        lines.append(
            Content.assemble(
                ("◆ " if column.primary_key else "  ", "$primary"),
                fit(name, widest),
                (f"  {visible(column.type)}", "$quiet"),
                ("?" if column.nullable else "", "$quiet"),
                (f"  → {targets}" if targets else "", "$syntax-function"),
            )
        )
    return Content("\n").join(lines)


def names_content(preloaded: Preloaded) -> Content:
    """The names that the answer may use without an import, ours and the models' first."""
    lines: list[Content] = []
    for source, title in _SOURCES.items():
        names = [name.name for name in preloaded.names if name.source == source]
        if names:
            shown = ", ".join(names[:_MOST_NAMES])
            more = _(", … all {count}").format(count=len(names)) if len(names) > _MOST_NAMES else ""
            lines.append(Content.assemble((f"{_(title)}  ", "$quiet"), visible(shown), more))
    return Content("\n").join(lines)
