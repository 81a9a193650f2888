"""Comparing results: what is the same, what is not, and what a policy looks away from."""

import math
from collections import Counter
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.checking.compare import FAR_APART, compare, readings_of
from playground.checking.findings.rows import describe
from playground.checking.kinds import row_key
from playground.checking.match import Policy
from playground.checking.order import Block, blocks, one_by_one
from playground.running import Cell, Result, Row, Special


def table(
    *rows: tuple[Cell, ...], columns: str = "", types: list[str | None] | None = None
) -> Result:
    width = len(rows[0]) if rows else len(columns.split()) or 1
    names = columns.split() or [f"c{place}" for place in range(width)]
    return Result(
        columns=names, rows=list(rows), total=len(rows), truncated=False, types=types or []
    )


def special(kind: str, text: str) -> Special:
    return Special(kind, text)


cells = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.builds(
        Special,
        st.sampled_from(
            [
                "Decimal",
                "float",
                "int",
                "bytes",
                "datetime",
                "date",
                "time",
                "UUID",
                "dict",
                "Color",
            ]
        ),
        st.one_of(
            st.sampled_from(
                ["nan", "inf", "-inf", "1", "1.50", "2024-01-05", "2024-01-05 10:00:00"]
            ),
            st.text(max_size=6),
        ),
    ),
)


@st.composite
def tables(draw: Any, least: int = 0) -> Result:
    width = draw(st.integers(1, 3))
    rows = draw(st.lists(st.tuples(*[cells] * width), min_size=least, max_size=6))
    return table(*rows, columns=" ".join("abc"[:width]))


policies = st.builds(
    Policy,
    st.sampled_from(["positions", "names", "any-order"]),
    st.sampled_from([0.0, 1e-9, 0.01]),
    st.booleans(),
)


@given(tables(), policies)
def test_a_table_equals_itself(one: Result, policy: Policy) -> None:
    assert compare(one, one, policy).equal
    assert compare(one, one, policy, one_by_one(len(one.rows))).equal


@given(tables(), tables(), policies)
def test_both_sides_agree(one: Result, other: Result, policy: Policy) -> None:
    assert compare(one, other, policy).equal == compare(other, one, policy).equal


@given(tables(), policies, st.randoms(use_true_random=False))
def test_a_free_order_is_not_seen(one: Result, policy: Policy, random: Any) -> None:
    rows = list(one.rows)
    random.shuffle(rows)
    assert compare(one, table(*rows, columns=" ".join(one.columns)), policy).equal


@given(tables(least=1), st.randoms(use_true_random=False))
def test_any_order_of_columns_is_not_seen_where_it_is_free(one: Result, random: Any) -> None:
    places = list(range(len(one.columns)))
    random.shuffle(places)
    turned = table(
        *[tuple(row[place] for place in places) for row in one.rows],
        columns=" ".join(one.columns[place] for place in places),
    )
    assert compare(one, turned, Policy("any-order")).equal
    assert compare(one, turned, Policy("names")).equal


@given(tables(least=1), policies)
def test_a_row_more_or_less_is_seen(one: Result, policy: Policy) -> None:
    fewer = table(*one.rows[1:], columns=" ".join(one.columns))
    twice = table(*one.rows, one.rows[0], columns=" ".join(one.columns))
    assert not compare(one, fewer, policy).equal
    assert not compare(one, twice, policy).equal


@given(tables(), tables(), policies)
def test_equal_tables_have_no_differing_rows(one: Result, other: Result, policy: Policy) -> None:
    comparison = compare(one, other, policy)
    if comparison.rows_equal:
        assert not comparison.missing
        assert not comparison.extra


SAME = [
    (1, 1.0),
    (1, True),
    (0, False),
    (1, special("Decimal", "1.00")),
    (0.5, special("Decimal", "0.5")),
    (0, -0.0),
    (special("int", str(10**30)), special("Decimal", "1E+30")),
    (special("float", "nan"), special("float", "nan")),
    (special("float", "inf"), special("float", "inf")),
    (special("datetime", "2024-01-05 10:00:00"), "2024-01-05 10:00:00.000000"),
    (special("datetime", "2024-01-05 10:00:00"), "2024-01-05T10:00"),
    (special("date", "2024-01-05"), "2024-01-05"),
    (special("date", "2024-01-05"), special("datetime", "2024-01-05 00:00:00")),
    (special("time", "10:00:00"), "10:00:00.000000"),
    ("2024-01-05 10:00:00.000000", "2024-01-05 10:00:00"),
    (special("UUID", "12345678-1234-5678-1234-567812345678"), "12345678123456781234567812345678"),
    (special("dict", '{"a": 1, "b": 2}'), '{"b":2,"a":1}'),
    (special("Color", "RED"), "RED"),
    (0.1 + 0.2, 0.3),
    (None, None),
]
DIFFERENT = [
    (None, 0),
    (None, ""),
    (None, False),
    ("", 0),
    ("1", 1),
    ("1.0", "1"),
    ("a", "A"),
    ("a", "a "),
    (1, 2),
    (10**18, 10**18 + 1),
    (1, 1.00001),
    (special("bytes", "6131"), "a1"),
    (special("bytes", "31"), 1),
    (special("float", "nan"), None),
    (special("float", "inf"), 1e308),
    (special("float", "inf"), special("float", "-inf")),
    (special("date", "2024-01-05"), "2024-01-06"),
    (special("date", "2024-01-05"), special("datetime", "2024-01-05 00:00:01")),
    (special("datetime", "2024-01-05 10:00:00"), "soon"),
    ("2024-01-05 10:00", "2024-01-05 10:00:00"),
    ("2024-01-05", "2024-01-05 00:00:00"),
    (special("dict", '{"a": 1}'), '{"a": 2}'),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_the_same_value_by_kinds(first: Cell, second: Cell) -> None:
    assert compare(table((first,)), table((second,))).equal
    assert compare(table((second,)), table((first,))).equal


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_other_values_by_kinds(first: Cell, second: Cell) -> None:
    assert not compare(table((first,)), table((second,))).equal
    assert not compare(table((second,)), table((first,))).equal


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (1, 1.0),
        (1, True),
        (1, special("Decimal", "1")),
        (special("date", "2024-01-05"), "2024-01-05"),
    ],
)
def test_exact_types_are_apart(first: Cell, second: Cell) -> None:
    assert not compare(table((first,)), table((second,)), Policy(exact=True)).equal


def test_a_declared_type_reads_the_texts_of_both_sides() -> None:
    typed = table(("2024-01-05 10:00:00",), types=["DateTime"])
    assert compare(typed, table(("2024-01-05T10:00:00",))).equal


def test_a_bomb_of_a_number_is_compared_by_its_digits() -> None:
    bomb = special("Decimal", "1E+999999999")
    assert compare(table((bomb,)), table((bomb,))).equal
    assert not compare(table((bomb,)), table((special("Decimal", "1E+999999998"),))).equal


def test_floats_are_paired_as_well_as_can_be() -> None:
    one, other = table((1.0,), (1.09,)), table((1.05,), (0.95,))
    assert compare(one, other, Policy(tolerance=0.06)).equal
    assert not compare(one, other, Policy(tolerance=0.03)).equal


def test_whole_numbers_have_no_tolerance() -> None:
    assert not compare(table((100,)), table((101,)), Policy(tolerance=0.5)).equal


def test_an_empty_list_is_an_empty_table_of_any_shape() -> None:
    empty = Result(columns=[], rows=[], total=0, truncated=False)
    wide = Result(columns=["a", "b"], rows=[], total=0, truncated=False)
    assert compare(wide, empty).equal
    assert compare(empty, wide).equal
    assert not compare(table((1, 2)), empty).equal


def test_columns_that_share_a_name_are_told_apart_by_place() -> None:
    one = table((1, 2), columns="id id")
    assert compare(one, table((1, 2), columns="id id")).equal
    assert not compare(one, table((2, 1), columns="id id")).equal
    assert compare(one, table((1, 2), columns="id id"), Policy("names")).equal


def test_names_are_asked_only_by_the_policy_of_names() -> None:
    assert compare(table((1,), columns="a"), table((1,), columns="b")).equal
    assert not compare(table((1,), columns="a"), table((1,), columns="b"), Policy("names")).equal


ROWS: list[Row] = [("a", 1), ("b", 1), ("c", 2), ("d", 2), ("e", 3)]


def test_ties_are_free_and_other_keys_are_not() -> None:
    order = blocks([1, 1, 2, 2, 3], ROWS, 0, 5)
    asked = table(*ROWS)
    assert compare(asked, table(*[ROWS[i] for i in (1, 0, 3, 2, 4)]), order=order).equal
    swapped = compare(asked, table(*[ROWS[i] for i in (0, 2, 1, 3, 4)]), order=order)
    assert swapped.rows_equal
    assert not swapped.order_right


def test_any_choice_among_ties_at_the_limit_is_right() -> None:
    order = blocks([1, 1, 2, 2, 3], ROWS, 0, 3)
    assert order == (Block(0, 2), Block(2, 3, (("c", 2), ("d", 2))))
    asked = table(*ROWS[:3])
    assert compare(asked, table(("b", 1), ("a", 1), ("d", 2)), order=order).equal
    assert not compare(asked, table(("a", 1), ("c", 2), ("d", 2)), order=order).equal
    assert not compare(asked, table(("a", 1), ("b", 1), ("e", 3)), order=order).equal
    assert not compare(asked, table(("a", 1), ("b", 1)), order=order).equal


def test_a_tie_is_not_taken_twice() -> None:
    order = blocks([1, 1, 1], [("a",), ("b",), ("c",)], 0, 2)
    assert compare(table(("a",), ("b",)), table(("c",), ("b",)), order=order).equal
    assert not compare(table(("a",), ("b",)), table(("c",), ("c",)), order=order).equal


def test_offset_opens_the_first_block() -> None:
    order = blocks([1, 1, 2], [("a",), ("b",), ("c",)], 1, 2)
    assert compare(table(("b",), ("c",)), table(("a",), ("c",)), order=order).equal


def test_a_wrong_order_within_a_limit_is_no_missing_row() -> None:
    order = blocks([1, 1, 2, 2, 3], ROWS, 0, 3)
    comparison = compare(table(*ROWS[:3]), table(("d", 2), ("a", 1), ("b", 1)), order=order)
    assert comparison.rows_equal
    assert not comparison.order_right


def test_every_row_counts_in_an_exact_order() -> None:
    order = one_by_one(2)
    assert not compare(table((1,), (2,)), table((2,), (1,)), order=order).equal


def test_a_long_table_is_compared_in_reasonable_time() -> None:
    many = table(*[(number, math.sqrt(number)) for number in range(20_000)])
    near = table(*[(number, math.sqrt(number) + 1e-13) for number in reversed(range(20_000))])
    assert compare(many, near).equal


@given(tables(), tables(), policies)
def test_rows_are_compared_by_what_their_cells_mean(
    one: Result, other: Result, policy: Policy
) -> None:
    if len(one.columns) != len(other.columns) or policy.columns != "positions":
        return
    strict = msgspec.structs.replace(policy, tolerance=0)
    readings = readings_of(one, other)
    first, second = (
        Counter(row_key(row, readings, exact=policy.exact) for row in each.rows)
        for each in (one, other)
    )
    assert compare(one, other, strict).equal == (first == second)


@given(st.lists(st.integers(0, 2), max_size=8), st.integers(0, 4), st.integers(0, 6), st.data())
def test_a_cut_through_ties_takes_any_of_them_and_nothing_else(
    keys: list[int], offset: int, limit: int, data: Any
) -> None:
    ranks = sorted(keys)
    rows: list[Row] = [(f"r{place}", rank) for place, rank in enumerate(ranks)]
    asked = rows[offset : offset + limit]
    if not asked:
        return
    order = blocks(ranks, rows, offset, len(asked))
    by_rank = {rank: [row for row in rows if row[1] == rank] for rank in ranks}
    turned = [row for rank in sorted(by_rank) for row in data.draw(st.permutations(by_rank[rank]))]
    came = turned[offset : offset + limit]
    assert compare(table(*asked), table(*came), order=order).equal
    wrong = list(came)
    place = data.draw(st.integers(0, len(came) - 1))
    others = [row for row in rows if row[1] != came[place][1]] + [("no", 0)]
    wrong[place] = data.draw(st.sampled_from(others))
    assert not compare(table(*asked), table(*wrong), order=order).equal
    if len(came) > 1:
        twice = [*came[:-1], came[0]]
        assert not compare(table(*asked), table(*twice), order=order).equal


def test_of_results_that_are_far_apart_in_number_only_that_is_told() -> None:
    few, many = table((1, 2)), table(*[(number, 2) for number in range(FAR_APART + 2)])
    for one, other in ((few, many), (many, few)):
        comparison = compare(one, other)
        assert not comparison.rows_equal
        assert (comparison.missing, comparison.extra) == ((), ())
        assert describe(one, other, comparison, Policy()).id == "row-count"


def test_a_table_that_is_only_in_another_order_is_equal_however_long() -> None:
    rows: list[Row] = [(number, f"n{number % 7}", number / 7) for number in range(50_000)]
    assert compare(table(*rows), table(*reversed(rows))).equal
    near = [*rows[1:], (0, "other", 0)]
    comparison = compare(table(*rows), table(*near))
    assert (comparison.missing, comparison.extra) == ((rows[0],), (near[-1],))
    assert describe(table(*rows), table(*near), comparison, Policy()).id == "different-rows"
