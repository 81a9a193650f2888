"""The plain mode: the lessons line by line."""

import io
import sys
from pathlib import Path

import pytest

from playground.commands.reading import readable
from tests.commands.conftest import LESSON, Playground

RIGHT = b"select(Tea.name).order_by(Tea.name)"


def test_the_plain_mode_reads_what_it_cannot_check(playground: Playground, needing: Path) -> None:
    said = b":go first/names\n:check\n:list\n"
    outcome = playground("play", "--plain", needing, stdin=said)
    assert "Why before how." in outcome.out
    assert "Return the **name** of every tea" in outcome.out
    assert "Skipped. This needs SQLite 99 or newer" in outcome.out
    assert "first/names: Names (skipped) *" in outcome.out


def test_the_plain_mode_takes_an_answer_from_a_pipe(playground: Playground, lesson: Path) -> None:
    outcome = playground("play", lesson, stdin=RIGHT + b"\n")
    assert outcome.status == 0
    assert "ORDER BY tea.name" in outcome.out
    assert "Pass. Points: 1 of 1." in outcome.out
    assert "\x1b" not in outcome.out
    listed = playground("list", lesson)
    assert "+ first/names" in listed.out


@pytest.mark.parametrize(("term", "encoding"), [("dumb", "utf-8"), ("xterm", "latin-1")])
def test_a_terminal_that_cannot_show_the_app_gets_lines(
    playground: Playground, lesson: Path, monkeypatch: pytest.MonkeyPatch, term: str, encoding: str
) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=encoding))
    monkeypatch.setattr("playground.commands.play.has_terminal", lambda: True)
    monkeypatch.setenv("TERM", term)
    outcome = playground("play", lesson, stdin=RIGHT + b"\n")
    sys.stdout.flush()
    assert b"Pass." in written.getvalue()
    assert ("not UTF-8" in outcome.err) == (encoding != "utf-8")


def test_without_input_the_first_example_is_run(playground: Playground) -> None:
    outcome = playground()
    assert outcome.status == 0
    assert "The first example:" in outcome.out
    assert "SELECT products.id" in outcome.out
    assert "Rows: 3 of 3" in outcome.out


def test_a_plain_conversation(playground: Playground, lesson: Path) -> None:
    talk = b":hint\n:nxt\nselect(Tea.nmae)\n.\n:next\n2\n.\n1\n.\n:quit\n:hint\n"
    out = playground("--plain", "play", lesson, stdin=talk).out
    assert "Hint 1 of 2: Which method sorts?" in out
    assert "Did you mean :next?" in out
    assert "nmae" in out
    assert out.index("Not yet right.") < out.index("Pass.")
    assert "Hint 2 of 2" not in out


def test_a_solution_that_was_seen_is_no_pass(playground: Playground, lesson: Path) -> None:
    talk = b":hint\n:hint\n:solution open\n:list\n:next\n1\n.\n"
    out = playground("--plain", "play", lesson, stdin=talk).out
    assert "  first: The first lesson (0/2, 1 solution seen)" in out
    assert "    o first/names: Names (solution seen) *" in out
    assert "Finished: The first lesson\n1 exercise of it was seen, not passed.\n" in out
    listed = playground("list", lesson)
    assert "  first: The first lesson (1/2, 1 solution seen)" in listed.out
    shown = playground("progress", "--lessons", lesson).out
    assert ": 1/2, 1 solution seen" in shown


def test_what_an_example_prints_is_told_from_its_code(playground: Playground, lesson: Path) -> None:
    out = playground("--plain", "play", lesson).out
    code = "    print(session.scalar(select(func.count()).select_from(Tea)))\n"
    assert f"Why before how.\n\n{code}\n    Output:\n      3\n" in out
    assert "select_from(Tea)))\n\nBEGIN\n" in out


def test_a_prediction_is_run_once_it_is_checked(playground: Playground, lesson: Path) -> None:
    predicted = (
        LESSON
        + """\
  - id: count
    title: Count
    kind: predict
    predict: count
    task: How many rows come?
    code: select(Tea.id)
"""
    )
    lesson.write_text(predicted, "utf-8")
    talk = b":go first/count\n:run\n:check\n:run\n2\n.\n:run\n:go first/sure\n:run\n"
    out = playground("--plain", "play", lesson, stdin=talk).out
    first = "Write what you expect, and :check checks it; then :run runs it."
    assert out.count(first) == 2
    assert out.index("Something else comes.") < out.index("Rows: 3 of 3")
    assert out.endswith("There is nothing to run here; :check checks your answer.\n")


def test_the_tables_tell_keys_and_who_refers_to_whom(playground: Playground, lesson: Path) -> None:
    script = """
        CREATE TABLE cups (tea_id INTEGER REFERENCES tea(id), size TEXT NOT NULL);
        CREATE TABLE tea (id INTEGER PRIMARY KEY, name TEXT NOT NULL, parent_id INTEGER REFERENCES tea(id));
        INSERT INTO tea (name) VALUES ('Oolong');
    """
    lesson.with_name("tea.sql").write_text(script, "utf-8")
    out = playground("--plain", "play", lesson, stdin=b":tables\n").out
    assert out.endswith(
        "\ntea (Tea), 1 row\n"
        "  PK  id         INTEGER\n"
        "      name       TEXT\n"
        "  FK  parent_id  INTEGER  may be NULL, refers to tea.id\n"
        "  is referred to by cups.tea_id, tea.parent_id\n"
        "\ncups, 0 rows\n"
        "  FK  tea_id  INTEGER  may be NULL, refers to tea.id\n"
        "      size    TEXT\n"
    )


def test_statements_are_looked_at_more_closely(playground: Playground, lesson: Path) -> None:
    talk = b":plan\n" + RIGHT + b".limit(2)\n.\n:plan\n:dialects 1\n:plan 2\n"
    out = playground("--plain", "play", lesson, stdin=talk).out
    assert "Nothing was sent yet; :run runs your answer.\n" in out
    assert "\n  SCAN tea\n  USE TEMP B-TREE FOR ORDER BY\n" in out
    assert "\nSQL Server:\n  SELECT TOP" in out
    assert out.endswith("The last run sent statements 1 to 1.\n")


def test_a_lesson_file_says_its_title_once(playground: Playground, lesson: Path) -> None:
    said = playground("play", "--plain", lesson, stdin=b":quit\n").out
    assert said.startswith("The first lesson\n")
    assert said.count("The first lesson") == 1


TEXT = """\
# A heading

You know SQL or SQLAlchemy already? The [placement test](lesson:placement) lets you
skip what
you know.

- One thing,
  told on two lines
- Another

| a | b |
|---|---|

```python run
select(1)
```
"""


def test_texts_are_filled_to_the_terminal_and_code_is_as_it_is() -> None:
    assert list(readable(TEXT, 48)) == [
        "# A heading",
        "",
        "You know SQL or SQLAlchemy already? The",
        "placement test (:go placement) lets you skip",
        "what you know.",
        "",
        "- One thing, told on two lines",
        "- Another",
        "",
        "| a | b |",
        "|---|---|",
        "",
        "    select(1)",
    ]


def test_texts_for_a_pipe_keep_their_lines() -> None:
    assert "skip what" in list(readable(TEXT, None))
