"""Answers in SQL: how they are split, sent, committed and told."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.running import Run
from playground.running.child.script import split

from .conftest import Go


def sql(go: Go, text: str, **options: object) -> Run:
    return go(text, language="sql", **options)


def test_statements_reach_the_driver_unchanged_each_with_its_line(go_each: Go) -> None:
    run = sql(
        go_each,
        "-- two customers\nINSERT INTO customers (name)\n  VALUES ('a;b'), ('100% :x');\n\n"
        "SELECT name FROM customers\nWHERE id > 3; -- done\n",
        state=True,
    )
    assert run.status == "ok", run.error
    assert [(s.sql, s.line) for s in run.statements] == [
        ("BEGIN", 2),
        ("INSERT INTO customers (name)\n  VALUES ('a;b'), ('100% :x')", 2),
        ("SELECT name FROM customers\nWHERE id > 3", 5),
        ("COMMIT", 5),
    ]
    assert run.result.rows == [("a;b",), ("100% :x",)]
    assert run.result.statement == 2
    assert run.committed
    assert run.state.table("customers").total == 5


def test_the_last_statement_that_gives_rows_is_the_result(go: Go) -> None:
    run = sql(go, "SELECT 1 AS a; SELECT 2 AS b; UPDATE customers SET name = 'x'")
    assert (run.result.columns, run.result.rows) == (["b"], [(2,)])
    assert [s.rows for s in run.statements if s.kind in ("select", "update")] == [1, 1, 3]


def test_an_error_undoes_the_script_and_tells_the_line(go: Go) -> None:
    run = sql(go, "DELETE FROM orders;\n\nSELECT nope", state=True)
    assert (run.status, run.error.line) == ("error", 3)
    assert "no such column: nope" in run.error.message
    assert run.state.table("orders").total == 3
    assert not run.committed


def test_a_scripts_own_transaction_is_its_own(go: Go) -> None:
    run = sql(
        go,
        "BEGIN; INSERT INTO customers (name) VALUES ('x'); ROLLBACK;\n"
        "INSERT INTO customers (name) VALUES ('y');",
        state=True,
    )
    assert [s.sql.split()[0] for s in run.statements] == [
        "BEGIN", "INSERT", "ROLLBACK", "BEGIN", "INSERT", "COMMIT",
    ]  # fmt: skip
    assert [row[1] for row in run.state.table("customers").rows] == ["Ana", "Bo", "Čára", "y"]


def test_a_trigger_is_one_statement(go: Go) -> None:
    run = sql(
        go,
        "CREATE TRIGGER t AFTER INSERT ON customers BEGIN\n"
        "  UPDATE customers SET name = 'ends; here' WHERE id = 1;\n  SELECT 1;\nEND;\n"
        "INSERT INTO customers (name) VALUES ('x');\nSELECT name FROM customers WHERE id = 1",
    )
    assert run.status == "ok", run.error
    assert run.result.rows == [("ends; here",)]


def test_pragma_works_outside_a_transaction(go: Go) -> None:
    run = sql(go, "PRAGMA foreign_keys = OFF; INSERT INTO orders (customer_id) VALUES (99);")
    assert run.status == "ok", run.error


@pytest.mark.parametrize("text", ["", ";;;", "-- nothing", "/* open", "  \n "])
def test_nothing_to_run_is_no_result(go: Go, text: str) -> None:
    run = sql(go, text)
    assert (run.status, run.result, run.statements) == ("ok", None, [])


def test_a_returning_clause_gives_rows(go: Go) -> None:
    run = sql(go, "INSERT INTO customers (name) VALUES ('x') RETURNING id, name")
    assert run.result.rows == [(4, "x")]
    assert run.committed


@pytest.mark.parametrize(
    ("script", "pieces"),
    [
        ("SELECT 1", [("SELECT 1", 1)]),
        ("\n\nSELECT 1;;SELECT 2", [("SELECT 1", 3), ("SELECT 2", 3)]),
        ("SELECT ';' ; SELECT 2", [("SELECT ';'", 1), ("SELECT 2", 1)]),
        ("SELECT 1 -- ;\n; SELECT 2", [("SELECT 1 -- ;", 1), ("SELECT 2", 2)]),
        ("SELECT /* ; */ 1; ", [("SELECT /* ; */ 1", 1)]),
        ('SELECT ";" AS ";"', [('SELECT ";" AS ";"', 1)]),
        ("SELECT [;]; x", [("SELECT [;]", 1), ("x", 1)]),
        ("SELECT 'open; SELECT 2", [("SELECT 'open; SELECT 2", 1)]),
        ("SELECT 'it''s; fine'; SELECT 2", [("SELECT 'it''s; fine'", 1), ("SELECT 2", 1)]),
    ],
)
def test_splitting(script: str, pieces: list[tuple[str, int]]) -> None:
    assert [tuple(piece) for piece in split(script)] == pieces


_literal = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@given(st.lists(_literal, min_size=1, max_size=6))
def test_what_is_split_selects_what_was_quoted(values: list[str]) -> None:
    script = ";\n".join("SELECT '" + value.replace("'", "''") + "'" for value in values)
    connection = sqlite3.connect(":memory:")
    assert [connection.execute(piece.sql).fetchone()[0] for piece in split(script)] == values


@given(st.text(max_size=200))
def test_splitting_never_fails_and_loses_nothing_but_space(script: str) -> None:
    pieces = split(script)
    position = 0
    for piece in pieces:
        position = script.index(piece.sql, position) + len(piece.sql)
        assert 1 <= piece.line <= script.count("\n") + 1
