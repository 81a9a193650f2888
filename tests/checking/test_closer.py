"""A statement looked at more closely: its plan, and how other systems write it."""

from collections.abc import Callable
from threading import Event

import pytest
from msgspec.structs import replace

from playground.checking import Written, plan_of, written_by_others
from playground.databases import Database
from playground.running import Job, Language, Run, Runner, Runners

Opened = Callable[[str], Database]


@pytest.fixture(scope="module")
def shop(databases: Opened) -> Database:
    return databases("shop")


@pytest.fixture(scope="module")
def runner(shop: Database, runners: Runners) -> Runner:
    return runners.of(shop.world)


def job(shop: Database, code: str, language: Language = "python") -> Job:
    return Job(code, shop.visible.image(), language)


def steps(runner: Runner, shop: Database, code: str, kind: str = "select") -> list[tuple[int, str]]:
    run: Run = runner.run(job(shop, code))
    place = next(i for i, each in enumerate(run.statements) if each.kind == kind)
    plan = plan_of(runner, shop.visible.image(), run.statements, place)
    assert not plan.trouble
    return [(step.depth, step.text) for step in plan.steps]


def test_a_plan_has_steps_with_their_depth(runner: Runner, shop: Database) -> None:
    code = (
        "select(Customer).where(Customer.id.in_(select(Order.customer_id))).order_by(Customer.name)"
    )
    found = steps(runner, shop, code)
    assert found[0] == (0, "SEARCH customers USING INTEGER PRIMARY KEY (rowid=?)")
    assert (0, "USE TEMP B-TREE FOR ORDER BY") in found
    assert any(depth == 1 and "orders" in text for depth, text in found)


def test_a_plan_knows_what_the_run_had_changed_before(runner: Runner, shop: Database) -> None:
    code = (
        "session.execute(text('CREATE INDEX by_city ON customers (city)'))\n"
        "session.execute(insert(Tag), [{'name': 'a'}, {'name': 'b'}])\n"
        "session.execute(select(Customer.id).where(Customer.city == 'x' * 11_000_000)).all()"
    )
    assert "by_city (city=?)" in steps(runner, shop, code)[0][1]


def test_changes_have_a_plan_too(runner: Runner, shop: Database) -> None:
    code = "session.execute(delete(Review).where(Review.id == 3))"
    assert "reviews USING INTEGER PRIMARY KEY" in steps(runner, shop, code, "delete")[0][1]


def test_what_cannot_be_planned_says_why(runner: Runner, shop: Database) -> None:
    run = runner.run(job(shop, "create_engine('sqlite://').connect().scalar(text('SELECT 1'))"))
    (place,) = (i for i, each in enumerate(run.statements) if each.kind == "select")
    lost = [*run.statements[:place], replace(run.statements[place], sql="SELECT x FROM nowhere")]
    plan = plan_of(runner, shop.visible.image(), lost, place)
    assert plan.steps == ()
    assert "no such table: nowhere" in plan.trouble


def written(runner: Runner, wanted: Job, part: str) -> dict[str, Written]:
    run = runner.run(wanted)
    sql = next(each.sql for each in run.statements if part in each.sql)
    return {each.system: each for each in written_by_others(runner, wanted, sql)}


def test_sqlalchemy_writes_its_own_statements(runner: Runner, shop: Database) -> None:
    code = "select(Customer.name).where(Customer.id.in_([1, 2])).order_by(Customer.name).limit(3)"
    found = written(runner, job(shop, code), "SELECT")
    assert list(found) == ["PostgreSQL", "MySQL", "Oracle", "SQL Server"]
    assert "IN (%(id_1_1)s::INTEGER, %(id_1_2)s::INTEGER)" in found["PostgreSQL"].sql
    assert "FETCH FIRST" in found["Oracle"].sql
    assert "SELECT TOP" in found["SQL Server"].sql
    assert not any(each.translated or each.trouble for each in found.values())


def test_what_the_orm_sends_of_itself_is_written(runner: Runner, shop: Database) -> None:
    code = "tag = Tag(name='brand new')\nsession.add(tag)\nsession.flush()\nlen(session.get(Product, 1).tags)"
    assert (
        "INSERT INTO tags (name) VALUES" in written(runner, job(shop, code), "INSERT")["MySQL"].sql
    )
    lazy = written(runner, job(shop, code), "product_tags")["PostgreSQL"]
    assert "FROM tags, product_tags" in lazy.sql
    ddl = "Table('t', MetaData(), Column('id', Integer, primary_key=True)).create(engine)"
    assert "id SERIAL NOT NULL" in written(runner, job(shop, ddl), "CREATE")["PostgreSQL"].sql


def test_what_one_system_cannot_do_is_told_of_that_one(runner: Runner, shop: Database) -> None:
    code = "select(Customer.id).where(Customer.name.regexp_match('a'))"
    found = written(runner, job(shop, code), "SELECT")
    assert "~" in found["PostgreSQL"].sql
    assert found["SQL Server"].sql == ""
    assert "CompileError" in found["SQL Server"].trouble


@pytest.mark.parametrize("failing", [False, True])
def test_texts_are_translated(runner: Runner, shop: Database, failing: bool) -> None:
    sql = "SELECT name FROM customers ORDER BY name LIMIT 3"
    wanted = (
        job(shop, f"session.execute(text('{sql}')).all()\n1/0")
        if failing
        else job(shop, sql, "sql")
    )
    found = written(runner, wanted, "SELECT")
    assert "TOP 3" in found["SQL Server"].sql
    assert all(each.translated for each in found.values())


def test_a_question_that_was_cancelled_has_no_answer(runner: Runner, shop: Database) -> None:
    cancel = Event()
    cancel.set()
    assert written_by_others(runner, job(shop, "1"), "SELECT 1", cancel=cancel) == ()
