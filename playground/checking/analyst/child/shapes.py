"""Mended queries: joins, DISTINCT, order, limits, aggregates, groups, patterns, division."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from sqlglot import exp

from .changing import Repair, changed, changed_alike, conjuncts, without_condition

_AGGREGATES = (exp.Sum, exp.Avg, exp.Min, exp.Max, exp.Count)


_SIDES = {
    ("", "LEFT"): "inner-join-drops-rows",
    ("", "RIGHT"): "inner-join-drops-rows",
    ("", "FULL"): "inner-join-drops-rows",
    ("LEFT", "FULL"): "inner-join-drops-rows",
    ("RIGHT", "FULL"): "inner-join-drops-rows",
    ("LEFT", "RIGHT"): "outer-join-side",
    ("RIGHT", "LEFT"): "outer-join-side",
    ("LEFT", ""): "outer-join-unneeded",
    ("RIGHT", ""): "outer-join-unneeded",
    ("FULL", "LEFT"): "outer-join-unneeded",
    ("FULL", "RIGHT"): "outer-join-unneeded",
    ("FULL", ""): "outer-join-unneeded",
}
"""What it means that a join keeps all rows of one side, and those of another should be kept."""


def joins(tree: Any) -> Iterator[Repair]:
    """Inner and outer joins exchanged; a condition moved from WHERE to ON, or no longer undoing one."""
    yield from _other_sides(tree, "inner-join-drops-rows")
    yield from _several_joins(tree)
    yield from _where_to_on(tree)
    yield from _partnerless_kept(tree)
    yield from _partner_absent(tree)
    yield from _other_sides(tree, "outer-join-unneeded", "outer-join-side")


def _other_sides(tree: Any, *names: str) -> Iterator[Repair]:
    for (given, side), name in _SIDES.items():
        if name not in names:
            continue

        def other_side(node: Any, given: str = given, side: str = side) -> Any:
            if (node.args.get("side") or "") != given or not node.args.get("on"):
                return None
            copy = node.copy()
            copy.set("side", side or None)
            copy.set("kind", None)
            return copy

        for _node, mended in changed(tree, (exp.Join,), other_side):
            yield name, mended, {}


def _several_joins(tree: Any) -> Iterator[Repair]:
    """Several joins at once made outer ones, or inner ones; first those that stand last."""
    joins = [join for join in tree.args.get("joins") or [] if join.args.get("on")]
    if len(joins) > _MOST_JOINS:
        return
    for side, other, name in (
        ("", "LEFT", "inner-join-drops-rows"),
        ("LEFT", "", "outer-join-unneeded"),
    ):
        places = [i for i, join in enumerate(joins) if (join.args.get("side") or "") == side]
        for count in range(2, len(places) + 1):
            for chosen in combinations(reversed(places), count):
                mended = tree.copy()
                copies = [join for join in mended.args["joins"] if join.args.get("on")]
                for place in chosen:
                    copies[place].set("side", other or None)
                    copies[place].set("kind", None)
                yield name, mended, {}


_MOST_JOINS = 4


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


def _partnerless_kept(tree: Any) -> Iterator[Repair]:
    """A condition of WHERE that also lets the rows pass that an outer join made."""
    if not isinstance(tree, exp.Select) or tree.args.get("where") is None:
        return
    for index, condition in enumerate(conjuncts(tree.args["where"].this)):
        used = {column.table for column in condition.find_all(exp.Column)}
        for key in _keys_of_partners(tree):
            if key.table not in used:
                continue
            mended = without_condition(tree, exp.Where, _where_place(tree), index)
            absent = exp.Is(this=key.copy(), expression=exp.Null())
            yield "outer-join-undone", mended.where(exp.or_(condition.copy(), absent)), {}


def _partner_absent(tree: Any) -> Iterator[Repair]:
    """`column IS NULL` asked of a key: another column of a row that is there may be NULL too."""
    if not isinstance(tree, exp.Select):
        return
    for key in _keys_of_partners(tree):

        def of_key(node: Any, key: Any = key) -> Any:
            column = node.this
            if not isinstance(column, exp.Column) or column.table != key.table:
                return None
            return exp.Is(this=key.copy(), expression=node.expression.copy())

        for node, mended in changed(tree, (exp.Is,), of_key):
            yield "absence-by-column", mended, {"column": node.this.name}


def _keys_of_partners(tree: Any) -> Iterator[Any]:
    """Of each table that an outer join may find no row of, a column that the ON compares, and a key."""
    for join in tree.args.get("joins") or []:
        side, on, joined = join.args.get("side"), join.args.get("on"), join.this.alias_or_name
        if not side or on is None:
            continue
        columns = {column.table: column for column in on.find_all(exp.Column)}
        for table, column in columns.items():
            if side == "FULL" or (table == joined) == (side == "LEFT"):
                yield column
                yield exp.column("id", table=table)


def _where_place(tree: Any) -> int:
    """Which of the tree's WHEREs is the outermost select's own."""
    wheres = list(tree.find_all(exp.Where))
    return next(i for i, where in enumerate(wheres) if where is tree.args["where"])


def distinct(tree: Any) -> Iterator[Repair]:
    """With and without DISTINCT; UNION and UNION ALL."""
    for node, mended in changed(tree, (exp.Select,), _toggled):
        had = node.args.get("distinct") is not None
        yield ("distinct-unneeded" if had else "distinct-missing"), mended, {}
    for _node, mended in changed(tree, (exp.Union,), _other_union):
        yield "union-all", mended, {}
    yield from _set_operations(tree)


_SETS = (exp.Union, exp.Intersect, exp.Except)


def _set_operations(tree: Any) -> Iterator[Repair]:
    """Another set operation; the two sides of EXCEPT changed."""
    for kind in _SETS:

        def other(node: Any, kind: Any = kind) -> Any:
            return None if isinstance(node, kind) else kind(**node.copy().args)

        for node, mended in changed(tree, _SETS, other):
            yield "set-operation", mended, {"operation": node.key.upper()}

    def turned(node: Any) -> Any:
        copy = node.copy()
        copy.set("this", node.expression.copy())
        copy.set("expression", node.this.copy())
        return copy

    for _node, mended in changed(tree, (exp.Except,), turned):
        yield "set-sides", mended, {}


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

    def turned_round(node: Any) -> Any:
        copy = node.copy()
        copy.set("desc", not copy.args.get("desc"))
        return copy

    for turn in (flipped, turned_round):
        for _node, mended in changed(tree, (exp.Ordered,), turn):
            yield "order-direction", mended, {}
    for _node, mended in changed(tree, (exp.Ordered,), nulls):
        yield "nulls-order", mended, {}
    if tree.args.get("order") is None:
        return
    whole = tree.copy()
    whole.args["order"].set("expressions", [flipped(k) for k in whole.args["order"].expressions])
    yield "order-direction", whole, {}
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

        for node, mended in changed_alike(tree, _AGGREGATES, other):
            yield "wrong-aggregate", mended, {"name": node.key}
    yield from _counts(tree)


def _counts(tree: Any) -> Iterator[Repair]:
    """`count(*)` of a column, `count(column)` of rows or of another column, and of different values."""
    for column in _joined_columns(tree):
        yield from counting(tree, column)
    yield from counting(tree, exp.Star())

    def distinct(node: Any) -> Any:
        if isinstance(node.this, exp.Star | exp.Distinct) or node.this is None:
            return None
        return type(node)(this=exp.Distinct(expressions=[node.this.copy()]))

    for node, mended in changed_alike(tree, (exp.Count, exp.Sum), distinct):
        yield ("fan-out" if _of_joined_key(node) else "count-distinct"), mended, {}
    if len(list(tree.find_all(exp.Count))) > 1 and _joins_around(tree.find(exp.Count)):
        yield "fan-out", tree.transform(_distinct_count, distinct), {}


def _distinct_count(node: Any, distinct: Any) -> Any:
    return (distinct(node) if isinstance(node, exp.Count) else None) or node


def needless_joins(tree: Any) -> Iterator[Repair]:
    """Without a join of which nothing is used, where something is counted or added up."""
    if not isinstance(tree, exp.Select) or not any(e.find(*_AGGREGATES) for e in tree.expressions):
        return
    for place, join in enumerate(tree.args.get("joins") or []):
        mended = tree.copy()
        mended.args["joins"].pop(place)
        used = {column.table for column in mended.find_all(exp.Column)}
        if join.this.alias_or_name not in used:
            yield "fan-out", mended, {}


def counting(tree: Any, operand: Any) -> Iterator[Repair]:
    """The query with each of its counts of something else, by what that means."""

    def other(node: Any) -> Any:
        return exp.Count(this=operand.copy())

    for node, mended in changed_alike(tree, (exp.Count,), other):
        given = node.this
        if given is None or given.sql() == operand.sql():
            continue
        merged = isinstance(given, exp.Distinct), isinstance(operand, exp.Distinct)
        if merged == (True, True):
            continue
        if merged == (True, False):
            yield "count-distinct-unneeded", mended, {}
        elif merged == (False, True):
            yield "count-distinct", mended, {}
        elif _tells_partner(operand, node) and not _of_partner(given, node):
            yield "count-star-outer-join", mended, {"counted": given.sql()}
        else:
            yield "count-nulls", mended, {"counted": given.sql()}


def _tells_partner(operand: Any, count: Any) -> bool:
    """Whether a column is NULL just in the rows that an outer join made for want of a partner.

    It is one that an ON compares, or a key.
    """
    joins = _joins_around(count)
    compared = {column.sql() for join in joins for column in join.find_all(exp.Column)}
    return _of_partner(operand, count) and (operand.name == "id" or operand.sql() in compared)


def _of_partner(operand: Any, count: Any) -> bool:
    """Whether it is a column of what an outer join brings."""
    partners = {join.this.alias_or_name for join in _joins_around(count) if join.args.get("side")}
    return isinstance(operand, exp.Column) and operand.table in partners


def _joins_around(node: Any) -> list[Any]:
    select = node.find_ancestor(exp.Select)
    return (select.args.get("joins") if select is not None else None) or []


def _of_joined_key(aggregate: Any) -> bool:
    """Whether a query with a join counts a key, or adds up: what is repeated are rows, not values."""
    if not _joins_around(aggregate):
        return False
    return not isinstance(aggregate, exp.Count) or aggregate.this.name == "id"


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
    """Grouped by every plain column of the SELECT, or by one thing less."""
    yield from _fewer_groups(tree)
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
    elif not _follow(plain, before.expressions):
        yield "group-by-missing-column", mended, {}


def _follow(outputs: list[Any], grouped: list[Any]) -> bool:
    """Whether what is selected is told by the columns that are grouped by: the groups are too small."""
    names = {key.name for key in grouped if isinstance(key, exp.Column)}
    outputs_names = {column.name for each in outputs for column in each.find_all(exp.Column)}
    return bool(outputs_names) and outputs_names <= names


def _fewer_groups(tree: Any) -> Iterator[Repair]:
    group = tree.args.get("group")
    several = len(group.expressions) > 1 if group is not None else False
    for place in range(len(group.expressions) if several else 0):
        mended = tree.copy()
        mended.args["group"].expressions.pop(place)
        yield "group-by-extra-column", mended, {}


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

    for _node, mended in changed_alike(tree, (exp.Div,), kept):
        yield "integer-division", mended, {}
    for _node, mended in changed_alike(tree, (exp.Div,), dropped):
        yield "integer-division", mended, {}
