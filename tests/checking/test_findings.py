"""The catalogue of findings: complete, documented, and true to its own examples."""

import inspect
import re
import string
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, MetaData, case
from sqlalchemy.orm import Mapper, Session, mapped_column, relationship

from playground.checking import FINDINGS, FindingKind
from playground.checking.findings import options
from playground.checking.findings.document import document
from playground.checking.findings.exception_rules import RULES
from playground.checking.findings.texts import (
    errors,
    expressions,
    habits,
    legacy,
    loading,
    parameters,
    sessions,
    source,
    sql_errors,
    sql_words,
    values,
)

ROOT = Path(__file__).parents[2]
CODE = ROOT / "playground" / "checking"


def test_the_documentation_is_the_catalogue() -> None:
    written = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    assert written == document(), (
        "python -m playground.checking.findings.document > docs/findings.md"
    )


def test_every_finding_that_is_named_exists() -> None:
    named = set()
    for path in CODE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        named |= set(re.findall(r'(?:Clue|fails)\(\s*"([a-z-]+)"', text))
    named |= {rule.finding for rule in RULES}
    assert named <= set(FINDINGS)


def test_ids_are_names() -> None:
    for name, kind in FINDINGS.items():
        assert name == kind.id
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
        assert kind.title
        assert kind.message


@pytest.mark.parametrize("kind", FINDINGS.values(), ids=lambda kind: kind.id)
def test_messages_can_be_filled(kind: FindingKind) -> None:
    fields = [name for _, name, _, _ in string.Formatter().parse(kind.message) if name]
    assert all(name.isidentifier() for name in fields)
    assert not kind.message.endswith("!")


EXAMPLES = [
    kind
    for group in (
        source.KINDS,
        errors.KINDS,
        parameters.KINDS,
        sql_errors.KINDS,
        loading.KINDS,
        expressions.KINDS,
        habits.KINDS,
        sessions.KINDS,
    )
    for kind in group
    if kind.example
]
MORE = [kind for kind in (*legacy.KINDS, *sql_words.KINDS, *values.KINDS) if kind.example]


@pytest.mark.parametrize(
    "kinds", [EXAMPLES, pytest.param(MORE, marks=pytest.mark.long)], ids=["most", "more"]
)
def test_every_example_gives_its_finding(ask: Any, kinds: list[FindingKind]) -> None:
    solution = "select(literal(1), literal('a'))"
    surprises = []
    for kind in kinds:
        verdict = ask(solution, kind.example)
        leading = verdict.findings[0].id if verdict.findings else None
        # An example may also stand for what is remarked on although nothing is wrong.
        if leading != kind.id and kind.id not in [found.id for found in verdict.findings]:
            error = verdict.run.error if verdict.run else None
            surprises.append((kind.id, leading, error and error.message))
    assert surprises == []


def test_a_detached_instance_names_its_attribute(ask: Any) -> None:
    answer = "with Session(engine) as s:\n    order = s.get(Order, 1)\norder.items"
    found = ask("1", answer, once=True).findings[0]
    assert found.id == "detached-instance"
    assert "`items`" in found.message


TEAMS = """
class Base(DeclarativeBase): pass
class Team(Base):
    __tablename__ = "teams"
    id: Mapped[int] = mapped_column(primary_key=True)
    players: Mapped[list["Player"]] = relationship({link})
class Player(Base):
    __tablename__ = "players"
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("{key}"))
    team: Mapped["Team"] = relationship()
configure_mappers()
"""


@pytest.mark.parametrize(
    ("link", "key", "finding", "named"),
    [
        ("back_populates='owner'", "teams.id", "back-populates-unknown", "`owner`"),
        ("", "teams.number", "foreign-key-target", "`teams.number`"),
        ("", "teams", "foreign-key-column", "`teams`"),
        ("", "team.id", "foreign-key-target", "teams"),
        ("", "Team.id", "foreign-key-to-class", "its table, `teams`"),
        ("lazy='selectn'", "teams.id", "option-value", "selectin"),
        ("back_populate='team'", "teams.id", "unknown-option", "back_populates"),
        ("foreign_keys='team_id'", "teams.id", "relationship-text", "Player.team_id"),
        ("primaryjoin='Team.id == Player.tem_id'", "teams.id", "unknown-attribute", "team_id"),
    ],
)
def test_what_a_model_names_in_vain_is_told(
    ask: Any, link: str, key: str, finding: str, named: str
) -> None:
    found = ask("1", TEAMS.format(link=link, key=key), once=True).findings[0]
    assert found.id == finding
    assert named in found.message


MADE = (
    "session.execute(text('CREATE TABLE people (\"full name\" TEXT)'))\n"
    "session.execute(text('INSERT INTO people VALUES (1)'))\n"
    "session.execute(text('SELECT {}')).all()"
)


@pytest.mark.parametrize(
    ("selected", "told"),
    [
        ('"full name" FROM people', False),
        ('"rowid" FROM people', False),
        ('"a b" FROM (SELECT name AS "a b" FROM tags)', False),
        ('"Ana" FROM people', True),
    ],
)
def test_a_name_that_the_answer_made_is_no_text(ask: Any, selected: str, told: bool) -> None:
    found = ask("select(Tag.name)", MADE.format(selected), once=True).findings
    assert ("double-quoted-text" in [each.id for each in found]) is told


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ("select(Product.id, func.coalesce(Product.weight_grams, 1)).where(Product.stock > 5)", "1"),
        ("select(Product.id, func.coalesce(Product.weight_grams, 0)).where(Product.stock > 50)", "50"),
        ("text(\"SELECT id, coalesce(weight_grams, '') FROM products WHERE stock > 5\")", "''"),
    ],
)  # fmt: skip
def test_the_value_that_is_another_one_is_named(ask: Any, answer: str, value: str) -> None:
    solution = "select(Product.id, func.coalesce(Product.weight_grams, 0)).where(Product.stock > 5)"
    found = ask(solution, answer).findings[0]
    assert found.id in ("wrong-value", "wrong-constant")
    assert f" {value}" in found.message


OPTIONS = {
    "relationship": relationship,
    "Session": Session,
    "URL.create": URL.create,
    "case": case,
    "mapped_column": mapped_column,
    "MetaData": MetaData,
    "Mapper": Mapper,
}


@pytest.mark.parametrize("function", OPTIONS)
def test_the_options_that_are_named_exist(function: str) -> None:
    known = set(inspect.signature(OPTIONS[function]).parameters)
    assert set(options.KNOWN[function]) <= known


@pytest.mark.parametrize(
    ("answer", "near"),
    [
        ("select(Customer.nome)", "name"),
        ("select(Order.item)", "items"),
        ("text('SELECT price FROM products')", "price_cents"),
        ("text('SELECT * FROM custmers')", "customers"),
        ("select(Custmer.id)", "Customer"),
        ("select(Order.name)", None),
        ("text('SELECT orders.name FROM orders')", None),
        ("text('SELECT * FROM xyzzy')", None),
        ("select(Xyzzy.id)", None),
        ("Customer(xyzzy=1)", None),
        ("session.execute(insert(Tag).values(title='a'))", None),
        ("select(Customer.id).filter_by(xyzzy=1)", None),
        ("select(Customer.id).xyzzy()", None),
    ],
)
def test_near_names_are_told_where_there_are_such(ask: Any, answer: str, near: str | None) -> None:
    message = ask("1", answer, once=True).findings[0].message
    assert message.partition("Near to it: ")[2] == (f"{near}." if near else "")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ('"Ana"', "'Ana'"),
        ("5", "5"),
        ("Order.customer_id", "`Order.customer_id`"),
        ("Order", "`Order`"),
        ("Order.customer_id == 5", "`BinaryExpression`"),
        ("lambda: 5", "<function <lambda>>"),
        ("'long ' * 100", "'long "),
    ],
)
def test_what_is_no_list_is_shown_shortly(ask: Any, given: str, shown: str) -> None:
    found = ask("1", f"select(Customer.id).where(Customer.id.in_({given}))", once=True).findings[0]
    assert found.id == "in-needs-list"
    assert shown in found.message
    assert "0x" not in found.message
    assert len(found.message) < 120


@pytest.mark.parametrize(
    ("answer", "clause"),
    [
        ("select(Review.id).where(func.count(Review.id) > 1)", "WHERE"),
        ("select(Product.id).join(Review, func.count(Review.id) > 1)", "ON"),
        ("select(Review.product_id).group_by(func.count(Review.id))", "GROUP BY"),
    ],
)
def test_where_an_aggregate_may_not_stand_is_named(ask: Any, answer: str, clause: str) -> None:
    found = ask("1", answer, once=True).findings[0]
    assert found.message.startswith(f"`count()` cannot stand in {clause}:")


@pytest.mark.parametrize(
    ("sql", "line"),
    [
        ("SELECT id,\n  status\nFORM orders\nWHERE id > 1", 3),
        ("SELECT id FROM orders;\n\nSELECT id,\n  FROM orders", 4),
        ("SELECT id\nFROM orders\nWHERE id > 1\nWHERE id > 2", 4),
        ("SELECT id -- WHERE\nFROM orders\nORDER BY 1\nWHERE id > 2", 4),
        ("SELECT id\nFROM orders\nWHERE", 3),
        ("SELECT id\nFROM orders\nWHERE status = 'new", 3),
        ("SELECT id\nFROM ordrs", 2),
        ("SELECT id\nFROM orders\nWHERE orders.nme = 3", 3),
        ("SELECT id\nFROM orders\nWHERE nme = 3 AND nme = 4", 1),
    ],
)
def test_the_line_where_the_database_stopped(ask: Any, sql: str, line: int) -> None:
    assert ask("SELECT 1", sql, language="sql", once=True).findings[0].line == line
    if ";" not in sql:
        python = f'session.execute(text("""{sql}""")).all()'
        assert ask("1", python, once=True).findings[0].line == line


def test_a_parameter_does_not_hide_the_line(ask: Any) -> None:
    sql = 'text("""\n  SELECT id FROM orders\n  WHERE id > :n\n  ORDERED BY id""")'
    answer = f'session.execute({sql}, {{"n": 1}}).all()'
    assert ask("1", answer, once=True).findings[0].line == 4


def test_sql_that_is_put_together_is_told_by_its_call(ask: Any) -> None:
    answer = 'parts = ["SELECT id", "FORM orders"]\nsession.execute(text("\\n".join(parts))).all()'
    assert ask("1", answer, once=True).findings[0].line == 2


@pytest.mark.parametrize(
    ("method", "near"),
    [("startwith('A')", "startswith"), ("isnull()", "is_(None)"), ("as_('n')", "label")],
)
def test_a_method_that_a_column_does_not_have_is_told_by_what_it_has(
    ask: Any, method: str, near: str
) -> None:
    found = ask("1", f"select(Customer.name.{method})", once=True).findings[0]
    assert found.id == "python-attribute-on-column"
    assert found.message.endswith(f"Near to it: {near}.")


def test_what_a_query_sent_is_told_beside_what_failed(ask: Any) -> None:
    answer = "session.add(Tag(name=session.get(Tag, 1).name))\n{}session.scalars(select(Tag)).all()"
    by_query = ask("1", answer.format(""), once=True).findings
    assert [found.id for found in by_query] == ["unique-violated", "sent-by-a-query"]
    by_itself = ask("1", answer.format("session.flush()\n"), once=True).findings
    assert [found.id for found in by_itself] == ["unique-violated"]


@pytest.mark.parametrize(
    ("answer", "near"),
    [
        ("select(Order.id).full_join(Order.items)", "outerjoin(…, full=True)"),
        ("union(select(Tag.id), select(Order.id)).where(Tag.id > 1)", "subquery"),
        ("insert(Tag).on_conflict_do_nothing()", "sqlalchemy.dialects.sqlite.insert"),
        ("select(Tag.id).order_bye(Tag.id)", "order_by"),
    ],
)
def test_a_method_that_is_not_there_is_told_by_what_is(ask: Any, answer: str, near: str) -> None:
    found = ask("1", answer, once=True).findings[0]
    assert found.id == "statement-has-no-method"
    assert near in found.message
