"""The models and tables of one database, loaded once before any learner's code."""

import importlib
import sqlite3
import sys
import types
from typing import Any

from sqlalchemy import MetaData, Table, create_engine
from sqlalchemy.orm import DeclarativeBase, configure_mappers, registry
from sqlalchemy.pool import StaticPool

from . import mapping

MODELS_FILE = "models.py"
MODELS = "models"
"""Module name of the database's models; `from models import …` finds it."""


class World:
    """What every run's namespace holds of its database."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.name: str = config["name"]
        self.foreign_keys: bool = config["foreign_keys"]
        self._modules: list[str] = config["modules"]
        self.models: dict[str, Any] = {}
        self.tables: dict[str, Table] = {}

    def load(self, source: str | None, image: bytes) -> None:
        """Run the models' source, or map the tables of `image` by reflection."""
        for name in self._modules:
            importlib.import_module(name)
        if source is None:
            self._reflect(image)
        else:
            self._declare(source)

    def mapped_classes(self) -> list[type]:
        """The models, in the order of their names' appearance."""
        return [item for item in self.models.values() if is_mapped(item)]

    def _declare(self, source: str) -> None:
        module = types.ModuleType(MODELS)
        sys.modules[MODELS] = module
        exec(compile(source, MODELS_FILE, "exec", dont_inherit=True), module.__dict__)  # noqa: S102
        self.models = {
            name: value
            for name, value in module.__dict__.items()
            if not name.startswith("_") and not isinstance(value, types.ModuleType)
        }
        for metadata in _metadatas(self.models.values()):
            self.tables.update(metadata.tables)
        configure_mappers()

    def _reflect(self, image: bytes) -> None:
        if not image:
            return
        engine = memory_engine(image)
        self.tables, self.models = mapping.reflect(engine)
        engine.dispose()
        module = types.ModuleType(MODELS)
        module.__dict__.update(self.models)
        sys.modules[MODELS] = module


def memory_engine(image: bytes) -> Any:
    """An engine on a private in-memory copy of a database image."""

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        if image:
            connection.deserialize(image)
        return connection

    return create_engine("sqlite://", creator=connect, poolclass=StaticPool)


def is_mapped(item: object) -> bool:
    """Whether it is a mapped class (a declarative base is none)."""
    return isinstance(item, type) and "__mapper__" in item.__dict__


def _metadatas(values: Any) -> list[MetaData]:
    found: dict[int, MetaData] = {}
    for value in values:
        metadata = None
        if isinstance(value, MetaData):
            metadata = value
        elif isinstance(value, (Table, registry)):
            metadata = value.metadata
        elif isinstance(value, type) and value is not DeclarativeBase:
            metadata = getattr(value, "metadata", None)
        if isinstance(metadata, MetaData):
            found[id(metadata)] = metadata
    return list(found.values())
