"""The smallest database on which an answer differs."""

import random
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from playground.checking.counterexample.program import Shrinking, shrunk

SHOP = """
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE orders (
    id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers (id), total INTEGER
);
CREATE TABLE unrelated (id INTEGER PRIMARY KEY);
"""


@pytest.fixture
def shop(tmp_path: Path) -> str:
    path = tmp_path / "shop.db"
    with sqlite3.connect(path) as data:
        data.executescript(SHOP)
        data.executemany(
            "INSERT INTO customers VALUES (?, ?)", [(i, f"c{i}") for i in range(1, 41)]
        )
        rows = [(i, i % 30 + 1, None if i == 57 else i) for i in range(1, 101)]
        data.executemany("INSERT INTO orders VALUES (?, ?, ?)", rows)
        data.executemany("INSERT INTO unrelated VALUES (?)", [(i,) for i in range(50)])
    return str(path)


def rows_of(path: str, first: str, second: str) -> dict[str, list[Any]]:
    shrinking = Shrinking(path, (first, ()), (second, ()), seconds=20)
    assert shrinking.shrink()
    data = sqlite3.connect(":memory:")
    data.deserialize(shrinking.image())
    assert data.execute("PRAGMA foreign_key_check").fetchall() == []
    return {
        t: data.execute(f"SELECT * FROM {t}").fetchall()
        for t in ("customers", "orders", "unrelated")
    }


def test_one_row_is_enough_for_a_border(shop: str) -> None:
    left = rows_of(
        shop, "SELECT id FROM orders WHERE total < 60", "SELECT id FROM orders WHERE total <= 60"
    )
    assert [row[0] for row in left["orders"]] == [60]
    assert len(left["customers"]) == 1
    assert left["unrelated"] == []


def test_the_row_with_null_is_found(shop: str) -> None:
    left = rows_of(
        shop,
        "SELECT id FROM orders WHERE total <> 3 OR total IS NULL",
        "SELECT id FROM orders WHERE total <> 3",
    )
    assert [row[2] for row in left["orders"]] == [None]


def test_a_customer_without_orders(shop: str) -> None:
    left = rows_of(
        shop,
        "SELECT c.id, o.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id",
        "SELECT c.id, o.id FROM customers c JOIN orders o ON o.customer_id = c.id",
    )
    assert len(left["customers"]) == 1
    assert left["orders"] == []


CHAINED = """
CREATE TABLE "odd ""name" (id INTEGER PRIMARY KEY, boss_id INTEGER REFERENCES "odd ""name");
CREATE TABLE codes (code TEXT COLLATE NOCASE PRIMARY KEY, size INTEGER);
CREATE TABLE items (
    id INTEGER PRIMARY KEY, owner INTEGER REFERENCES "ODD ""NAME", code TEXT REFERENCES codes,
    price REAL
);
CREATE TABLE pairs (
    first INTEGER REFERENCES items (id), second INTEGER REFERENCES items (id), note TEXT,
    PRIMARY KEY (first, second)
) WITHOUT ROWID;
CREATE TABLE notes (
    id INTEGER PRIMARY KEY, first INTEGER, second INTEGER,
    FOREIGN KEY (first, second) REFERENCES pairs
);
"""
DIFFERING = (
    ("SELECT id FROM items WHERE price < 5", "SELECT id FROM items WHERE price <= 5"),
    (
        "SELECT id FROM items WHERE code <> 'a' OR code IS NULL",
        "SELECT id FROM items WHERE code <> 'a'",
    ),
    (
        "SELECT i.id, p.note FROM items i LEFT JOIN pairs p ON p.first = i.id",
        "SELECT i.id, p.note FROM items i JOIN pairs p ON p.first = i.id",
    ),
    ("SELECT count(*) FROM notes", "SELECT count(first) FROM notes"),
    ("SELECT avg(price) FROM items", "SELECT sum(price) / 3 FROM items"),
    ("SELECT note FROM pairs", "SELECT DISTINCT note FROM pairs"),
)


@pytest.mark.parametrize("queries", DIFFERING)
@pytest.mark.parametrize("seed", range(4))
def test_every_database_on_the_way_is_whole(
    tmp_path: Path, seed: int, queries: tuple[str, str]
) -> None:
    chance = random.Random(seed)
    path = str(tmp_path / "chained.db")
    with sqlite3.connect(path) as data:
        data.executescript(CHAINED)
        data.executemany(
            'INSERT INTO "odd ""name" VALUES (?, ?)',
            [(n, chance.choice([None, chance.randint(1, n)])) for n in range(1, 9)],
        )
        data.executemany("INSERT INTO codes VALUES (?, ?)", [(c, n) for n, c in enumerate("abcd")])
        items = [
            (n, chance.choice([None, chance.randint(1, 8)]), chance.choice([None, *"AbcD"]), n / 2)
            for n in range(1, 25)
        ]
        data.executemany("INSERT INTO items VALUES (?, ?, ?, ?)", items)
        pairs = {(chance.randint(1, 24), chance.randint(1, 24)) for _ in range(12)}
        data.executemany(
            "INSERT INTO pairs VALUES (?, ?, ?)", [(*pair, chance.choice("xy")) for pair in pairs]
        )
        notes = [(n, *chance.choice([(None, None), *pairs])) for n in range(1, 8)]
        data.executemany("INSERT INTO notes VALUES (?, ?, ?)", notes)
        assert data.execute("PRAGMA foreign_key_check").fetchall() == []
        before = {t: set(data.execute(f"SELECT * FROM {t}")) for t in ("items", "pairs", "notes")}
    first, second = queries
    shrinking = Shrinking(path, (first, ()), (second, ()), seconds=20)
    if not shrinking.shrink():
        return
    small = sqlite3.connect(":memory:")
    small.deserialize(shrinking.image())
    assert small.execute("PRAGMA foreign_key_check").fetchall() == []
    assert Counter(small.execute(first)) != Counter(small.execute(second))
    for table, rows in before.items():
        assert set(small.execute(f"SELECT * FROM {table}")) <= rows


def test_where_nothing_differs_there_is_none(shop: str) -> None:
    query = ("SELECT id FROM orders WHERE total > ?", (5,))
    assert shrunk(shop, query, query, 5) == []
    assert shrunk(shop, query, ("SELECT broken", ()), 5) == []


def test_it_is_shown_where_the_visible_data_do_not_tell(ask: Any) -> None:
    count = ask("1", "select(func.count()).select_from(Order)").run.result.rows[0][0]
    answer = (
        "select(Tag.id).where(select(func.count()).select_from(Order).scalar_subquery() "
        f"== {count}).order_by(Tag.id)"
    )
    asked = ("select(Tag.id).order_by(Tag.id)", answer)
    shown = ask(*asked).counterexample
    assert len(shown.tables["tags"].rows) == 1
    assert shown.tables["orders"].rows == []
    assert len(shown.expected.rows) == 1
    assert shown.got.rows == []
    assert ask(*asked, thorough=False).counterexample is None


def test_who_asks_for_the_reason_alone_gets_the_one_that_leads(ask: Any) -> None:
    asked = ("select(Product.id).where(Product.stock >= 1)", "select(Product.id)")
    whole, brief = ask(*asked), ask(*asked, thorough=False)
    assert len(whole.findings) > 1
    assert brief.findings == whole.findings[:1]
    assert brief.checks == whole.checks


def test_it_is_not_shown_where_the_visible_data_tell(ask: Any) -> None:
    assert ask("select(Tag.id)", "select(Tag.id).where(Tag.id > 1)").counterexample is None
