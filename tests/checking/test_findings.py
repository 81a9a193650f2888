"""The catalogue of findings: complete, documented, and true to its own examples."""

import re
import string
from pathlib import Path
from typing import Any

import pytest

from playground.checking import FINDINGS, FindingKind
from playground.checking.findings.document import document
from playground.checking.findings.exception_rules import RULES
from playground.checking.findings.texts import errors, source, sql_errors

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
    for group in (source.KINDS, errors.KINDS, sql_errors.KINDS)
    for kind in group
    if kind.example
]


def test_every_example_gives_its_finding(ask: Any) -> None:
    solution = "select(literal(1), literal('a'))"
    surprises = []
    for kind in EXAMPLES:
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
        ("", "teams", "foreign-key-target", "`teams`"),
    ],
)
def test_what_a_model_names_in_vain_is_told(
    ask: Any, link: str, key: str, finding: str, named: str
) -> None:
    found = ask("1", TEAMS.format(link=link, key=key), once=True).findings[0]
    assert found.id == finding
    assert named in found.message


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
