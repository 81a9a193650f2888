"""A class's answers judged at level A, against one pytest process per submission."""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.measure import Measurement, Skipped, interleaved
from playground.checking import check
from playground.course import Exercise, bundled_course
from playground.databases import Database, Databases
from playground.running import Runners, isolation_level

SUBMISSIONS = 60
PYTEST_SUBMISSIONS = 8
VARIANTS = 3
ROUNDS = 3
SOLUTION = "select(Product.name, Product.stock).where(Product.stock > 0).order_by(Product.id)"
_TEST = """
import sqlite3
from pathlib import Path
import pytest
import sqlalchemy, sqlalchemy.orm
import models
from sqlalchemy.orm import Session

@pytest.mark.parametrize("image", sorted(Path(__file__).parent.glob("*.image")))
def test_submission(image, tmp_path):
    def rows(code):
        file = tmp_path / "copy.db"
        file.write_bytes(image.read_bytes())
        engine = sqlalchemy.create_engine(f"sqlite:///{file}")
        names = vars(sqlalchemy) | vars(sqlalchemy.orm) | vars(models)
        with Session(engine) as session:
            found = session.execute(eval(code, dict(names))).all()
            state = [session.execute(t.select()).all() for t in models.Base.metadata.sorted_tables]
        return found, state
    folder = Path(__file__).parent
    assert rows((folder / "submission.py").read_text()) == rows((folder / "solution.py").read_text())
"""


def measure() -> list[Measurement]:
    """Milliseconds of wall-clock time per submission, as many at once as there are processors."""
    if isolation_level().name != "A":
        raise Skipped("there is no level A here")
    with tempfile.TemporaryDirectory() as folder, Runners() as runners:
        database = Databases(
            bundled_course(), cache=Path(folder, "databases"), runners=runners
        ).open("shop", beside=None)
        hidden = [variant for variant in database.variants if not variant.visible]
        database.variants = (database.visible, *hidden[: VARIANTS - 1])
        bare = _pytest_folder(Path(folder, "pytest"), database)
        costs = interleaved(
            {
                "checked": lambda: _checked(database, runners),
                "pytest": lambda: _tested(bare),
            },
            ROUNDS,
        )
    return [
        Measurement(
            f"grading one submission on {VARIANTS} variants",
            costs["checked"],
            costs["pytest"],
            "ms",
            "one pytest process per submission",
            0.05,
            f"{1000 / costs['checked']:.0f} submissions a second",
        )
    ]


def _checked(database: Database, runners: Runners) -> float:
    """Judge the class; every answer has a text of its own."""
    exercise = Exercise(id="bench", lesson="bench", title="", task="", solution=SOLUTION)
    answers = [f"# {time.time_ns()} {number}\n{SOLUTION}" for number in range(SUBMISSIONS)]
    start = time.perf_counter()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        verdicts = list(pool.map(lambda each: check(exercise, each, database, runners), answers))
    elapsed = time.perf_counter() - start
    assert all(verdict.verdict == "pass" for verdict in verdicts), verdicts[0]
    return elapsed * 1000 / SUBMISSIONS


def _pytest_folder(folder: Path, database: Database) -> Path:
    folder.mkdir()
    for variant in database.variants:
        (folder / f"{variant.name}.image").write_bytes(variant.image())
    texts = {
        "models.py": database.models_source or "",
        "test_submission.py": _TEST,
        "solution.py": SOLUTION,
        "submission.py": f"# a submission\n{SOLUTION}",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _tested(folder: Path) -> float:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull]

    def test(_: int) -> None:
        subprocess.run(
            [*command, "--rootdir", str(folder), str(folder / "test_submission.py")],
            cwd=folder,
            env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
            check=True,
            capture_output=True,
        )

    start = time.perf_counter()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(test, range(PYTEST_SUBMISSIONS)))
    return (time.perf_counter() - start) * 1000 / PYTEST_SUBMISSIONS
