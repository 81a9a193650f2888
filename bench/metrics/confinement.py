"""What confinement costs: the same runs at level A and at level B, in turns."""

from bench.measure import Measurement, Sample, Skipped, interleaved, rested, timed
from playground.course import bundled_course
from playground.running import Job, Runner, World, isolation_level

ROUNDS = 40
QUERY = "session.execute(select(Customer).limit(50)).all()"


def measure() -> list[Measurement]:
    """Two rows: from a spare, and with its fork.

    Raises:
        Skipped: this system has no level A.
    """
    level = isolation_level()
    if level.name != "A":
        raise Skipped("; ".join(level.missing))
    return [
        _measured("confined run, from a spare", spares=1),
        _measured("confined run, with its fork", spares=0),
    ]


def _measured(metric: str, *, spares: int) -> Measurement:
    models = (bundled_course() / "databases" / "shop" / "models.py").read_text(encoding="utf-8")
    world = World("shop", models)
    with (
        Runner(world, spares=spares, level="A") as confined,
        Runner(world, spares=spares, level="B") as supervised,
    ):
        job = Job(QUERY, confined.build("Base.metadata.create_all(engine)"))
        costs = interleaved({"A": sampled(confined, job), "B": sampled(supervised, job)}, ROUNDS)
    return Measurement(metric, costs["A"], costs["B"], "ms", "the same, supervised only", 1.25)


def sampled(runner: Runner, job: Job) -> Sample:
    """A run of the job, once its spares are ready."""

    def run() -> None:
        outcome = runner.run(job)
        assert outcome.status == "ok", outcome

    return rested(timed(run))
