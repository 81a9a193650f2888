"""How items become rows: which columns they have, and how each is read.

Mapped objects become the columns of their mapper, wherever they stand in a row, so that an ORM
answer and its `text()` twin give the same table.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import URL, Executable, Row, inspect
from sqlalchemy.orm import Mapper, Query
from sqlalchemy.orm.state import InstanceState

VALUE = "value"
"""Column name of what has no name of its own."""


class Part:
    """One position of a row: a plain value, or a mapped object spread over its columns."""

    def __init__(self, name: str, type_name: str | None = None) -> None:
        self.names = [name]
        self.types = [type_name]
        self.keys: list[str] | None = None

    @classmethod
    def of_mappers(cls, mappers: Iterable[Mapper[Any]]) -> "Part":
        """The columns of several mappers (a hierarchy's), each attribute once."""
        part = cls("")
        part.names, part.types, part.keys = [], [], []
        for mapper in mappers:
            for attribute in mapper.column_attrs:
                if attribute.key not in part.keys:
                    column = attribute.columns[0]
                    part.keys.append(attribute.key)
                    part.names.append(str(getattr(column, "name", None) or attribute.key))
                    part.types.append(type_name(column.type))
        return part

    def read(self, value: Any) -> list[Any]:
        """The values of one item at this position."""
        if self.keys is None:
            return [value]
        if value is None:
            return [None] * len(self.keys)
        state = inspect(value)
        loaded, attributes = state.dict, state.mapper.attrs
        return [
            loaded[key] if key in loaded else getattr(value, key) if key in attributes else None
            for key in self.keys
        ]


class Layout:
    """The columns of a table made of rows of positions."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self.columns = [name for part in parts for name in part.names]
        self.types = [kind for part in parts for kind in part.types]
        self.spreads = any(part.keys is not None for part in parts)

    def row(self, values: Sequence[Any]) -> Sequence[Any]:
        """The values of one row, mapped objects spread."""
        if not self.spreads:
            return values
        return [
            item
            for part, value in zip(self.parts, values, strict=True)
            for item in part.read(value)
        ]


def type_name(kind: Any) -> str | None:
    """SQLAlchemy's name of a column type; None for no type."""
    name = type(kind).__name__
    return None if name == "NullType" else name


def is_executable(value: object) -> bool:
    """Whether it is a statement that waits to be executed by us."""
    return isinstance(value, Executable) and not isinstance(value, Query)


def state_of(item: object) -> InstanceState[Any] | None:
    """The ORM's state of a mapped object, None for anything else."""
    state = inspect(item, raiseerr=False)
    return state if isinstance(state, InstanceState) else None


def of_rows(names: Sequence[str], rows: Sequence[Sequence[Any]], described: Any = None) -> Layout:
    """The layout of rows with these names; `described` is a statement's `column_descriptions`."""
    return Layout(
        [
            _part(name, (row[position] for row in rows), described[position] if described else None)
            for position, name in enumerate(names)
        ]
    )


def has_entities(described: Any) -> bool:
    """Whether a statement's `column_descriptions` name mapped classes among their columns."""
    return any(_entity(description) is not None for description in described or ())


def _part(name: str, values: Iterable[Any], description: Any) -> Part:
    mappers: dict[Any, None] = {}
    entity = _entity(description)
    if entity is not None:
        mappers[entity] = None
    for value in values:
        state = state_of(value) if not isinstance(value, _SCALARS) else None
        if state is not None:
            mappers[state.mapper] = None
        elif value is not None:
            mappers.clear()
            break
    if mappers:
        return Part.of_mappers(
            sorted(mappers, key=lambda mapper: len(list(mapper.iterate_to_root())))
        )
    return Part(name, type_name(description["type"]) if description else None)


_SCALARS = (str, int, float, bytes)


def _entity(description: Any) -> Mapper[Any] | None:
    """The mapper of a described column, if it is a whole entity."""
    if not description:
        return None
    inspected = inspect(description["expr"], raiseerr=False)
    mapper = getattr(inspected, "mapper", None)
    is_entity = getattr(inspected, "is_mapper", False) or getattr(
        inspected, "is_aliased_class", False
    )
    return mapper if is_entity else None


def of_items(items: list[Any]) -> tuple[Layout, list[Sequence[Any]]]:
    """The layout of a plain list, and its items as rows of positions."""
    if items and all(isinstance(item, Mapping) for item in items):
        names = list(dict.fromkeys(key for item in items for key in item))
        rows: list[Sequence[Any]] = [[item.get(name) for name in names] for item in items]
        return of_rows([str(name) for name in names], rows), rows
    if items and all(
        isinstance(item, (tuple, list, Row)) and not isinstance(item, URL) for item in items
    ):
        width = len(items[0])
        if width and all(len(item) == width for item in items):
            return of_rows(_names(items[0], width), items), items
    rows = [(item,) for item in items]
    return (of_rows([VALUE], rows) if rows else Layout([])), rows


def _names(item: Any, width: int) -> list[str]:
    fields = getattr(item, "_fields", None)
    if isinstance(fields, (tuple, list)) and len(fields) == width:
        return [str(name) for name in fields]
    return [VALUE] if width == 1 else [f"column_{number}" for number in range(1, width + 1)]
