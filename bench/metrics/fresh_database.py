"""A fresh database of 100,000 rows for a run, against copying its file."""

import shutil
import tempfile
from pathlib import Path

from bench import sample_database
from bench.measure import Measurement, interleaved, timed
from playground.running import scratch

ROWS = 100_000
ROUNDS = 25


def measure() -> list[Measurement]:
    """One row: what a run does with its image, and the copy of a file in the temporary folder."""
    image = sample_database.image(ROWS)
    place = scratch.Scratch()
    folder = Path(tempfile.mkdtemp())
    (folder / "original.sqlite").write_bytes(image)

    def fresh() -> None:
        directory = place.make()
        scratch.write_new(directory, scratch.DATABASE, image)
        fresh.made = directory  # type: ignore[attr-defined]

    def timed_fresh() -> float:
        cost = timed(fresh)()
        scratch.remove(fresh.made)  # type: ignore[attr-defined]
        return cost

    def copy() -> None:
        shutil.copyfile(folder / "original.sqlite", folder / "copy.sqlite")

    def timed_copy() -> float:
        (folder / "copy.sqlite").unlink(missing_ok=True)
        return timed(copy)()

    try:
        costs = interleaved({"ours": timed_fresh, "copy": timed_copy}, ROUNDS, warmup=3)
    finally:
        place.close()
        shutil.rmtree(folder)
    return [
        Measurement(
            f"fresh database, {ROWS:,} rows", costs["ours"], costs["copy"], "ms", "file copy", 1.0,
            f"{len(image) / 1e6:.1f} MB",
        )
    ]  # fmt: skip
