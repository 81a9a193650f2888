"""What the value of a run is, and which table it makes."""

import pytest

from playground.running import Special

from .conftest import Go


def table(run):
    assert run.status == "ok", run.error
    return run.result and (run.result.columns, run.result.rows)


@pytest.mark.parametrize(
    "code",
    [
        "select(Customer.id, Customer.name).order_by(Customer.id)",
        "text('SELECT id, name FROM customers ORDER BY id')",
        "select(Customer).order_by(Customer.id)",
        "session.scalars(select(Customer).order_by(Customer.id)).all()",
        "session.scalars(select(Customer).order_by(Customer.id))",
        "session.execute(select(Customer).order_by(Customer.id))",
        "session.execute(select(Customer.id, Customer.name).order_by(Customer.id)).mappings()",
        "session.execute(text('SELECT id, name FROM customers ORDER BY id')).mappings().all()",
        "C = aliased(Customer)\nselect(C).order_by(C.id)",
        "C = aliased(Customer)\nsession.execute(select(C).order_by(C.id))",
        "C = aliased(Customer, select(Customer).subquery())\nselect(C).order_by(C.id)",
        "session.query(Customer).order_by(Customer.id)",
        "session.query(Customer.id, Customer.name).order_by(Customer.id).all()",
        "select(tables['customers'].c['id', 'name']).order_by(text('id'))",
        "result = session.scalars(select(Customer).order_by(Customer.id)).all()",
        "[{'id': c.id, 'name': c.name} for c in session.scalars(select(Customer))]",
        "connection = engine.connect()\nconnection.execute(text('SELECT id, name FROM customers'))",
        "(row for row in session.execute(select(Customer.id, Customer.name)))",
    ],
)
def test_the_same_rows_however_they_are_asked_for(go: Go, code: str) -> None:
    assert table(go(code)) == (["id", "name"], [(1, "Ana"), (2, "Bo"), (3, "Čára")])


@pytest.mark.parametrize(
    ("code", "columns", "rows"),
    [
        ("1 + 1", ["value"], [(2,)]),
        ("'text'", ["value"], [("text",)]),
        ("[1, 2]", ["value"], [(1,), (2,)]),
        ("(1, 'a')", ["column_1", "column_2"], [(1, "a")]),
        ("[(1, None), (2, True)]", ["column_1", "column_2"], [(1, None), (2, True)]),
        ("{'a': 1, 'b': 2}", ["a", "b"], [(1, 2)]),
        ("[{'a': 1}, {'b': 2}]", ["a", "b"], [(1, None), (None, 2)]),
        ("{1: 'x', 2: 'y'}", ["column_1", "column_2"], [(1, "x"), (2, "y")]),
        ("range(2)", ["value"], [(0,), (1,)]),
        ("[]", [], []),
        ("session.get(Customer, 1)", ["id", "name"], [(1, "Ana")]),
        ("session.get(Customer, 1).orders", ["id", "customer_id", "total"], None),
        ("session.scalar(select(func.count()).select_from(Customer))", ["value"], [(3,)]),
        ("session.execute(select(Customer.id.label('n'))).first()", ["n"], [(1,)]),
        ("select(Customer.id.label('x'), Customer.id.label('x')).limit(1)", None, [(1, 1)]),
        ("result = 5\nNone", ["value"], [(5,)]),
        (
            "make_url('sqlite:///x.db')",
            ["value"],
            [(Special(type="URL", text="sqlite:///x.db", length=None),)],
        ),
        ("select(Customer, Order.id).outerjoin(Customer.orders).where(Customer.id == 3)",
         ["id", "name", "id"], [(3, "Čára", None)]),
        ("select(Order, Customer).join(Order.customer).where(Order.id == 3)",
         ["id", "customer_id", "total", "id", "name"],
         [(3, 2, Special("Decimal", "2.50"), 2, "Bo")]),
        ("select(Customer).where(Customer.id > 9)", ["id", "name"], []),
        ("C = aliased(Customer)\nselect(C).where(C.id > 9)", ["id", "name"], []),
        ("C = aliased(Customer)\nselect(C, C.id).where(C.id == 1)",
         ["id", "name", "id"], [(1, "Ana", 1)]),
        ("text('SELECT 1 AS a, 2 AS a')", ["a", "a"], [(1, 2)]),
        ("from sqlalchemy.orm import joinedload\nselect(Customer).options(joinedload(Customer.orders))",
         ["id", "name"], [(1, "Ana"), (2, "Bo"), (3, "Čára")]),
    ],
)  # fmt: skip
def test_values_of_every_shape_are_tables(go: Go, code: str, columns, rows) -> None:
    run = go(code)
    assert run.status == "ok", run.error
    assert columns is None or run.result.columns == columns
    assert rows is None or run.result.rows == rows
    assert run.result.total == len(run.result.rows)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "# nothing",
        "None",
        "x = 3",
        "session.commit()",
        "print('x')",
        "with engine.connect() as c:\n    result = c.execute(select(Customer.id))\n    row = result.fetchone()",
        "result = session.execute(select(Customer))\nrows = result.all()",
        "delete(Order)",
        "session.execute(update(Customer).values(name='x'))",
        "text('CREATE TABLE t (a)')",
        "session.execute(insert(Customer), [{'name': 'x'}, {'name': 'y'}])",
        "session.execute(update(Customer), [{'id': 1, 'name': 'y'}])",
    ],
)
def test_no_value_and_no_rows_are_no_result(go: Go, code: str) -> None:
    assert table(go(code)) is None


def test_other_values_are_their_repr_in_one_cell(go: Go) -> None:
    run = go("engine")
    assert run.result.columns == ["value"]
    (cell,) = run.result.rows[0]
    assert isinstance(cell, Special)
    assert cell.type == "Engine"
    assert cell.text.startswith("Engine(sqlite:///")


def test_a_method_that_was_not_called_is_seen(go: Go) -> None:
    (cell,) = go("session.commit").result.rows[0]
    assert isinstance(cell, Special)
    assert cell.type == "method"


@pytest.mark.parametrize(
    ("code", "cell"),
    [
        ("Decimal = __import__('decimal').Decimal; Decimal('1.50')", Special("Decimal", "1.50")),
        ("b'\\x00\\xff'", Special("bytes", "00ff")),
        ("2**70", Special("int", str(2**70))),
        ("2**63 - 1", 2**63 - 1),
        ("-2**63", -(2**63)),
        ("float('nan')", Special("float", "nan")),
        ("float('inf')", Special("float", "inf")),
        ("1e16", 1e16),
        ("import datetime\ndatetime.datetime(2024, 1, 2, 3, 4)", Special("datetime", "2024-01-02 03:04:00")),
        ("import datetime\ndatetime.date(2024, 1, 2)", Special("date", "2024-01-02")),
        ("'a' * 10_001", Special("str", "a" * 10_000, 10_001)),
        ("'\\ud800x'", "\ufffdx"),
        ("'a\\0b'", "a\0b"),
        ("class Liar(str):\n    def __eq__(self, other): return True\nLiar('x')", "x"),
        ("class Bad:\n    def __repr__(self): 1/0\nBad()",
         Special("Bad", "<Bad: its repr() raised ZeroDivisionError>")),
    ],
)  # fmt: skip
def test_cells(go: Go, code: str, cell: object) -> None:
    assert go(code).result.rows == [(cell,)]


def test_a_statement_is_executed_where_session_points_and_committed_if_it_writes(go: Go) -> None:
    code = """
    other = create_engine("sqlite:///other.db")
    with other.begin() as connection:
        connection.execute(text("CREATE TABLE t (a)"))
    engine = other
    session = Session(other)
    text("INSERT INTO t VALUES (7)")
    """
    run = go("\n".join(line[4:] for line in code.splitlines()), state=True)
    assert run.status == "ok", run.error
    assert run.committed
    assert [(table.name, table.rows) for table in run.state.tables] == [("t", [(7,)])]


def test_a_statement_that_the_learner_executed_is_not_committed(go: Go) -> None:
    run = go("session.execute(insert(Customer).values(name='x'))", state=True)
    assert not run.committed
    assert run.state.table("customers").total == 3


def test_reading_a_value_is_not_listed(go: Go) -> None:
    code = "c = session.get(Customer, 1)\nsession.commit()\nc"
    run = go(code)
    assert run.result.rows == [(1, "Ana")]
    assert [statement.kind for statement in run.statements] == [
        "transaction",
        "select",
        "transaction",
    ]


def test_an_attribute_that_cannot_be_loaded_is_the_learners_error(go: Go) -> None:
    run = go("c = session.get(Customer, 1)\nsession.commit()\nsession.close()\nc")
    assert run.status == "error"
    assert run.error.type == "DetachedInstanceError"
    assert run.error.code == "bhk3"
    assert run.error.line == 4


def test_after_gives_the_value(go: Go) -> None:
    code = "customers = session.scalars(select(Customer).order_by(Customer.id)).all()"
    run = go(code, after="[(c.name, len(c.orders)) for c in customers]")
    assert run.result.rows == [("Ana", 2), ("Bo", 1), ("Čára", 0)]
    lines = [(statement.line, statement.lazy_load) for statement in run.statements[1:]]
    assert lines == [(1, None)] + [(None, "Customer.orders")] * 3
    assert run.result.statement is None


def test_setup_runs_first_and_has_no_line(go: Go) -> None:
    run = go("limit", setup="limit = session.scalar(select(func.count(Customer.id)))")
    assert run.result.rows == [(3,)]
    assert {statement.line for statement in run.statements} == {None}


@pytest.mark.parametrize(
    ("code", "is_statements"),
    [
        ("select(Customer.id)", True),
        ("session.scalars(select(Customer.id)).all()", True),
        ("rows = session.execute(select(Customer.id)).all()\nrows", True),
        ("[c.id for c in session.scalars(select(Customer))]", False),
        ("sorted(session.scalars(select(Customer.id)))", False),
        ("session.query(Customer)", True),
    ],
)
def test_which_statement_the_rows_are_of(go: Go, code: str, is_statements: bool) -> None:
    run = go(code)
    assert (run.result.statement == 1) is is_statements
    if is_statements:
        assert run.statements[1].kind == "select"
        assert run.statements[1].rows == 3


def test_types_of_columns_are_those_of_the_statement(go: Go) -> None:
    assert go("select(Order.id, Order.total)").result.types == ["Integer", "Numeric"]
    assert go("select(Order)").result.types == ["Integer", "Integer", "Numeric"]
    assert go("text('SELECT id FROM orders')").result.types == [None]


def test_versions_of_packages_can_be_asked_for(go: Go) -> None:
    run = go(
        "from importlib.metadata import version\n(version('sqlalchemy') == __import__('sqlalchemy').__version__,)"
    )
    assert run.status == "ok", run.error
    assert run.result.rows == [(True,)]


def test_namespace(go: Go) -> None:
    code = """
    import models
    from models import Order as Imported
    assert __name__ == "__main__" and Imported is Order is models.Order
    assert set(tables) == {"customers", "orders"} and database_url.startswith("sqlite:///")
    assert str(engine.url) == database_url
    assert isinstance(session, Session) and select and selectinload and mapped_column and exc and event
    import os
    assert os.listdir() == ["playground.db"] and not os.environ.get("HOME")
    open("mine.txt", "w").write("x")
    import dataclasses
    @dataclasses.dataclass
    class Point:
        x: "int"
    Point(1)
    """
    run = go("\n".join(line[4:] for line in code.splitlines()))
    assert run.status == "ok", run.error
