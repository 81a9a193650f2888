"""The metadata of installed packages, for a process that may no longer list their folders."""

import re
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, DistributionFinder, PathDistribution
from pathlib import Path

_SUFFIX = ".dist-info"


class RememberedPackages(DistributionFinder):
    """Finds the distributions whose metadata folders were named to it."""

    def __init__(self, folders: Iterable[str]) -> None:
        self._folders = {_name(folder): Path(folder) for folder in folders}

    def find_spec(self, *_: object) -> None:
        """It finds no modules."""

    def find_distributions(
        self, context: DistributionFinder.Context | None = None
    ) -> Iterator[Distribution]:
        """Those of the name that the context asks for, all if it asks for none."""
        wanted = context.name if context is not None else None
        for name, folder in self._folders.items():
            if wanted is None or _normal(wanted) == name:
                yield PathDistribution(folder)


def remember(readable: Iterable[str]) -> None:
    """Let `importlib.metadata` find those packages whose metadata folders are `readable`."""
    folders = [path for path in readable if path.endswith(_SUFFIX)]
    sys.meta_path.append(RememberedPackages(folders))


def _name(folder: str) -> str:
    return _normal(Path(folder).name.removesuffix(_SUFFIX).rpartition("-")[0])


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "_", name).lower()
