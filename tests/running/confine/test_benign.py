"""What a learner's code needs must work under every layer."""

import functools

import pytest

from tests.running.confine.confined import Bench

WORKS = {
    "threads": "import threading\nt = threading.Thread(target=print)\nt.start()\nt.join()",
    "a pool of threads": (
        "from concurrent.futures import ThreadPoolExecutor as P\nwith P(4) as p: r = list(p.map(str, range(9)))\nr"
    ),
    "asyncio": "import asyncio\nasyncio.run(asyncio.sleep(0.001, 'slept'))",
    "asyncio with threads": "import asyncio\nasyncio.run(asyncio.to_thread(str, 1))",
    "async SQLAlchemy": (
        "import asyncio\nfrom sqlalchemy import text\nfrom sqlalchemy.ext.asyncio import create_async_engine\n"
        "async def main():\n"
        "    engine = create_async_engine('sqlite+aiosqlite:///async.db')\n"
        "    async with engine.begin() as connection:\n"
        "        value = (await connection.execute(text('select 40 + 2'))).scalar()\n"
        "    await engine.dispose()\n"
        "    return value\n"
        "asyncio.run(main())"
    ),
    "the ORM": (
        "from sqlalchemy import create_engine, select\n"
        "from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column\n"
        "class Base(DeclarativeBase): pass\n"
        "class Note(Base):\n"
        "    __tablename__ = 'note'\n"
        "    id: Mapped[int] = mapped_column(primary_key=True)\n"
        "e = create_engine('sqlite:///orm.db')\nBase.metadata.create_all(e)\n"
        "with Session(e) as s: s.add(Note(id=7)); s.commit()\n"
        "Session(e).scalars(select(Note)).one().id"
    ),
    "a write-ahead log": (
        "import sqlite3\na = sqlite3.connect('wal.db')\n"
        "m = a.execute('pragma journal_mode=wal').fetchone()\na.execute('create table t (x)')\n"
        "a.execute('insert into t values (1)')\na.commit()\n"
        "(m, sqlite3.connect('wal.db').execute('select * from t').fetchall())"
    ),
    "a rollback journal": (
        "import sqlite3\nc = sqlite3.connect('journal.db')\nc.execute('create table t (x)')\n"
        "c.execute('insert into t values (1)')\nc.rollback()\nc.execute('select count(*) from t').fetchall()"
    ),
    "sorting on disk": (
        "import sqlite3\nc = sqlite3.connect('sort.db')\nc.execute('pragma temp_store = 1')\n"
        "c.execute('pragma cache_size = 10')\n"
        "c.execute('create temp table t as with recursive n(i) as (select 1 union all select i+1 from n"
        " where i < 20000) select i, hex(randomblob(20)) h from n')\n"
        "len(c.execute('select * from t order by h').fetchall())"
    ),
    "vacuum": "import sqlite3\nc = sqlite3.connect('orm.db')\nc.execute('vacuum')",
    "files of its own": (
        "import os, pathlib\npathlib.Path('a.txt').write_text('x')\nos.rename('a.txt', 'b.txt')\n"
        "t = pathlib.Path('b.txt').read_text()\nos.remove('b.txt')\n(t, os.path.exists('b.txt'))"
    ),
    "copying a file": "import shutil\nopen('c', 'w').write('c')\nshutil.copyfile('c', 'd')",
    "a temporary file": (
        "import os, tempfile\nf = tempfile.NamedTemporaryFile()\nf.write(b'x')\nos.listdir('.')"
    ),
    "decimals": "import decimal\ndecimal.Decimal('1.10') * 3",
    "dates": "import datetime\ndatetime.datetime.now().astimezone().tzinfo is not None",
    "time zones": (
        "import datetime, zoneinfo\nz = zoneinfo.ZoneInfo('America/Sao_Paulo')\n"
        "datetime.datetime(2024, 1, 1, tzinfo=z).utcoffset()"
    ),
    "random": "import random, secrets, uuid\n(random.random(), secrets.token_hex(), uuid.uuid4())",
    "json": "import json\njson.loads('[1]')",
    "hashes": "import hashlib\n[hashlib.new(n, b'').digest_size for n in ('sha256', 'md5', 'blake2b')]",
    "compression": "import bz2, gzip, lzma, zlib\nlzma.decompress(lzma.compress(b'x'))",
    "csv, statistics, re": "import csv, re, statistics\nstatistics.mean([1, 2])",
    "dataclasses and enums": "import dataclasses, enum\ndataclasses.make_dataclass('D', ['x'])(1)",
    "ssl can be imported": "import ssl\nTrue",
    "logging, unittest, doctest": "import doctest, logging, unittest\nTrue",
    "signals to itself": (
        "import os, signal\nsignal.signal(signal.SIGUSR1, lambda *a: None)\nos.kill(os.getpid(), signal.SIGUSR1)\n"
        "signal.raise_signal(signal.SIGUSR1)"
    ),
    "an alarm": "import signal\nsignal.setitimer(signal.ITIMER_REAL, 100)\nsignal.alarm(0) > 0",
    "counting processors": "import os\nos.cpu_count() >= 1",
    "the null device": "open('/dev/null', 'w').write('x')",
    "randomness from the system": "import os\nlen(os.urandom(4)) + len(open('/dev/urandom', 'rb').read(4))",
    "alembic": (
        "import alembic.command\nfrom alembic.migration import MigrationContext\n"
        "from sqlalchemy import create_engine\n"
        "MigrationContext.configure(create_engine('sqlite:///orm.db').connect()).get_current_revision()"
    ),
    "a listed import after the caches are dropped": (
        "import importlib\nimportlib.invalidate_caches()\nimport wave, xml.dom.minidom\nTrue"
    ),
    "tracebacks with the library's lines": (
        "import sqlalchemy as s, traceback\n"
        "try: s.select(1, 2, nonsense=1)\nexcept Exception: t = traceback.format_exc()\n'TypeError' in t"
    ),
}

OPTIONAL = {
    "pytest": "import pytest\nwith pytest.raises(ZeroDivisionError): 1 / 0\nTrue",
    "pandas": "import pandas\npandas.DataFrame({'a': [1, 2]}).a.sum()",
    "numpy": "import numpy\nnumpy.arange(3).sum()",
}

NOT_INSTALLED = ("textual", "playground", "hypothesis", "pip", "msgspec", "yaml")


@functools.cache
def outcomes(bench: Bench) -> dict[str, str]:
    imports = {f"import {name}": f"import {name}" + "\nTrue" for name in NOT_INSTALLED}
    return bench.attempt({**WORKS, **OPTIONAL, **imports}, imports=["sqlalchemy"])


@pytest.mark.parametrize("name", WORKS)
def test_it_works(bench: Bench, name: str) -> None:
    assert outcomes(bench)[name].startswith("ok: ")


@pytest.mark.parametrize("name", OPTIONAL)
def test_it_works_where_installed(bench: Bench, name: str) -> None:
    outcome = outcomes(bench)[name]
    if outcome == "ModuleNotFoundError":
        pytest.skip(f"{name} is not installed")
    assert outcome.startswith("ok: ")


@pytest.mark.parametrize("name", NOT_INSTALLED)
def test_other_packages_look_as_if_they_were_not_installed(bench: Bench, name: str) -> None:
    assert outcomes(bench)[f"import {name}"] == "ModuleNotFoundError"
