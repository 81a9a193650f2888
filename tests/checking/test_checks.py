"""Every single check: answers for which it holds, and answers for which it does not."""

from typing import Any

import pytest

OFF: list[dict[str, Any]] = [{"result": "off"}]
SELECT = "select(Tag.name)"
TABLE = """
class Base(DeclarativeBase): pass
class Writer(Base):
    __tablename__ = "writers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    works: Mapped[list["Work"]] = relationship(back_populates="writer", cascade="all, delete-orphan")
class Work(Base):
    __tablename__ = "works"
    id: Mapped[int] = mapped_column(primary_key=True)
    writer_id: Mapped[int] = mapped_column(ForeignKey("writers.id"), index=True)
    writer: Mapped["Writer"] = relationship(back_populates="works")
"""
CREATED = TABLE + "Base.metadata.create_all(engine)\n"
ONE_WORK = TABLE.replace('Mapped[list["Work"]]', 'Mapped["Work"]')
ORPHANS = TABLE.replace(
    'relationship(back_populates="works")',
    'relationship(back_populates="works", cascade="all, delete-orphan")',
)

# check, answer, finding (None: it holds); the solution is the same in all.
CASES: list[tuple[dict[str, Any], str, str | None]] = [
    ({"statements": {"max": 1}}, SELECT, None),
    ({"statements": {"max": 1}}, f"session.execute({SELECT}).all(); {SELECT}", "too-many-statements"),
    ({"statements": {"selects": 0}}, SELECT, "too-many-statements"),
    ({"statements": {"by_kind": {"select": 0}}}, SELECT, "too-many-statements"),
    ({"statements": {"min": 2}}, SELECT, "too-few-statements"),
    ({"statements": {"min": 1}}, "session.execute(text('PRAGMA user_version')); 1", "too-few-statements"),
    (
        {"statements": {"lazy_loads": 0}},
        "[len(order.items) for order in session.scalars(select(Order).limit(2))]",
        "lazy-loads",
    ),
    ({"sql": {"uses": ["limit", "order by", "tags"]}}, f"{SELECT}.order_by(Tag.id).limit(2)", None),
    ({"sql": {"uses": ["count", "group by", "having"]}}, "select(func.count(Tag.id)).group_by(Tag.name).having(func.count() > 0)", None),
    ({"sql": {"uses": ["left join", "case", "in"]}}, "select(case((Order.id.in_([1]), 1), else_=2)).outerjoin(Order.items)", None),
    ({"sql": {"uses": ["exists", "subquery"]}}, "select(Order.id).where(Order.items.any())", None),
    ({"sql": {"uses": ["cte", "union all", "window"]}}, "text('WITH a AS (SELECT 1 UNION ALL SELECT 2) SELECT row_number() OVER () FROM a')", None),
    ({"sql": {"uses": ["recursive"]}}, "text('WITH RECURSIVE a(n) AS (SELECT 1 UNION SELECT n+1 FROM a WHERE n < 3) SELECT n FROM a')", None),
    ({"sql": {"uses": ["strftime", "coalesce", "upper"]}}, "select(func.strftime('%Y', Order.placed_at), func.coalesce(Order.status, ''), func.upper(Order.status))", None),
    ({"sql": {"uses": ["distinct"]}}, SELECT, "sql-missing"),
    ({"sql": {"uses": ["left join"]}}, "select(Order.id).join(Order.items)", "sql-missing"),
    ({"sql": {"forbids": ["join"]}}, "select(Order.id).join(Order.items)", "sql-forbidden"),
    ({"sql": {"forbids": ["*"]}}, "text('SELECT * FROM tags')", "sql-forbidden"),
    ({"sql": {"forbids": ["*", "join", "subquery"]}}, "select(func.count()).select_from(Tag)", None),
    ({"sql": {"uses": ["distinct"]}}, "text('-- all\\nSELECT DISTINCT name FROM tags')", None),
    ({"sql": {"forbids": ["distinct"]}}, "text('/* x */ SELECT DISTINCT name FROM tags')", "sql-forbidden"),
    ({"sql": {"forbids": ["distinct"]}}, "session.connection().exec_driver_sql('SELECT DISTINCT name FROM tags WHERE id > ?1', (0,)).all()", "sql-forbidden"),
    ({"sql": {"uses": ["update", "where"]}}, "text(\"UPDATE OR IGNORE tags SET name = 'x' WHERE id = 1\")", None),
    ({"sql": {"uses": ["insert"]}}, "text(\"REPLACE INTO tags (id, name) VALUES (1, 'x')\")", None),
    ({"sql": {"forbids": ["limit"]}}, "text('SELECT name FROM tags WHERE id IN (' + '1,' * 120_000 + '1) LIMIT 1')", "text-not-parsed"),
    ({"sql": {"uses": ["limit"]}}, "text('SELECT name FROM tags WHERE id IN (' + '1,' * 120_000 + '1) LIMIT 1')", "text-not-parsed"),
    ({"sql": {"uses": ["insert"]}}, "insert(Tag).values([{'name': str(n)} for n in range(5000)])", None),
    ({"parameters": {"no_literals": True}}, "text(\"-- one\\nSELECT id FROM tags WHERE name = 'vegan'\")", "literals-in-sql"),
    ({"parameters": {"bound": ["vegan", 3]}}, "select(Tag.id).where(Tag.name == 'vegan', Tag.id > 3)", None),
    ({"parameters": {"bound": ["vegan"]}}, "text(\"SELECT id FROM tags WHERE name = 'vegan'\")", "parameters-missing"),
    ({"parameters": {"no_literals": True}}, "text(\"SELECT id FROM tags WHERE name = 'vegan'\")", "literals-in-sql"),
    ({"parameters": {"no_literals": True}}, "text(\"SELECT id, 1 FROM tags WHERE name = :n LIMIT 3\").bindparams(n='x')", None),
    ({"code": {"uses": ["select", "session.scalars", ".all", "for", "Tag.name"]}}, f"[x for x in session.scalars({SELECT}).all()]\nfor x in []: pass", None),
    ({"code": {"uses": ["commit()"]}}, "session.commit", "code-missing"),
    ({"code": {"forbids": ["text"]}}, "text('SELECT 1')", "code-forbidden"),
    ({"code": {"forbids": ["print of a constant"]}}, f"print('vegan', 3)\n{SELECT}", "code-forbidden"),
    ({"code": {"forbids": ["print of a constant"]}}, f"name = 'vegan'\nprint()\nprint('name:', name)\n{SELECT}", None),
    ({"code": {"forbids": ["text"]}}, f"[{'0,' * 30_000}]\ntext('SELECT 1')", "code-forbidden"),
    ({"code": {"forbids": ["text"]}}, f"[{'0,' * 150_000}]\n{SELECT}", "text-not-parsed"),
    ({"code": {"uses": ["select"]}}, f"[{'0,' * 150_000}]\n{SELECT}", "text-not-parsed"),
    ({"code": {"forbids": ["and", "f-string", "session.query"]}}, "session.query(Tag)", "code-forbidden"),
    ({"code": {"forbids": ["text"]}}, "'text'  # text", None),
    ({"transaction": "committed"}, "session.add(Tag(name='new one')); session.commit()", None),
    ({"transaction": "committed"}, "session.add(Tag(name='new one')); session.flush()", "missing-commit"),
    ({"transaction": "committed"}, SELECT, "not-committed"),
    ({"transaction": "rolled_back"}, "session.add(Tag(name='new one')); session.flush(); session.rollback()", None),
    ({"transaction": "rolled_back"}, "session.add(Tag(name='new one')); session.commit()", "not-rolled-back"),
    ({"transaction": "rolled_back"}, "session.add(Tag(name='new one')); session.flush()", "not-rolled-back"),
    ({"transaction": {"savepoint": True}}, "with session.begin_nested(): session.add(Tag(name='new one'))", None),
    ({"transaction": {"savepoint": True}}, SELECT, "savepoint-missing"),
    ({"transaction": {"one": True}}, "session.add(Tag(name='a')); session.flush(); session.add(Tag(name='b')); session.commit()", None),
    ({"transaction": {"one": True}}, "with session.begin_nested(): session.add(Tag(name='a'))\nsession.add(Tag(name='b')); session.commit(); session.scalar(select(Tag.id))", None),
    ({"transaction": {"one": True}}, "session.add(Tag(name='a')); session.commit(); session.add(Tag(name='b')); session.commit()", "several-transactions"),
    ({"transaction": {"one": True}}, "n = session.scalar(select(func.count(Tag.id))); session.rollback(); session.add(Tag(name=f'{n}')); session.commit()", "several-transactions"),
    ({"transaction": {"one": True}}, "n = session.scalar(select(func.count(Tag.id)))\nwith Session(engine) as s, s.begin(): s.add(Tag(name=f'{n}'))", "several-transactions"),
    ({"error": "IntegrityError"}, "session.add_all([Tag(name='a'), Tag(name='a')]); session.commit()", None),
    ({"error": "IntegrityError"}, SELECT, "error-expected"),
    ({"error": "IntegrityError"}, "1 / 0", "error-other"),
    ({"error": {"type": "DetachedInstanceError", "code": "bhk3"}}, "with Session(engine) as s: o = s.get(Order, 1)\no.items", None),
    ({"error": {"type": "ZeroDivisionError", "handled": True}}, "try:\n    1 / 0\nexcept ZeroDivisionError:\n    pass", None),
    ({"error": {"type": "ZeroDivisionError", "handled": True}}, "1 / 0", "error-not-handled"),
    ({"error": {"type": "ZeroDivisionError", "handled": True}}, "1", "error-expected"),
    ({"error": {"type": "NoResultFound", "handled": True}}, "try:\n    session.scalars(select(Tag).where(Tag.id < 0)).one()\nexcept Exception:\n    pass", None),
    ({"warnings": "none"}, SELECT, None),
    ({"warnings": "none"}, "import warnings; warnings.warn('careful')", "warning-given"),
    ({"warnings": {"expected": ["UserWarning"]}}, "import warnings; warnings.warn('careful')", None),
    ({"warnings": {"expected": ["cartesian"]}}, SELECT, "warning-missing"),
    ({"schema": {"tables": ["writers"], "columns": {"works": ["writer_id"]}}}, CREATED, None),
    ({"schema": {"types": {"writers": {"name": "varchar(40)"}}}}, CREATED, None),
    ({"schema": {"keys": {"works": ["id", "writer_id -> writers.id"]}}}, CREATED, None),
    ({"schema": {"constraints": {"writers": ["UNIQUE (name)"]}, "indexes": {"works": ["(writer_id)"]}}}, CREATED, None),
    ({"schema": {"tables": ["writers"]}}, TABLE, "table-missing"),
    ({"schema": {"types": {"writers": {"name": "INTEGER"}}}}, CREATED, "schema-differs"),
    ({"schema": {"tables": ["writers"]}}, "import os\nos.remove('playground.db')", "table-missing"),
    ({"schema": {"tables": ["writers"]}}, "open('playground.db', 'wb').write(b'no database')", "table-missing"),
    ({"schema": {"tables": ["writers"]}}, "engine = create_engine('sqlite:///folder/no.db')", "table-missing"),
    ({"mapping": {"relationships": {"Writer.works": {"target": "Work", "direction": "one-to-many", "uselist": True, "back_populates": "writer", "cascade": ["all", "delete-orphan"]}}}}, TABLE, None),
    ({"mapping": {"relationships": {"Writer.works": {"direction": "many-to-many"}}}}, TABLE, "mapping-differs"),
    ({"mapping": {"relationships": {"Work.writer": {"cascade": ["delete"]}}}}, TABLE, "mapping-differs"),
    ({"mapping": {"relationships": {"Writer.works": {"direction": "one-to-many"}}}}, ONE_WORK, "mapping-differs"),
    ({"mapping": {"relationships": {"Writer.works": {"direction": "one-to-many", "uselist": False}}}}, ONE_WORK, None),
    ({"mapping": {"relationships": {"Writer.works": {"cascade": ["delete"]}}}}, ORPHANS, "orphan-on-many-side"),
    ({"mapping": {"relationships": {"Writer.books": {}}}}, TABLE, "mapping-differs"),
    ({"mapping": {"inheritance": {"Writer": "Base"}}}, TABLE, "mapping-differs"),
    ({"behaviour": {"when": ["double(2)", "double('a')"], "then": [4, "aa"]}}, "def double(x): return x * 2", None),
    ({"behaviour": {"given": "n = 3", "when": ["double(n)"], "then": [6]}}, "def double(x): return x + 2", "behaviour-differs"),
    ({"behaviour": {"when": ["[1, 2]"], "then": [[1, 2]]}}, "1", None),
    ({"behaviour": {"when": ["missing"], "then": ["NameError"]}}, "1", None),
    ({"plan": {"uses_index": True}}, "select(Tag.id).where(Tag.name == 'vegan')", None),
    ({"plan": {"uses_index": True}}, "select(Product.id).where(Product.stock == 1)", "plan-differs"),
    ({"plan": {"uses_index": ["ix_stock"]}}, "session.execute(text('CREATE INDEX ix_stock ON products (stock)')); select(Product.name).where(Product.stock == 1)", None),
    ({"plan": {"no_scan": True}}, "select(Product.name).where(Product.stock == 1)", "plan-differs"),
    ({"plan": {"no_scan": ["tags"]}}, "select(Product.name).where(Product.stock == 1)", None),
    ({"plan": {"no_scan": True}}, "session.execute(text('CREATE INDEX ix_stock ON products (stock)')); select(Product.stock)", "plan-differs"),
    ({"plan": {"no_scan": True}}, "session.execute(text('CREATE INDEX ix_stock ON products (stock)')); select(Product.stock).where(Product.stock == 1)", None),
    ({"plan": {"no_sort": True}}, "select(Product.name).order_by(Product.stock)", "plan-differs"),
    ({"plan": {"no_sort": True}}, "session.execute(text('CREATE INDEX ix_stock ON products (stock)')); select(Product.name).order_by(Product.stock)", None),
    ({"plan": {"no_sort": True}}, "session.execute(text('CREATE INDEX ix_stock ON products (stock)')); select(Product.name).order_by(Product.stock, Product.name)", "plan-differs"),
    ({"compiles": {"dialect": "postgresql", "contains": ["ILIKE"]}}, "select(Tag.id).where(Tag.name.ilike('a%'))", None),
    ({"compiles": {"dialect": "mssql", "contains": ["TOP"], "lacks": ["LIMIT"]}}, "select(Tag.id).limit(1)", None),
    ({"compiles": {"dialect": "postgresql", "lacks": ["ILIKE"]}}, "select(Tag.id).where(Tag.name.ilike('a%'))", "compiled-differs"),
    ({"output": {"lines": ["one", "two"]}}, "print('one ')\nprint('two')", None),
    ({"output": {"lines": ["one", "two"]}}, "print('one')", "output-differs"),
    ({"any_of": [{"sql": {"uses": ["join"]}}, {"sql": {"uses": ["exists"]}}]}, "select(Order.id).where(Order.items.any())", None),
    ({"any_of": [{"sql": {"uses": ["join"]}}, {"sql": {"uses": ["exists"]}}]}, SELECT, "sql-missing"),
    ({"all_of": [{"sql": {"uses": ["limit"]}}, {"code": {"uses": ["text"]}}]}, f"{SELECT}.limit(1)", "code-missing"),
    ({"not": [{"sql": {"uses": ["join"]}}]}, SELECT, None),
    ({"not": [{"sql": {"uses": ["tags"]}}]}, SELECT, "check-failed"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "answer", "finding"), CASES)
def test_a_check(ask: Any, entry: dict[str, Any], answer: str, finding: str | None) -> None:
    verdict = ask(
        "None", answer, checks=[*OFF, {"state": "off"}, entry], database="shop", once=True
    )
    leading = verdict.findings[0].id if verdict.findings else None
    if finding is None:
        assert verdict.verdict == "pass", verdict.findings
    else:
        outcome = "error" if finding == "error-not-handled" else "fail"
        assert (verdict.verdict, leading) == (outcome, finding)


def test_what_is_printed_is_as_the_solutions(ask: Any) -> None:
    entry = [{"output": {}}]
    assert ask("print('one')", "print('one')", checks=entry, once=True).verdict == "pass"
    assert ask("print('one')", "print('two')", checks=entry, once=True).verdict == "fail"


MADE = """
class Base(DeclarativeBase):
    pass
class Badge(Base):
    __tablename__ = "badges"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[int] = mapped_column({rule})
{more}
Base.metadata.create_all(engine)
"""


@pytest.mark.parametrize(
    ("wanted", "rule", "more", "verdict"),
    [
        ("unique=True", "unique=True, index=True", "", "pass"),
        ("unique=True", "", "Index('once', Badge.code, unique=True)", "pass"),
        ("unique=True", "", "Index('once', Badge.code)", "fail"),
        ("unique=True", "", "Index('once', Badge.code, Badge.id, unique=True)", "fail"),
        (
            "unique=True",
            "",
            "Index('once', Badge.code, unique=True, sqlite_where=Badge.code > 0)",
            "fail",
        ),
        ("unique=True", "index=True, unique=True", "Index('two', Badge.id)", "pass"),
        ("", "unique=True", "", "fail"),
    ],
)
def test_a_unique_index_is_as_good_as_a_unique_constraint(
    ask: Any, wanted: str, rule: str, more: str, verdict: str
) -> None:
    solution = MADE.format(rule=wanted, more="")
    answer = MADE.format(rule=rule, more=more)
    assert ask(solution, answer, once=True).verdict == verdict


def test_a_check_on_some_variants_only(ask: Any) -> None:
    entry = [{"sql": {"uses": ["limit"]}, "on": ["nulls"]}]
    verdict = ask(SELECT, SELECT, checks=entry)
    assert verdict.verdict == "fail"
    assert {each.variant for each in verdict.checks if each.check == "sql"} == {"nulls"}


SETUP = """
session.execute(text("INSERT INTO tags (id, name) VALUES (77, :name)"), {"name": "mended"})
session.execute(text("DELETE FROM tags WHERE name = 'missing'"))
session.commit()
"""


@pytest.mark.parametrize(
    ("options", "answer", "verdict"),
    [
        ({"bound": ["mended"]}, "text(\"SELECT id FROM tags WHERE name = 'mended'\")", "fail"),
        ({"bound": ["mended"]}, "select(Tag.id).where(Tag.name == 'mended')", "pass"),
        ({"bound": ["mended"]}, "[(77,)]", "fail"),
        ({"no_literals": True}, "select(Tag.id).where(Tag.name == 'mended')", "pass"),
    ],
)
def test_what_the_setup_sends_is_no_parameter_of_the_answer(
    ask: Any, options: dict[str, Any], answer: str, verdict: str
) -> None:
    entry = [{"parameters": options}]
    solution = "select(Tag.id).where(Tag.name == 'mended')"
    assert ask(solution, answer, checks=entry, setup=SETUP, once=True).verdict == verdict


def test_state_can_leave_columns_out(ask: Any) -> None:
    solution = "session.execute(update(Tag).where(Tag.id == 1).values(name='x')); session.commit()"
    answer = solution.replace("'x'", "'y'")
    assert (
        ask(solution, answer, checks=[{"state": {"ignore": ["name"]}}], once=True).verdict == "pass"
    )
    assert (
        ask(solution, answer, checks=[{"state": {"tables": ["orders"]}}], once=True).verdict
        == "pass"
    )
    assert ask(solution, answer, checks=[{"state": "off"}], once=True).verdict == "pass"
    assert ask(solution, answer, once=True).verdict == "fail"


INDEXES = """
session.execute(text("CREATE INDEX one ON products (stock, name)"))
session.execute(text("CREATE UNIQUE INDEX two ON products (lower(name)) WHERE stock > 0"))
session.execute(text("CREATE INDEX three ON products (price_cents) WHERE stock > 0"))
session.commit()
"""


@pytest.mark.parametrize(
    ("index", "there"),
    [
        ("(stock, name)", True),
        ("one (stock, name)", True),
        ("two (stock, name)", False),
        ("(stock)", False),
        ("(name)", False),
        ("(stock, …)", True),
        ("(st, …)", False),
        ("(stock, name) UNIQUE", False),
        ("(price_cents)", False),
        ("(price_cents) WHERE …", True),
        ("(price_cents) WHERE stock > 0", True),
        ("(price_cents) WHERE stock > 1", False),
        ("((expression)) UNIQUE WHERE …", True),
        ("((expression)) WHERE …", False),
        ("(…) UNIQUE WHERE …", True),
    ],
)
def test_an_index_is_the_one_that_is_asked(ask: Any, index: str, there: bool) -> None:
    checks = [{"schema": {"indexes": {"products": [index]}}}]
    verdict = ask(INDEXES, INDEXES, checks=checks, once=True)
    assert (verdict.verdict == "pass") == there


FRAME = "import pandas as pd\npd.read_sql(select(Tag.id, Tag.name).order_by(Tag.id), engine)"


@pytest.mark.parametrize(
    ("answer", "finding"),
    [
        (FRAME, None),
        ("select(Tag.id, Tag.name).order_by(Tag.id)", "data-frame-missing"),
        ("session.execute(select(Tag.id, Tag.name).order_by(Tag.id)).all()", "data-frame-missing"),
        (f"{FRAME}.to_dict('records')", "data-frame-missing"),
        (f"{FRAME}['name']", "missing-columns"),
        (FRAME.replace("Tag.name)", "Tag.name.label('title'))"), "data-frame-differs"),
        ("[]", "empty-result"),
    ],
)
def test_a_data_frame_is_no_list_of_rows(ask: Any, answer: str, finding: str | None) -> None:
    pytest.importorskip("pandas")
    found = ask(FRAME, answer, checks=[{"data_frame": {"types": False}}], once=True).findings
    assert [each.id for each in found[:1]] == ([finding] if finding else [])


def test_rows_that_came_where_an_empty_list_is_asked(ask: Any) -> None:
    (found,) = ask("[]", "select(Tag.id, Tag.name)", once=True).findings
    assert found.id == "extra-rows"
    assert "Rows that the task asks for: 0." in found.message
