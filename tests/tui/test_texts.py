"""Data as text, statements as entries, rows as files: plain functions."""

import csv
import io
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.color import Color

from playground.running import Special
from playground.tui.cells import fit, width
from playground.tui.code import coloured, formatted_sql
from playground.tui.colouring import colour, moved
from playground.tui.export import as_csv, as_markdown
from playground.tui.pieces import drawn, hanging
from playground.tui.statements import count_text, entries, facts, parameters_text
from playground.tui.themes import CONTRAST, DARK, LIGHT, SYNTAX, theme_named
from playground.tui.words import emphasised, first_line, pieces
from playground.visible import (
    cell_text,
    kind_of,
    plain_cell,
    visible,
    whole_cell,
    without_formula,
)

from .scripted import statement

any_text = st.text(alphabet=st.characters(), max_size=60)


@given(any_text)
def test_what_is_shown_can_neither_move_the_cursor_nor_break_the_encoding(text: str) -> None:
    shown = visible(text)
    shown.encode("utf-8")
    assert not re.search(r"[\x00-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069]", shown)


@given(any_text)
def test_lines_stay_where_many_are_shown(text: str) -> None:
    assert visible(text, multiline=True).count("\n") == text.count("\n")


@given(any_text, st.integers(1, 50), st.booleans())
def test_a_fitted_text_takes_exactly_its_room(text: str, cells: int, right: bool) -> None:
    assert width(fit(visible(text), cells, right=right)) == cells


def test_null_is_apart_from_the_text_of_that_name() -> None:
    assert cell_text(None) == "NULL"
    assert cell_text("NULL") == "'NULL'"
    assert kind_of(None) == "null"
    assert kind_of("NULL") == "text"


@pytest.mark.parametrize(
    ("cell", "text", "kind"),
    [
        (1, "1", "number"),
        (True, "True", "text"),
        (1.5, "1.5", "number"),
        (Special("Decimal", "9.90"), "9.90", "number"),
        (Special("bytes", "00ff"), "x'00ff'", "special"),
        (Special("datetime", "2024-01-01 00:00:00"), "2024-01-01 00:00:00", "special"),
        ("a\nb", "a␊b", "text"),
        ("日本", "日本", "text"),
    ],
)
def test_cells(cell: object, text: str, kind: str) -> None:
    assert cell_text(cell) == text  # type: ignore[arg-type]
    assert kind_of(cell) == kind  # type: ignore[arg-type]


def test_a_huge_cell_is_clipped_on_a_line_and_whole_when_opened() -> None:
    huge = "x" * 1_000_000
    assert len(cell_text(huge)) < 1_000
    assert len(whole_cell(huge)) == 1_000_000


@given(st.lists(st.tuples(any_text, st.one_of(st.none(), st.integers())), max_size=5))
def test_csv_comes_back_as_it_went(rows: list[tuple[str, int | None]]) -> None:
    back = list(csv.reader(io.StringIO(as_csv(["a", "b"], rows), newline="")))
    texts = [without_formula(plain_cell(a)) for a, _number in rows]
    numbers = ["" if b is None else str(b) for _text, b in rows]
    assert back == [["a", "b"], *map(list, zip(texts, numbers, strict=True))]


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(1)", " =1", "＝1", "x;=1+1", "-1+cmd|' /C calc'!A0"]
)
def test_no_cell_of_a_csv_file_begins_a_formula(text: str) -> None:
    back = list(csv.reader(io.StringIO(as_csv([text], [(text,)]), newline="")))
    cells = [cell for row in back for cell in row]
    assert all(len(cell) > len(text) for cell in cells)
    assert cells == [without_formula(text)] * 2


def test_numbers_stay_numbers_in_a_csv_file() -> None:
    rows = [(-1, -1.5, Special("Decimal", "-9.90"), "-7")]
    (_names, back) = csv.reader(io.StringIO(as_csv(["a", "b", "c", "d"], rows), newline=""))
    assert back == ["-1", "-1.5", "-9.90", "-7"]


def test_markdown_rows_cannot_break_the_table() -> None:
    table = as_markdown(["a|b"], [("x|y\nz",), (None,)])
    assert table == "| a\\|b |\n| --- |\n| x\\|y<br>z |\n| NULL |\n"


def test_repeats_fold_within_a_transaction() -> None:
    lazy = [statement("SELECT o", line, [line], "Customer.orders") for line in (4, 4, 4)]
    sent = [statement("BEGIN", None), statement("SELECT c", 3), *lazy, statement("COMMIT", None)]
    shown = entries(sent)
    assert [entry.count for entry in shown] == [1, 1, 3, 1]
    assert facts(shown[2]).startswith("×3 · lazy load of Customer.orders · N+1")
    assert count_text(sent) == "4 statements"
    again = [statement("SELECT c"), statement("COMMIT", None), statement("SELECT c")]
    assert [entry.count for entry in entries(again)] == [1, 1, 1]


def test_parameters_are_shown_as_python_writes_them() -> None:
    assert parameters_text(statement("SELECT 1", 1, [3, "it's", None])) == '3, "it\'s", NULL'


def test_a_statement_that_cannot_be_formatted_is_shown_as_it_came() -> None:
    many = "INSERT INTO t VALUES " + ", ".join(f"({n}, {n})" for n in range(3_000))
    assert formatted_sql(many) == many
    assert str(coloured("SELECT '\x1b[31m[/foo]'", "sql")) == "SELECT '␛[31m[/foo]'"


@given(any_text, st.sampled_from(["python", "sql"]))
def test_colours_lie_inside_the_text(text: str, language: str) -> None:
    lines = text.split("\n")
    for row, spans in colour(text, language).items():
        for start, end, kind in spans:
            assert 0 <= start < end <= len(lines[row])
            assert kind in SYNTAX


def test_words_are_coloured_by_character_not_by_byte() -> None:
    assert colour('x = "жж"  # é', "python")[0][-1] == (10, 13, "comment")
    assert (0, 6, "keyword") in colour("SELECT 1", "sql")[0]


def test_long_texts_stay_plain() -> None:
    assert colour("x = 1\n" * 400, "python") == {}


@given(st.data())
def test_colours_move_with_an_insertion_as_the_text_does(data: st.DataObject) -> None:
    lines = data.draw(st.lists(st.text("ab (", max_size=8), min_size=1, max_size=4))
    row = data.draw(st.integers(0, len(lines) - 1))
    column = data.draw(st.integers(0, len(lines[row])))
    new = data.draw(st.sampled_from(["x", "\n", "a\nb"]))
    spans = {r: [(c, c + 1, "name") for c in range(len(line))] for r, line in enumerate(lines)}
    added = new.split("\n")
    end = (
        row + len(added) - 1,
        len(added[-1]) + (column if len(added) == 1 else 0),
    )
    after = moved(spans, (row, column), (row, column), end)
    whole = "\n".join(lines)
    place = sum(len(line) + 1 for line in lines[:row]) + column
    result = (whole[:place] + new + whole[place:]).split("\n")
    before_characters = sorted(whole.replace("\n", ""))
    kept = sorted(result[r][start:stop] for r, line in after.items() for start, stop, _k in line)
    assert kept == before_characters


def test_short_texts_keep_only_the_marks_that_mean_something() -> None:
    assert str(emphasised("Return **id**\nof `[/x]`.\n\n- one\n- two")) == (
        "Return id of [/x].\n\n• one\n• two"
    )
    assert str(emphasised("Return the\n**id**, as it is.\n* one\n* two")) == (
        "Return the id, as it is.\n• one\n• two"
    )
    fenced = "Before you run\nthis:\n\n```python\nfor x in `a`:\n  **b**\n\n```\n\nWhat\ncomes?"
    assert (
        str(emphasised(fenced)) == "Before you run this:\n\nfor x in `a`:\n  **b**\n\nWhat comes?"
    )
    assert str(emphasised("Run\n```sql\na\n```\nor not")) == "Run\na\nor not"
    assert str(emphasised("```python\na\n\nb\n```")) == "a\n\nb"
    assert first_line("```python\ndef f(): ...\n```\n\nTest `f`.") == "Test f."
    assert first_line("Return the **id**\nof it.\n\nMore.") == "Return the id of it."


def test_lists_of_a_task_hang_and_their_lines_run_together() -> None:
    task = "Write:\n1. the **first**\n   thing of all\n2. the\n  second\n\n   that goes on\n\n- *a*\n\nEnd."
    assert str(drawn(pieces(task), 20)).split("\n") == [
        "Write:",
        "1. the first thing",
        "   of all",
        "2. the second",
        "",
        "   that goes on",
        "",
        "• a",
        "",
        "End.",
    ]
    rows = "All:\n\n| a | type |\n|---|---|\n| `x` | INTEGER, key |\n\nWrite it."
    assert str(drawn(pieces(rows), 14)) == "All:\n\na  type\nx  INTEGER,\n   key\n\nWrite it."
    code = "Look:\n\n    for x in `a`:\n        use(x)\n\nWhat comes?"
    assert str(emphasised(code)) == "Look:\n\n    for x in `a`:\n        use(x)\n\nWhat comes?"
    assert first_line("1. the **first**\n2. *two*\n\nMore") == "1. the first 2. two"
    assert str(emphasised("**Ana leaves *SQL* and joins *Python***, **`a` too**")) == (
        "Ana leaves SQL and joins Python, a too"
    )
    assert str(emphasised("*All **five** of them.* Which?")) == "All five of them. Which?"
    assert str(emphasised("count(*) of 2 * 3 * 4")) == "count(*) of 2 * 3 * 4"


@given(st.text("abc  ", max_size=80), st.integers(8, 40))
def test_hanging_lines_fit_and_lose_no_word(text: str, room: int) -> None:
    from textual.content import Content

    drawn = str(hanging(Content(text), room))
    assert all(cell_len(line) <= room for line in drawn.split("\n"))
    assert re.sub(r"\s", "", drawn) == re.sub(r"\s", "", text)


def _contrast(one: str, other: str) -> float:
    def luminance(color: Color) -> float:
        parts = [
            part / 12.92 if part <= 0.04045 else math.pow((part + 0.055) / 1.055, 2.4)
            for part in color.normalized
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    light, dark = sorted((luminance(Color.parse(c)) for c in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT, CONTRAST], ids=lambda theme: theme.name)
def test_every_pair_of_colours_can_be_read(theme: object) -> None:
    variables = theme.variables  # type: ignore[attr-defined]
    texts = {f"syntax-{kind}": variables[f"syntax-{kind}"] for kind in SYNTAX}
    texts |= {"quiet": variables["quiet"]}
    for name in ("foreground", "primary", "success", "warning", "error"):
        texts[name] = getattr(theme, name)
    grounds = [theme.background, variables["code-background"]]  # type: ignore[attr-defined]
    for name, text in texts.items():
        for ground in grounds:
            assert _contrast(text, ground) >= 4.5, (name, text, ground)
    for name in ("foreground", "quiet"):
        assert _contrast(texts[name], variables["chosen"]) >= 4.5
    assert _contrast(variables["cursor-foreground"], variables["cursor-background"]) >= 4.5


def test_themes_are_named_as_people_write_them() -> None:
    assert theme_named("light") == "playground-light"
    assert theme_named("playground-contrast") == "playground-contrast"
    assert theme_named("no such") == theme_named(None) == "playground-dark"


def test_long_code_breaks_where_people_break_it() -> None:
    from textual.content import Content

    code = "select(Product.id, Product.name).order_by(Product.id).limit(3)"
    assert str(hanging(Content(code), 40)).split("\n") == [
        "select(Product.id, Product.name)",
        "    .order_by(Product.id).limit(3)",
    ]
