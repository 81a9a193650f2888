"""Which checks of a grading run rest on the log alone, and what sending it again says of them."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import msgspec

from playground.checking.case import Case, fails
from playground.checking.evidence import doubts
from playground.checking.evidence.program import can_be_sent, is_mark, program
from playground.checking.evidence.rows import agree
from playground.checking.expected import SolutionError
from playground.checking.points import Judged
from playground.course import Check, Combined, ResultOptions
from playground.running import Job, Limits, Result, Run, Runner

Evidence = Literal["replayed", "claimed", "refuted"]
_ON_STATEMENTS = ("statements", "sql", "parameters", "transaction", "plan")
_LIMITS = Limits(seconds=20.0)


def with_evidence(
    judged: list[Judged], runner: Runner, cancel: threading.Event | None
) -> tuple[list[Judged], list[str]]:
    """The judgements with those taken back that a log does not bear out, and notes on the others.

    Where no check rests on statements, and where none that does has come out well, nothing is run.
    The note is `replayed` where the logs of all variants gave the rows and the database that were
    seen, else `claimed`. Raises SolutionError where the sandbox failed or the check was cancelled.
    """
    asked = [j for j in judged if any(rests_on_log(c) and g.passed for c, g in j.outcomes)]
    if not asked or any(j.case.run.status not in ("ok", "error") for j in judged):
        return judged, []
    evidence = _evidence([j.case for j in asked], runner, cancel)
    found = {id(j): each for j, each in zip(asked, evidence, strict=True)}
    settled = [_refuted(j) if found.get(id(j)) == "refuted" else j for j in judged]
    whole = all(each == "replayed" for each in evidence)
    return settled, ["replayed" if whole else "claimed"]


def rests_on_log(check: Check) -> bool:
    """Whether a check, or one inside it, looks at the statements that were sent."""
    if isinstance(check.options, Combined):
        return any(rests_on_log(inner) for inner in check.options.checks)
    if isinstance(check.options, ResultOptions):
        return check.options.from_ == "statement"
    return check.name in _ON_STATEMENTS


def _refuted(judged: Judged) -> Judged:
    """With every check failed that rests on a log which is not true."""
    return replace(
        judged,
        outcomes=tuple(
            (check, fails("log-not-replayed") if rests_on_log(check) and given.passed else given)
            for check, given in judged.outcomes
        ),
    )


def _evidence(
    cases: Sequence[Case], runner: Runner, cancel: threading.Event | None
) -> list[Evidence]:
    """What sending each log again says, in the order of the cases."""
    found: list[Evidence] = ["claimed"] * len(cases)
    sent = [
        place
        for place, case in enumerate(cases)
        if can_be_sent(case.run) and not doubts.by_chance(case.run)
    ]
    images = [cases[place].variant.image() for place in sent]
    try:
        code = program(zip(images, (cases[place].run for place in sent), strict=True))
    except LookupError:
        return found
    state = any(cases[place].run.state is not None for place in sent)
    job = Job(code=code, database=b"", state=state, whole=True, limits=_LIMITS)
    again = runner.run_each(job, images, cancel=cancel) if sent else []
    for place, run in zip(sent, again, strict=True):
        if run.status in ("sandbox-error", "cancelled"):
            raise SolutionError(run, cases[place].variant.name)
        found[place] = _compared(cases[place], run)
    return found


def _compared(case: Case, again: Run) -> Evidence:
    """What a log's second run says of the first."""
    told = _told(again)
    if told is None:
        return "claimed"
    columns, failed = told
    sent = case.run.statements
    lucky = any(
        s.elapsed_ms is None and not is_mark(s) for n, s in enumerate(sent) if n not in failed
    )
    doubt = lucky or doubts.in_general(case)
    if any(sent[place].elapsed_ms is not None for place in failed) or not _state_agrees(
        case, again
    ):
        return "claimed" if doubt else "refuted"
    return _of_rows(case, again, columns, doubt)


def _of_rows(case: Case, again: Run, columns: list[str], doubt: bool) -> Evidence:
    """Whether the statement gives the rows that are claimed to be its own."""
    asked, claimed = case.expected.run.result, case.run.result
    if asked is None and (claimed is None or claimed.statement is None):
        return "replayed"
    if claimed is None or claimed.statement is None:
        return "claimed"
    came = again.result
    rows = came.rows if came is not None else []
    given = Result(columns=columns, rows=rows, total=len(rows), truncated=False)
    if any(len(row) != len(columns) for row in rows):
        return "claimed"
    verdict = agree(claimed, given)
    if verdict is False and not doubt and not doubts.about_rows(case.run):
        return "refuted"
    return "replayed" if verdict else "claimed"


def _state_agrees(case: Case, again: Run) -> bool:
    """Whether the database is the same afterwards, where both were read."""
    if case.run.state is None or again.state is None:
        return True
    return case.run.state == again.state


def _told(again: Run) -> tuple[list[str], set[int]] | None:
    """The columns and the failures that the second run printed; None where it did not end."""
    if again.status != "ok":
        return None
    try:
        columns, failed = msgspec.json.decode(again.output, type=tuple[list[str], set[int]])
    except msgspec.MsgspecError:
        return None
    return columns, failed
