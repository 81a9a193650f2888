"""Making a process fit for another attempt, and telling when it is not.

What an attempt may change beyond its own namespace is without end, so two nets are laid: code that
reaches for what is shared by its text alone is never followed by another attempt in its process,
and after every other one the things are compared that such code would change. No marks hang on it:
who slips through both deceives nobody but the next run of the same answer.
"""

import ast
import contextlib
import gc
import os
import select
import signal
import sys
import threading
import types
import warnings
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Engine, Table, inspect
from sqlalchemy.orm import mapperlib

from .world import World

_MODULES = frozenset({
    "sqlalchemy", "models", "__future__", "abc", "base64", "bisect", "calendar", "collections",
    "contextlib", "copy", "csv", "dataclasses", "datetime", "decimal", "enum", "fractions",
    "functools", "hashlib", "heapq", "io", "itertools", "json", "math", "numbers", "numpy",
    "operator", "pandas", "pprint", "re", "sqlite3", "statistics", "string", "struct",
    "textwrap", "time", "traceback", "typing", "typing_extensions", "unicodedata", "uuid",
    "warnings", "zoneinfo",
})  # fmt: skip
"""Modules whose use leaves nothing behind, but for the names below."""
_REACHING = frozenset({
    "event", "listen", "listens_for", "compiles", "setattr", "delattr", "vars", "exec", "eval",
    "globals", "register_adapter", "register_converter", "register_extension", "getcontext",
    "setcontext", "set_option", "set_printoptions", "option_context", "random", "seed",
    "excepthook", "stdout", "stderr", "lambda_stmt", "load_dialect_impl",
    "with_loader_criteria", "__import__", "__del__", "__dict__", "__globals__", "__builtins__",
    "__subclasses__", "__loader__", "__spec__", "__traceback__", "finalize", "builtins", "echo",
    "echo_pool", "logging_name", "update_execution_options",
})  # fmt: skip
"""Names by which code reaches what outlives it."""
_SHARED = (type, types.ModuleType, Engine)
"""What is shared of what the names stand for: what is put there stays."""
_OWN = ("pool", "dispatch")
"""What an engine itself puts in its place when it is used or put away."""
_OPEN_FILES = 256
_DESCRIPTORS = min(_OPEN_FILES, os.sysconf("SC_OPEN_MAX")) if os.name == "posix" else _OPEN_FILES
"""How many a run may have, told before it is confined: no more can be asked about at once."""


def keeps_to_itself(texts: list[str], names: dict[str, Any]) -> bool:
    """Whether nothing in the Python code of an attempt reaches for what outlives it.

    `names` is the namespace it starts with. Text that cannot be parsed never runs.
    """
    try:
        trees = [ast.parse(text.removeprefix("\ufeff")) for text in texts]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    nodes = [node for tree in trees for node in ast.walk(tree)]
    imported = {
        alias.asname or alias.name.partition(".")[0]
        for node in nodes
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }

    def is_shared(name: str | None) -> bool:
        return name in imported or isinstance(names.get(name or ""), _SHARED)

    return not any(_reaches(node, is_shared) for node in nodes)


def _reaches(node: ast.AST, is_shared: Callable[[str | None], bool]) -> bool:
    if isinstance(node, ast.Import):
        return any(not _leaves_nothing(alias.name) for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        named = any(alias.name in _REACHING for alias in node.names)
        return named or not _leaves_nothing(node.module or "")
    if isinstance(node, ast.Name):
        return node.id in _REACHING
    if isinstance(node, ast.keyword):
        return node.arg in _REACHING
    if isinstance(node, ast.Attribute):
        return node.attr in _REACHING or (
            not isinstance(node.ctx, ast.Load) and is_shared(_root(node))
        )
    if isinstance(node, ast.ClassDef):
        return any(isinstance(base, ast.Name) and base.id in _REACHING for base in node.bases)
    return isinstance(node, ast.FunctionDef) and node.name in _REACHING


def _leaves_nothing(module: str) -> bool:
    parts = module.split(".")
    return parts[0] in _MODULES and _REACHING.isdisjoint(parts)


def _root(node: ast.expr) -> str | None:
    """The name that a chain of attributes and items begins with."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


class Surroundings:
    """What is around an attempt in its process, as it was when this was made."""

    def __init__(self, world: World, engine: Engine) -> None:
        self._world = world
        self._engine = engine
        self._registries = set(mapperlib._all_registries())
        self._before = self._look()
        self._show_warning = warnings.showwarning
        self._streams = sys.stdout, sys.stderr

    def take_on(self, engine: Engine) -> None:
        """Look at another engine from now on, one that nothing has used yet."""
        self._engine = engine
        self._before = self._look()

    def restore(self) -> None:
        """Put away what is left of an attempt. Raises SQLAlchemyError where it holds together."""
        warnings.showwarning = self._show_warning
        sys.stdout, sys.stderr = self._streams
        gc.collect()
        for registry in set(mapperlib._all_registries()) - self._registries:
            registry.dispose()

    def are_as_before(self) -> bool:
        """Whether nothing that is looked at has changed."""
        return self._look() == self._before

    def _look(self) -> tuple[Any, ...]:
        registries = {id(each): len(list(each.mappers)) for each in self._registries}
        tables = {name: _shape(table) for name, table in self._world.tables.items()}
        metadatas = {id(table.metadata): table.metadata for table in self._world.tables.values()}
        models = {
            model.__name__: (
                len(inspect(model)._props),
                {name: id(value) for name, value in vars(model).items()},
            )
            for model in self._world.mapped_classes()
        }
        return (
            registries,
            tables,
            {key: len(metadata.tables) for key, metadata in metadatas.items()},
            models,
            {name: id(value) for name, value in vars(self._engine).items() if name not in _OWN},
            threading.active_count(),
            set(_open_descriptors()),
        )


def _shape(table: Table) -> tuple[int, ...]:
    return len(table.columns), len(table.constraints), len(table.indexes), len(table.foreign_keys)


def _open_descriptors() -> Iterator[int]:
    if hasattr(select, "poll"):  # one call of the system for all
        poll = select.poll()
        for descriptor in range(_DESCRIPTORS):
            poll.register(descriptor, 0)
        closed = {found for found, event in poll.poll(0) if event & select.POLLNVAL}
        yield from set(range(_DESCRIPTORS)) - closed
        return
    for descriptor in range(_DESCRIPTORS):
        with contextlib.suppress(OSError):
            os.fstat(descriptor)
            yield descriptor


def remove_files(kept: str | None) -> None:
    """Empty the working directory, but for the file named. Raises OSError."""
    for name in os.listdir():  # noqa: PTH208  (a name is all that is wanted)
        if name != kept:
            os.unlink(name)  # noqa: PTH108


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """Within it, nothing is printed, and no time runs out. Raises OSError."""
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
    nothing = os.open(os.devnull, os.O_WRONLY)
    output, errors = os.dup(1), os.dup(2)
    try:
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        yield
    finally:
        os.dup2(output, 1)
        os.dup2(errors, 2)
        for descriptor in (nothing, output, errors):
            os.close(descriptor)
