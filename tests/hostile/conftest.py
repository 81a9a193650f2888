"""Arenas: children forked from a zygote, and children spawned."""

import shutil
import tempfile
from collections.abc import Iterator

import pytest

from playground.running import Runner, isolation_level
from tests.hostile.arena import Arena, image, make_secrets, make_world


@pytest.fixture(scope="session", params=["zygote", "spawned"])
def arena(request: pytest.FixtureRequest) -> Iterator[Arena]:
    """A runner of each way, at level A."""
    yield from _arena(request.param)


@pytest.fixture(scope="session")
def quick_arena() -> Iterator[Arena]:
    """A runner of the quicker way, for what does not depend on the way."""
    yield from _arena("zygote")


def _arena(way: str) -> Iterator[Arena]:
    level = isolation_level()
    if level.name != "A":
        pytest.skip(f"level B: {'; '.join(level.missing)}")
    secrets = make_secrets(tempfile.gettempdir())
    with Runner(make_world(), way=way, spares=2) as runner:  # type: ignore[arg-type]
        yield Arena(runner, way, image(), secrets)
    shutil.rmtree(secrets)
