"""Mended queries: branches of CASE, numbers kept or compared as text, days and moments."""

from collections.abc import Iterator
from itertools import permutations
from typing import Any

from sqlglot import exp

from .changing import Repair, changed, changed_alike

_MOST_BRANCHES = 4
_COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)


def cases(tree: Any) -> Iterator[Repair]:
    """The branches of a CASE in another order, or each with another's value."""
    for arrangement in _arrangements(_longest_case(tree)):

        def reordered(node: Any, arrangement: Any = arrangement) -> Any:
            branches = node.args.get("ifs") or []
            if len(branches) != len(arrangement):
                return None
            copy = node.copy()
            copy.set("ifs", [branches[place].copy() for place in arrangement])
            return copy

        def revalued(node: Any, arrangement: Any = arrangement) -> Any:
            branches = node.args.get("ifs") or []
            if len(branches) != len(arrangement):
                return None
            copy = node.copy()
            for branch, place in zip(copy.args["ifs"], arrangement, strict=True):
                branch.set("true", branches[place].args["true"].copy())
            return copy

        for _node, mended in changed_alike(tree, (exp.Case,), reordered):
            yield "case-order", mended, {}
        for _node, mended in changed_alike(tree, (exp.Case,), revalued):
            yield "case-values", mended, {}


def _longest_case(tree: Any) -> list[int]:
    return sorted({len(node.args.get("ifs") or []) for node in tree.find_all(exp.Case)})


def _arrangements(lengths: list[int]) -> Iterator[tuple[int, ...]]:
    """Every other order of as many branches as some CASE has."""
    for length in lengths:
        if 1 < length <= _MOST_BRANCHES:
            yield from (
                each for each in permutations(range(length)) if each != tuple(range(length))
            )


def texts(tree: Any) -> Iterator[Repair]:
    """Without a CAST to text; and what a text function gives compared as the number that it is."""

    def bare(node: Any) -> Any:
        compared = node.find_ancestor(exp.Ordered, exp.Predicate, exp.AggFunc) is not None
        is_text = node.to.this in exp.DataType.TEXT_TYPES
        return node.this.copy() if compared and is_text else None

    for _node, mended in changed_alike(tree, (exp.Cast,), bare):
        yield "compared-as-text", mended, {}

    def as_numbers(node: Any) -> Any:
        sides = [node.this, node.expression]
        if not any(isinstance(side, (exp.TimeToStr, exp.Substring)) for side in sides):
            return None
        left, right = (exp.cast(exp.paren(side.copy()), "INTEGER") for side in sides)
        return type(node)(this=left, expression=right)

    for _node, mended in changed(tree, _COMPARISONS, as_numbers):
        yield "compared-as-text", mended, {}


def moments(tree: Any) -> Iterator[Repair]:
    """A moment compared with a day as the day that it lies on."""

    def of_day(node: Any) -> Any:
        if not isinstance(node.this, exp.Column) or not _is_value(node.expression):
            return None
        return type(node)(this=_day(node.this), expression=_day(node.expression))

    def between_days(node: Any) -> Any:
        if not isinstance(node.this, exp.Column) or not _is_value(node.args["high"]):
            return None
        return exp.Between(
            this=_day(node.this), low=_day(node.args["low"]), high=_day(node.args["high"])
        )

    for node, mended in changed(tree, (exp.EQ, exp.LTE, exp.GT), of_day):
        yield "date-for-moment", mended, {"value": node.expression.sql(dialect="sqlite")}
    for node, mended in changed(tree, (exp.Between,), between_days):
        yield "date-for-moment", mended, {"value": node.args["high"].sql(dialect="sqlite")}


def _is_value(node: Any) -> bool:
    return isinstance(node, exp.Placeholder) or (isinstance(node, exp.Literal) and node.is_string)


def _day(node: Any) -> Any:
    return exp.Anonymous(this="DATE", expressions=[node.copy()])
