"""The final state, read by another process."""

import sys

import pytest

from playground.running import BuildError, Runner, World

from .conftest import Go

SCHEMA = """
connection = engine.raw_connection()
connection.driver_connection.executescript('''PRAGMA foreign_keys = OFF;
    CREATE TABLE a (id INTEGER PRIMARY KEY, code TEXT NOT NULL DEFAULT 'x', n numeric(5,2),
        UNIQUE (code, n), CHECK (n > 0), CONSTRAINT named CHECK (code <> ')(' ));
    CREATE TABLE b (x, y, a_id INTEGER REFERENCES a(id) ON DELETE CASCADE,
        FOREIGN KEY (x, y) REFERENCES a(code, n) ON UPDATE SET NULL);
    CREATE INDEX b_x ON b (x); CREATE UNIQUE INDEX b_y ON b (y) WHERE y IS NOT NULL;
    CREATE VIEW v AS SELECT 1;
    INSERT INTO a VALUES (2, 'two', 2.5), (1, 'one', NULL);
    INSERT INTO b VALUES ('z', NULL, NULL), ('a', x'00ff', NULL), ('a', 1, NULL), ('a', 2.0, NULL);
''')
"""


def test_tables_columns_keys_constraints_indexes_and_rows(go_empty: Go) -> None:
    a, b = go_empty(SCHEMA, state=True).state.tables
    assert [(c.name, c.type, c.nullable, c.default, c.primary_key) for c in a.columns] == [
        ("id", "INTEGER", False, None, 1),
        ("code", "TEXT", False, "'x'", 0),
        ("n", "NUMERIC(5,2)", True, None, 0),
    ]
    assert a.constraints == ["CHECK (code <> ')(')", "CHECK (n > 0)", "UNIQUE (code, n)"]
    assert a.rows == [(1, "one", None), (2, "two", 2.5)]
    assert b.foreign_keys == [
        "a_id -> a.id ON DELETE CASCADE",
        "x, y -> a.code, a.n ON UPDATE SET NULL",
    ]
    assert b.indexes == ["b_x (x)", "b_y (y) UNIQUE WHERE y IS NOT NULL"]
    assert [row[0] for row in b.rows] == ["a", "a", "a", "z"]
    assert b.total == 4


def test_digest_is_of_typed_rows_whatever_their_order(go_empty: Go) -> None:
    def digest(rows: str) -> str:
        code = f"with engine.begin() as c:\n    c.exec_driver_sql('CREATE TABLE t (a)')\n    c.exec_driver_sql(\"INSERT INTO t VALUES {rows}\")"
        run = go_empty(code, state=True)
        assert run.status == "ok", run.error
        return run.state.tables[0].digest

    assert digest("(1), ('x'), (NULL)") == digest("(NULL), (1), ('x')")
    assert (
        len({digest(rows) for rows in ("(1)", "(1.0)", "('1')", "(x'31')", "(NULL)", "(1), (1)")})
        == 6
    )


def test_more_rows_than_are_shown_are_digested(go_empty: Go) -> None:
    code = """
with engine.begin() as c:
    c.exec_driver_sql("CREATE TABLE t (a)")
    c.exec_driver_sql("INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 10500) SELECT i FROM n")
"""
    one = go_empty(code, state=True).state.tables[0]
    other = go_empty(
        code.replace("SELECT i FROM n", "SELECT max(i, 5 * (i = 10400)) + (i = 10450) FROM n"),
        state=True,
    )
    assert (one.total, len(one.rows)) == (10_500, 10_000)
    assert other.state.tables[0].digest != one.digest


def test_uncommitted_changes_are_not_in_it(go: Go) -> None:
    run = go("session.add(Customer(name='x'))\nsession.flush()", state=True)
    assert run.state.table("customers").total == 3


def test_it_is_of_what_engine_is_bound_to(go: Go) -> None:
    own = "engine = create_engine('{}')\nwith engine.begin() as c: c.execute(text('CREATE TABLE t (a)'))"
    for url in ("sqlite:///mine.db", "sqlite://", "sqlite:///:memory:"):
        run = go(own.format(url), state=True)
        assert [table.name for table in run.state.tables] == ["t"], url


def test_an_empty_database_in_memory_has_no_tables(go: Go) -> None:
    run = go("engine = create_engine('sqlite://')\nengine.url.database", state=True)
    assert run.status == "ok", run.error
    assert run.state.tables == []


def test_an_engine_that_fails_to_connect_has_no_state(go: Go) -> None:
    run = go("def fail(): 1/0\nengine = create_engine('sqlite://', creator=fail)", state=True)
    assert (run.status, run.state) == ("ok", None)


def test_it_is_of_an_async_engine_too(go: Go) -> None:
    pytest.importorskip("aiosqlite")
    run = go(
        "from sqlalchemy.ext.asyncio import create_async_engine\n"
        "engine = create_async_engine('sqlite+aiosqlite:///mine.db')\n"
        "import asyncio\n"
        "async def main():\n"
        "    async with engine.begin() as c: await c.execute(text('CREATE TABLE t (a)'))\n"
        "asyncio.run(main())",
        state=True,
    )
    assert run.status == "ok", run.error
    assert [table.name for table in run.state.tables] == ["t"]


def test_it_is_read_after_an_error_too(go: Go) -> None:
    run = go("session.execute(delete(Order))\nsession.commit()\n1/0", state=True)
    assert run.status == "error"
    assert run.state.table("orders").total == 0


@pytest.mark.parametrize(
    "code",
    [
        "import os\nos.remove('playground.db'); open('playground.db', 'w').write('junk' * 999)",
        "import os\nos.remove('playground.db')",
        "engine = create_engine('sqlite:////etc/passwd')",
        "engine = create_engine('sqlite:///../x.db')",
    ],
)
def test_where_there_is_no_database_there_is_no_state(go: Go, code: str) -> None:
    run = go(code, state=True)
    assert run.status == "ok", run.error
    assert run.state is None


def test_a_link_is_not_followed(shop: bytes) -> None:
    from playground.running import Job

    from .conftest import SHOP

    with Runner(SHOP, level="B") as runner:
        code = "import os\nos.remove('playground.db'); os.symlink('/etc/passwd', 'playground.db')\nos.makedirs('a/b/c'); os.symlink('/', 'a/root')"
        run = runner.run(Job(code, shop, state=True))
        assert (run.status, run.state) == ("ok", None)
        fifo = "import os\nos.remove('playground.db'); os.mkfifo('playground.db')"
        assert runner.run(Job(fifo, shop, state=True)).state is None


def test_an_image_is_read_on_its_own(runner: Runner, shop: bytes) -> None:
    state = runner.state(shop)
    assert [(table.name, table.total) for table in state.tables] == [
        ("customers", 3),
        ("orders", 3),
    ]
    assert runner.state(b"").tables == []
    with pytest.raises(BuildError):
        runner.state(b"no database" * 100)


def test_text_that_is_no_utf8_and_a_wal_are_read(go_empty: Go) -> None:
    run = go_empty(
        "with engine.connect() as c:\n"
        "    c.exec_driver_sql('PRAGMA journal_mode=WAL')\n"
        '    c.exec_driver_sql("CREATE TABLE t (a)")\n'
        "    c.exec_driver_sql(\"INSERT INTO t VALUES (CAST(x'ff41' AS TEXT))\")\n"
        "    c.commit()",
        state=True,
    )
    assert run.state.tables[0].rows == [("\ufffdA",)]


def test_a_world_without_models_has_its_tables_mapped() -> None:
    with Runner(World("none")) as maker:
        image = maker.build("""
connection = engine.raw_connection()
connection.driver_connection.executescript('''PRAGMA foreign_keys = OFF;
    CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT);
    CREATE TABLE "order items" (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers(id),
        helper_id INTEGER REFERENCES customers(id), lost_id INTEGER REFERENCES nowhere(id));
    CREATE TABLE log (line TEXT);
    CREATE VIEW names AS SELECT name FROM customers;
    CREATE TABLE "2nd-table" (id INTEGER PRIMARY KEY, customer TEXT, customer_id REFERENCES customers(id));
    CREATE TABLE odd (a WEIRD(3), b, PRIMARY KEY (a, b));
    INSERT INTO customers VALUES (1, 'Ana');
    INSERT INTO "order items" VALUES (5, 1, NULL, NULL);
    INSERT INTO log VALUES ('x');
''')
""")
    from playground.running import Job

    with Runner(World("own", None, schema=image)) as runner:
        told = runner.describe()
        assert {t.name: t.model for t in told.tables} == {
            "customers": "Customers", "order items": "OrderItems", "log": None, "names": None,
            "2nd-table": "T2ndTable", "odd": "Odd",
        }  # fmt: skip
        assert runner.run(Job("session.get(OrderItems, 5).customer.name", image)).result.rows == [
            ("Ana",)
        ]
        run = runner.run(Job("select(tables['log'])", image))
        assert run.result.rows == [("x",)]
        run = runner.run(Job("session.get(Customers, 1)", image))
        assert run.result.rows == [(1, "Ana")]
        run = runner.run(Job("sorted(r.key for r in inspect(Customers).relationships)", image))
        assert len(run.result.rows) == 3, run.result.rows


def test_files_that_several_runs_leave_are_told_apart_and_known_again(go: Go) -> None:
    def left(name: str) -> str:
        run = go(f"session.get(Customer, 1).name = {name!r}\nsession.commit()", state=True)
        return run.state.table("customers").rows[0][1]

    names = ["Eva", "Ida", "Eva", "Ana"]
    assert [left(name) for name in names] == names


def test_an_empty_database_that_nobody_touched_has_no_tables(go_empty: Go) -> None:
    state = go_empty("1", state=True).state
    assert state is not None
    assert state.tables == []


@pytest.mark.skipif(sys.platform == "win32", reason="limits of files are POSIX")
def test_a_reader_that_cannot_be_had_says_nothing_of_the_database() -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Runner(World("empty"), spares=0) as runner:
        image = runner.build("session.execute(text('CREATE TABLE t (id INTEGER)'))")
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
        try:
            with pytest.raises(BuildError) as caught:
                runner.state(image)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert caught.value.ours
        assert [table.name for table in runner.state(image).tables] == ["t"]
        with pytest.raises(BuildError) as caught:
            runner.state(b"no database" * 1000)
        assert not caught.value.ours
