"""One query of 50 objects in a process of its own, against the same query in a warm process."""

import tempfile
from pathlib import Path

from bench import sample_database
from bench.measure import Measurement, Sample, interleaved, rested, timed
from bench.worker import Worker
from playground.running import Job, Runner

ROWS = 5_000
ROUNDS = 30

_WARM = """
import json, pathlib, sqlite3
from sqlalchemy import create_engine, event, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool
{models}
image = pathlib.Path({file!r}).read_bytes()
columns = [column.name for column in Item.__table__.columns]
sent = []

@event.listens_for(Engine, "before_cursor_execute")
def capture(connection, cursor, sql, parameters, context, many):
    sent.append([sql, list(parameters)])

def connect():
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.deserialize(image)
    return connection

def action():
    sent.clear()
    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)
    with Session(engine) as session:
        rows = [[getattr(item, name) for name in columns] for item in {query}]
    json.loads(json.dumps([sent, rows]))
"""


def measure() -> list[Measurement]:
    """Three rows: from a primed spare, forked on demand, in a process started for it."""
    image = sample_database.image(ROWS)
    job = Job(sample_database.QUERY, image, whole=True)
    file = Path(tempfile.mkstemp()[1])
    file.write_bytes(image)
    warm_code = _WARM.format(
        file=str(file), models=sample_database.MODELS, query=sample_database.QUERY
    )
    with (
        Worker(warm_code) as warm,
        Runner(sample_database.WORLD, spares=2) as ready,
        Runner(sample_database.WORLD, spares=0) as forking,
        Runner(sample_database.WORLD, spares=0, way="spawned") as cold,
    ):
        samples: dict[str, Sample] = {
            "warm": warm.elapsed,
            "spare": rested(timed(lambda: checked(ready, job))),
            "fork": timed(lambda: checked(forking, job)),
            "cold": timed(lambda: checked(cold, job)),
        }
        costs = interleaved(samples, ROUNDS, warmup=4)
    file.unlink()
    reference = "the same query in a warm process"
    return [
        Measurement("isolated run, from a primed spare", costs["spare"], costs["warm"], "ms", reference, 3),
        Measurement("isolated run, forked on demand", costs["fork"], costs["warm"], "ms", reference, 9),
        Measurement("isolated run, in a cold process", costs["cold"], costs["warm"], "ms", reference, None),
    ]  # fmt: skip


def checked(runner: Runner, job: Job) -> None:
    """Run the job; it must have gone well."""
    run = runner.run(job)
    assert run.status == "ok", run
    assert run.result is not None
    assert run.result.total == 50
