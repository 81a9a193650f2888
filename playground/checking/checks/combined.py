"""`all_of`, `any_of`, `not`: checks combined."""

from playground.checking.case import HOLDS, Case, Judgement, fails
from playground.course import Combined


def all_of(case: Case, options: Combined) -> Judgement:
    """Every one holds; the first that does not tells why."""
    judgements = (_judge(case, options, place) for place in range(len(options.checks)))
    return next((found for found in judgements if not found.passed), HOLDS)


def any_of(case: Case, options: Combined) -> Judgement:
    """At least one holds; else the first tells why not."""
    first: Judgement | None = None
    for place in range(len(options.checks)):
        found = _judge(case, options, place)
        if found.passed:
            return HOLDS
        first = first or found
    return first or HOLDS


def none_of(case: Case, options: Combined) -> Judgement:
    """Not all of them hold."""
    return fails("check-failed", check="not") if all_of(case, options).passed else HOLDS


def _judge(case: Case, options: Combined, place: int) -> Judgement:
    from playground.checking.checks import evaluate  # the table of checks holds this one too

    check = options.checks[place]
    return evaluate(case, check)
