"""From the run key to the result on the screen, against one cold Python that does the query."""

import subprocess
import sys
import time

from bench.measure import Measurement, interleaved, timed
from bench.product import OPENED, RESULT, RUN, Home

ROUNDS = 12
_READ_SECONDS = 0.5
"""Between runs, as reading a result leaves it."""
_COLD = """
from sqlalchemy import create_engine, text
with create_engine("sqlite://").connect() as connection:
    print(connection.execute(text("SELECT 1 AS id UNION SELECT 2 UNION SELECT 3")).all())
"""


def measure() -> list[Measurement]:
    """One row."""
    with Home() as home, home.open() as app:
        app.wait_for(OPENED)
        app.settle(1)

        def run() -> float:
            time.sleep(_READ_SECONDS)
            app.settle()
            start = app.type(RUN)
            return (app.wait_for(RESULT) - start) * 1000

        cold = timed(
            lambda: subprocess.run([sys.executable, "-c", _COLD], check=True, capture_output=True)
        )
        costs = interleaved({"run": run, "cold": cold}, ROUNDS, warmup=2)
    return [
        Measurement(
            "Run key to result on screen", costs["run"], costs["cold"], "ms",
            "one cold Python process with the query", None,
        )
    ]  # fmt: skip
