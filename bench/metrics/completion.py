"""What a key costs while names are suggested: the slowest twentieth of look-ups."""

import statistics
import time

from bench.bundled import shop
from bench.measure import Measurement
from playground.tui.completion import Completer

_TYPED = (
    "select(Rev", "select(Review.rat", "select(Review).wh", "session.scalars(select(Review)).al",
    "select(Review).join(Review.product).where(Product.price_cents > 100).order_by(Pro",
    "x = 1\n" * 200 + "sel",
)  # fmt: skip
_ROUNDS = 50


def measure() -> list[Measurement]:
    """One row, in milliseconds; it has no reference, its budget is a time."""
    with shop() as (database, runners):
        completer = Completer(runners.of(database.world).describe())
    costs = []
    for text in _TYPED * _ROUNDS:
        start = time.perf_counter()
        completer.candidates(text, text, "python")
        costs.append((time.perf_counter() - start) * 1000)
    slowest = statistics.quantiles(costs, n=20)[-1]
    return [Measurement("completion, 95th percentile", slowest, 0, "ms", "", 1.0)]
