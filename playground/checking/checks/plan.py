"""`plan`: how the database means to find the rows, by its own `EXPLAIN QUERY PLAN`."""

import re
from collections.abc import Sequence

from playground.checking.case import HOLDS, Case, Judgement, fails
from playground.checking.closer import plan_code, plan_told
from playground.checking.replay import changes_before, literal_parameters
from playground.course import PlanOptions
from playground.running import Job


def prepare(cases: Sequence[Case]) -> None:
    """Ask for the plans of all queries of an answer, on data as it has made it.

    On the variants most of them are the same queries: one child tells the plans of each.
    """
    programs: dict[str, list[tuple[Case, int]]] = {}
    for case in cases:
        for place in _queries(case):
            if place not in case.plans and _can_be_sent_again(case, place):
                code = plan_code(case.run.statements, place)
                programs.setdefault(code, []).append((case, place))
    for code, pairs in programs.items():
        images = [case.variant.image() for case, _place in pairs]
        runs = cases[0].runner.run_each(Job(code, b"", whole=True), images)
        for (case, place), run in zip(pairs, runs, strict=True):
            case.plans[place] = [step.text for step in plan_told(run).steps]


def evaluate(case: Case, options: PlanOptions) -> Judgement:
    """The plans of the answer's queries are as asked."""
    prepare([case])
    for place in _queries(case):
        statement = case.run.statements[place]
        wrong = _wrong(case.plans.get(place, []), options)
        if wrong is not None:
            return fails("plan-differs", statement.line, plan=wrong)
    return HOLDS


def _wrong(plan: list[str], options: PlanOptions) -> str | None:
    """The step of a plan that is not as asked; the first where something is missing."""
    for step in plan:
        # A whole index is a scan as well; a virtual table has no other word for a search.
        scanned = re.match(r"SCAN (\w+)\b(?! VIRTUAL TABLE)", step)
        if scanned and _asked(options.no_scan, scanned.group(1)):
            return step
        if options.no_sort and re.match(r"USE TEMP B-TREE FOR (.+ OF )?ORDER BY", step):
            return step
    if not options.uses_index:
        return None
    used = {match.group(1) for step in plan for match in re.finditer(r"INDEX (\w+)", step)}
    names = options.uses_index if isinstance(options.uses_index, tuple) else ()
    if used and all(name in used for name in names):
        return None
    return plan[0] if plan else ""


def _asked(no_scan: bool | tuple[str, ...], table: str) -> bool:
    return table in no_scan if isinstance(no_scan, tuple) else no_scan


def _queries(case: Case) -> list[int]:
    """The places of the queries that the answer sent itself."""
    return [
        place
        for place, statement in enumerate(case.run.statements)
        if statement.kind == "select" and statement.lazy_load is None
    ]


def _can_be_sent_again(case: Case, place: int) -> bool:
    try:
        changes_before(case.run.statements, place)
        literal_parameters(case.run.statements[place])
    except LookupError:
        return False
    return True
