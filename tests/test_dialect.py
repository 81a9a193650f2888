"""An answer that may be SQL or Python is taken for what it is."""

import pytest

from playground.dialect import looks_like_sql


@pytest.mark.parametrize(
    "text",
    [
        "SELECT 1",
        "  -- why\n select name FROM customers",
        "/* a\nb */ DELETE FROM orders",
        "with x as (select 1) select * from x",
        "WITH RECURSIVE n(i) AS (VALUES (1)) SELECT i FROM n",
        "with a as materialized (select 1) select * from a",
        'WITH "a" AS NOT MATERIALIZED (SELECT 1) SELECT * FROM "a"',
        "BEGIN; UPDATE orders SET status = 'new'",
        "PRAGMA table_info('orders')",
        "explain query plan select 1",
    ],
)
def test_sql(text: str) -> None:
    assert looks_like_sql(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "select(Review)",
        "select (Review)",
        "update(Order).values(status='new')",
        "with Session(engine) as s:\n    s.execute(text('SELECT 1'))",
        "with engine.begin() as connection:\n    pass",
        "with open('x') as (a):\n    pass",
        "with (Session(engine) as s, s.begin()):\n    pass",
        "values = [1]",
        "insert.x",
        "text('select 1')",
    ],
)
def test_python(text: str) -> None:
    assert not looks_like_sql(text)


@pytest.mark.parametrize(
    ("beginning", "repeated", "end"),
    [
        ("", "/**/", "x"),
        ("with x ", "/**/", "x"),
        ("", "-- a\n", "x"),
        ("", "/* a */ ", "/*"),
        ("with ", " ", "x"),
        ("with x (", "a, ", ""),
        ("with ", "a", ""),
    ],
)
def test_no_text_takes_long(beginning: str, repeated: str, end: str) -> None:
    assert not looks_like_sql(beginning + repeated * 50_000 + end)
