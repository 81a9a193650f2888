"""A fresh database for a run, against copying its file to the same place."""

import shutil
from collections.abc import Callable
from pathlib import Path

from bench import sample_database
from bench.measure import Measurement, Sample, busy, interleaved
from playground.running import scratch

SIZES = {"5,000 rows": 5_000, "100,000 rows": 100_000, "100 MB": 2_480_000}
"""Rows of each."""
ROUNDS = 25


def measure() -> list[Measurement]:
    """A row per size: what a run does with its image, and what keeping a file instead would do."""
    return [_measured(name, rows) for name, rows in SIZES.items()]


def _measured(name: str, rows: int) -> Measurement:
    image = sample_database.image(rows)
    place = scratch.Scratch()
    original = place.make() / "original.sqlite"
    original.write_bytes(image)
    try:
        costs = interleaved(
            {
                "ours": in_new(
                    place, lambda folder: scratch.write_new(folder, scratch.DATABASE, image)
                ),
                "copy": in_new(
                    place, lambda folder: shutil.copyfile(original, folder / scratch.DATABASE)
                ),
            },
            ROUNDS,
            warmup=3,
        )
    finally:
        place.close()
    return Measurement(
        f"fresh database, {name}", costs["ours"], costs["copy"], "ms CPU",
        "copying its file there", 1.0, f"{len(image) / 1e6:.1f} MB",
    )  # fmt: skip


def in_new(place: scratch.Scratch, action: Callable[[Path], object]) -> Sample:
    """The action in a new directory, which is removed afterwards, unmeasured."""

    def sample() -> float:
        folder = place.make()
        cost = busy(lambda: action(folder))()
        scratch.remove(folder)
        return cost

    return sample
