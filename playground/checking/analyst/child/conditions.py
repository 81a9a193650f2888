"""Mended queries: comparisons, NULL, AND and OR, conditions."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

from sqlglot import exp

from .changing import Repair, as_operator, changed, conjuncts, without_condition

_OPEN = {exp.LT: exp.LTE, exp.LTE: exp.LT, exp.GT: exp.GTE, exp.GTE: exp.GT}


_COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)


_SIGNS = {
    exp.EQ: "=",
    exp.NEQ: "!=",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}


def boundaries(tree: Any) -> Iterator[Repair]:
    """One border taken in or left out, or all of them; each end of a BETWEEN."""
    for _node, mended in changed(tree, tuple(_OPEN), lambda n: as_operator(_OPEN[type(n)], n)):
        yield "boundary", mended, {}
    for kinds in ((exp.LT, exp.GT), (exp.LTE, exp.GTE)):
        yield "boundary", tree.transform(_opened, kinds), {}
    for low, high in product((exp.GT, exp.GTE), (exp.LT, exp.LTE)):

        def ends(node: Any, low: Any = low, high: Any = high) -> Any:
            return _ends(node, low, high)

        for _node, mended in changed(tree, (exp.Between,), ends):
            yield "boundary", mended, {}


def _opened(node: Any, kinds: Any) -> Any:
    return as_operator(_OPEN[type(node)], node) if isinstance(node, kinds) else node


def _ends(node: Any, low: Any, high: Any) -> Any:
    return exp.paren(
        exp.and_(
            low(this=node.this.copy(), expression=node.args["low"].copy()),
            high(this=node.this.copy(), expression=node.args["high"].copy()),
        )
    )


def null_literals(tree: Any) -> Iterator[Repair]:
    """`= NULL`, and NOT IN a list or subquery that holds a NULL."""

    def is_null(node: Any) -> Any:
        if not isinstance(node.expression, exp.Null):
            return None
        test = exp.Is(this=node.this.copy(), expression=exp.Null())
        return test if isinstance(node, exp.EQ) else exp.not_(test)

    for _node, mended in changed(tree, (exp.EQ, exp.NEQ), is_null):
        yield "equals-none-in-sql", mended, {}
    for _node, mended in changed(tree, (exp.In,), _without_null):
        yield "not-in-null", mended, {}


def _without_null(node: Any) -> Any:
    query = node.args.get("query")
    changed = node.copy()
    if query is None:
        kept = [item for item in changed.expressions if not isinstance(item, exp.Null)]
        changed.set("expressions", kept)
        return changed
    select = changed.args["query"].find(exp.Select)
    if select is None or not select.expressions:
        return None
    output = select.expressions[0].unalias().copy()
    select.where(exp.not_(exp.Is(this=output, expression=exp.Null())), copy=False)
    return changed


def nulls(tree: Any) -> Iterator[Repair]:
    """A comparison that shall hold for NULL too, or a row with NULL that shall not come."""
    negative = (exp.NEQ, exp.Not)

    def or_null(node: Any) -> Any:
        inner = node.this if isinstance(node, exp.Not) else node
        if not isinstance(inner, (*_COMPARISONS, exp.In, exp.Like, exp.Between)):
            return None
        if not isinstance(inner.this, exp.Column):
            return None
        test = exp.Is(this=inner.this.copy(), expression=exp.Null())
        return exp.paren(exp.or_(node.copy(), test))

    for _node, mended in changed(tree, negative, or_null):
        yield "not-equal-loses-null", mended, {}
    for node, mended in changed(tree, (exp.EQ, exp.LT, exp.LTE, exp.GT, exp.GTE), or_null):
        yield "null-comparison", mended, {"column": node.this.name}


def with_null_test(tree: Any) -> Iterator[Repair]:
    """The query without the rows where one of its columns is NULL."""
    if not isinstance(tree, exp.Select):
        return
    columns = {column.sql(): column for column in tree.find_all(exp.Column)}
    for column in list(columns.values())[:12]:
        test = exp.not_(exp.Is(this=column.copy(), expression=exp.Null()))
        yield "null-rows-kept", tree.where(test), {"column": column.name}


def logic(tree: Any) -> Iterator[Repair]:
    """AND and OR exchanged or grouped otherwise."""
    for regroup in (_regrouped, _regrouped_within):
        for _node, mended in changed(tree, (exp.Or,), regroup):
            yield "sql-and-or-precedence", mended, {}

    def swap(node: Any) -> Any:
        kind = exp.Or if isinstance(node, exp.And) else exp.And
        return exp.paren(as_operator(kind, node))

    for _node, mended in changed(tree, (exp.And, exp.Or), swap):
        yield "and-or-swapped", mended, {}
    for index in range(_MOST_SIDES):
        for _node, mended in changed(tree, (exp.Or,), _one_needed(index)):
            yield "and-or-swapped", mended, {}
    whole = tree.copy()
    if len(list(whole.find_all(exp.And))) > 1:
        swapped = whole.transform(
            lambda node: as_operator(exp.Or, node) if isinstance(node, exp.And) else node
        )
        yield "and-or-swapped", swapped, {}


_MOST_SIDES = 4


def _one_needed(index: int) -> Callable[[Any], Any]:
    """`a OR b OR c` as `a AND (b OR c)`, with each of them in the place of `a`."""

    def other(node: Any) -> Any:
        sides = list(node.flatten())
        if isinstance(node.parent, exp.Or) or len(sides) < 3 or index >= len(sides):
            return None
        rest = [side.copy() for place, side in enumerate(sides) if place != index]
        return exp.paren(exp.and_(sides[index].copy(), exp.or_(*rest)))

    return other


def _regrouped(node: Any) -> Any:
    """`a OR b AND c` as `(a OR b) AND c`."""
    left, right = node.this, node.expression
    if isinstance(right, exp.And):
        first, *others = conjuncts(right)
        inner = exp.paren(exp.Or(this=left.copy(), expression=first.copy()))
        return exp.and_(inner, *[other.copy() for other in others])
    if isinstance(left, exp.And):
        *others, last = conjuncts(left)
        inner = exp.paren(exp.Or(this=last.copy(), expression=right.copy()))
        return exp.and_(*[other.copy() for other in others], inner)
    return None


def _regrouped_within(node: Any) -> Any:
    """`a AND b OR c AND d` as `a AND (b OR c) AND d`."""
    left, right = node.this, node.expression
    if not (isinstance(left, exp.And) and isinstance(right, exp.And)):
        return None
    *before, last = conjuncts(left)
    first, *after = conjuncts(right)
    inner = exp.paren(exp.Or(this=last.copy(), expression=first.copy()))
    return exp.and_(*[each.copy() for each in before], inner, *[each.copy() for each in after])


def unneeded(tree: Any) -> Iterator[Repair]:
    """Without one condition, or without one side of an OR."""
    for part in (exp.Where, exp.Having):
        for place, owner in enumerate(tree.find_all(part)):
            for index in range(len(list(conjuncts(owner.this)))):
                mended = without_condition(tree, part, place, index)
                yield "extra-condition", mended, {}
    for side in ("this", "expression"):
        for _node, mended in changed(tree, (exp.Or,), _only(side)):
            yield "extra-condition", mended, {}


def _only(side: str) -> Callable[[Any], Any]:
    return lambda node: node.args[side].copy()


def negated(tree: Any) -> Iterator[Repair]:
    """With one condition turned round."""

    def turned(node: Any) -> Any:
        if isinstance(node.parent, (exp.Not, exp.Join)):
            return None
        return exp.paren(exp.not_(exp.paren(node.copy())))

    kinds = (exp.Is, exp.In, exp.Like, exp.Exists, exp.EQ, exp.Between)
    for _node, mended in changed(tree, kinds, turned):
        yield "condition-negated", mended, {}
    for _node, mended in changed(tree, (exp.Not,), lambda node: node.this.copy()):
        yield "condition-negated", mended, {}


def operators(tree: Any) -> Iterator[Repair]:
    """Another comparison."""
    for kind in _COMPARISONS:

        def other(node: Any, kind: Any = kind) -> Any:
            return None if isinstance(node, kind) else as_operator(kind, node)

        for node, mended in changed(tree, _COMPARISONS, other):
            if isinstance(node.parent, exp.Join):
                continue
            yield "wrong-operator", mended, {"operator": _SIGNS[type(node)]}
