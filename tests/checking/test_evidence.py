"""What a verdict rests on where statements count: the log is sent again by somebody else."""

import threading
import time
from typing import Any

import msgspec
import pytest

from playground.checking import FINDINGS, check
from playground.checking.evidence.rows import agree
from playground.course import Exercise, Option
from playground.databases import Database, DatabaseError
from playground.running import BuildError, Result, Row, Runners
from tests.checking.conftest import ids

ONE = [{"statements": {"max": 1}}]
FROM = [{"result": {"from": "statement"}}]
COMMITTED = [{"transaction": "committed"}]
NAMES = "select(Tag.name)"
CHEAT = """
import sys
frame = sys._getframe()
while "capture" not in vars(frame.f_locals.get("self", object)):
    frame = frame.f_back
capture = frame.f_locals["self"].capture
"""


Cases = dict[str, tuple[str, str, list[dict[str, Any]]]]

HONEST: Cases = {
    "a query": (NAMES, NAMES, ONE),
    "SQL as text": (NAMES, "text('SELECT name FROM tags')", ONE),
    "rows that were fetched": (NAMES, "session.scalars(select(Tag.name)).all()", FROM),
    "a part of the rows": (
        f"{NAMES}.limit(2)",
        f"engine.connect().execute({NAMES}).fetchmany(2)",
        ONE,
    ),
    "whole objects": ("select(Product)", "session.scalars(select(Product)).all()", ONE),
    "types": ("select(Order.id, Order.placed_at)", "select(Order)", [{"result": "off"}, *ONE]),
    "objects with what belongs to them": (
        "select(Order)",
        "select(Order).options(joinedload(Order.items))",
        FROM,
    ),
    "objects that a second query completes": (
        "select(Order)",
        "select(Order).options(selectinload(Order.items))",
        FROM,
    ),
    "a sum": (
        "select(func.sum(Order.id), func.avg(Order.id))",
        "select(func.sum(Order.id), func.avg(Order.id))",
        FROM,
    ),
    "a change": (
        "session.add(Tag(name='new one')); session.commit()",
        "session.add(Tag(name='new one')); session.commit()",
        COMMITTED,
    ),
    "several changes": (
        "session.add_all([Tag(name='a1'), Tag(name='a2')]); session.commit()",
        "session.add_all([Tag(name='a1'), Tag(name='a2')]); session.commit()",
        COMMITTED,
    ),
    "a change by a statement": (
        "update(Product).values(stock=1)",
        "update(Product).values(stock=1)",
        [{"statements": {"min": 1}}],
    ),
    "a change that is taken back": (
        "session.add(Tag(name='new one')); session.flush(); session.rollback()",
        "session.add(Tag(name='new one')); session.flush(); session.rollback()",
        [{"transaction": "rolled_back"}],
    ),
    "a change that nobody commits": (
        "None",
        "session.add(Tag(name='new one')); session.flush()",
        [{"statements": {"max": 1}}],
    ),
    "a savepoint": (
        "session.add(Tag(name='one')); session.flush(); session.commit()",
        "session.add(Tag(name='one'))\nsession.flush()\nn = session.begin_nested()\n"
        "session.add(Tag(name='two'))\nsession.flush()\nn.rollback()\nsession.commit()",
        [{"transaction": {"savepoint": True}}],
    ),
    "two connections in turn": (
        "session.execute(insert(Tag).values(name='x')); session.commit()",
        "with engine.connect() as c:\n    c.execute(insert(Tag).values(name='y'))\n"
        "with engine.begin() as c:\n    c.execute(insert(Tag).values(name='x'))",
        COMMITTED,
    ),
    "a failure that is handled": (
        "None",
        "from sqlalchemy.exc import IntegrityError\ntry:\n    session.add_all([Tag(name='a'), Tag(name='a')]); session.commit()\n"
        "except IntegrityError:\n    session.rollback()",
        [{"statements": {"min": 1}}],
    ),
    "a table": (
        "text('CREATE TABLE extra (id INTEGER PRIMARY KEY)')",
        "session.execute(text('CREATE TABLE extra (id INTEGER PRIMARY KEY)')); session.commit()",
        [{"statements": {"by_kind": {"ddl": 1}}}],
    ),
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_log_gives_the_same_again(ask: Any, name: str) -> None:
    solution, answer, checks = HONEST[name]
    verdict = ask(solution, answer, checks=checks)
    assert verdict.verdict == "pass", verdict.findings
    assert verdict.notes == ["replayed"]


SQL: Cases = {
    "a query": ("SELECT name FROM tags", "SELECT name FROM tags", ONE),
    "a change": (
        "INSERT INTO tags (name) VALUES ('x')",
        "INSERT INTO tags (name) VALUES ('x');",
        COMMITTED,
    ),
    "its own transaction": (
        "INSERT INTO tags (name) VALUES ('x')",
        "BEGIN; INSERT INTO tags (name) VALUES ('x'); COMMIT;",
        COMMITTED,
    ),
    "one that is taken back": (
        "SELECT 1",
        "BEGIN; CREATE TABLE gone (id INTEGER); ROLLBACK; SELECT 1",
        [{"statements": {"min": 2}}],
    ),
}


@pytest.mark.parametrize("name", SQL)
def test_an_honest_log_of_sql_gives_the_same_again(ask: Any, name: str) -> None:
    solution, answer, checks = SQL[name]
    verdict = ask(solution, answer, checks=checks, language="sql")
    assert verdict.verdict == "pass", verdict.findings
    assert verdict.notes == ["replayed"]


CLAIMED: Cases = {
    "chance": ("None", "session.execute(text('SELECT random()')); None", ONE),
    "the clock": ("None", "session.execute(text(\"SELECT datetime('now')\")); None", ONE),
    "many sets of parameters": (
        "session.execute(text('INSERT INTO tags (name) VALUES (:n)'), [{'n': 'a'}, {'n': 'b'}])\n"
        "session.commit()",
        "session.execute(text('INSERT INTO tags (name) VALUES (:n)'), [{'n': 'a'}, {'n': 'b'}])\n"
        "session.commit()",
        COMMITTED,
    ),
    "a function of one's own": (
        "select(func.upper(Tag.name))",
        "session.connection().connection.driver_connection.create_function('up', 1, str.upper)\n"
        "session.execute(text('SELECT up(name) FROM tags'))",
        FROM,
    ),
    "a change past the log": (
        "session.add(Tag(name='x')); session.commit()",
        "raw = engine.raw_connection()\nraw.execute(\"INSERT INTO tags (name) VALUES ('x')\")\n"
        "raw.commit()\nraw.close()\nsession.execute(text('SELECT 1')); None",
        [{"statements": {"max": 1}}],
    ),
    "rows that Python made": (NAMES, f"[name for name in session.scalars({NAMES})]", ONE),
}


@pytest.mark.parametrize("name", CLAIMED)
def test_what_cannot_be_sent_again_is_claimed_and_no_fault(ask: Any, name: str) -> None:
    solution, answer, checks = CLAIMED[name]
    verdict = ask(solution, answer, checks=checks)
    assert verdict.verdict == "pass", verdict.findings
    assert verdict.notes[-1] == "claimed"


FORGED: Cases = {
    "rows that the statement does not give": (
        NAMES,
        "rows = [tag.name for tag in session.scalars(select(Tag))]\n"
        + CHEAT
        + "sent = next(s for s in reversed(capture.statements) if s.gives_rows)\n"
        "sent.sql = 'SELECT id FROM tags'\n"
        "keep = type(capture).last_select\n"
        "type(capture).last_select = lambda self, rows: self.statements.index(sent)\n"
        "result = list(rows)\n"
        "class R(list):\n    def all(self): return self\n"
        "R(result).all()",
        FROM,
    ),
    "a statement that no database takes": (
        NAMES,
        f"rows = session.scalars({NAMES}).all()\n"
        + CHEAT
        + "sent = next(s for s in capture.statements if s.gives_rows)\n"
        "sent.sql = 'SELECT name FROM tags JOIN nothing_of_that_name'\n"
        "session.scalars(select(Tag.name)).all()",
        [{"sql": {"uses": ["join"]}}],
    ),
    "a change that is kept out of the log": (
        "session.execute(insert(Tag).values(name='x')); session.commit()",
        "session.execute(insert(Tag).values(name='y'))\n"
        "session.execute(update(Tag).where(Tag.name == 'y').values(name='x'))\nsession.commit()\n"
        + CHEAT
        + "capture.statements[:] = [s for s in capture.statements if s.kind != 'update']",
        [{"statements": {"by_kind": {"update": 0}}}],
    ),
    "a commit that never was": (
        "session.execute(insert(Tag).values(name='x')); session.rollback()",
        "session.execute(insert(Tag).values(name='x')); session.commit()\n"
        + CHEAT
        + "for s in capture.statements:\n    if s.sql == 'COMMIT': s.sql = 'ROLLBACK'\n"
        "capture._changes_kept = False",
        [{"state": "off"}, {"transaction": "rolled_back"}],
    ),
    "a value that was bound": (
        "select(Tag.id).where(Tag.name == 'vegan')",
        CHEAT + "session.execute(text(\"SELECT id FROM tags WHERE name = 'vegan'\"))\n"
        "for s in capture.statements: s.parameters = ('vegan',)\n"
        "session.execute(text(\"SELECT id FROM tags WHERE name = 'vegan'\"))",
        [{"parameters": {"bound": ["vegan"]}}],
    ),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_log_fails_the_checks_that_rest_on_it(ask: Any, name: str) -> None:
    solution, answer, checks = FORGED[name]
    verdict = ask(solution, answer, checks=checks)
    assert verdict.verdict == "fail", verdict.notes
    assert ids(verdict)[0] == "log-not-replayed"
    assert {c.check for c in verdict.checks if not c.passed} == {next(iter(checks[-1]))}


def test_nothing_is_sent_again_where_no_check_asks_for_statements(ask: Any) -> None:
    assert ask(NAMES, NAMES).notes == []
    assert ask(NAMES, NAMES, checks=[{"code": {"uses": ["select"]}}]).notes == []


def test_a_check_inside_another_rests_on_the_log_too(ask: Any) -> None:
    inner = [{"sql": {"uses": ["limit"]}}, {"code": {"uses": ["select"]}}]
    assert ask(NAMES, NAMES, checks=[{"any_of": inner}]).notes == ["replayed"]


@pytest.mark.parametrize("kind", ["code", "quiz"])
def test_what_was_cancelled_before_is_not_judged(
    databases: Any, runners: Runners, kind: Any
) -> None:
    cancel = threading.Event()
    cancel.set()
    exercise = Exercise(
        id="exercise", lesson="lesson", title="", task="", kind=kind, solution=NAMES,
        options=(Option("a", right=True), Option("b")),
    )  # fmt: skip
    verdict = check(exercise, "1", databases("shop"), runners, cancel=cancel)
    assert (verdict.verdict, ids(verdict)) == ("sandbox-fault", ["cancelled"])


@pytest.mark.parametrize(("ours", "fault"), [(True, "sandbox-fault"), (False, "course-fault")])
def test_a_child_that_cannot_start_is_no_fault_of_the_course(
    databases: Any, runners: Runners, ours: bool, fault: str
) -> None:
    class Lost(Database):
        def __getattribute__(self, name: str) -> Any:
            if name == "visible":
                raise DatabaseError("It failed.") from BuildError("no child", ours=ours)
            return super().__getattribute__(name)

    exercise = Exercise(id="exercise", lesson="lesson", title="", task="", solution=NAMES)
    lost = Lost.__new__(Lost)
    lost.__dict__.update(databases("shop").__dict__)
    assert check(exercise, NAMES, lost, runners).verdict == fault


def test_a_database_that_cannot_be_read_any_more_is_not_as_asked(ask: Any) -> None:
    gone = "import os\nsession.close()\nengine.dispose()\nos.remove('playground.db')\n"
    verdict = ask("None", gone + "None", checks=[{"unchanged": {}}])
    assert verdict.verdict == "fail", verdict.findings
    verdict = ask("None", gone + "open('playground.db', 'w').write('x' * 5000)\nNone")
    assert verdict.verdict == "fail", verdict.findings


def test_every_finding_of_the_study_is_in_the_catalogue() -> None:
    assert "solution-seen" in FINDINGS


def test_rows_that_repeat_are_not_looked_for_without_end() -> None:
    rows: list[Row] = [(2,), *[(1,)] * 40_000]
    given = Result(columns=["a"], rows=rows, total=len(rows), truncated=False)
    part = msgspec.structs.replace(given, rows=[*[(1,)] * 20_000, (2,)], total=20_001)
    began = time.process_time()
    assert agree(part, given) is None
    assert time.process_time() - began < 10
    assert agree(msgspec.structs.replace(part, rows=rows[:5]), given)
    assert agree(msgspec.structs.replace(part, rows=[(1,), (1,), (2,)]), given) is False
