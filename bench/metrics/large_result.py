"""A run of 100,000 rows until its first page is here, against a run of 1,000; both spooled whole."""

from bench import sample_database
from bench.measure import Measurement, interleaved, timed
from playground.running import Job, Runner

ROUNDS = 8


def measure() -> list[Measurement]:
    """One row; how the cost of a run grows with its rows."""
    image = sample_database.image(100_000)
    with Runner(sample_database.WORLD) as runner:

        def first_page(rows: int) -> None:
            live = runner.open(Job(f"select(*tables['items'].c).limit({rows})", image))
            assert live.run.result is not None
            assert live.run.result.total == rows, live.run
            live.close()

        costs = interleaved(
            {"many": timed(lambda: first_page(100_000)), "few": timed(lambda: first_page(1_000))},
            ROUNDS,
            warmup=2,
        )
    return [
        Measurement(
            "run of 100k rows, to its first page", costs["many"], costs["few"], "ms",
            "a run of 1k rows", None,
        )
    ]  # fmt: skip
