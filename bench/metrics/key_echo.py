"""From a key to its character on the screen, in the app's editor, against a plain TextArea."""

import statistics
import time

from bench.measure import Measurement
from bench.product import OPENED, PYTHON, Home
from bench.terminal import Terminal

LENGTHS = {20: 1.8, 200: 2.0, 2000: 3.0}
"""Lines of the answer, and the budget."""
KEYS = 40
ROUNDS = 3
_PAUSE_SECONDS = 0.05
"""Between keys, as quick hands leave it."""
_FIRST_KEY = 0x4E00
"""Every key is another character (CJK, two cells), so that an old one is never taken for it."""


def measure() -> list[Measurement]:
    """A row per length; keys go into the middle of the text."""
    rows = []
    with Home() as home:
        for lines, budget in LENGTHS.items():
            ours: list[float] = []
            plain: list[float] = []
            for _ in range(ROUNDS):
                with home.open() as app:
                    app.wait_for(OPENED)
                    ours += echoes(app, lines)
                with Terminal([*PYTHON, "bench.apps.plain_editor"]) as app:
                    app.wait_for("barely")
                    plain += echoes(app, lines)
            rows.append(
                Measurement(
                    f"key echo, {lines} lines", statistics.median(ours), statistics.median(plain), "ms",
                    "plain TextArea", budget, f"p95 {_p95(ours):.0f} against {_p95(plain):.0f} ms",
                )
            )  # fmt: skip
    return rows


def echoes(app: Terminal, lines: int) -> list[float]:
    """Milliseconds of each key, in a text of that many lines that replaces what was there."""
    app.settle()
    app.type("\x01")
    text = "\n".join(f"select(Product.id).where(Product.stock > {n})" for n in range(lines - 1))
    app.type(f"\x1b[200~{text}\nlastline\x1b[201~")
    app.wait_for("lastline")
    app.settle()
    app.type("\x1b[A" * (lines // 2))
    app.settle()
    costs = []
    for number in range(KEYS):
        key = chr(_FIRST_KEY + number)
        start = app.type(key)
        costs.append((app.wait_for(key) - start) * 1000)
        time.sleep(_PAUSE_SECONDS)
    return costs


def _p95(costs: list[float]) -> float:
    return statistics.quantiles(costs, n=20)[-1]
