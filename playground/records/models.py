"""The tables of the store. A change here needs a migration (`migrations/versions`).

Every row belongs to a learner: the empty name in one's own store, a name where a school has many.
"""

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Dialect,
    Double,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

_UNSAFE = re.compile("[\x00\x10\ud800-\udfff]")
_ESCAPED = re.compile("\x10([0-9a-f]{4})")


class AnyText(TypeDecorator[str]):
    """Any text that Python can hold, lone surrogates and NUL included, in any database.

    PostgreSQL refuses NUL and no driver sends a lone surrogate: such characters, and the escape
    itself (DLE), are stored as DLE and four hexadecimal digits. All other text is stored as it is.
    """

    impl: type[String] = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Escape what no database takes."""
        if value is None:
            return None
        return _UNSAFE.sub(lambda found: f"\x10{ord(found[0]):04x}", value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """The text as it was given."""
        if value is None:
            return None
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)


class AnyName(AnyText):
    """The same for what is part of a key: VARCHAR."""

    impl = String
    cache_ok = True


class UtcTime(TypeDecorator[datetime]):
    """A time in UTC: without its zone in the database, with it in Python."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The time in UTC, in whole seconds (MariaDB keeps no more)."""
        if value is None:
            return None
        return value.astimezone(UTC).replace(tzinfo=None, microsecond=0)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The same time, aware."""
        return None if value is None else value.replace(tzinfo=UTC)


# Four of these make a key, and InnoDB takes no key over 3072 bytes (four per character).
_NAME = AnyName(180)
# MariaDB's plain TEXT ends at 64 KiB; this length asks for LONGTEXT.
_TEXT = AnyText().with_variant(AnyText(2**32 - 1), "mysql", "mariadb")


class Base(DeclarativeBase):
    """Maps the names of the plain data of `data` one to one."""

    type_annotation_map = {str: _TEXT, float: Double(), datetime: UtcTime()}  # noqa: RUF012
    __table_args__: Any = {"mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"}  # noqa: RUF012


class OfExercise:
    """The key of what is kept once for each exercise."""

    learner: Mapped[str] = mapped_column(_NAME, primary_key=True)
    course: Mapped[str] = mapped_column(_NAME, primary_key=True)
    lesson: Mapped[str] = mapped_column(_NAME, primary_key=True)
    exercise: Mapped[str] = mapped_column(_NAME, primary_key=True)


class AttemptRow(Base):
    """One check of one answer."""

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("learner", "key", name="attempts_key"),
        Index("attempts_of_exercise", "learner", "course", "lesson", "exercise"),
        Base.__table_args__,
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(String(32))
    learner: Mapped[str] = mapped_column(_NAME)
    course: Mapped[str] = mapped_column(_NAME)
    lesson: Mapped[str] = mapped_column(_NAME)
    exercise: Mapped[str] = mapped_column(_NAME)
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    answer: Mapped[str]
    verdict: Mapped[str] = mapped_column(String(20))
    points: Mapped[float]
    of: Mapped[float]
    finding: Mapped[str | None] = mapped_column(AnyName(200))
    elapsed_ms: Mapped[float | None]


class DraftRow(OfExercise, Base):
    """What stands in the editor."""

    __tablename__ = "drafts"

    text: Mapped[str]
    at: Mapped[datetime]


class HintsRow(OfExercise, Base):
    """How many hints are open."""

    __tablename__ = "hints"

    opened: Mapped[int]
    at: Mapped[datetime]


class SolutionRow(OfExercise, Base):
    """The solution was opened before a pass."""

    __tablename__ = "solutions"

    afresh: Mapped[bool] = mapped_column(Boolean)
    at: Mapped[datetime]


class PassRow(OfExercise, Base):
    """A pass that counts, with the digest of what was passed."""

    __tablename__ = "passes"

    digest: Mapped[str] = mapped_column(String(64))
    points: Mapped[float]
    of: Mapped[float]
    at: Mapped[datetime]


class PlaceRow(Base):
    """Where the learner was last in a course."""

    __tablename__ = "places"

    learner: Mapped[str] = mapped_column(_NAME, primary_key=True)
    course: Mapped[str] = mapped_column(_NAME, primary_key=True)
    lesson: Mapped[str] = mapped_column(_NAME)
    exercise: Mapped[str] = mapped_column(_NAME)
    path: Mapped[str]
    at: Mapped[datetime]


class SettingRow(Base):
    """What the learner chose in the app."""

    __tablename__ = "settings"

    learner: Mapped[str] = mapped_column(_NAME, primary_key=True)
    name: Mapped[str] = mapped_column(_NAME, primary_key=True)
    value: Mapped[str]
    at: Mapped[datetime]


VERSION = Table(
    "records_version",
    MetaData(),
    Column("version_num", String(32), primary_key=True),
)
"""Alembic's own table, under a name of ours: a shared database may have another's."""
VERSION.primary_key.name = f"{VERSION.name}_pkc"
