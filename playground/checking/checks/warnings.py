"""`warnings`: Python's warnings while the answer ran are as listed."""

from playground.checking.case import HOLDS, Case, Judgement, fails
from playground.course import WarningsOptions
from playground.running import CaughtWarning


def evaluate(case: Case, options: WarningsOptions) -> Judgement:
    """None came, or each of the list did, by its class or a part of its message."""
    given = case.run.warnings
    if options.expected == "none":
        if not given:
            return HOLDS
        return fails("warning-given", given[0].line, message=given[0].message)
    for name in options.expected:
        if not any(_is(warning, name) for warning in given):
            return fails("warning-missing", name=name)
    return HOLDS


def _is(warning: CaughtWarning, name: str) -> bool:
    return warning.category == name.rpartition(".")[2] or name in warning.message
