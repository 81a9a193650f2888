"""`plan`: how the database means to find the rows, by its own `EXPLAIN QUERY PLAN`."""

import re

from playground.checking.case import HOLDS, Case, Judgement, fails
from playground.checking.closer import plan_of
from playground.checking.replay import changes_before, literal_parameters
from playground.course import PlanOptions
from playground.running import Statement


def evaluate(case: Case, options: PlanOptions) -> Judgement:
    """The plans of the answer's queries, on data as the answer has made it."""
    for place, statement in enumerate(case.run.statements):
        if statement.kind != "select" or statement.lazy_load is not None:
            continue
        wrong = _wrong(_plan(case, place, statement), options)
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


def _plan(case: Case, place: int, statement: Statement) -> list[str]:
    """The steps of a query's plan; empty where it cannot be asked for again."""
    try:
        changes_before(case.run.statements, place)
        literal_parameters(statement)
    except LookupError:
        return []
    image = case.variant.image()
    plan = plan_of(case.runner, image, case.run.statements, place)
    return [step.text for step in plan.steps]
