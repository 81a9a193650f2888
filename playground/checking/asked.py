"""What an exercise asks for on each variant, to hold other results against it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from playground.checking.analyst.analysis import Analysis
from playground.checking.checks.result import policy
from playground.checking.code_answers import asks_for_error, checks_of
from playground.checking.compare import compare
from playground.checking.expected import expectations
from playground.checking.order import Order, one_by_one
from playground.course import Check, Exercise, ResultOptions
from playground.databases import Database, Variant
from playground.running import Result, Run, Runners


@dataclass(frozen=True)
class Asked:
    """The solution on one variant."""

    variant: Variant
    run: Run
    right: Callable[[Result], bool] | None
    """Whether a result is the one that is asked for; None where no result is asked here."""


def asked(
    exercise: Exercise, database: Database, runners: Runners, variants: Sequence[Variant]
) -> list[Asked]:
    """What the solution of a `code` exercise gives on some variants, in their order.

    Raises SolutionError where it does not run to its end, and DatabaseError.
    """
    checks = checks_of(exercise)
    expected = expectations(
        exercise,
        variants,
        runners.of(database.world),
        Analysis(runners),
        may_fail=any(asks_for_error(check) for check in checks),
        state=False,
        cancel=None,
    )
    found = []
    for variant, each in zip(variants, expected, strict=True):
        options = _result_options(checks, variant)
        result = each.run.result
        right = None
        if options is not None and result is not None:
            order = one_by_one(len(result.rows)) if options.order == "exact" else each.order
            if options.order == "any":
                order = ()
            right = _comparing(result, options, order)
        found.append(Asked(variant, each.run, right))
    return found


def _comparing(result: Result, options: ResultOptions, order: Order) -> Callable[[Result], bool]:
    def right(got: Result) -> bool:
        return compare(result, got, policy(options), order).equal

    return right


def _result_options(checks: tuple[Check, ...], variant: Variant) -> ResultOptions | None:
    """The options of the result check on a variant; None where it does not apply."""
    for check in checks:
        if check.name == "result" and (not check.on or variant.name in check.on):
            return check.options if isinstance(check.options, ResultOptions) else None
    return None
