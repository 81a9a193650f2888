"""What a check says: frozen, typed, plain data, documented in `docs/json.md`."""

from typing import Literal

import msgspec

from playground.running import Row, Run

Outcome = Literal["pass", "fail", "error", "skipped", "course-fault", "sandbox-fault"]


class Finding(msgspec.Struct, frozen=True):
    """The one reason that leads, or one of the others behind it."""

    id: str
    """A name of `docs/findings.md`, such as `python-and-on-columns`."""
    message: str
    """One or two sentences in the reader's language."""
    line: int | None = None
    """1-based line of the learner's text, where known."""
    explanation: str = ""
    """Markdown, deeper, with the fix; shown on demand."""


class CheckOutcome(msgspec.Struct, frozen=True):
    """How one check went on one variant."""

    check: str
    variant: str
    passed: bool
    points: float
    of: float
    message: str = ""


class Counterexample(msgspec.Struct, frozen=True):
    """A database on which the answer differs, with what was asked and what came."""

    tables: dict[str, "Rows"]
    expected: "Rows | None"
    got: "Rows | None"


class Rows(msgspec.Struct, frozen=True):
    """Rows with the names of their columns."""

    columns: list[str]
    rows: list[Row]


class Difference(msgspec.Struct, frozen=True):
    """Rows to compare, for the screen: what was asked and is missing, what came and is too much."""

    variant: str
    columns: list[str]
    missing: list[Row]
    extra: list[Row]
    expected_total: int
    got_total: int
    table: str | None = None
    """The table of a `state` difference; null for the result."""


class Verdict(msgspec.Struct, frozen=True):
    """The answer to *is it right, and if not, why not*."""

    exercise: str
    """`lesson-id/exercise-id`."""
    verdict: Outcome
    points: float
    of: float
    checks: list[CheckOutcome] = []
    findings: list[Finding] = []
    """The leading finding first. Never empty for `fail` and `error`."""
    notes: list[str] = []
    """Ids such as `rows-computed-in-python`."""
    counterexample: Counterexample | None = None
    run: Run | None = None
    """The run on the visible variant."""
    difference: Difference | None = None
