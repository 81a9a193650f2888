"""The ORDER BY of a statement's text."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.checking.sorting import order_keys, with_key


@pytest.mark.parametrize(
    ("sql", "keys"),
    [
        ("SELECT 1", 0),
        ("SELECT a FROM t ORDER BY a", 1),
        ("SELECT a FROM t ORDER BY a, b DESC LIMIT 3, 4", 2),
        ("select a from t order\nby coalesce(a, b), c -- , d\n", 2),
        ("SELECT a, row_number() OVER (ORDER BY b, c) FROM t", 0),
        ("SELECT a, row_number() OVER (ORDER BY b, c) FROM t ORDER BY a", 1),
        ("SELECT a FROM (SELECT a FROM t ORDER BY a, b) ORDER BY 'x, y'", 1),
        ("SELECT a FROM t UNION SELECT b FROM t ORDER BY 1", 1),
        ("SELECT a FROM t UNION SELECT b FROM t", 0),
        ('SELECT "order by" FROM t', 0),
    ],
)
def test_keys_are_counted(sql: str, keys: int) -> None:
    assert order_keys(sql) == keys


@pytest.mark.parametrize(
    ("sql", "longer"),
    [
        ("SELECT a FROM t ORDER BY a", "SELECT a FROM t ORDER BY a, k"),
        (
            "SELECT a FROM t ORDER BY a LIMIT ? OFFSET ?",
            "SELECT a FROM t ORDER BY a, k LIMIT ? OFFSET ?",
        ),
        ("SELECT a FROM t", None),
        (
            "SELECT a FROM t UNION SELECT b FROM u ORDER BY a LIMIT 3",
            "SELECT * FROM (SELECT a FROM t UNION SELECT b FROM u) ORDER BY a, k LIMIT 3",
        ),
    ],
)
def test_a_key_comes_behind_the_others(sql: str, longer: str | None) -> None:
    assert with_key(sql, "k") == longer


@given(st.text(alphabet="oOrdDeEbByY ()',\"limt-*/a1\n", max_size=60))
def test_any_text_is_borne(text: str) -> None:
    assert order_keys(text) >= 0
    with_key(text, "k")


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("SELECT DISTINCT a, b FROM t ORDER BY a LIMIT 2", [(0, 3), (1, 1)]),
        ("SELECT a, b FROM t UNION ALL SELECT 1, 0 ORDER BY 1 LIMIT 3", [(0, 3), (1, 0), (1, 1)]),
        (
            "WITH c AS (SELECT 1 AS a, 0 AS b) SELECT * FROM c UNION SELECT a, b FROM t ORDER BY a",
            [(0, 3), (1, 0), (1, 1), (1, 2)],
        ),
    ],
)
def test_what_is_written_runs(sql: str, rows: list[tuple[int, int]]) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (a, b)")
        connection.executemany("INSERT INTO t VALUES (?, ?)", [(1, 2), (1, 1), (0, 3)])
        longer = with_key(sql, "b")
        assert longer is not None
        assert connection.execute(longer).fetchall() == rows
