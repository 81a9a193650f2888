"""The first tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_CHARSET: dict[str, Any] = {"mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"}


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(32), nullable=False),
        *_exercise(),
        sa.Column("digest", sa.String(64), nullable=False),
        _at(),
        sa.Column("answer", _text(), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("points", sa.Double, nullable=False),
        sa.Column("of", sa.Double, nullable=False),
        sa.Column("finding", sa.String(200)),
        sa.Column("elapsed_ms", sa.Double),
        sa.UniqueConstraint("learner", "key", name="attempts_key"),
        **_CHARSET,
    )
    op.create_index("attempts_of_exercise", "attempts", ["learner", "course", "lesson", "exercise"])
    _once_for_each_exercise("drafts", sa.Column("text", _text(), nullable=False))
    _once_for_each_exercise("hints", sa.Column("opened", sa.Integer, nullable=False))
    _once_for_each_exercise("solutions", sa.Column("afresh", sa.Boolean, nullable=False))
    _once_for_each_exercise(
        "passes",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("points", sa.Double, nullable=False),
        sa.Column("of", sa.Double, nullable=False),
    )
    op.create_table(
        "places",
        _name("learner", key=True),
        _name("course", key=True),
        _name("lesson"),
        _name("exercise"),
        sa.Column("path", _text(), nullable=False),
        _at(),
        **_CHARSET,
    )
    op.create_table(
        "settings",
        _name("learner", key=True),
        _name("name", key=True),
        sa.Column("value", _text(), nullable=False),
        _at(),
        **_CHARSET,
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("settings", "places", "passes", "solutions", "hints", "drafts", "attempts"):
        op.drop_table(table)


def _once_for_each_exercise(table: str, *columns: sa.Column[object]) -> None:
    op.create_table(table, *_exercise(key=True), *columns, _at(), **_CHARSET)


def _exercise(*, key: bool = False) -> list[sa.Column[str]]:
    return [_name(column, key=key) for column in ("learner", "course", "lesson", "exercise")]


def _name(name: str, *, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(180), primary_key=key, nullable=False)


def _text() -> sa.Text:
    return sa.Text().with_variant(sa.Text(2**32 - 1), "mysql", "mariadb")


def _at() -> sa.Column[object]:
    return sa.Column("at", sa.DateTime, nullable=False)
