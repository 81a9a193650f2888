"""What the rows alone tell of a difference."""

import pytest

from playground.checking.compare import compare
from playground.checking.findings.rows import describe
from playground.checking.match import Policy
from playground.checking.order import one_by_one
from playground.running import Cell, Result, Special

Rows = list[tuple[Cell, ...]]


def table(rows: Rows, columns: str) -> Result:
    return Result(columns=columns.split(), rows=rows, total=len(rows), truncated=False)


ASKED: Rows = [(1, "Ana", 5), (2, "Eva", None), (3, "Ivo", 7)]
CASES: list[tuple[str, Rows, str]] = [
    ("wrong-order", [ASKED[1], ASKED[0], ASKED[2]], "a b c"),
    ("missing-columns", [(1, "Ana"), (2, "Eva"), (3, "Ivo")], "a b"),
    ("extra-columns", [(*row, 0) for row in ASKED], "a b c d"),
    ("columns-swapped", [(row[1], row[0], row[2]) for row in ASKED], "b a c"),
    ("empty-result", [], "a b c"),
    ("missing-rows", ASKED[:2], "a b c"),
    ("null-rows-missing", [ASKED[0], ASKED[2]], "a b c"),
    ("extra-rows", [*ASKED, (4, "Uma", 9)], "a b c"),
    ("duplicate-rows", [*ASKED, ASKED[0]], "a b c"),
    ("different-rows", [ASKED[0], (8, "Zoe", 3), (9, "Noa", 4)], "a b c"),
    ("wrong-column", [(row[0], f"x{row[0]}", row[2]) for row in ASKED], "a b c"),
    ("value-differs", [ASKED[0], ASKED[1], (3, "Ivo", 8)], "a b c"),
    ("value-for-null", [ASKED[0], (2, "Eva", 0), ASKED[2]], "a b c"),
    ("wrong-type", [(1, "Ana", "5"), (2, "Eva", None), (3, "Ivo", "7")], "a b c"),
    ("rounding", [(1, "Ana", 5.2), (2, "Eva", None), (3, "Ivo", 7)], "a b c"),
    ("text-differs-in-case", [(1, "ANA", 5), (2, "EVA", None), (3, "IVO", 7)], "a b c"),
    ("text-differs-in-space", [(1, "Ana ", 5), (2, " Eva", None), (3, "Ivo", 7)], "a b c"),
]


@pytest.mark.parametrize(("name", "rows", "columns"), CASES)
def test_a_difference_has_a_name(name: str, rows: Rows, columns: str) -> None:
    asked, came = table(ASKED, "a b c"), table(rows, columns)
    comparison = compare(asked, came, Policy(), one_by_one(3))
    assert not comparison.equal
    assert describe(asked, came, comparison, Policy()).id == name


def test_null_where_a_value_is_asked() -> None:
    asked, came = table([(1, 0), (2, 4)], "a b"), table([(1, None), (2, 4)], "a b")
    assert describe(asked, came, compare(asked, came), Policy()).id == "null-for-value"


def test_merged_rows() -> None:
    asked, came = table([(1,), (1,), (2,)], "a"), table([(1,), (2,)], "a")
    assert describe(asked, came, compare(asked, came), Policy()).id == "duplicates-missing"


def test_rows_with_null_too_many() -> None:
    asked, came = table([(1, 2)], "a b"), table([(1, 2), (2, None)], "a b")
    assert describe(asked, came, compare(asked, came), Policy()).id == "null-rows-extra"


def test_names() -> None:
    asked, came = table([(1,)], "a"), table([(1,)], "b")
    policy = Policy("names")
    clue = describe(asked, came, compare(asked, came, policy), policy)
    assert clue.id == "column-names"
    assert clue.facts["got_names"] == "b"


def test_the_column_that_differs_is_not_the_key() -> None:
    asked = table([(1, 1), (2, 2), (3, 1)], "id _no_label")
    came = table([(1, 2), (2, 1), (3, 1)], "id _no_label")
    clue = describe(asked, came, compare(asked, came), Policy())
    assert (clue.id, clue.facts["column"]) == ("value-differs", "2")


def test_half_is_rounded_up_or_to_even() -> None:
    asked = table([(1, 72.5), (2, 71.5)], "a b")
    for rows in ([(1, 73), (2, 72)], [(1, 72), (2, 72)]):
        came = table(list(rows), "a b")
        assert describe(asked, came, compare(asked, came), Policy()).id == "rounding"


@pytest.mark.parametrize(
    ("asked", "came", "expected", "got"),
    [
        (7, 12, "7", "12"),
        ("Ana", "Eva", "'Ana'", "'Eva'"),
        (Special("Decimal", "1.50"), 4, "1.50", "4"),
        (Special("list", "[" + "1, " * 300 + "1]"), 1, "[" + "1, " * 26 + "…", "1"),
    ],
)
def test_a_single_value_is_told(asked: Cell, came: Cell, expected: str, got: str) -> None:
    one, other = table([(asked,)], "value"), table([(came,)], "value")
    clue = describe(one, other, compare(one, other), Policy(), value=True)
    assert clue.id == "other-value"
    assert (clue.facts["asked"], clue.facts["came"]) == (expected, got)
    silent = describe(one, other, compare(one, other), Policy())
    assert silent.id == "other-value"
    assert not {"asked", "came"} & set(silent.facts)


def test_bytes_are_no_text_of_other_letters() -> None:
    asked = table([(1, Special("bytes", "6162")), (2, Special("bytes", "63"))], "a b")
    came = table([(1, "6162"), (2, "63")], "a b")
    assert describe(asked, came, compare(asked, came), Policy()).id == "wrong-column"
