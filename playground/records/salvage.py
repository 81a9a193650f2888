"""What can still be read of a damaged store is taken over into the new one."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert, select
from sqlalchemy.exc import DBAPIError

from playground.records.models import Base
from playground.records.schema import reading


def salvage(damaged: Engine, fresh: Engine) -> int:
    """Copy every row that can be read from one SQLite store into another; gives their number.

    Raises:
        DBAPIError: the new store cannot be written.
    """
    with fresh.begin() as target:
        return sum(_table(table, damaged, target) for table in Base.metadata.sorted_tables)


def holds_nonsense(engine: Engine) -> bool:
    """Whether some value in a SQLite store is not of its column's type."""
    return any(row is None for table in Base.metadata.sorted_tables for row in _rows(table, engine))


def _table(table: Table, damaged: Engine, target: Connection) -> int:
    # A damaged table can give a row twice.
    taking = insert(table).prefix_with("OR IGNORE")
    rows = (row for row in _rows(table, damaged) if row is not None)
    return sum(target.execute(taking, row).rowcount for row in rows)


def _rows(table: Table, engine: Engine) -> Iterator[dict[str, Any] | None]:
    """The rows up to the first page that cannot be read; None for each that makes no sense."""
    try:
        with reading(engine) as source:
            result = source.execute(select(table))
            while True:
                try:
                    row = result.fetchone()
                except (ValueError, TypeError):
                    yield None
                    continue
                if row is None:
                    return
                values = dict(row._mapping)
                sound = all(_fits(table, name, value) for name, value in values.items())
                yield values if sound else None
    except DBAPIError:
        return


def _fits(table: Table, name: str, value: object) -> bool:
    column = table.c[name]
    return bool(column.nullable) if value is None else isinstance(value, column.type.python_type)
