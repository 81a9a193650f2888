"""What a database looks like, as plain data: what the schema pane draws."""

from collections.abc import Iterable

import msgspec

from playground.running import PreloadedColumn, PreloadedTable, Row

COUNTS = "[(n, session.scalar(select(func.count()).select_from(t))) for n, t in tables.items()]"
"""Run on a database: the name of each table and its number of rows."""
UNIQUE = """\
SELECT t.name, i.name, c.name
FROM sqlite_master t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
WHERE t.type = 'table' AND i."unique" AND NOT i.partial AND c.name IS NOT NULL
"""
"""SQL run on a database: table, unique index, column; for every column of each."""


class ColumnSchema(msgspec.Struct, frozen=True):
    """One column."""

    name: str
    type: str
    """As SQLAlchemy writes it (`VARCHAR(50)`); empty where none is declared."""
    nullable: bool
    primary_key: bool
    references: str | None = None
    """`table.column` that a foreign key names, else None."""


class TableSchema(msgspec.Struct, frozen=True):
    """One table, its columns in order."""

    name: str
    columns: tuple[ColumnSchema, ...]
    rows: int
    """In the visible variant."""
    model: str | None = None
    """The class that maps it, if one does."""

    @property
    def parents(self) -> tuple[str, ...]:
        """The tables that its foreign keys name, in column order, each once."""
        named = (column.references for column in self.columns if column.references)
        return tuple(dict.fromkeys(reference.rpartition(".")[0] for reference in named))


def parents_first(tables: Iterable[TableSchema]) -> list[TableSchema]:
    """The tables so that what one refers to stands before it, as far as they form no circle."""
    waiting = list(tables)
    ordered: list[TableSchema] = []
    while waiting:
        left = {table.name for table in waiting}
        free = (t for t in waiting if not left.intersection(set(t.parents) - {t.name}))
        following = next(free, waiting[0])
        waiting.remove(following)
        ordered.append(following)
    return ordered


def referring(tables: Iterable[TableSchema]) -> dict[str, tuple[str, ...]]:
    """By table, the columns (`orders.customer_id`) whose foreign keys name it, in order."""
    tables = tuple(tables)
    return {
        table.name: tuple(
            f"{other.name}.{column.name}"
            for other in tables
            for column in other.columns
            if column.references and column.references.rpartition(".")[0] == table.name
        )
        for table in tables
    }


def unique_of(rows: Iterable[Row]) -> dict[str, list[list[str]]]:
    """The columns of each unique index, by table, of the rows that `UNIQUE` gave."""
    found: dict[str, dict[str, list[str]]] = {}
    for table, index, column in rows:
        found.setdefault(str(table), {}).setdefault(str(index), []).append(str(column))
    return {table: list(indexes.values()) for table, indexes in found.items()}


def schema_of(tables: Iterable[PreloadedTable], counted: Iterable[Row]) -> tuple[TableSchema, ...]:
    """The tables that a run finds, with the rows that `COUNTS` counted."""
    rows = {name: count for name, count in counted if isinstance(count, int)}
    return tuple(
        TableSchema(
            table.name,
            tuple(_column(column) for column in table.columns),
            rows.get(table.name, 0),
            table.model,
        )
        for table in tables
    )


def _column(column: PreloadedColumn) -> ColumnSchema:
    return ColumnSchema(
        column.name,
        column.type,
        column.nullable,
        column.primary_key,
        next(iter(column.foreign_keys), None),
    )
