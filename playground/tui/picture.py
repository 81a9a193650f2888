"""A database as a picture: which table hangs on which, and every table as a box with its keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from playground.databases import parents_first, referring
from playground.texts import _, ngettext
from playground.tui.cells import fit, width
from playground.tui.pieces import Piece, drawn
from playground.visible import visible

if TYPE_CHECKING:
    from playground.databases import ColumnSchema, TableSchema

WIDEST = 56
"""Cells of a box; where there is room for two, they stand side by side."""
GAP = 2
_FRAME = 4
"""Cells that a box takes beside what is in it."""


def picture(tables: Sequence[TableSchema], room: int) -> Content:
    """All tables in `room` cells: the tree of their references, a legend, the boxes."""
    if not tables:
        return Content.styled(_("This database has no tables yet."), "$quiet")
    ordered = parents_first(tables)
    incoming = referring(tables)
    natural = max(_natural(table, incoming[table.name]) for table in ordered)
    size = max(_FRAME + 8, min(room, WIDEST, natural))
    boxes = [_box(table, incoming[table.name], size) for table in ordered]
    legend = _(
        "PK: primary key. FK: foreign key. →: refers to. ←: is referred to by. ?: may be NULL."
    )
    return Content("\n\n").join(
        [
            Content("\n").join(_tree(ordered)),
            drawn([Piece(Content.styled(legend, "$quiet"))], room),
            _side_by_side(boxes, size, max(1, (room + GAP) // (size + GAP))),
        ]
    )


# The tree


def _tree(ordered: Sequence[TableSchema]) -> Iterator[Content]:
    """Every table below each one that it refers to; what hangs on it is told once."""
    children: dict[str, list[TableSchema]] = {table.name: [] for table in ordered}
    for table in ordered:
        for name in _others(table):
            if name in children:
                children[name].append(table)
    told: set[str] = set()

    def below(table: TableSchema, margin: str) -> Iterator[Content]:
        again = table.name in told
        told.add(table.name)
        for child in () if again else children[table.name]:
            last = child is children[table.name][-1]
            yield _leaf(child, f"{margin}{'╰─ ' if last else '├─ '}")
            yield from below(child, f"{margin}{'   ' if last else '│  '}")

    for table in ordered:
        if not any(name in children for name in _others(table)):
            yield _leaf(table, "")
            yield from below(table, "")
    for table in ordered:  # what refers to each other in a circle
        if table.name not in told:
            yield _leaf(table, "")
            yield from below(table, "")


def _others(table: TableSchema) -> list[str]:
    return [name for name in table.parents if name != table.name]


def _leaf(table: TableSchema, margin: str) -> Content:
    name = visible(table.name)
    itself = f"  → {name}" if table.name in table.parents else ""
    return Content.assemble((margin, "$quiet"), (name, "bold"), (itself, "$syntax-function"))


# The boxes


def _natural(table: TableSchema, incoming: Sequence[str]) -> int:
    """Cells that a box of the table takes with every column on one line."""
    mark, names = _widths(table)
    sizes = [
        mark + names + width(_kind(column)) + (2 + width(_target(column)) if _target(column) else 0)
        for column in table.columns
    ]
    sizes += [width(f"← {visible(each)}") for each in incoming]
    return max([_title(table, WIDEST).cell_length, *sizes]) + _FRAME


def _widths(table: TableSchema) -> tuple[int, int]:
    """Cells of the marks before a table's columns, and of their names."""
    mark = max((width(_mark(column)) for column in table.columns), default=0)
    names = max((width(visible(column.name)) for column in table.columns), default=0)
    return (mark + 1 if mark else 0), names


def _box(table: TableSchema, incoming: Sequence[str], size: int) -> list[Content]:
    """The lines of a table's box, each `size` cells wide."""
    room = size - _FRAME
    title = _title(table, room)
    rule = "─" * max(0, room - title.cell_length)
    lines = [Content.assemble(("╭ ", "$quiet"), title, (f" {rule}╮", "$quiet"))]
    widths = _widths(table)
    for column in table.columns:
        lines += [_framed(line, room) for line in _column(column, widths, room)]
    if incoming:
        lines.append(Content.styled("├" + "─" * (size - 2) + "┤", "$quiet"))
        for each in incoming:
            said = fit(f"← {visible(each)}", room)
            lines.append(_framed(Content.styled(said, "$syntax-function"), room))
    lines.append(Content.styled("╰" + "─" * (size - 2) + "╯", "$quiet"))
    return lines


def _title(table: TableSchema, room: int) -> Content:
    """Name, class and number of rows, as much as there is room for."""
    rows = ngettext("{count} row", "{count} rows", table.rows).format(count=f"{table.rows:,}")
    said = [(visible(table.name), "bold $primary")]
    if table.model:
        said.append((f" ─ {visible(table.model)}", "$syntax-function"))
    said.append((f" ─ {rows}", "$quiet"))
    while len(said) > 1 and sum(width(text) for text, _style in said) > room:
        said.pop()
    return Content.assemble(*said).truncate(room, ellipsis=True)


def _column(column: ColumnSchema, widths: tuple[int, int], room: int) -> list[Content]:
    """A column: its keys, name, type and what it refers to, which may need a line of its own."""
    mark, names = widths
    kind, target = _kind(column), _target(column)
    names = max(8, min(names, room - mark - width(kind)))
    line = Content.assemble(
        (fit(_mark(column), mark), "bold $primary"),
        fit(visible(column.name), names),
        (kind, "$quiet"),
    ).truncate(room, ellipsis=True)
    if not target:
        return [line]
    if line.cell_length + 2 + width(target) <= room:
        return [Content.assemble(line, "  ", (target, "$syntax-function"))]
    return [line, Content.assemble(" " * mark, (fit(target, room - mark), "$syntax-function"))]


def _mark(column: ColumnSchema) -> str:
    keys = ("PK" if column.primary_key else "", "FK" if column.references is not None else "")
    return " ".join(filter(None, keys))


def _kind(column: ColumnSchema) -> str:
    """The type; that of a primary key, which is never NULL, without a question mark."""
    null = "?" if column.nullable and not column.primary_key else ""
    return f"  {visible(column.type)}{null}"


def _target(column: ColumnSchema) -> str:
    return f"→ {visible(column.references)}" if column.references is not None else ""


def _framed(line: Content, room: int) -> Content:
    filled = " " * max(0, room - line.cell_length)
    return Content.assemble(("│ ", "$quiet"), line, filled, (" │", "$quiet"))


def _side_by_side(boxes: Sequence[list[Content]], size: int, count: int) -> Content:
    """Boxes in columns, each put where the least stands so far."""
    columns: list[list[Content]] = [[] for _column in range(count)]
    for box in boxes:
        shortest = min(columns, key=len)
        shortest += [Content(""), *box] if shortest else box
    height = max(map(len, columns))
    lines = []
    for place in range(height):
        parts: list[Content | str] = []
        for number, column in enumerate(columns):
            line = column[place] if place < len(column) else Content("")
            parts += [" " * GAP if number else "", line, " " * (size - line.cell_length)]
        lines.append(Content.assemble(*parts).rstrip())
    return Content("\n").join(lines)
