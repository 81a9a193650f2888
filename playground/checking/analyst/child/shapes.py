"""Mended queries: joins, DISTINCT, order, limits, aggregates, groups, patterns, division."""

from collections.abc import Iterator
from typing import Any

from sqlglot import exp

from .changing import Repair, changed, conjuncts, without_condition

_AGGREGATES = (exp.Sum, exp.Avg, exp.Min, exp.Max, exp.Count)


def joins(tree: Any) -> Iterator[Repair]:
    """Inner and outer joins exchanged; a condition moved from WHERE to ON."""

    def other_side(node: Any, side: str) -> Any:
        if bool(node.args.get("side")) == bool(side) or not node.args.get("on"):
            return None
        copy = node.copy()
        copy.set("side", side or None)
        copy.set("kind", None)
        return copy

    for _node, mended in changed(tree, (exp.Join,), lambda n: other_side(n, "LEFT")):
        yield "inner-join-drops-rows", mended, {}
    yield from _all_outer(tree)
    yield from _where_to_on(tree)
    for _node, mended in changed(tree, (exp.Join,), lambda n: other_side(n, "")):
        yield "outer-join-unneeded", mended, {}


def _all_outer(tree: Any) -> Iterator[Repair]:
    """All inner joins made outer ones at once, where there are several."""
    mended = tree.copy()
    inner = [
        join
        for join in mended.args.get("joins") or []
        if join.args.get("on") and not join.args.get("side")
    ]
    for join in inner:
        join.set("side", "LEFT")
        join.set("kind", None)
    if len(inner) > 1:
        yield "inner-join-drops-rows", mended, {}


def _where_to_on(tree: Any) -> Iterator[Repair]:
    """A condition moved from WHERE to the ON of an outer join."""
    if not isinstance(tree, exp.Select) or tree.args.get("where") is None:
        return
    joins = [i for i, j in enumerate(tree.args.get("joins") or []) if j.args.get("side")]
    for index, condition in enumerate(conjuncts(tree.args["where"].this)):
        for place in joins:
            mended = without_condition(tree, exp.Where, _where_place(tree), index)
            join = mended.args["joins"][place]
            on = exp.and_(exp.paren(join.args["on"].copy()), exp.paren(condition.copy()))
            join.set("on", on)
            yield "outer-join-undone", mended, {}


def _where_place(tree: Any) -> int:
    """Which of the tree's WHEREs is the outermost select's own."""
    wheres = list(tree.find_all(exp.Where))
    return next(i for i, where in enumerate(wheres) if where is tree.args["where"])


def distinct(tree: Any) -> Iterator[Repair]:
    """With and without DISTINCT; UNION and UNION ALL."""
    for _node, mended in changed(tree, (exp.Select,), _toggled):
        had = mended.args.get("distinct") is None
        yield ("distinct-unneeded" if had else "distinct-missing"), mended, {}
    for _node, mended in changed(tree, (exp.Union,), _other_union):
        yield "union-all", mended, {}


def _toggled(node: Any) -> Any:
    copy = node.copy()
    copy.set("distinct", None if copy.args.get("distinct") else exp.Distinct())
    return copy


def _other_union(node: Any) -> Any:
    copy = node.copy()
    copy.set("distinct", not copy.args.get("distinct"))
    return copy


def sorting(tree: Any) -> Iterator[Repair]:
    """Sort keys turned round, changed places, NULL at the other end."""

    def flipped(node: Any) -> Any:
        copy = node.copy()
        copy.set("desc", not copy.args.get("desc"))
        copy.set("nulls_first", not copy.args.get("desc"))
        return copy

    def nulls(node: Any) -> Any:
        copy = node.copy()
        copy.set("nulls_first", not copy.args.get("nulls_first"))
        return copy

    order = tree.args.get("order")
    if order is None:
        return

    def turned_round(node: Any) -> Any:
        copy = node.copy()
        copy.set("desc", not copy.args.get("desc"))
        return copy

    for turn in (flipped, turned_round):
        for _node, mended in changed(tree, (exp.Ordered,), turn):
            yield "order-direction", mended, {}
    whole = tree.copy()
    whole.args["order"].set("expressions", [flipped(k) for k in whole.args["order"].expressions])
    yield "order-direction", whole, {}
    for _node, mended in changed(tree, (exp.Ordered,), nulls):
        yield "nulls-order", mended, {}
    turned = tree.copy()
    turned.args["order"].set("expressions", turned.args["order"].expressions[::-1])
    yield "order-keys", turned, {}


def limits(tree: Any) -> Iterator[Repair]:
    """A limit or offset one more or less, none, or before the filter."""
    limit, offset = tree.args.get("limit"), tree.args.get("offset")
    if limit is not None:
        for step in (1, -1):
            yield "limit-count", tree.limit(_plus(limit.expression, step)), {}
        free = tree.copy()
        free.set("limit", None)
        free.set("offset", None)
        yield "limit-unneeded", free, {}
        yield from _page_first(tree)
    if offset is not None:
        for step in (1, -1):
            yield "offset-count", tree.offset(_plus(offset.expression, step)), {}


def _plus(value: Any, step: int) -> Any:
    return exp.Add(this=exp.paren(value.copy()), expression=exp.Literal.number(step))


def _page_first(tree: Any) -> Iterator[Repair]:
    """The filter after the limit: of one table's page, instead of the page of the filtered."""
    if not isinstance(tree, exp.Select) or tree.args.get("joins") or not tree.args.get("where"):
        return
    source = tree.args["from_"].this if tree.args.get("from_") else None
    if not isinstance(source, exp.Table):
        return
    page = exp.select("*").from_(source.copy())
    for part in ("order", "limit", "offset"):
        if tree.args.get(part) is not None:
            page.set(part, tree.args[part].copy())
    outer = tree.copy()
    outer.set("limit", None)
    outer.set("offset", None)
    outer.set("from_", exp.From(this=page.subquery(source.alias_or_name)))
    yield "filter-before-limit", outer, {}


def aggregates(tree: Any) -> Iterator[Repair]:
    """Another aggregate; what a count counts."""
    for kind in _AGGREGATES:

        def other(node: Any, kind: Any = kind) -> Any:
            if isinstance(node, kind) or isinstance(node.this, exp.Star) or node.this is None:
                return None
            return kind(this=node.this.copy())

        for node, mended in changed(tree, _AGGREGATES, other):
            yield "wrong-aggregate", mended, {"name": node.key}
    yield from _counts(tree)


def _counts(tree: Any) -> Iterator[Repair]:
    """`count(*)` of a column, `count(column)` of rows, and of different values."""
    outer = any(join.args.get("side") for join in tree.find_all(exp.Join))
    joined = any(True for _ in tree.find_all(exp.Join))
    name = "count-star-outer-join" if outer else "count-nulls"
    for column in _joined_columns(tree):

        def of_column(node: Any, column: Any = column) -> Any:
            return (
                exp.Count(this=column.copy()) if not isinstance(node.this, exp.Distinct) else None
            )

        for _node, mended in changed(tree, (exp.Count,), of_column):
            yield name, mended, {}
    for _node, mended in changed(tree, (exp.Count,), lambda n: exp.Count(this=exp.Star())):
        yield "count-nulls", mended, {}

    def distinct(node: Any) -> Any:
        if isinstance(node.this, exp.Star | exp.Distinct) or node.this is None:
            return None
        return type(node)(this=exp.Distinct(expressions=[node.this.copy()]))

    for _node, mended in changed(tree, (exp.Count, exp.Sum), distinct):
        yield ("fan-out" if joined else "count-distinct"), mended, {}


def _joined_columns(tree: Any) -> list[Any]:
    """Columns that a count may be meant for: those of joins and of the SELECT itself."""
    found = {}
    for join in tree.find_all(exp.Join):
        for column in join.find_all(exp.Column):
            found[column.sql()] = column
            owner = exp.column("id", table=column.table) if column.table else None
            if owner is not None:
                found[owner.sql()] = owner
    for column in tree.find_all(exp.Column):
        found.setdefault(column.sql(), column)
    return list(found.values())[:10]


def groups(tree: Any) -> Iterator[Repair]:
    """Grouped by every plain column of the SELECT."""
    if not isinstance(tree, exp.Select) or not any(e.find(*_AGGREGATES) for e in tree.expressions):
        return
    plain = [e.unalias().copy() for e in tree.expressions if not e.find(exp.AggFunc)]
    if not plain:
        return
    mended = tree.copy()
    before = mended.args.get("group")
    mended.set("group", exp.Group(expressions=plain))
    if before is None:
        yield "aggregate-without-group", mended, {}
    elif len(before.expressions) > len(plain):
        yield "group-by-extra-column", mended, {}
    else:
        yield "group-by-missing-column", mended, {}


def likes(tree: Any) -> Iterator[Repair]:
    """Patterns with their wildcards elsewhere, and comparisons without regard to case."""

    def around(node: Any, before: bool, after: bool) -> Any:
        pattern: Any = exp.func("TRIM", node.expression.copy(), exp.Literal.string("%"))
        if before:
            pattern = exp.DPipe(this=exp.Literal.string("%"), expression=pattern)
        if after:
            pattern = exp.DPipe(this=pattern, expression=exp.Literal.string("%"))
        return exp.Like(this=node.this.copy(), expression=pattern)

    for before, after in ((True, True), (False, True), (True, False), (False, False)):

        def elsewhere(node: Any, before: bool = before, after: bool = after) -> Any:
            return around(node, before, after)

        for _node, mended in changed(tree, (exp.Like,), elsewhere):
            yield "like-pattern", mended, {}

    def any_case(node: Any) -> Any:
        # No LOWER(): it makes texts of numbers, and could mend what has nothing to do with case.
        nocase = exp.Collate(this=node.expression.copy(), expression=exp.var("NOCASE"))
        return exp.EQ(this=node.this.copy(), expression=nocase)

    for _node, mended in changed(tree, (exp.EQ,), any_case):
        yield "like-case", mended, {}


def divisions(tree: Any) -> Iterator[Repair]:
    """Division that keeps the rest, or drops it."""

    def kept(node: Any) -> Any:
        left = exp.Mul(this=exp.Literal.number("1.0"), expression=exp.paren(node.this.copy()))
        return exp.Div(this=left, expression=exp.paren(node.expression.copy()))

    def dropped(node: Any) -> Any:
        return exp.cast(exp.paren(node.copy()), "INTEGER")

    for _node, mended in changed(tree, (exp.Div,), kept):
        yield "integer-division", mended, {}
    for _node, mended in changed(tree, (exp.Div,), dropped):
        yield "integer-division", mended, {}
