"""One file for each kind of check; this is the table of them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from playground.checking.case import Case, Judgement
from playground.checking.checks import (
    behaviour,
    code,
    combined,
    compiles,
    data_frame,
    error,
    mapping,
    output,
    parameters,
    plan,
    result,
    schema,
    sql,
    state,
    statements,
    tests,
    transaction,
    warnings,
)
from playground.course import Check

EVALUATORS: dict[str, Callable[[Case, Any], Judgement]] = {
    "result": result.evaluate,
    "state": state.evaluate,
    "unchanged": state.evaluate_unchanged,
    "statements": statements.evaluate,
    "sql": sql.evaluate,
    "parameters": parameters.evaluate,
    "code": code.evaluate,
    "transaction": transaction.evaluate,
    "error": error.evaluate,
    "warnings": warnings.evaluate,
    "schema": schema.evaluate,
    "mapping": mapping.evaluate,
    "behaviour": behaviour.evaluate,
    "plan": plan.evaluate,
    "compiles": compiles.evaluate,
    "output": output.evaluate,
    "data_frame": data_frame.evaluate,
    "tests": tests.evaluate,
    "all_of": combined.all_of,
    "any_of": combined.any_of,
    "not": combined.none_of,
}
"""By the names of the course package's table of checks."""

READ_STATE = ("state", "unchanged", "transaction", "schema")
"""Checks that look at the database as it is after the run."""


_PREPARING: dict[str, Callable[[Sequence[Case]], None]] = {"plan": plan.prepare}
"""What checks ask of other processes, for all cases of an answer at once."""


class UnknownCheck(Exception):  # noqa: N818  (a course asks for it; nothing here went wrong)
    """An exercise asks for a check that cannot be made."""


def prepare(cases: Sequence[Case], names: Iterable[str]) -> None:
    """Get ready what the checks of these names need in cases of one answer that has run."""
    for name in _PREPARING.keys() & names:
        _PREPARING[name](cases)


def evaluate(case: Case, check: Check) -> Judgement:
    """Whether a check holds in a case. Raises UnknownCheck."""
    if check.name not in EVALUATORS:
        raise UnknownCheck(check.name)
    return EVALUATORS[check.name](case, check.options)
