"""Arenas: children forked from a zygote, and children spawned."""

import shutil
import sys
import tempfile
from collections.abc import Iterator

import pytest

from playground.running import Runner
from tests.hostile.arena import Arena, image, make_secrets, make_world, needs_level_a

# The attacks, and the accidents, are made of POSIX systems' signals, limits and descriptors.
collect_ignore_glob = ["test_*.py"] if sys.platform == "win32" else []


@pytest.fixture(scope="session", params=["zygote", pytest.param("spawned", marks=pytest.mark.long)])
def arena(request: pytest.FixtureRequest) -> Iterator[Arena]:
    """A runner of each way, at level A."""
    yield from _arena(request.param)


@pytest.fixture(scope="session")
def quick_arena() -> Iterator[Arena]:
    """A runner of the quicker way, for what does not depend on the way."""
    yield from _arena("zygote")


def _arena(way: str) -> Iterator[Arena]:
    needs_level_a()
    secrets = make_secrets(tempfile.gettempdir())
    with Runner(make_world(), way=way, spares=2) as runner:  # type: ignore[arg-type]
        yield Arena(runner, way, image(), secrets)
    shutil.rmtree(secrets)
