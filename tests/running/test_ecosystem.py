"""The neighbours of SQLAlchemy that lessons use work where learners' code runs."""

from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from playground.running import BuildError, Job, Runner, World, isolation_level

PROGRAMS = {
    "pandas": """
import pandas
pandas.DataFrame({"a": [40, 2]}).to_sql("t", engine)
pandas.read_sql("SELECT sum(a) AS n FROM t", engine)
""",
    "pytest": """
import contextlib, io, pathlib, pytest
pathlib.Path("test_it.py").write_text("def test_it(): assert 40 + 2 == 42")
with contextlib.redirect_stdout(io.StringIO()):
    status = pytest.main(["-p", "no:cacheprovider", "test_it.py"])
42 + status
""",
    "aiosqlite": """
import asyncio
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
async def main():
    engine = create_async_engine("sqlite+aiosqlite:///async.db")
    async with AsyncSession(engine) as session:
        value = await session.scalar(select(literal(42)))
    await engine.dispose()
    return value
asyncio.run(main())
""",
    "flask_sqlalchemy": """
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
app = Flask("app")
app.config["SQLALCHEMY_DATABASE_URI"] = database_url
db = SQLAlchemy(app)
@app.get("/<int:n>")
def add(n): return str(db.session.scalar(select(literal(n) + 2)))
int(app.test_client().get("/40").text)
""",
    "fastapi": """
from fastapi import FastAPI
from fastapi.testclient import TestClient
app = FastAPI()
@app.get("/{n}")
def add(n: int): return n + 2
TestClient(app).get("/40").json()
""",
    "peewee": """
import peewee
class Number(peewee.Model):
    value = peewee.IntegerField()
    class Meta: database = peewee.SqliteDatabase("peewee.db")
Number.create_table()
Number.create(value=42)
Number.get().value
""",
    "django": """
import django
from django.conf import settings
settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "django.db"}})
django.setup()
from django.db import connection, models
class Number(models.Model):
    value = models.IntegerField()
    class Meta: app_label = "numbers"
with connection.schema_editor() as editor: editor.create_model(Number)
Number.objects.create(value=42)
Number.objects.get().value
""",
}


@pytest.fixture(scope="module", params=["A", "B"])
def leveled_runner(request: pytest.FixtureRequest) -> Iterator[Runner]:
    """A runner at each level that this machine has."""
    if request.param == "A" and isolation_level().name != "A":
        pytest.skip("level B")
    with Runner(World("none"), level=request.param) as made:
        yield made


@pytest.mark.parametrize("name", PROGRAMS)
def test_it_works_without_a_warning(leveled_runner: Runner, name: str) -> None:
    if find_spec(name) is None:
        pytest.skip(f"{name} is not installed")
    run = leveled_runner.run(Job(code=PROGRAMS[name], database=b"", whole=True))
    assert run.status == "ok", run.error
    assert run.result is not None
    assert run.result.rows == [(42,)]
    assert run.warnings == []


@pytest.mark.parametrize("name", PROGRAMS)
def test_nothing_of_it_is_loaded_before_it_is_asked_for(empty_runner: Runner, name: str) -> None:
    loaded = empty_runner.run(Job(code=f"import sys\n{name!r} in sys.modules", database=b""))
    assert loaded.result is not None
    assert loaded.result.rows == [(False,)]


def test_what_a_world_names_is_loaded_before_the_code_asks_for_it() -> None:
    code = "import sys\nresult = 'fractions' in sys.modules, 'statistics' in sys.modules"
    with Runner(World("bare", modules=("fractions",)), spares=0) as runner:
        run = runner.run(Job(code, b""))
    assert run.result is not None
    assert run.result.rows == [(True, False)]


def test_what_cannot_be_loaded_is_said() -> None:
    with (
        Runner(World("bare", modules=("no_such_module",)), spares=0) as runner,
        pytest.raises(BuildError, match="no_such_module"),
    ):
        runner.run(Job("1", b""))
