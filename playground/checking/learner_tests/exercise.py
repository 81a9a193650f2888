"""How an exercise is run whose answer is tests: pytest runs after it and gives the result."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from playground.course import Check, Exercise
from playground.running import Run

TESTS = "tests"
_NOT_COMPARED = ("result", "state")
"""Which tests there are and what they leave behind is the answer's own affair."""


class TestOutcome(msgspec.Struct, frozen=True):
    """What came of one test."""

    test: str
    outcome: str
    """`passed`, `failed`, `error` (around it), `skipped`."""
    message: str = ""
    line: int | None = None

    @property
    def fails(self) -> bool:
        """Whether it says that the program is wrong."""
        return self.outcome in ("failed", "error")


def as_run(exercise: Exercise) -> Exercise:
    """The exercise as it runs: where a check asks for tests, pytest comes after the answer."""
    if all(check.name != TESTS for check in exercise.checks):
        return exercise
    named = {check.name for check in exercise.checks}
    off = (Check(name, None) for name in _NOT_COMPARED if name not in named)
    return msgspec.structs.replace(
        exercise, after=f"{exercise.after}\n{_program()}", checks=(*exercise.checks, *off)
    )


def outcomes(run: Run) -> list[TestOutcome]:
    """What came of each test in a run; none where there are none."""
    return list(_outcomes(run))


def _outcomes(run: Run) -> Iterator[TestOutcome]:
    for row in run.result.rows if run.result is not None else ():
        if len(row) == 4 and isinstance(row[0], str):
            line = row[3] if isinstance(row[3], int) else None
            yield TestOutcome(row[0], str(row[1]), str(row[2]), line)


@cache
def _program() -> str:
    return (Path(__file__).parent / "program.py").read_text(encoding="utf-8")
