"""Imports from folders that may no longer be listed.

The import system lists the folders of `sys.path`; a confined process may read what it needs in
them by name, but not list them. Packages that it may not read then look as if they were not
installed, which is what a learner's `import`, and a library with an optional dependency, expect.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from importlib.machinery import EXTENSION_SUFFIXES, SOURCE_SUFFIXES, ModuleSpec
from importlib.util import spec_from_file_location
from types import ModuleType

_SUFFIXES = (*EXTENSION_SUFFIXES, *SOURCE_SUFFIXES)


class ListedFolder:
    """A path entry finder over the names that a folder had, by the protocol of `sys.path_hooks`."""

    def __init__(self, folder: str, names: Iterable[str]) -> None:
        self._folder = folder
        self._names = frozenset(names)

    def find_spec(self, fullname: str, target: ModuleType | None = None) -> ModuleSpec | None:
        """The module of that name in the folder, or None."""
        name = fullname.rpartition(".")[2]
        start = f"{self._folder}/{name}/__init__.py"
        if name in self._names and os.path.isfile(start):  # noqa: PTH113
            return spec_from_file_location(
                fullname, start, submodule_search_locations=[f"{self._folder}/{name}"]
            )
        for suffix in _SUFFIXES:
            if name + suffix in self._names:
                return spec_from_file_location(fullname, f"{self._folder}/{name}{suffix}")
        return self._portion(fullname, name)

    def _portion(self, fullname: str, name: str) -> ModuleSpec | None:
        """A folder without `__init__.py`: this folder's part of a package that may have more."""
        if name not in self._names or not os.path.isdir(f"{self._folder}/{name}"):  # noqa: PTH112
            return None
        spec = ModuleSpec(fullname, None, is_package=True)
        spec.submodule_search_locations = [f"{self._folder}/{name}"]
        return spec

    def invalidate_caches(self) -> None:
        """Nothing: what was listed is all that may ever be read."""


def remember_folders(readable: tuple[str, ...]) -> None:
    """Let imports from `sys.path` find those modules whose files or folders are `readable`."""
    allowed = frozenset(readable)
    for folder in filter(os.path.isdir, sys.path):
        if not _listable(folder, readable):
            names = (name for name in os.listdir(folder) if f"{folder}/{name}" in allowed)  # noqa: PTH208
            sys.path_importer_cache[folder] = ListedFolder(folder, names)


def _listable(folder: str, readable: tuple[str, ...]) -> bool:
    return any(folder == path or folder.startswith(f"{path}/") for path in readable)
