"""`data_frame`: the value is a data frame as the solution's."""

import msgspec

from playground.checking.case import HOLDS, Case, Judgement, fails
from playground.checking.compare import compare
from playground.checking.match import Policy
from playground.course import DataFrameOptions
from playground.texts import _


def evaluate(case: Case, options: DataFrameOptions) -> Judgement:
    """Columns by name, types by what their cells are, rows as a multiset."""
    asked, got = case.expected.run.result, case.run.result
    if asked is None or got is None:
        return HOLDS if asked is None else fails("no-result")
    if asked.frame and not got.frame:
        return fails("data-frame-missing")
    if options.columns and asked.columns != got.columns:
        return fails("data-frame-differs", what=_("columns"))
    if options.types and asked.types != got.types:
        return fails("data-frame-differs", what=_("types"))
    by_position = msgspec.structs.replace(got, types=asked.types)
    if options.rows and not compare(asked, by_position, Policy(exact=options.types)).rows_equal:
        return fails("data-frame-differs", what=_("rows"))
    return HOLDS
