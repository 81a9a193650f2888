"""An order that nobody asked the database for is luck, whatever brings it."""

from typing import Any

import pytest

from tests.checking.conftest import ids


def test_an_order_by_luck_is_none(ask: Any) -> None:
    fields = {"after": "statement"}
    solution = "statement = select(Tag.id).order_by(Tag.id)"
    verdict = ask(solution, "statement = select(Tag.id)", **fields)
    assert (verdict.verdict, ids(verdict)[0]) == ("fail", "order-missing")
    assert (
        ask(solution, "statement = text('SELECT id FROM tags ORDER BY id')", **fields).verdict
        == "pass"
    )


@pytest.mark.parametrize(
    ("solution", "answer", "verdict"),
    [
        (
            "select(Order.status).distinct().order_by(Order.status)",
            "text('SELECT status FROM orders GROUP BY status')",
            "fail",
        ),
        (
            "select(Tag.name).order_by(Tag.name)",
            "union(select(Tag.name), select(Tag.name))",
            "fail",
        ),
        (
            "select(Tag.id, func.rank().over(order_by=Tag.name).label('r')).order_by('r')",
            "select(Tag.id, func.rank().over(order_by=Tag.name).label('r'))",
            "fail",
        ),
        (
            "select(Tag.name).order_by(Tag.name)",
            "text('SELECT name FROM (SELECT name FROM tags ORDER BY name)')",
            "fail",
        ),
        (
            "select(Order.status).distinct().order_by(Order.status)",
            "rows = session.scalars(text('SELECT status FROM orders GROUP BY status')).all()\n"
            "rows.sort()\nrows",
            "pass",
        ),
        (
            "select(func.count(Tag.id)).order_by(func.count(Tag.id))",
            "text('SELECT count(*) FROM tags')",
            "pass",
        ),
        (
            "select(Tag.id, func.rank().over(order_by=Tag.name).label('r')).order_by('r')",
            "text('SELECT id, rank() OVER (ORDER BY name) AS r FROM tags ORDER BY 2 -- sorted')",
            "pass",
        ),
    ],
)
def test_an_order_that_a_way_of_grouping_brings_is_by_luck(
    ask: Any, solution: str, answer: str, verdict: str
) -> None:
    given = ask(solution, answer)
    assert given.verdict == verdict
    if verdict == "fail":
        assert "order-missing" in ids(given)
    if answer.startswith("text("):
        sql = answer.removeprefix("text('").removesuffix("')")
        assert ask(solution, sql, language="any").verdict == verdict


def test_what_sql_changes_before_it_sorts_is_no_luck(ask: Any) -> None:
    solution = "UPDATE tags SET name = 'x' || id; SELECT name FROM tags ORDER BY name, id"
    answer = solution.removesuffix(", id")
    assert ask(solution, answer, language="sql").verdict == "pass"
