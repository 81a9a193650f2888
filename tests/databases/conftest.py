"""Databases as the product opens them, with images built by real children."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from playground.course import bundled_course
from playground.databases import Database, Databases
from playground.running import Runners

Connect = Callable[[str, str], sqlite3.Connection]


@pytest.fixture(scope="session")
def runners() -> Iterator[Runners]:
    """One set of processes for all tests."""
    with Runners() as runners:
        yield runners


@pytest.fixture(scope="session")
def bundled(runners: Runners, tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """The databases of the bundled course."""
    return Databases(bundled_course(), cache=tmp_path_factory.mktemp("cache"), runners=runners)


@pytest.fixture(scope="session")
def connect(bundled: Databases) -> Connect:
    """A connection to a copy of one variant of a bundled database."""

    def connect(name: str, variant: str) -> sqlite3.Connection:
        found = bundled.open(name, beside=None).variant(variant)
        assert found is not None
        return opened(found.image())

    return connect


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """An empty course folder."""
    folder = tmp_path / "curso de Ирина"
    folder.mkdir()
    return folder


@pytest.fixture
def open_database(course: Path, tmp_path: Path, runners: Runners) -> Callable[[str], Database]:
    """Opens a database of `course` by its name, as its lesson `lesson.yaml` does, anew each time."""

    def open_database(ref: str) -> Database:
        databases = Databases(course, cache=tmp_path / "cache", runners=runners)
        return databases.open(ref, beside=course / "lesson.yaml")

    return open_database


def opened(image: bytes) -> sqlite3.Connection:
    """A connection to a copy of an image."""
    connection = sqlite3.connect(":memory:")
    if image:
        connection.deserialize(image)
    return connection
