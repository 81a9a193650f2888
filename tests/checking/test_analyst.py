"""What the analyst's child reads, asked of the child itself."""

from typing import Any

import pytest

from playground.checking.analyst.analysis import Analysis
from playground.running import BuildError, NoAnswer, Runner, Runners


@pytest.fixture
def analysis(runners: Runners) -> Analysis:
    return Analysis(runners)


def test_python_is_a_tree(analysis: Analysis) -> None:
    source = analysis.python("select(Review.id).where(Review.rating is None)\n")
    assert source.tree is not None
    (comparison,) = source.tree.find("Compare")
    assert comparison.get("ops") == ["Is"]
    assert comparison.line == 1
    assert [node.get("id") for node in source.tree.find("Name")] == ["select", "Review", "Review"]


@pytest.mark.parametrize("text", ["x = (", "a b", "\0", "def f():", "'" * 3])
def test_what_is_no_python_has_a_message(analysis: Analysis, text: str) -> None:
    source = analysis.python(text)
    assert source.tree is None
    assert source.message


@pytest.mark.parametrize("text", ["(" * 100_000, "-" * 100_000 + "1", "[" * 5000 + "]" * 5000])
def test_deep_python_ends_in_the_child(analysis: Analysis, text: str) -> None:
    assert analysis.python(text).tree is None
    assert analysis.python("1").tree is not None


def test_comments_alone_are_an_empty_text(analysis: Analysis) -> None:
    assert analysis.python("# nothing yet\n\n").empty


def test_sql_is_a_tree_and_what_is_none_is_none(analysis: Analysis) -> None:
    first, second, third = analysis.sql(
        ["SELECT a FROM t WHERE b = ?", "PRAGMA x", "SELECT FROM ((("]
    )
    assert first is not None
    assert [node.get("this") for node in first.find("placeholder")] == ["p1"]
    assert second is None
    assert third is None


@pytest.mark.parametrize(
    ("sql", "key"),
    [
        ("SELECT a FROM t ORDER BY b DESC", "ORDER BY b DESC"),
        ("SELECT a AS x FROM t ORDER BY x", "ORDER BY a"),
        ("SELECT a, b + 1 FROM t ORDER BY 2", "ORDER BY b + 1"),
        ("SELECT DISTINCT a FROM t ORDER BY a", 'ORDER BY "q"."a"'),
        ("SELECT a FROM t UNION SELECT b FROM u ORDER BY 1", 'ORDER BY "q"."a"'),
        ("SELECT a FROM t ORDER BY a COLLATE NOCASE", "ORDER BY a COLLATE NOCASE"),
        ("SELECT a FROM t ORDER BY a NULLS LAST", "ORDER BY a NULLS LAST"),
    ],
)
def test_ranks_follow_the_sort_keys(analysis: Analysis, sql: str, key: str) -> None:
    ranked = analysis.ranked(sql)
    assert ranked is not None
    assert ranked.sorted
    assert f"DENSE_RANK() OVER ({key})" in ranked.sql


def test_limit_and_offset_are_left_out_and_told(analysis: Analysis) -> None:
    ranked = analysis.ranked("SELECT a FROM t WHERE c = ? ORDER BY b LIMIT ? OFFSET ?")
    assert ranked is not None
    assert ranked.offset == "p3"
    assert "LIMIT" not in ranked.sql
    assert ":p1" in ranked.sql


def test_what_neither_sorts_nor_limits_has_no_ranks(analysis: Analysis) -> None:
    assert analysis.ranked("SELECT a FROM t") is None


def test_what_cannot_be_ranked_says_so(analysis: Analysis) -> None:
    with pytest.raises(LookupError):
        analysis.ranked("SELECT * FROM t ORDER BY 2")


@pytest.mark.parametrize(
    ("sql", "finding"),
    [
        ("SELECT a FROM t WHERE a < 5", "boundary"),
        ("SELECT a FROM t WHERE a BETWEEN 1 AND 5", "boundary"),
        ("SELECT a FROM t WHERE a <> 5", "not-equal-loses-null"),
        ("SELECT a FROM t WHERE a = NULL", "equals-none-in-sql"),
        ("SELECT a FROM t WHERE a NOT IN (SELECT b FROM u)", "not-in-null"),
        ("SELECT a FROM t WHERE a = 1 OR b = 2 AND c = 3", "sql-and-or-precedence"),
        ("SELECT a FROM t WHERE a = 1 AND b = 2", "and-or-swapped"),
        ("SELECT a FROM t JOIN u ON u.id = t.id", "inner-join-drops-rows"),
        ("SELECT a FROM t LEFT JOIN u ON u.id = t.id", "outer-join-unneeded"),
        ("SELECT a FROM t FULL JOIN u ON u.id = t.id", "outer-join-unneeded"),
        ("SELECT a FROM t LEFT JOIN u ON u.id = t.id", "outer-join-side"),
        ("SELECT a FROM t LEFT JOIN u ON u.id = t.id WHERE u.b = 1", "outer-join-undone"),
        ("SELECT a FROM t", "distinct-missing"),
        ("SELECT DISTINCT a FROM t", "distinct-unneeded"),
        ("SELECT a FROM t UNION SELECT b FROM u", "union-all"),
        ("SELECT a FROM t ORDER BY a", "order-direction"),
        ("SELECT a FROM t ORDER BY a", "nulls-order"),
        ("SELECT a FROM t LIMIT 3", "limit-count"),
        ("SELECT a FROM t WHERE a = 1 LIMIT 3", "filter-before-limit"),
        ("SELECT a FROM t LIMIT 3 OFFSET 2", "offset-count"),
        ("SELECT a, count(*) FROM t", "aggregate-without-group"),
        ("SELECT a, b, count(*) FROM t GROUP BY a", "group-by-missing-column"),
        ("SELECT sum(a) FROM t", "wrong-aggregate"),
        (
            "SELECT t.a, count(*) FROM t LEFT JOIN u ON u.id = t.id GROUP BY t.a",
            "count-star-outer-join",
        ),
        ("SELECT count(a) FROM t", "count-nulls"),
        ("SELECT count(a) FROM t", "count-distinct"),
        ("SELECT count(DISTINCT a) FROM t", "count-distinct-unneeded"),
        ("SELECT sum(a) FROM t JOIN u ON u.id = t.id", "fan-out"),
        ("SELECT a FROM t WHERE a LIKE 'x%'", "like-pattern"),
        ("SELECT a FROM t WHERE a = 'x'", "like-case"),
        ("SELECT a / 2 FROM t", "integer-division"),
        ("SELECT a FROM t WHERE a = 1", "wrong-operator"),
        ("SELECT a FROM t WHERE a = 1", "extra-condition"),
        ("SELECT a FROM t WHERE a IS NULL", "condition-negated"),
    ],
)
def test_a_query_can_be_mended_in_one_thing(analysis: Analysis, sql: str, finding: str) -> None:
    repairs = analysis.repairs(sql, "", [])
    assert finding in {repair.finding for repair in repairs}
    assert sql not in {repair.sql for repair in repairs}


def test_a_condition_an_order_and_a_value_are_borrowed(analysis: Analysis) -> None:
    repairs = analysis.repairs(
        "SELECT a FROM t WHERE b = 1", "SELECT a FROM t WHERE b = ? AND c > ? ORDER BY d", [7, "x"]
    )
    texts = {repair.finding: repair.sql for repair in repairs}
    assert "c > 'x'" in texts["missing-condition"]
    assert texts["order-missing"].endswith("ORDER BY d")
    assert any(repair.sql.endswith("b = 7") for repair in repairs)


@pytest.mark.parametrize(
    ("sql", "query"),
    [
        ("DELETE FROM t WHERE a < ? RETURNING id", "SELECT * FROM t WHERE a < :p1"),
        ("UPDATE t SET b=? WHERE a = ?", "SELECT * FROM t WHERE a = :p2"),
        ("DELETE FROM t", "SELECT * FROM t"),
        ("UPDATE t SET b = u.b FROM u WHERE u.id = t.id", None),
        ("SELECT a FROM t", None),
    ],
)
def test_the_rows_that_a_change_touches(analysis: Analysis, sql: str, query: str | None) -> None:
    assert analysis.touched(sql) == query


DEEP = "select(Tag.name).where(Tag.id > 0).order_by(Tag.id)"


def _no_answer(monkeypatch: pytest.MonkeyPatch, name: str, *, ours: bool) -> list[dict[str, Any]]:
    """From now on nobody answers questions of that name; those that were asked."""
    asked: list[dict[str, Any]] = []
    really = Runner.ask

    def ask(self: Runner, question: dict[str, Any]) -> Any:
        if name in question:
            asked.append(question)
            raise NoAnswer("out of time", ours=ours)
        return really(self, question)

    monkeypatch.setattr(Runner, "ask", ask)
    return asked


@pytest.mark.parametrize(
    ("name", "check"),
    [
        ("python", {"code": {"uses": ["select"]}}),
        ("sql", {"sql": {"uses": ["where"]}}),
        ("sql", {"parameters": {"no_literals": True}}),
    ],
)
def test_who_has_no_time_to_read_an_answer_blames_nobody(
    ask: Any, monkeypatch: pytest.MonkeyPatch, name: str, check: dict[str, Any]
) -> None:
    asked = _no_answer(monkeypatch, name, ours=True)
    verdict = ask(DEEP, DEEP, checks=[check])
    assert (verdict.verdict, verdict.findings[0].id) == ("sandbox-fault", "sandbox-failed")
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("name", "check"),
    [("python", {"code": {"uses": ["select"]}}), ("sql", {"sql": {"uses": ["where"]}})],
)
def test_a_text_that_outlasts_the_parser_is_told_once(
    ask: Any, monkeypatch: pytest.MonkeyPatch, name: str, check: dict[str, Any]
) -> None:
    asked = _no_answer(monkeypatch, name, ours=False)
    verdict = ask(DEEP, DEEP, checks=[check])
    assert (verdict.verdict, verdict.findings[0].id) == ("fail", "text-not-parsed")
    assert [found.id for found in verdict.findings].count("text-not-parsed") == 1
    assert len(asked) == 1


def test_of_many_texts_only_the_bad_one_is_not_read(
    analysis: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = Runner.ask

    def ask(self: Runner, question: dict[str, Any]) -> Any:
        if "bad" in str(question):
            raise NoAnswer("out of time")
        return really(self, question)

    monkeypatch.setattr(Runner, "ask", ask)
    trees = analysis.sql(["SELECT 1", "SELECT bad", "SELECT 2"])
    assert [tree is not None for tree in trees] == [True, False, True]


def test_after_a_long_text_that_outlasts_the_parser_no_longer_one_is_tried(
    analysis: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _no_answer(monkeypatch, "sql", ours=False)
    assert analysis.sql([f"SELECT {'1 + ' * n} 1" for n in (2000, 3000, 4000)]) == [None] * 3
    assert len(asked) == 1


def test_an_order_that_nobody_had_time_to_find_is_not_made_up(
    ask: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    solution = "select(Order.status).order_by(Order.customer_id, Order.status)"
    asked = _no_answer(monkeypatch, "ranked", ours=True)
    assert ask(solution, solution).verdict == "sandbox-fault"
    assert asked
    monkeypatch.undo()
    assert ask(solution, solution).verdict == "pass"


def test_mutants_that_nobody_had_time_to_make_are_not_none(
    analysis: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    _no_answer(monkeypatch, "program", ours=True)
    with pytest.raises(BuildError):
        analysis.mutants("x = 1 + 1")
