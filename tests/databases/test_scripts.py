"""A SQL script is cut into its statements, whatever they hold."""

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.databases.builder import BuildFault, run_script

VALUES = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20))
BETWEEN = st.sampled_from([";", ";\n", "; -- a; comment\n", ";\n\n/* ; '\" */\n", ";;"])


@settings(deadline=None)
@given(VALUES, BETWEEN)
def test_every_statement_is_run(tmp_path_factory, values, between):
    folder = tmp_path_factory.mktemp("script")
    quoted = (value.replace("'", "''") for value in values)
    statements = ["CREATE TABLE t (x)", "BEGIN", *(f"INSERT INTO t VALUES ('{q}')" for q in quoted)]
    script = folder / "script.sql"
    script.write_bytes((between.join([*statements, "COMMIT"])).encode())
    run_script(str(folder / "made.sqlite"), str(script))
    connection = sqlite3.connect(folder / "made.sqlite")
    # Text files have one kind of line end, so that a lone carriage return is one too.
    expected = [value.replace("\r\n", "\n").replace("\r", "\n") for value in values]
    assert [x for (x,) in connection.execute("SELECT x FROM t ORDER BY rowid")] == expected
    connection.close()


def test_a_trigger_is_one_statement(tmp_path):
    (tmp_path / "script.sql").write_text(
        "CREATE TABLE t (x);\n"
        "CREATE TRIGGER twice AFTER INSERT ON t WHEN NEW.x < 2 BEGIN\n"
        "  INSERT INTO t VALUES (NEW.x + 1);\n  SELECT 1;\nEND;\n"
        "INSERT INTO t VALUES (1)\n"
    )
    run_script(str(tmp_path / "made.sqlite"), str(tmp_path / "script.sql"))
    connection = sqlite3.connect(tmp_path / "made.sqlite")
    assert connection.execute("SELECT x FROM t").fetchall() == [(1,), (2,)]
    connection.close()


@pytest.mark.parametrize("rest", ["INSERT INTO t VALUES ('", "(", ".tables", "SELECT 1; x"])
def test_what_is_no_sql_has_its_line(tmp_path, rest):
    (tmp_path / "script.sql").write_text(f"CREATE TABLE t (x);\n\n{rest}")
    with pytest.raises(BuildFault, match='"line": 3'):
        run_script(str(tmp_path / "made.sqlite"), str(tmp_path / "script.sql"))
