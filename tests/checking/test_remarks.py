"""What is said of right answers: remarks, never failures."""

from typing import Any

import pytest

SOLUTION = "select(Tag.id).where(Tag.name == 'vegan')"


@pytest.mark.parametrize(
    ("solution", "answer", "remark"),
    [
        (SOLUTION, "name = 'vegan'\ntext(f\"SELECT id FROM tags WHERE name = '{name}'\")", "interpolated-text"),
        (SOLUTION, "text(\"SELECT id FROM tags WHERE name = '%s'\" % 'vegan')", None),
        (SOLUTION, "n = 'vegan'\ntext('SELECT id FROM tags WHERE name = \"' + n + '\"')", "interpolated-text"),
        (SOLUTION, "text('SELECT id FROM tags WHERE name = \"vegan\"')", "double-quoted-text"),
        (SOLUTION, "select(Tag.id).where(Tag.name.like('vegan'))", "like-without-wildcard"),
        ("select(Tag.id)", "select(Tag.id).distinct()", "needless-distinct"),
        ("select(Order.status).distinct()", "select(Order.status).distinct()", None),
        (
            "select(Order.id, Customer.name).join(Order.customer)",
            "[(o.id, o.customer.name) for o in session.scalars(select(Order))]",
            "n-plus-one",
        ),
        ("select(Tag.id)", "t = Table('tags', MetaData(), autoload_with=engine)\nselect(t.c.id)", None),
        ("select(Tag.id)", "for n in ('tags', 'products', 'orders'):\n    Table(n, MetaData(), autoload_with=engine)\nselect(Tag.id)", None),
        ("select(Tag.id)", "session.scalars(select(Tag)).all()\n" * 3 + "select(Tag.id)", None),
        ("select(Tag.id)", "for n in range(3):\n    session.scalars(select(Tag)).all()\nselect(Tag.id)", "n-plus-one"),
        ("select(Tag.id)", "text('SELECT id FROM tags')", None),
        ("select(Order.status).distinct()", "select(Order.status).group_by(Order.status)", "group-by-as-distinct"),
        ("select(Order.status).group_by(Order.status)", "select(Order.status).group_by(Order.status)", None),
        (
            "select(Order.status).distinct()",
            "select(Order.status).group_by(Order.status).order_by(func.count(Order.id))",
            None,
        ),
        (
            "select(Tag.id).where(Tag.id.in_(select(product_tags.c.tag_id)))",
            "select(Tag.id).where(Tag.id.in_(select(product_tags.c.tag_id).subquery()))",
            "subquery-in-in",
        ),
        (
            "select(Product.id).where(Product.price_cents == select(func.max(Product.price_cents)).scalar_subquery())",
            "select(Product.id).where(Product.price_cents == select(func.max(Product.price_cents)))",
            "scalar-subquery-implied",
        ),
    ],
)  # fmt: skip
def test_a_remark(ask: Any, solution: str, answer: str, remark: str | None) -> None:
    verdict = ask(solution, answer, once=True)
    assert verdict.verdict == "pass"
    assert [found.id for found in verdict.findings][:1] == ([remark] if remark else [])


def test_a_statement_that_is_not_kept(ask: Any) -> None:
    lost = "s = select(Tag.id)\ns.where(Tag.id > 3)\ns"
    verdict = ask("select(Tag.id).where(Tag.id > 3)", lost, once=True)
    assert (verdict.findings[0].id, verdict.findings[0].line) == ("statement-not-kept", 2)
    kept = "s = select(Tag.id)\ns = s.where(Tag.id > 3)\ns"
    assert ask("select(Tag.id).where(Tag.id > 3)", kept, once=True).findings == []


def test_a_column_beside_groups(ask: Any) -> None:
    answer = "select(Product.category_id, Product.price_cents).group_by(Product.category_id)"
    solution = answer.replace("Product.price_cents", "func.max(Product.price_cents)")
    assert ask(solution, answer, once=True).findings[0].id == "group-by-missing-column"


def test_each_relationship_is_counted_by_itself(ask: Any) -> None:
    both = (
        "[a.customer.name for a in session.scalars(select(Address).limit(2))]\n"
        "session.expire_all()\n"
        "[o.customer.name for o in session.scalars(select(Order))]\n"
        "select(Tag.id)"
    )
    (remark,) = ask("select(Tag.id)", both, once=True).findings
    assert "Order.customer" in remark.message


def test_what_the_exercise_asks_again_and_again_is_not_the_learners_loop(ask: Any) -> None:
    after = "[session.scalar(select(Tag.name).where(Tag.id == n)) for n in (1, 2, 3, 4)]"
    assert ask("1", "1", after=after, once=True).findings == []


PAGES = """
found, last = [], 0
while page := session.scalars(select(Order.id).where(Order.id > last).order_by(Order.id).limit(9)).all():
    found += page
    last = page[-1]
found
"""


def test_pages_of_one_list_are_no_query_for_each_row(ask: Any) -> None:
    assert ask("select(Order.id)", PAGES, once=True).findings == []
    each = "[session.scalar(select(Order.id).where(Order.id == n).limit(1)) for n in range(1, 60)]"
    (remark,) = ask("1", f"{each}\n1", once=True).findings
    assert remark.id == "n-plus-one"


def test_what_the_solution_repeats_too_may_be_repeated(ask: Any) -> None:
    often = "for n in range(4):\n    session.scalars(select(Tag)).all()\nselect(Tag.id)"
    assert ask(often, often, once=True).findings == []


ADDED = "tags = [Tag(name=f'new {n}') for n in range(4)]\nsession.add_all(tags)\nsession.commit()\n"


@pytest.mark.parametrize(
    ("touched", "remark"),
    [
        ("print([tag.id for tag in tags])\n", "objects-expired"),
        ("", None),
        ("session.scalars(select(Tag)).all()\nprint([tag.id for tag in tags])\n", None),
        ("print([tag.products for tag in tags])\n", "objects-expired"),
    ],
)
def test_objects_that_a_commit_expired(ask: Any, touched: str, remark: str | None) -> None:
    answer = f"{ADDED}{touched}1"
    findings = ask(f"{ADDED}1", answer, once=True).findings
    assert [found.id for found in findings[:1]] == ([remark] if remark else [])


def test_what_the_exercise_touches_after_a_commit_is_not_the_learners(ask: Any) -> None:
    after = "[store(name).name for name in ('a', 'b', 'c', 'd')]"
    store = (
        "def store(name):\n    session.add(tag := Tag(name=name))\n"
        "    session.commit()\n    return tag"
    )
    assert ask(store, store, after=after, once=True).findings == []


ASKS = "def taken(name):\n    return session.scalar(select(Tag.id).where(Tag.name == name)) is not None\n"


def test_a_function_that_the_exercise_calls_often_asks_each_time(ask: Any) -> None:
    after = "[taken(name) for name in ('a', 'b', 'c', 'd')]"
    solution = "def taken(name):\n    return False"
    assert ask(solution, ASKS, after=after, once=True).findings == []
    (remark,) = ask(
        "[False] * 4", f"{ASKS}[taken(name) for name in ('a', 'b', 'c', 'd')]", once=True
    ).findings
    assert remark.id == "n-plus-one"
