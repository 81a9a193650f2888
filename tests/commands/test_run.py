"""`playground run`: its exit statuses, its JSON, its plain lines."""

from pathlib import Path

import pytest

from tests.commands.conftest import Playground


def test_python_gives_sql_and_rows(playground: Playground, tmp_path: Path) -> None:
    answer = tmp_path / "answer.py"
    answer.write_text("select(Customer.name).where(Customer.id == 1)\n", "utf-8")
    outcome = playground("run", answer, "--database", "shop", "--json")
    run = outcome.json()
    assert outcome.status == 0
    assert list(run) == [
        "format",
        "status",
        "isolation",
        "elapsed_ms",
        "statements",
        "result",
        "output",
        "error",
        "warnings",
    ]
    selects = [s for s in run["statements"] if s["kind"] == "select"]
    assert [s["line"] for s in selects] == [1]
    assert selects[0]["parameters"] == [1]
    assert run["result"]["columns"] == ["name"]
    assert run["result"]["total"] == 1


def test_a_sql_file_is_sql(playground: Playground, tmp_path: Path) -> None:
    answer = tmp_path / "answer.sql"
    answer.write_text("CREATE TABLE t (x);\nINSERT INTO t VALUES (1), (NULL);\nSELECT x FROM t;")
    run = playground("run", answer, "--json").json()
    assert run["result"]["rows"] == [[1], [None]]
    kinds = [s["kind"] for s in run["statements"] if s["kind"] != "transaction"]
    assert kinds == ["ddl", "insert", "select"]
    assert [s["line"] for s in run["statements"] if s["kind"] == "select"] == [3]


def test_plain_lines_show_sql_beside_rows(playground: Playground) -> None:
    outcome = playground("run", "-", stdin=b"connection = engine.connect()\nNone")
    assert outcome.status == 0
    outcome = playground("run", "-", stdin=b"text(\"SELECT 'Ana' AS name, NULL AS city\")")
    assert "SELECT 'Ana' AS name, NULL AS city" in outcome.out
    assert "  name  city\n  Ana   NULL" in outcome.out


@pytest.mark.parametrize(
    ("code", "status", "exit_status"),
    [
        ("1/0", "error", 1),
        ("def (", "error", 1),
        ("import sys; sys.exit()", "exited-early", 1),
        ("import os; os._exit(0)", "exited-early", 1),
        ("while True: pass", "timeout", 1),
        ("while True: print('x' * 1000)", "output", 1),
    ],
)
def test_code_that_fails_is_told(
    playground: Playground, code: str, status: str, exit_status: int
) -> None:
    outcome = playground("run", "-", "--json", "--seconds", "2", stdin=code.encode())
    assert (outcome.json()["status"], outcome.status) == (status, exit_status)
    assert "Traceback" not in outcome.err


def test_what_leaves_is_inert_text(playground: Playground) -> None:
    outcome = playground("run", "-", stdin=rb"'\x1b[31mred\x1b]0;title\x07 [bold]x[/foo]'")
    assert "\x1b" not in outcome.out
    assert "[bold]x[/foo]" in outcome.out


def test_a_lone_surrogate_leaves_as_valid_utf8(playground: Playground) -> None:
    outcome = playground("run", "-", "--json", stdin=rb"print('\ud800'); '\ud800'")
    assert outcome.status == 0
    outcome.out.encode("utf-8")


def test_unknown_databases_and_variants_name_the_nearest(playground: Playground) -> None:
    outcome = playground("run", "-", "--database", "shp", stdin=b"1")
    assert outcome.status == 2
    assert "shop" in outcome.err
    outcome = playground("run", "-", "--database", "shop", "--variant", "smal", stdin=b"1")
    assert outcome.status == 2
    assert "small" in outcome.err


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"x" * 1_000_001])
def test_a_file_that_is_no_answer_is_refused(
    playground: Playground, tmp_path: Path, content: bytes
) -> None:
    answer = tmp_path / "answer.py"
    answer.write_bytes(content)
    outcome = playground("run", answer)
    assert outcome.status == 2
    assert str(answer) in outcome.err


def test_a_missing_file_is_told(playground: Playground, tmp_path: Path) -> None:
    outcome = playground("run", tmp_path / "nothing.py")
    assert outcome.status == 2
    assert "nothing.py" in outcome.err


def test_a_foreign_sqlite_file_is_read_and_never_written(
    playground: Playground, tmp_path: Path
) -> None:
    import sqlite3

    file = tmp_path / "clube de leitura.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE book_club (id INTEGER PRIMARY KEY, title TEXT)")
        connection.execute("INSERT INTO book_club VALUES (1, 'Война и мир')")
    connection.close()
    before = file.read_bytes()
    code = "session.execute(delete(BookClub)); session.commit()\nselect(func.count(BookClub.id))"
    run = playground("run", "-", "--database", file, "--json", stdin=code.encode()).json()
    assert run["result"]["rows"] == [[0]]
    assert file.read_bytes() == before


@pytest.mark.parametrize("flags", [("--seconds", "0"), ("--memory", "-1"), ("--rows", "many")])
def test_a_limit_is_a_number_above_zero(playground: Playground, flags: tuple[str, str]) -> None:
    outcome = playground("run", "-", *flags, stdin=b"1")
    assert outcome.status == 2
    assert flags[1] in outcome.err


def test_a_memory_limit_is_named(playground: Playground) -> None:
    outcome = playground("run", "-", stdin=b"[0] * 10**10")
    assert outcome.status == 1
    assert "512 MB" in outcome.out


@pytest.mark.parametrize("code", ["select(Customer.name)", "text('SELECT * FROM customers')"])
def test_a_name_that_a_database_would_bring_leads_to_it(
    playground: Playground, tmp_path: Path, code: str
) -> None:
    answer = tmp_path / "answer.py"
    answer.write_text(code, "utf-8")
    outcome = playground("run", answer)
    assert outcome.status == 1
    assert "empty database" in outcome.err
    assert "--database" in outcome.err
    assert "shop" in outcome.err
    assert "empty database" not in playground("run", answer, "--database", "campus").err


def test_sql_that_was_read_as_python_is_told_how_to_be_sql(playground: Playground) -> None:
    said = "--language sql"
    assert said in playground("run", "-", stdin=b"-- all\nselect * from book").err
    assert said not in playground("run", "-", stdin=b"select(1").err
