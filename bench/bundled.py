"""The bundled shop with what runs on it, for the metrics that judge answers."""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playground.course import bundled_course
from playground.databases import Database, Databases
from playground.running import Runners


@contextlib.contextmanager
def shop() -> Iterator[tuple[Database, Runners]]:
    """The shop, its variants built, with its runners."""
    with tempfile.TemporaryDirectory() as folder, Runners() as runners:
        cache = Path(folder, "databases")
        database = Databases(bundled_course(), cache=cache, runners=runners).open(
            "shop", beside=None
        )
        for variant in database.variants:
            variant.image()
        yield database, runners
