"""Where attacks are run: each through `Runner.run`, each followed by an honest run."""

import json
import os
import sqlite3
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from playground.running import Job, Limits, Run, Runner, World, isolation_level

if sys.platform != "win32":
    import resource

MODELS = """
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Song(Base):
    __tablename__ = "songs"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
"""
TITLES = ("Aurora", "Brisa", "Chuva")
HONEST = "select(Song.title).order_by(Song.id)"
QUICK = Limits(seconds=1.0, memory_mb=300, output_bytes=100_000, rows=1000, cell_bytes=1_000_000)
PATIENT = Limits(seconds=20.0)

TRY_ALL = """
import errno, json
rows = []
for name, text in json.loads(SNIPPETS).items():
    names = dict(GIVEN)
    *lines, last = text.strip().split("\\n")
    try:
        exec("\\n".join(lines), names)
        outcome = "ok: " + repr(eval(last, names))
    except OSError as error:
        outcome = errno.errorcode.get(error.errno or 0, type(error).__name__)
    except BaseException as error:
        outcome = type(error).__name__
    rows.append((name, outcome))
result = rows
"""


def image() -> bytes:
    """The database that every job starts from."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE songs (id INTEGER PRIMARY KEY, title TEXT NOT NULL)")
    connection.executemany("INSERT INTO songs (title) VALUES (?)", [(title,) for title in TITLES])
    connection.commit()
    data = connection.serialize()
    connection.close()
    return data


@dataclass(eq=False)
class Arena:
    """A runner, and files that nothing it runs may reach."""

    runner: Runner
    way: str
    database: bytes
    secrets: Path

    @property
    def secret(self) -> Path:
        """A file whose modes let everybody read and write it."""
        return self.secrets / "solution.py"

    def run(self, code: str, limits: Limits = QUICK, **job: object) -> Run:
        """One run, and nothing after it."""
        code = textwrap.dedent(code)
        return self.runner.run(Job(code=code, database=self.database, limits=limits, **job))  # type: ignore[arg-type]

    def attack(self, code: str, limits: Limits = QUICK, **job: object) -> Run:
        """One run of hostile code; then an honest one, which must be right."""
        run = self.run(code, limits, **job)
        assert run.status != "sandbox-error", run.limit
        self.expect_honest()
        return run

    def outcomes(self, snippets: dict[str, str]) -> dict[str, str]:
        """What came of each snippet, all of them tried in one run: see `TRY_ALL`."""
        given = {"secret": str(self.secret)}
        code = f"SNIPPETS = {json.dumps(snippets)!r}\nGIVEN = {given!r}\n{TRY_ALL}"
        run = self.attack(code, PATIENT, whole=True)
        assert run.result is not None, run
        return {str(name): str(outcome) for name, outcome in run.result.rows}

    def expect_honest(self) -> None:
        """An honest run gives what it should."""
        run = self.run(HONEST, PATIENT)
        assert run.status == "ok", run
        assert run.result is not None
        assert [row[0] for row in run.result.rows] == list(TITLES)


def needs_level_a() -> None:
    """Skip the test, with the reason, where the system has no level A."""
    level = isolation_level()
    if level.name != "A":
        pytest.skip(f"level B: {'; '.join(level.missing)}")


def make_secrets(folder: str) -> Path:
    """Files that everybody on the machine may read and write, outside every private directory."""
    secrets = Path(tempfile.mkdtemp(dir=folder))
    secrets.chmod(0o777)
    for name in ("solution.py", "grades.csv"):
        (secrets / name).write_text("the solution")
        (secrets / name).chmod(0o666)
    connection = sqlite3.connect(secrets / "other.db")
    connection.execute("CREATE TABLE t (x)")
    connection.commit()
    connection.close()
    return secrets


def make_world() -> World:
    """The models that every job starts from."""
    return World(name="hostile", models=MODELS)


def children(pid: int) -> Iterator[int]:
    """Processes that `pid` started."""
    for task in Path(f"/proc/{pid}/task").iterdir():
        yield from map(int, (task / "children").read_text().split())


def descendants(pid: int) -> Iterator[int]:
    """Processes that `pid` started, and those that they started."""
    for child in children(pid):
        yield child
        yield from descendants(child)


def held() -> list[set[str]]:
    """What this process holds of the system: processes, descriptors, private directories."""
    return [
        {str(pid) for pid in descendants(os.getpid())},
        {path.name for path in Path("/proc/self/fd").iterdir()},
        {path.name for path in Path("/dev/shm").glob(f"playground-{os.getpid()}-*")},
    ]


def peak_memory() -> int:
    """The most that this process has had, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
