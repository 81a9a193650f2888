"""A new store and a migrated one are the same, and both are what the models say."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, Inspector, create_engine, inspect, make_url, select

from playground.records import Records, migrations, schema
from playground.records.engines import make_engine
from playground.records.migrations import config, upgrade
from playground.records.models import VERSION, Base
from playground.records.schema import REVISIONS, prepare

from .conftest import EXERCISE


def described(engine: Engine) -> dict[str, Any]:
    """Everything that reflection tells of a database, with types as text."""
    seen: Inspector = inspect(engine)
    return {
        table: {
            "columns": {
                column["name"]: {**column, "type": repr(column["type"])}
                for column in seen.get_columns(table)
            },
            "key": set(seen.get_pk_constraint(table)["constrained_columns"]),
            "unique": sorted(
                (one["name"], one["column_names"]) for one in seen.get_unique_constraints(table)
            ),
            "indexes": sorted(
                (one["name"], one["column_names"]) for one in seen.get_indexes(table)
            ),
            "options": seen.get_table_options(table),
        }
        for table in sorted(seen.get_table_names())
    }


def test_the_revisions_are_those_of_the_migrations() -> None:
    script = ScriptDirectory.from_config(config())
    assert [step.revision for step in script.walk_revisions()][::-1] == list(REVISIONS)


def test_a_migrated_store_is_what_a_new_one_is(any_url: str) -> None:
    engine = make_engine(make_url(any_url))
    prepare(engine)
    fresh = described(engine)
    with engine.begin() as connection:
        Base.metadata.drop_all(connection)
        VERSION.drop(connection)
    with engine.begin() as connection:
        upgrade(connection)
    assert described(engine) == fresh
    prepare(engine)
    with engine.connect() as connection:
        # Alembic cannot tell that MariaDB's LONGTEXT is the Text of that length that was asked for.
        types = engine.dialect.name in ("sqlite", "postgresql")
        options = {"version_table": VERSION.name, "compare_type": types}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_making_the_tables_was_cut_short(any_url: str, opened: Callable[..., Records]) -> None:
    engine = create_engine(any_url)
    VERSION.create(engine)
    Base.metadata.tables["drafts"].create(engine)
    engine.dispose()
    records = opened(any_url)
    assert records.notices == []
    records.keep_draft(EXERCISE, "mine")
    assert records.lasting


NEXT = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None
def upgrade():
    with op.batch_alter_table("drafts") as table:
        table.add_column(sa.Column("mood", sa.String(20), server_default="good"))
"""


def test_a_migration_that_is_due_is_made_when_the_store_is_opened(
    any_url: str,
    tmp_path: Path,
    opened: Callable[..., Records],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    records = opened(any_url)
    records.keep_draft(EXERCISE, "mine")
    records.close()
    scripts = tmp_path / "migrations of 100%"
    shutil.copytree(migrations.SCRIPTS, scripts)
    (scripts / "versions" / "r0002_mood.py").write_text(NEXT)
    monkeypatch.setattr(migrations, "SCRIPTS", scripts)
    monkeypatch.setattr(schema, "REVISIONS", ("0001", "0002"))
    monkeypatch.setattr(schema, "HEAD", "0002")
    records = opened(any_url)
    assert records.notices == []
    assert records.draft(EXERCISE) == "mine"
    engine = create_engine(any_url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT mood FROM drafts").scalar() == "good"
        assert connection.execute(select(VERSION.c.version_num)).scalar() == "0002"
    engine.dispose()


def test_a_migration_that_fails_changes_nothing(
    tmp_path: Path, url: str, opened: Callable[..., Records], monkeypatch: pytest.MonkeyPatch
) -> None:
    records = opened()
    records.keep_draft(EXERCISE, "mine")
    records.close()
    before = (tmp_path / "records.db").read_bytes()
    scripts = tmp_path / "migrations"
    shutil.copytree(migrations.SCRIPTS, scripts)
    broken = NEXT + "    op.execute('no sql')\n"
    (scripts / "versions" / "r0002_broken.py").write_text(broken)
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "SCRIPTS", scripts)
        patched.setattr(schema, "REVISIONS", ("0001", "0002"))
        patched.setattr(schema, "HEAD", "0002")
        records = opened()
        assert len(records.notices) == 1
        assert not records.lasting
        records.close()
    assert (tmp_path / "records.db").read_bytes() == before
    assert opened().draft(EXERCISE) == "mine"
