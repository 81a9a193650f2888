"""What confinement costs: the same runs at level A and at level B, in turns."""

import statistics
import time

from bench.measure import Skipped
from playground.course import bundled_course
from playground.running import Job, Runner, World, isolation_level

ROUNDS = 40
QUERY = "session.execute(select(Customer).limit(50)).all()"
SETTLING = 0.08
"""Seconds that spares are given to get ready, so that none is made while one is measured."""

Row = tuple[str, float, float]


def rows() -> list[Row]:
    """Metric, ratio of level A to level B, budget.

    Raises:
        Skipped: this system has no level A.
    """
    level = isolation_level()
    if level.name != "A":
        raise Skipped("; ".join(level.missing))
    return [
        ("run from a spare, confined against supervised", _ratio(spares=1), 1.25),
        ("run with its fork, confined against supervised", _ratio(spares=0), 1.25),
    ]


def _ratio(*, spares: int) -> float:
    models = (bundled_course() / "databases" / "shop" / "models.py").read_text(encoding="utf-8")
    world = World("shop", models)
    with (
        Runner(world, spares=spares, level="A") as confined,
        Runner(world, spares=spares, level="B") as supervised,
    ):
        image = confined.build("Base.metadata.create_all(engine)")
        job = Job(QUERY, image)
        costs: dict[Runner, list[float]] = {confined: [], supervised: []}
        for _ in range(ROUNDS):
            for runner, taken in costs.items():
                taken.append(_cost(runner, job))
    return statistics.median(costs[confined]) / statistics.median(costs[supervised])


def _cost(runner: Runner, job: Job) -> float:
    runner.warm()
    time.sleep(SETTLING)
    start = time.perf_counter()
    run = runner.run(job)
    cost = time.perf_counter() - start
    assert run.status == "ok", run
    return cost
