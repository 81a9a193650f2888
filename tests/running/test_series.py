"""One attempt on several databases gives what as many attempts would give, each in its child."""

import threading
from typing import Any

import msgspec
import pytest

from playground.running import Job, Limits, Run, Runner

LEAVES_NOTHING = {
    "rows": "select(Customer.id, Customer.name).order_by(Customer.id)",
    "objects": "session.scalars(select(Customer)).all()",
    "lazy loads": "[len(c.orders) for c in session.scalars(select(Customer))]",
    "a joined load": "session.scalars(select(Order).options(joinedload(Order.customer))).all()",
    "no value": "x = 1",
    "a change": "session.add(Customer(name='x'))\nsession.commit()\nselect(Customer.name)",
    "a change not committed": "session.add(Customer(name='x'))\nsession.flush()\n1",
    "a change by itself": "update(Customer).values(name='u')",
    "an error": "print('before')\n1 / 0",
    "an error of the database": "session.execute(text('select nothing'))",
    "an error that is handled": "try:\n  session.get(Customer, 1).nothing\nexcept AttributeError:\n  print('no')",
    "broken text": "select(",
    "warnings": "import warnings\nwarnings.warn('once')\nselect(Customer.id, Order.id)",
    "a warning of the library": "session.execute(select(Customer, Order)).all()\n1",
    "decimals": "session.scalars(select(Order.total)).all()",
    "output": "print('a')\nprint('b')\nfor c in session.scalars(select(Customer)): print(c.name)",
    "two connections": "a = engine.connect()\nb = engine.connect()\na.execute(text('select 1'))\n"
    "b.execute(text('select 2'))\n1",
    "an engine of its own": "e = create_engine(database_url)\n"
    "with e.connect() as c:\n  r = c.execute(text('select count(*) from customers')).all()\nr",
    "a database of its own": "engine = create_engine('sqlite:///own.db')\n"
    "with engine.begin() as c:\n  c.execute(text('create table t (a)'))",
    "a database in memory": "engine = create_engine('sqlite://')\n"
    "with engine.begin() as c:\n  c.execute(text('create table t (a)'))",
    "a pool that is put away": "engine.dispose()\nselect(Customer.id)",
    "the same text again": "[session.scalar(select(func.count(Customer.id))) for _ in range(3)]",
    "an open cursor": "r = session.execute(select(Customer))\nr.first()",
    "a connection of the driver": "import sqlite3\nk = sqlite3.connect('x.db')\n"
    "k.execute('create table t (a)')\nk.execute('select 1').fetchone()",
    "models of its own": "class Own(DeclarativeBase): pass\n"
    "class Thing(Own):\n  __tablename__ = 'things'\n  id: Mapped[int] = mapped_column(primary_key=True)\n"
    "  parts: Mapped[list['Part']] = relationship()\n"
    "class Part(Own):\n  __tablename__ = 'parts'\n  id: Mapped[int] = mapped_column(primary_key=True)\n"
    "  thing_id: Mapped[int] = mapped_column(ForeignKey('things.id'))\n"
    "Own.metadata.create_all(engine)\nsession.add(Thing(id=1, parts=[Part(), Part()]))\nsession.commit()\n"
    "session.scalars(select(Part)).all()",
    "a broken model of its own": "class Own(DeclarativeBase): pass\n"
    "class Thing(Own):\n  __tablename__ = 'things'\n  id: Mapped[int] = mapped_column(primary_key=True)\n"
    "  parts: Mapped[list['Nothing']] = relationship()\nThing()",
    "a table of its own": "t = Table('t', MetaData(), Column('a', Integer))\n"
    "t.create(engine)\nsession.execute(t.insert(), [{'a': 1}, {'a': 2}])\nsession.commit()\nselect(t)",
    "files that are closed": "with open('f', 'w') as f: f.write('x')\nopen('f').read()",
}
LEAVES_SOMETHING = {
    "a model on the preloaded base": "class New(Base):\n  __tablename__ = 'new'\n"
    "  id: Mapped[int] = mapped_column(primary_key=True)\nBase.metadata.create_all(engine)\n1",
    "a table in the preloaded metadata": "Table('new', Base.metadata, Column('a', Integer))\n"
    "sorted(Base.metadata.tables)",
    "a column of a preloaded table": "Customer.__table__.append_column(Column('more', Integer))\n"
    "len(tables['customers'].columns)",
    "an index of a preloaded table": "Index('i', Customer.name)\nlen(tables['customers'].indexes)",
    "an attribute of a model": "found = hasattr(Customer, 'seen')\nfor c in [Customer]: c.seen = 1\nfound",
    "an attribute of the engine": "found = hasattr(engine, 'seen')\n"
    "for e in [engine]: e.seen = 1\nfound",
    "an attribute of the dialect": "found = hasattr(engine.dialect, 'seen')\n"
    "engine.dialect.seen = 1\nfound",
    "options of the engine": "found = engine.get_execution_options()\n"
    "engine.update_execution_options(isolation_level='AUTOCOMMIT')\nlen(found)",
    "a patch of the library": "import sqlalchemy\nfound = sqlalchemy.func\nsqlalchemy.func = 1\nfound is func",
    "a patch of Python": "import builtins\nfound = len('ab')\nbuiltins.len = lambda x: 0\nfound",
    "a listener": "seen = []\n@event.listens_for(Session, 'before_commit')\n"
    "def note(session): seen.append(1); print('commit')\nsession.add(Customer(name='n'))\n"
    "session.commit()\nlen(seen)",
    "a file that stays open": "f = open('f', 'w')\nimport os\nsorted(os.listdir())",
    "a list of files": "import os\nfound = sorted(os.listdir())\nopen('left', 'w').close()\nfound",
    "a thread": "import threading, time\nbefore = threading.active_count()\n"
    "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\nbefore",
    "the environment": "import os\nfound = os.environ.get('SEEN')\nos.environ['SEEN'] = '1'\nfound == None",
    "the chance": "import random\nrandom.seed(1)\n1",
    "an end": "import sys\nprint('bye')\nsys.exit(0)",
    "a hard end": "import os\nos._exit(0)",
    "a crash": "import os\nos.abort()",
    "a flood": "while True: print('x' * 1000)",
    "no end": "while True: pass",
    "what runs when it is let go": "class Late:\n  def __del__(self): print('late')\nlate = Late()\n1",
}
QUICK = Limits(seconds=1.0, output_bytes=100_000)


def told(run: Run) -> Any:
    """A run without its times."""
    statements = [msgspec.structs.replace(each, elapsed_ms=None) for each in run.statements]
    return msgspec.structs.replace(run, elapsed_ms=0, statements=statements)


def compare(runner: Runner, job: Job, databases: list[bytes]) -> None:
    each = runner.run_each(job, databases)
    alone = [runner.run(msgspec.structs.replace(job, database=data)) for data in databases]
    if any(run.status == "output" for run in alone):  # how much came through is chance
        assert [run.status for run in each] == [run.status for run in alone]
        return
    assert [told(run) for run in each] == [told(run) for run in alone]


@pytest.fixture(scope="module")
def other(runner: Runner, shop: bytes) -> bytes:
    """Another image of the shop."""
    code = "session.add(Customer(id=9, name='Zoe', orders=[Order(total=7)]))"
    return runner.build(code, database=shop)


@pytest.mark.parametrize("name", [*LEAVES_NOTHING, *LEAVES_SOMETHING])
def test_each_run_is_as_one_of_its_own(
    name: str, runner: Runner, shop: bytes, other: bytes
) -> None:
    code = (LEAVES_NOTHING | LEAVES_SOMETHING)[name]
    job = Job(code, b"", state=True, whole=True, limits=QUICK)
    compare(runner, job, [shop, other, shop])


@pytest.mark.parametrize("name", ["rows", "a change", "output", "an error", "a listener"])
def test_so_it_is_in_spawned_children(
    name: str, each_runner: Runner, shop: bytes, other: bytes
) -> None:
    code = (LEAVES_NOTHING | LEAVES_SOMETHING)[name]
    compare(each_runner, Job(code, b"", state=True), [shop, other])


def test_an_engine_made_after_a_warning_is_looked_at_as_well(
    runner: Runner, shop: bytes, other: bytes
) -> None:
    code = (
        "import warnings\n"
        "if session.scalar(select(func.count(Customer.id))) == 3: warnings.warn('few')\n"
        "found = hasattr(engine, 'seen')\n"
        "if session.scalar(select(func.count(Customer.id))) > 3:\n"
        "    for e in [engine]: e.seen = 1\n"
        "found"
    )
    compare(runner, Job(code, b""), [shop, other, shop, other, other])


def test_setup_and_after_run_on_each(runner: Runner, shop: bytes, other: bytes) -> None:
    job = Job(
        "c = session.get(Customer, 1)",
        b"",
        setup="session.execute(text('update customers set name = name || 1'))\nsession.commit()",
        after="c.name",
    )
    compare(runner, job, [shop, other, shop])


@pytest.mark.parametrize(
    "script",
    [
        "SELECT name FROM customers",
        "PRAGMA foreign_keys = OFF; DELETE FROM customers; SELECT 1",
        "CREATE TEMP TABLE t AS SELECT 1 AS a; SELECT * FROM t",
        "PRAGMA journal_mode = WAL; DELETE FROM orders",
        "BEGIN; DELETE FROM orders; SELECT nothing",
    ],
)
def test_sql_on_each(script: str, runner: Runner, shop: bytes, other: bytes) -> None:
    compare(runner, Job(script, b"", language="sql", state=True), [shop, other, shop])


@pytest.mark.parametrize("name", LEAVES_NOTHING)
def test_one_child_does_where_nothing_is_left(
    name: str, shop: bytes, other: bytes, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    from playground.running.children import Children

    taken = []
    take = Children.take

    def counted(self: Children) -> object:
        taken.append(1)
        return take(self)

    monkeypatch.setattr(Children, "take", counted)
    runner.run_each(Job(LEAVES_NOTHING[name], b""), [shop, other, shop, other])
    assert len(taken) == (4 if name in ("broken text",) else 1)


def test_no_databases(runner: Runner) -> None:
    assert runner.run_each(Job("1", b""), []) == []


def test_states_are_read_when_asked_for(runner: Runner, shop: bytes, other: bytes) -> None:
    with runner.series(
        Job("session.add(Customer(name='x'))\nsession.commit()", b"", state=True)
    ) as series:
        runs = [series.run(shop, more=True), series.run(other)]
        assert [run.state for run in runs] == [None, None]
        (second,) = series.states([1])
        (first,) = series.states([0])
        assert series.states([0]) == [None]  # read once
    tables = [state.table("customers") for state in (first, second) if state is not None]
    assert [table.total for table in tables if table is not None] == [4, 5]


def test_a_series_ends_when_it_is_not_wanted(runner: Runner, shop: bytes) -> None:
    cancel = threading.Event()
    cancel.set()
    runs = runner.run_each(Job("while True: pass", b""), [shop, shop], cancel=cancel)
    assert [run.status for run in runs] == ["cancelled", "cancelled"]
    assert runner.run(Job("1", shop)).status == "ok"


def test_a_second_answer_is_none(runner: Runner, shop: bytes) -> None:
    code = (
        "import sys\n"
        "frames = sys.modules['sandbox.child.frames']\n"
        "send = frames.Wire.send\n"
        "def twice(self, *parts):\n"
        "    send(self, *parts)\n"
        "    send(self, *parts)\n"
        "frames.Wire.send = twice\n"
        "1"
    )
    runs = runner.run_each(Job(code, b""), [shop, shop, shop])
    assert [run.status for run in runs[:2]] == ["invalid-result", "invalid-result"]


def test_a_run_that_changed_nothing_has_the_state_of_before(runner: Runner, shop: bytes) -> None:
    before = runner.state(shop)
    for code in ("select(Customer)", "session.add(Customer(name='x'))\nsession.flush()"):
        assert runner.run(Job(code, shop, state=True)).state == before
    changed = runner.run(Job("session.add(Customer(name='x'))\nsession.commit()", shop, state=True))
    assert changed.state not in (None, before)
    wal = "with engine.connect() as c: c.exec_driver_sql('PRAGMA journal_mode=WAL')\n"
    late = runner.run(
        Job(f"{wal}session.add(Customer(name='x'))\nsession.commit()", shop, state=True)
    )
    assert late.state == changed.state
