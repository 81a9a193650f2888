"""The bundled course with what its proof needs, made once for each worker."""

from collections.abc import Iterator

import pytest

from playground.course import Course, bundled_course, open_course
from playground.databases import Databases
from playground.running import Runners


@pytest.fixture(scope="session")
def course() -> Course:
    return open_course(bundled_course())


@pytest.fixture(scope="session")
def runners() -> Iterator[Runners]:
    with Runners(spares=0) as runners:
        yield runners


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory, runners: Runners) -> Databases:
    cache = tmp_path_factory.mktemp("images")
    return Databases(bundled_course(), cache=cache, runners=runners)
