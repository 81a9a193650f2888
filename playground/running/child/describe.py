"""What the namespace holds, said for the editor's fold-out, the schema pane and completion."""

import inspect
import types
from typing import Any

import sqlalchemy.orm
from sqlalchemy import Table
from sqlalchemy import inspect as inspect_mapped

from .namespace import Namespace
from .world import World, is_mapped

_OWN = {"engine": "engine", "session": "session", "database_url": "text", "tables": "tables"}
_MEMBERS_LIMIT = 400


def preloaded(namespace: Namespace, world: World) -> list[Any]:
    """`[names, tables]` in the field order of `playground.running.preloaded`."""
    names = [_name(name, value, world) for name, value in namespace.names.items() if _shown(name)]
    return [names, [_table(name, table, world) for name, table in world.tables.items()]]


def _shown(name: str) -> bool:
    return not name.startswith("_")


def _name(name: str, value: Any, world: World) -> list[Any]:
    own = _OWN.get(name)
    if name in world.models and is_mapped(value):
        return [name, "model", _model_detail(value), _model_members(value), "models"]
    source = "playground" if own else "models" if name in world.models else _package(name)
    return [name, own or _kind(value), _detail(value), _members(value), source]


def _package(name: str) -> str:
    return "sqlalchemy.orm" if name in vars(sqlalchemy.orm) else "sqlalchemy"


def _kind(value: Any) -> str:
    if isinstance(value, type):
        return "class"
    if isinstance(value, types.ModuleType):
        return "module"
    return "function" if callable(value) else "other"


def _detail(value: Any) -> str:
    """The first line of its documentation."""
    if isinstance(value, str):
        return value
    text = inspect.getdoc(value) or ""
    return text.strip().split("\n", 1)[0][:200]


def _members(value: Any) -> list[str]:
    return [name for name in dir(value) if not name.startswith("_")][:_MEMBERS_LIMIT]


def _model_detail(model: Any) -> str:
    return f"table {inspect_mapped(model).local_table.name}"


def _model_members(model: Any) -> list[str]:
    mapper = inspect_mapped(model)
    mapped = [str(attribute.key) for attribute in mapper.attrs]
    return mapped + [name for name in _members(model) if name not in mapped]


def _table(name: str, table: Table, world: World) -> list[Any]:
    model = next(
        (
            item.__name__
            for item in world.mapped_classes()
            if inspect_mapped(item).local_table is table
        ),
        None,
    )
    columns = [
        [
            column.name,
            _type(column),
            bool(column.nullable),
            column.primary_key,
            sorted(key.target_fullname for key in column.foreign_keys),
        ]
        for column in table.columns
    ]
    return [name, columns, model]


def _type(column: Any) -> str:
    return "" if type(column.type).__name__ == "NullType" else str(column.type)
