"""How everything here is measured: rounds interleaved, medians, a ratio to a reference.

Machines differ and drift, so that a bare figure says little. A candidate and its reference take
turns (A B, A B …): what slows one slows the other, and their ratio stands.
"""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Sample = Callable[[], float]
"""Does the thing once; returns what it cost."""
REST_SECONDS = 0.25
"""Given to the spares between runs, as a person's reading gives it.

A spare begins to prime itself after 0.15 s without a job: after a pause of about that length, one
side of a comparison would be primed and the other not. This one is long enough for both.
"""


@dataclass(frozen=True)
class Measurement:
    """One row of the table."""

    metric: str
    value: float
    reference_value: float
    unit: str
    reference: str
    """What the value is compared with, in words."""
    budget: float | None
    """The largest ratio (or value, where there is no reference) that is well; None only reports."""
    note: str = ""

    @property
    def ratio(self) -> float:
        """The value in references; the value itself where there is none."""
        return self.value / self.reference_value if self.reference_value else self.value

    @property
    def over(self) -> bool:
        """Whether the budget is broken."""
        return self.budget is not None and self.ratio > self.budget


class Skipped(Exception):  # noqa: N818  (no error: a reason)
    """A metric cannot be measured here; its text says what is missing."""


def timed(action: Callable[[], object]) -> Sample:
    """The action as a sample: wall-clock milliseconds."""

    def sample() -> float:
        start = time.perf_counter()
        action()
        return (time.perf_counter() - start) * 1000

    return sample


def busy(action: Callable[[], object]) -> Sample:
    """The action as a sample: milliseconds of this process's time, the system's work included."""

    def sample() -> float:
        start = time.process_time()
        action()
        return (time.process_time() - start) * 1000

    return sample


def rested(sample: Sample) -> Sample:
    """The sample, taken once the spares have had time to get ready."""

    def taken() -> float:
        time.sleep(REST_SECONDS)
        return sample()

    return taken


def interleaved(samples: Mapping[str, Sample], rounds: int, warmup: int = 1) -> dict[str, float]:
    """The median of each sample over the rounds, taken in turns; warm-up rounds are thrown away."""
    taken: dict[str, list[float]] = {name: [] for name in samples}
    for number in range(warmup + rounds):
        for name, sample in samples.items():
            cost = sample()
            if number >= warmup:
                taken[name].append(cost)
    return {name: statistics.median(costs) for name, costs in taken.items()}
