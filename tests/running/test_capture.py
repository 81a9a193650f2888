"""Which statements are listed, how, and which line caused them."""

import textwrap

import pytest

from playground.running import Limits, Run, Special

from .conftest import Go


def code(text: str) -> str:
    return textwrap.dedent(text).strip("\n")


def told(run: Run) -> list[tuple[str, int | None]]:
    """First words and line of each statement."""
    assert run.status == "ok", run.error
    return [(" ".join(s.sql.split()[:2]), s.line) for s in run.statements]


def test_statements_have_line_parameters_rows_time_and_connection(go_each: Go) -> None:
    run = go_each("""
for customer in session.scalars(
    select(Customer).where(Customer.id > 1)
):
    print(customer.name)
""")
    assert run.output == "Bo\nČára\n"
    begin, select = run.statements
    assert (begin.sql, begin.kind, begin.parameters, begin.rows) == (
        "BEGIN",
        "transaction",
        None,
        None,
    )
    assert select.kind == "select"
    assert select.parameters == [1]
    assert select.rows == 2
    assert select.line == 2
    assert select.connection == 1
    assert select.elapsed_ms is not None
    assert not run.committed


def test_lazy_loads_name_their_relationship_and_line(go_each: Go) -> None:
    run = go_each(
        code("""
        for customer in session.scalars(select(Customer).order_by(Customer.id)):
            print(
                len(customer.orders))
        order = session.get(Order, 3)
        session.expire(order)
        order.total
        order.customer
        """)
    )
    lazy = [(s.lazy_load, s.line, s.rows) for s in run.statements if s.lazy_load]
    assert lazy == [
        ("Customer.orders", 3, 2),
        ("Customer.orders", 3, 1),
        ("Customer.orders", 3, 0),
        ("Order.total", 6, 1),
        ("Order.customer", 7, 1),
    ]


def test_many_to_one_lazy_load(go: Go) -> None:
    run = go("session.get(Order, 1).customer.name")
    assert [s.lazy_load for s in run.statements] == [None, None, "Order.customer"]


@pytest.mark.parametrize("option", ["selectinload", "joinedload", "subqueryload", "immediateload"])
def test_eager_loads_are_not_lazy(go: Go, option: str) -> None:
    run = go(
        f"for c in session.scalars(select(Customer).options({option}(Customer.orders))).unique():\n"
        "    c.orders"
    )
    assert run.status == "ok", run.error
    assert not any(s.lazy_load for s in run.statements) or option == "immediateload"


def test_what_a_lazy_load_brings_with_it_is_not_lazy_itself(go: Go) -> None:
    run = go(
        "customer = session.scalar(select(Customer).options(\n"
        "    lazyload(Customer.orders).selectinload(Order.customer)).where(Customer.id == 1))\n"
        "customer.orders"
    )
    assert run.status == "ok", run.error
    assert [s.lazy_load for s in run.statements if s.lazy_load] == ["Customer.orders"]


def test_deferred_column_loads_itself(go: Go) -> None:
    run = go(
        code("""
        class Note(Base):
            __tablename__ = "notes"
            id: Mapped[int] = mapped_column(primary_key=True)
            body: Mapped[str] = mapped_column(deferred=True)
        Base.metadata.create_all(engine)
        with Session(engine) as own:
            own.add(Note(id=1, body="x")); own.commit()
            note = own.scalar(select(Note))
            own.refresh(note)
            own.expire_all()
            print(note.body)
        with Session(engine) as own:
            note = own.scalar(select(Note))
            note.body
        """)
    )
    assert run.status == "ok", run.error
    assert [(s.lazy_load, s.line) for s in run.statements if s.lazy_load] == [
        ("Note.body", 11),
        ("Note.body", 14),
    ]


def test_transactions_and_savepoints(go_each: Go) -> None:
    run = go_each(
        code("""
        session.add(Customer(name="Di"))
        session.flush()
        nested = session.begin_nested()
        session.add(Customer(name="Ed"))
        session.flush()
        nested.rollback()
        with session.begin_nested():
            session.add(Customer(name="Fa"))
        session.commit()
        session.scalar(select(func.count(Customer.id)))
        session.rollback()
        """),
        state=True,
    )
    assert told(run) == [
        ("BEGIN", 2),
        ("INSERT INTO", 2),
        ("SAVEPOINT sa_savepoint_1", 5),
        ("INSERT INTO", 5),
        ("ROLLBACK TO", 6),
        ("SAVEPOINT sa_savepoint_2", 7),
        ("INSERT INTO", 7),
        ("RELEASE SAVEPOINT", 7),
        ("COMMIT", 9),
        ("BEGIN", 10),
        ("SELECT count(customers.id)", 10),
        ("ROLLBACK", 11),
    ]
    assert {s.kind for s in run.statements} == {"transaction", "insert", "select"}
    assert run.committed
    assert [row[1] for row in run.state.table("customers").rows] == [
        "Ana",
        "Bo",
        "Čára",
        "Di",
        "Fa",
    ]


def test_executemany_counts_its_sets(go: Go) -> None:
    run = go(
        "session.execute(insert(Customer), [{'id': n, 'name': str(n)} for n in range(10, 15)])"
    )
    (statement,) = [s for s in run.statements if s.kind == "insert"]
    assert statement.many == 5
    assert statement.parameters == [10, "10"]
    assert statement.rows == 5


def test_rows_of_inserts_that_return_something(go: Go) -> None:
    run = go("session.add_all([Customer(name=str(n)) for n in range(3)])\nsession.flush()")
    assert [s.rows for s in run.statements if s.kind == "insert"] == [1, 1, 1]
    run = go(
        "session.scalars(insert(Customer).returning(Customer), [{'name': 'a'}, {'name': 'b'}]).all()"
    )
    assert [s.rows for s in run.statements if s.kind == "insert"] == [2]
    assert run.result.statement == 1
    run = go(
        "session.execute(update(Customer).where(Customer.id < 3).values(name='x').returning(Customer.id)).all()"
    )
    assert [s.rows for s in run.statements if s.kind == "update"] == [2]


def test_engines_that_the_learner_made_are_seen(go: Go) -> None:
    run = go(
        code("""
        own = create_engine("sqlite:///meubanco.db")
        with own.connect() as connection:
            connection.execute(text("CREATE TABLE t (a)"))
            connection.execute(text("INSERT INTO t VALUES (:a)"), {"a": 5})
            connection.commit()
        memory = create_engine("sqlite://")
        with memory.begin() as connection:
            connection.exec_driver_sql("SELECT 1")
        """)
    )
    assert told(run) == [
        ("BEGIN", 3),
        ("CREATE TABLE", 3),
        ("INSERT INTO", 4),
        ("COMMIT", 5),
        ("BEGIN", 7),
        ("SELECT 1", 8),
        ("COMMIT", 7),
    ]
    assert [s.connection for s in run.statements] == [1] * 4 + [2] * 3


def test_two_connections_see_only_what_is_committed(go: Go) -> None:
    run = go(
        code("""
        count = text("SELECT count(*) FROM customers")
        session.add(Customer(name="Di"))
        session.flush()
        with engine.connect() as second:
            before = second.scalar(count)
        session.commit()
        with engine.connect() as second:
            after = second.scalar(count)
        (before, after)
        """)
    )
    assert run.result.rows == [(3, 4)]


def test_foreign_keys_are_enforced_and_our_pragma_is_not_listed(go: Go) -> None:
    run = go("session.add(Order(customer_id=99))\nsession.commit()")
    assert run.error.type == "IntegrityError"
    assert run.error.orig == "IntegrityError"
    assert run.error.code == "gkpj"
    assert run.error.context["sqlite_errorname"] == "SQLITE_CONSTRAINT_FOREIGNKEY"
    assert not any(s.kind == "pragma" for s in run.statements)


def test_reflection_is_listed_as_what_it_is(go: Go) -> None:
    run = go("inspect(engine).get_table_names()")
    kinds = [s.kind for s in run.statements if s.kind != "transaction"]
    assert kinds == ["select"] or kinds == ["pragma"]


def test_autocommit_has_no_marks_and_needs_no_commit(go: Go) -> None:
    run = go(
        code("""
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("INSERT INTO customers (name) VALUES ('x')"))
        """)
    )
    assert [s.kind for s in run.statements] == ["insert"]
    assert run.committed


@pytest.mark.parametrize(
    ("code", "committed"),
    [
        ("session.add(Customer(name='x')); session.commit()", True),
        ("session.add(Customer(name='x')); session.flush()", False),
        ("session.add(Customer(name='x')); session.flush(); session.rollback()", False),
        ("session.scalars(select(Customer)).all(); session.commit()", False),
        ("insert(Customer).values(name='x')", True),
        ("session.add(Customer(name='x')); session.commit(); session.add(Customer(name='y')); session.flush()", False),
        ("with engine.begin() as c: c.execute(insert(Customer).values(name='x'))", True),
    ],
)  # fmt: skip
def test_committed_tells_of_the_last_change(go: Go, code: str, committed: bool) -> None:
    run = go(code)
    assert run.status == "ok", run.error
    assert run.committed is committed


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("SELECT 1", "select"),
        ("  -- c\n/* x */ select 1", "select"),
        ("VALUES (1)", "select"),
        ("WITH a AS (SELECT 1) SELECT * FROM a", "select"),
        ("WITH a AS (SELECT ')') INSERT INTO customers (name) SELECT 'q'", "insert"),
        ("REPLACE INTO customers VALUES (1, 'x')", "insert"),
        ("PRAGMA user_version", "pragma"),
        ("EXPLAIN SELECT 1", "other"),
        ("CREATE TABLE t (a)", "ddl"),
        ("SAVEPOINT x", "transaction"),
    ],
)
def test_kinds(go: Go, sql: str, kind: str) -> None:
    run = go(f"c = engine.connect()\nc.exec_driver_sql({sql!r})")
    assert [s.kind for s in run.statements][1:] == [kind]


def test_named_parameters_keep_their_names(go: Go) -> None:
    run = go(
        "c = engine.connect()\nc.exec_driver_sql('SELECT :a, :b', {'a': 1, 'b': b'\\xff'}).all()"
    )
    assert run.statements[-1].parameters == {"a": 1, "b": Special("bytes", "ff")}


def test_statements_beyond_the_limit_are_counted(go: Go) -> None:
    run = go("for n in range(30): session.scalar(select(n))", limits=Limits(statements=10))
    assert len(run.statements) == 10
    assert run.statements_dropped == 21


def test_a_flood_of_long_statements_is_counted_not_kept(go: Go) -> None:
    run = go(
        "for n in range(60): session.scalar(text(f\"SELECT '{n:0900000d}'\"))",
        limits=Limits(seconds=30),
    )
    assert run.status == "ok", run.error
    assert run.statements_dropped > 30
    assert len(run.statements) + run.statements_dropped == 61


@pytest.mark.parametrize(
    ("code", "kept", "dropped"),
    [
        ("session.execute(text('SELECT 1 --' + 'x' * 1_000_000))", 2, 1),
        (
            "for n in range(12):\n    session.execute(text('SELECT ' + ', '.join(f':p{i}' for i in "
            "range(200))), {f'p{i}': 'x' * 10_000 for i in range(200)})",
            10,
            4,
        ),
    ],
    ids=["a long statement", "long parameters"],
)
def test_what_is_too_long_to_list_is_counted_only(
    go: Go, code: str, kept: int, dropped: int
) -> None:
    run = go(f"{code}\nsession.execute(text('SELECT 2'))")
    assert run.status == "ok", run.error
    assert (len(run.statements), run.statements_dropped) == (kept, dropped)


def test_a_long_name_of_a_column_is_cut(go: Go) -> None:
    run = go("[{'n' * 10_001: 1}]")
    assert run.result is not None
    assert [len(name) for name in run.result.columns] == [10_000]
    assert go("[dict.fromkeys(range(10_001))]").error is not None


def test_the_line_is_that_of_the_innermost_own_frame(go: Go) -> None:
    run = go(
        code("""
        def load():
            return session.scalars(select(Customer)).all()

        def outer():
            return load()
        outer()
        """)
    )
    assert {s.line for s in run.statements} == {2}


def test_warnings_have_category_message_and_line(go: Go) -> None:
    run = go("x = 1\nsession.query(Customer).get(1)\nselect(Customer.id, Order.id)")
    assert [(w.category, w.line) for w in run.warnings] == [
        ("LegacyAPIWarning", 2),
        ("SAWarning", 3),
    ]
    assert "Query.get() method is considered legacy" in run.warnings[0].message
    assert "sqlalche.me" not in run.warnings[0].message


def test_async_engines(go_each: Go) -> None:
    pytest.importorskip("aiosqlite")
    run = go_each(
        code("""
        import asyncio
        from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

        own = create_async_engine(database_url.replace("sqlite", "sqlite+aiosqlite"))

        async def names():
            async with AsyncSession(own) as s:
                customers = await s.scalars(
                    select(Customer).order_by(Customer.id))
                return [c.name for c in customers]

        asyncio.run(names())
        """)
    )
    assert run.result.rows == [("Ana",), ("Bo",), ("Čára",)]
    assert told(run) == [("BEGIN", 8), ("SELECT customers.id,", 8), ("ROLLBACK", 12)]
    assert run.statements[1].rows == 3
