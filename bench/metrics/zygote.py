"""What a zygote per database saves, and what zygotes and spares cost in memory."""

import os
import time
from pathlib import Path

from bench.measure import Measurement, Skipped, interleaved, timed
from bench.worker import Worker
from playground.course import bundled_course
from playground.running import Job, Runner, World

ROUNDS = 20
QUERY = "select(Customer.id)"


def measure() -> list[Measurement]:
    """A run with the models preloaded against one that loads them; memory of all processes."""
    models = (bundled_course() / "databases" / "shop" / "models.py").read_text(encoding="utf-8")
    tables = "Base.metadata.create_all(engine)\n"
    with (
        Runner(World("shop", models), spares=0) as holding,
        Runner(World("none"), spares=0) as bare,
    ):
        held = Job(QUERY, b"", setup=tables)
        loaded = Job(QUERY, b"", setup="from sqlalchemy.orm import *\n" + models + "\n" + tables)
        for runner, job in ((holding, held), (bare, loaded)):
            assert runner.run(job).status == "ok", runner.run(job)
        costs = interleaved(
            {"held": timed(lambda: holding.run(held)), "loaded": timed(lambda: bare.run(loaded))},
            ROUNDS,
        )
    saving = Measurement(
        "run with its models in the zygote", costs["held"], costs["loaded"], "ms",
        "models loaded by each run", None,
    )  # fmt: skip
    try:
        return [saving, *memory(models)]
    except Skipped:
        return [saving]


def memory(models: str) -> list[Measurement]:
    """A zygote with its two spares: all their memory, and what is private to one of them.

    The first counts the pages that they share with each other once, the second does not count them.
    """
    with Worker("import sqlalchemy.orm\ndef action(): pass\n") as worker:
        worker.elapsed()
        before = set(descendants())
        alone = memory_mb(before, "Pss:")
        with Runner(World("shop", models), spares=2) as runner:
            assert runner.run(Job("select(1)", b"")).status == "ok"
            time.sleep(1)
            ours = set(descendants()) - before
            together, private = memory_mb(ours, "Pss:"), memory_mb(ours, "Private_")
    return [
        Measurement(
            "memory of a zygote and 2 spares", together, alone, "MB",
            "one process with SQLAlchemy", None, f"{len(ours)} processes",
        ),
        Measurement("private memory of a zygote and 2 spares", private, 0, "MB", "", 60),
    ]  # fmt: skip


def descendants() -> list[int]:
    """Process ids below this one."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, waiting = [], [os.getpid()]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def memory_mb(pids: set[int], field: str) -> float:
    """Memory of some processes by the fields of `smaps_rollup` that begin so; `Pss` counts shared
    pages once.

    Raises:
        Skipped: the system does not tell.
    """
    total = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError as error:
            raise Skipped("the system does not tell shared memory") from error
        total += sum(int(line.split()[1]) for line in lines if line.startswith(field))
    return total * 1024 / 1e6
