"""What a run's namespace holds before the first line of the learner's."""

from typing import Literal

import msgspec

NameKind = Literal[
    "engine", "session", "text", "tables", "model", "class", "function", "module", "other"
]


class PreloadedName(msgspec.Struct, frozen=True, array_like=True):
    """One name, for the editor's fold-out and for completion."""

    name: str
    kind: NameKind
    detail: str
    """One line: a model's table, a text's value, else the first line of the documentation."""
    members: tuple[str, ...] = ()
    """What may stand after a dot; a model's mapped attributes come first."""
    source: str = "sqlalchemy"
    """`playground`, `models`, `sqlalchemy` or `sqlalchemy.orm`."""


class PreloadedColumn(msgspec.Struct, frozen=True, array_like=True):
    name: str
    type: str
    """As SQLAlchemy writes it (`VARCHAR(50)`); '' where the database names none."""
    nullable: bool
    primary_key: bool
    foreign_keys: tuple[str, ...] = ()
    """What it refers to: `customers.id`."""


class PreloadedTable(msgspec.Struct, frozen=True, array_like=True):
    name: str
    columns: tuple[PreloadedColumn, ...]
    model: str | None = None
    """The class that maps it, if one does."""


class Preloaded(msgspec.Struct, frozen=True, array_like=True):
    """The names a run starts with, and the tables behind them."""

    names: tuple[PreloadedName, ...]
    tables: tuple[PreloadedTable, ...]
