"""`behaviour`: what further code gives after the answer, compared outside the child."""

from typing import Any

import msgspec

from playground.checking.case import HOLDS, Case, Judgement, fails
from playground.checking.compare import compare
from playground.course import BehaviourOptions
from playground.running import Job, Result, Run


def evaluate(case: Case, options: BehaviourOptions) -> Judgement:
    """Each piece of `when` gives the value of `then` at its place.

    Each runs in a process of its own, after the answer and `given`, so that none helps another.
    """
    for code, wanted in zip(options.when, options.then, strict=False):
        run = _run(case, f"{options.given}\n{code}")
        got = run.result
        asked = as_result(wanted)
        shown = run.error.type if run.error is not None else ""
        if run.status != "ok" or got is None:
            if asked is None and run.status == "ok":
                continue
            if run.error is not None and wanted == run.error.type:
                continue
            return fails(
                "behaviour-differs", when=code.strip(), got=shown or run.status, expected=wanted
            )
        if asked is None or not compare(asked, got).rows_equal:
            value = ", ".join(str(cell) for row in got.rows[:3] for cell in row)
            return fails("behaviour-differs", when=code.strip(), got=value, expected=wanted)
    return HOLDS


def as_result(value: Any) -> Result | None:
    """A value of a lesson file as the table that a run would make of it."""
    if value is None:
        return None
    rows = value if isinstance(value, list) else [value]
    cells = [tuple(row) if isinstance(row, list) else (row,) for row in rows]
    plain = [tuple(_cell(cell) for cell in row) for row in cells]
    width = max((len(row) for row in plain), default=0)
    columns = [str(place) for place in range(width)]
    return Result(columns=columns, rows=plain, total=len(plain), truncated=False)


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return msgspec.json.encode(value).decode()


def _run(case: Case, after: str) -> Run:
    return case.runner.run(
        Job(
            code=case.answer.text,
            database=case.variant.image(),
            setup=case.exercise.setup,
            after=f"{case.exercise.after}\n{after}",
            whole=True,
        )
    )
