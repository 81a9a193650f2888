"""A database of one table with as many rows as wanted, for the metrics that run queries."""

import sqlite3

from playground.running import World

MODELS = """\
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Item(Base):
    __tablename__ = "items"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    price_cents: Mapped[int]
    stock: Mapped[int]
    weight: Mapped[float]
    note: Mapped[str | None]
"""
WORLD = World("bench", MODELS)
QUERY = "session.scalars(select(Item).order_by(Item.id).limit(50)).all()"


def image(rows: int) -> bytes:
    """A SQLite image with that many items."""
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE TABLE items (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, kind VARCHAR NOT NULL,"
        " price_cents INTEGER NOT NULL, stock INTEGER NOT NULL, weight FLOAT NOT NULL, note VARCHAR)"
    )
    connection.executemany(
        "INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, NULL)",
        (
            (n, f"item {n}", f"kind {n % 7}", n * 37 % 10_000, n % 50, n / 8)
            for n in range(1, rows + 1)
        ),
    )
    connection.commit()
    data = connection.serialize()
    connection.close()
    return data
