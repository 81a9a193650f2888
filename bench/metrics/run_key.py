"""From the run key to the result on the screen, the first of a session, against sqlit's.

sqlit (`pip install sqlit-tui`, its command on PATH) is the quickest of the terminal's SQL clients.
Where it is not installed, one cold Python process that does the query stands in, without a budget.
"""

import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from bench.measure import Measurement, interleaved, timed
from bench.product import OPENED, RESULT, RUN, Home
from bench.terminal import Terminal

ROUNDS = 7
_SETTLED = 1.0
"""Seconds of quiet after a start: spares are made, and nothing is drawn."""
_COLD = """
from sqlalchemy import create_engine, text
with create_engine("sqlite://").connect() as connection:
    print(connection.execute(text("SELECT 1 AS id UNION SELECT 2 UNION SELECT 3")).all())
"""
_QUERY = "select 'zeb' || 'ra' || id as a from t limit 3"
"""Its rows hold a word that the query does not."""
_KEYS = "qi"
"""What brings sqlit's focus into its editor."""


def measure() -> list[Measurement]:
    """One row."""
    with Home() as home, tempfile.TemporaryDirectory() as folder:

        def ours() -> float:
            with home.open() as app:
                app.wait_for(OPENED)
                app.settle(_SETTLED, most=6)
                pressed = app.type(RUN)
                return (app.wait_for(RESULT) - pressed) * 1000

        peer = shutil.which("sqlit")
        if peer is None:
            name, budget = "one cold Python process with the query", None
            other = timed(
                lambda: subprocess.run(
                    [sys.executable, "-c", _COLD], check=True, capture_output=True
                )
            )
        else:
            name, budget = "sqlit", 0.5
            database = _database(Path(folder))
            command = [peer, "connect", "sqlite", f"--file-path={database}"]

            def other() -> float:
                return _sqlit(command, folder)

        costs = interleaved({"ours": ours, "other": other}, ROUNDS, warmup=1)
    return [
        Measurement(
            "Run key to result on screen", costs["ours"], costs["other"], "ms", name, budget
        )
    ]


def _sqlit(command: list[str], home: str) -> float:
    with Terminal(command, environ={"HOME": home}) as app:
        app.wait_for("Tables")
        app.settle(_SETTLED, most=6)
        for key in (*_KEYS, _QUERY, "\x1b"):
            app.type(key)
            app.settle(0.3)
        pressed = app.type("\r")
        return (app.wait_for("zebra") - pressed) * 1000


def _database(folder: Path) -> Path:
    file = folder / "t.db"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)")
        connection.executemany("INSERT INTO t VALUES (?)", [(n,) for n in range(50)])
    return file
