"""What a database looks like, as plain data: what the schema pane draws and completion knows."""

import re

import msgspec

from playground.running import State, Table

_FOREIGN_KEY = re.compile(r"^(?P<own>[^>]+?) -> (?P<table>.+?)\.(?P<columns>[^.]+?)(?: ON .*)?$")


class ColumnSchema(msgspec.Struct, frozen=True):
    """One column."""

    name: str
    type: str
    """As declared, upper case; empty where none is."""
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
    constraints: tuple[str, ...] = ()
    """UNIQUE and CHECK, as text."""
    indexes: tuple[str, ...] = ()

    @property
    def parents(self) -> tuple[str, ...]:
        """The tables that its foreign keys name, in column order, each once."""
        named = (column.references for column in self.columns if column.references)
        return tuple(dict.fromkeys(reference.rpartition(".")[0] for reference in named))


def schema_of(state: State) -> tuple[TableSchema, ...]:
    """The schema of a database whose state was read."""
    return tuple(_table(table) for table in state.tables)


def _table(table: Table) -> TableSchema:
    references = _references(table.foreign_keys)
    columns = tuple(
        ColumnSchema(
            column.name,
            column.type,
            column.nullable,
            column.primary_key > 0,
            references.get(column.name),
        )
        for column in table.columns
    )
    return TableSchema(
        table.name, columns, table.total, tuple(table.constraints), tuple(table.indexes)
    )


def _references(foreign_keys: list[str]) -> dict[str, str]:
    found = {}
    for key in foreign_keys:
        match = _FOREIGN_KEY.match(key)
        if match:
            pairs = zip(match["own"].split(", "), match["columns"].split(", "), strict=False)
            found.update({own: f"{match['table']}.{other}" for own, other in pairs})
    return found
