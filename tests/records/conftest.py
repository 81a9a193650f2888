"""A store of the test's own, on SQLite or on a real server where there is one."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from playground.records import Attempt, ExerciseId, Records

SERVERS = {
    "postgresql": os.environ.get(
        "TEST_POSTGRESQL", "postgresql+psycopg://postgres@127.0.0.1:5432/test"
    ),
    "mariadb": os.environ.get("TEST_MARIADB", "mysql+pymysql://root@127.0.0.1:3306/test"),
}

EXERCISE = ExerciseId("course", "null-logic", "unrated", "digest-1")


def attempt(
    answer: str = "select(1)",
    verdict: str = "fail",
    exercise: ExerciseId = EXERCISE,
    **more: object,
) -> Attempt:
    """A check of `exercise`, for a test to keep."""
    worth = {"points": 1.0 if verdict == "pass" else 0.0, "of": 1.0, **more}
    return Attempt(  # type: ignore[arg-type]
        exercise.course,
        exercise.lesson,
        exercise.exercise,
        exercise.digest,
        answer,
        verdict,
        **worth,
    )


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path.as_posix()}/records.db"


@pytest.fixture
def resume(tmp_path: Path) -> Path:
    return tmp_path / "resume.json"


@pytest.fixture
def opened(url: str, resume: Path) -> Iterator[Callable[..., Records]]:
    """Opens records at a URL (the test's file, if none is given) and closes them afterwards."""
    made: list[Records] = []

    def open_records(at: str = url, learner: str = "") -> Records:
        made.append(Records.open(at, resume, learner=learner))
        return made[-1]

    yield open_records
    for records in made:
        records.close()


@pytest.fixture
def records(opened: Callable[..., Records]) -> Records:
    return opened()


def server_url(name: str) -> Iterator[str]:
    """A new, empty database on the server, dropped afterwards; skips where there is no server."""
    server = make_url(SERVERS[name])
    engine = create_engine(
        server, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3}
    )
    database = f"playground_{uuid4().hex[:12]}"
    try:
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {database}"))
    except (SQLAlchemyError, ImportError) as error:
        engine.dispose()
        pytest.skip(f"no {name} to test with: {error}")
    try:
        yield server.set(database=database).render_as_string(hide_password=False)
    finally:
        force = " WITH (FORCE)" if name == "postgresql" else ""
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {database}{force}"))
        engine.dispose()


STORES = [
    "sqlite",
    pytest.param("postgresql", marks=pytest.mark.server),
    pytest.param("mariadb", marks=pytest.mark.server),
]


@pytest.fixture(params=STORES)
def any_url(request: pytest.FixtureRequest, url: str) -> Iterator[str]:
    """The URL of an empty store on every kind of database that is tested."""
    if request.param == "sqlite":
        yield url
    else:
        yield from server_url(request.param)


@pytest.fixture
def anywhere(any_url: str, opened: Callable[..., Records]) -> Records:
    """Records on every kind of database that is tested."""
    records = opened(any_url)
    assert records.notices == []
    return records
