"""One file for each kind of check; this is the table of them."""

from collections.abc import Callable
from typing import Any

from playground.checking.case import Case, Judgement
from playground.checking.checks import (
    code,
    combined,
    error,
    result,
    sql,
    state,
    statements,
)
from playground.course import Check

EVALUATORS: dict[str, Callable[[Case, Any], Judgement]] = {
    "result": result.evaluate,
    "state": state.evaluate,
    "unchanged": state.evaluate_unchanged,
    "statements": statements.evaluate,
    "sql": sql.evaluate,
    "code": code.evaluate,
    "error": error.evaluate,
    "all_of": combined.all_of,
    "any_of": combined.any_of,
    "not": combined.none_of,
}
"""By the names of the course package's table of checks; a test holds the two equal."""


def evaluate(case: Case, check: Check) -> Judgement:
    """Whether a check holds in a case."""
    return EVALUATORS[check.name](case, check.options)
