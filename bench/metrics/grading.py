"""A class's answers judged at level A, against one process per submission: pytest, bare Python."""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.bundled import shop
from bench.measure import Measurement, Skipped, interleaved
from playground.checking import check
from playground.course import Exercise
from playground.databases import Database
from playground.running import Runners, isolation_level

SUBMISSIONS = 60
BARE_SUBMISSIONS = 8
VARIANTS = 3
ROUNDS = 3
SOLUTION = "select(Product.name, Product.stock).where(Product.stock > 0).order_by(Product.id)"
_COMPARE = """
import tempfile
from pathlib import Path
import sqlalchemy, sqlalchemy.orm
import models
from sqlalchemy.orm import Session

HERE = Path(__file__).parent
IMAGES = sorted(HERE.glob("*.image"))

def rows(code, image):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "copy.db")
        file.write_bytes(image.read_bytes())
        engine = sqlalchemy.create_engine(f"sqlite:///{file}")
        names = vars(sqlalchemy) | vars(sqlalchemy.orm) | vars(models)
        with Session(engine) as session:
            found = session.execute(eval(code, dict(names))).all()
            state = [session.execute(t.select()).all() for t in models.Base.metadata.sorted_tables]
        engine.dispose()
    return found, state

def is_right(image):
    solution, answer = ((HERE / name).read_text() for name in ("solution.py", "submission.py"))
    return rows(answer, image) == rows(solution, image)

if __name__ == "__main__":
    assert all(is_right(image) for image in IMAGES)
"""
_TEST = """
import pytest
from compare import IMAGES, is_right

@pytest.mark.parametrize("image", IMAGES)
def test_submission(image):
    assert is_right(image)
"""
_PYTEST = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "test_submission.py")


def measure() -> list[Measurement]:
    """Milliseconds of wall-clock time per submission, as many at once as there are processors."""
    if isolation_level().name != "A":
        raise Skipped("there is no level A here")
    with tempfile.TemporaryDirectory() as folder, shop() as (database, runners):
        hidden = [variant for variant in database.variants if not variant.visible]
        database.variants = (database.visible, *hidden[: VARIANTS - 1])
        bare = _bare_folder(Path(folder, "bare"), database)
        costs = interleaved(
            {
                "checked": lambda: _checked(database, runners),
                "pytest": lambda: _processes(bare, *_PYTEST),
                "cold": lambda: _processes(bare, "compare.py"),
            },
            ROUNDS,
        )
    metric = f"grading one submission on {VARIANTS} variants"
    pace = f"{1000 / costs['checked']:.0f} submissions a second"
    return [
        Measurement(
            metric, costs["checked"], costs["pytest"], "ms",
            "one pytest process per submission", 0.05, pace,
        ),
        Measurement(
            metric, costs["checked"], costs["cold"], "ms",
            "one cold Python per submission", None,
        ),
    ]  # fmt: skip


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


def _bare_folder(folder: Path, database: Database) -> Path:
    folder.mkdir()
    for variant in database.variants:
        (folder / f"{variant.name}.image").write_bytes(variant.image())
    texts = {
        "models.py": database.models_source or "",
        "compare.py": _COMPARE,
        "test_submission.py": _TEST,
        "solution.py": SOLUTION,
        "submission.py": f"# a submission\n{SOLUTION}",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _processes(folder: Path, *arguments: str) -> float:
    """A Python process per submission, as many at once as there are processors."""

    def run(_: int) -> None:
        subprocess.run(
            [sys.executable, *arguments],
            cwd=folder,
            env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
            check=True,
            capture_output=True,
        )

    start = time.perf_counter()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(run, range(BARE_SUBMISSIONS)))
    return (time.perf_counter() - start) * 1000 / BARE_SUBMISSIONS
