"""Benches: for whoever runs the tests, and for an ordinary user where that is root; for processes
that take all stages themselves, and for children forked from a confined zygote."""

from collections.abc import Iterator

import pytest

from tests.running.confine.confined import Bench, make_bench

BENCHES = [
    "mine-spawned",
    "ordinary-forked",
    pytest.param("mine-forked", marks=pytest.mark.long),
    pytest.param("ordinary-spawned", marks=pytest.mark.long),
]
"""Each user and each way once in every run; all pairs in the long one."""


@pytest.fixture(scope="session", params=BENCHES)
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    """A bench for each user and each way to have a confined child."""
    user, way = request.param.split("-")
    yield from make_bench(user == "ordinary", way)


@pytest.fixture(scope="session")
def one_bench() -> Iterator[Bench]:
    """A bench for what depends on neither."""
    yield from make_bench(False, "spawned")
