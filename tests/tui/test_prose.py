"""Markdown as pieces: what lessons use, and that nothing in it is read as markup."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from playground.tui.pieces import drawn
from playground.tui.prose import Code, parts


def shown(markdown: str, cells: int = 40) -> str:
    """The prose of a text, its code between angles."""
    return "\n".join(
        f"<{part.info}|{part.code}>" if isinstance(part, Code) else str(drawn(part, cells))
        for part in parts(markdown)
    )


def test_paragraphs_run_together_and_lists_hang() -> None:
    text = "# Head\n\nA **bold**\nword and `code`.\n\n- one that is long enough to be broken here\n- two\n"
    assert shown(text, 30) == (
        "Head\n\nA bold word and code.\n\n• one that is long enough to\n  be broken here\n• two"
    )


def test_numbers_nesting_quotations_and_rules() -> None:
    text = "1. one\n2. two\n   - in\n   - it\n\n> said\n\n---\n"
    assert shown(text) == "1. one\n2. two\n   • in\n   • it\n\n▎ said\n\n────────────────────"


def test_a_loose_list_keeps_its_empty_lines() -> None:
    assert shown("- a\n\n- b\n") == "• a\n\n• b"


def test_code_keeps_what_stands_behind_its_fence() -> None:
    assert shown("a\n\n```python run\nx = 1\n```\nb") == "a\n<python run|x = 1\n>\nb"


def test_a_table_stands_in_columns() -> None:
    assert shown("| a | bcd |\n|---|---|\n| `12` | 3 |\n") == "a   bcd\n12  3"


def test_a_text_in_code_stands_on_one_line() -> None:
    text = 'Say `relationship(cascade="all, delete-orphan")` here'
    assert shown(text, 44).split("\n")[1] == 'relationship(cascade="all, delete-orphan")'
    narrow = shown(text, 30).split("\n")
    assert max(map(cell_len, narrow)) <= 30
    assert shown('the "quoted words of prose" may be broken', 16).split("\n")[0] == 'the "quoted'


def test_code_that_is_too_wide_for_a_line_breaks_between_tokens() -> None:
    text = "So `session.scalars(select(Customer.name).where(Customer.city=='Rome'))` it is, or `of_a_name_alone`."
    assert shown(text, 26).split("\n") == [
        "So session.scalars(select(",
        "Customer.name).where(",
        "Customer.city=='Rome')) it",
        "is, or of_a_name_alone.",
    ]


def test_a_wide_last_cell_goes_on_in_its_column() -> None:
    text = "| a | bcd |\n|---|---|\n| `12` | three words and some more of them |\n"
    assert [line.rstrip() for line in shown(text, 24).split("\n")] == [
        "a   bcd",
        "12  three words and some",
        "    more of them",
    ]


def test_columns_that_are_too_wide_break_each_within_itself() -> None:
    text = "| what | why |\n|---|---|\n| `Core` | expressions become SQL |\n| the ORM of it | objects |\n"
    assert [line.rstrip() for line in shown(text, 20).split("\n")] == [
        "what     why",
        "Core     expressions",
        "         become SQL",
        "the ORM  objects",
        "of it",
    ]


def test_markup_of_the_terminal_library_is_plain_text() -> None:
    assert shown("[/foo] [red]x[/] \\[b]") == "[/foo] [red]x[/] [b]"


def test_a_link_shows_its_words() -> None:
    assert shown("see [NULL](lesson:null-logic)") == "see NULL"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), st.integers(10, 80))
def test_any_text_is_drawn_within_its_width(text: str, cells: int) -> None:
    for part in parts(text):
        if not isinstance(part, Code):
            for line in str(drawn(part, cells)).split("\n"):
                assert cell_len(line.rstrip()) <= cells + 24
