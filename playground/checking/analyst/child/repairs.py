"""Queries that differ from a learner's in one thing, each with the mistake that it would mend.

They are the mutation operators of the curriculum (4c) turned round: if the mended query gives what
was asked, that one thing was the mistake.
"""

from collections.abc import Callable, Iterator
from typing import Any

from sqlglot import exp

from .trees import parsed

MOST = 150
Repair = tuple[str, Any, dict[str, str]]
"""A finding's id, the mended tree, facts for the message."""

_OPEN = {exp.LT: exp.LTE, exp.LTE: exp.LT, exp.GT: exp.GTE, exp.GTE: exp.GT}
_COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)
_AGGREGATES = (exp.Sum, exp.Avg, exp.Min, exp.Max, exp.Count)


def repairs(request: dict[str, Any]) -> list[dict[str, Any]]:
    """The mended queries of `sql`, as texts.

    `solution` is the course's own query, from which conditions, sort keys and values are borrowed;
    `constants` are the values that it binds, in order.
    """
    tree = parsed(request["sql"])
    if not isinstance(tree, exp.Query):
        return []
    constants = request["constants"]
    solution = _with_values(parsed(request["solution"]), constants)
    found: list[dict[str, Any]] = []
    seen = {tree.sql(dialect="sqlite")}
    for operator in _OPERATORS:
        for name, mended, facts in operator(tree):
            _keep(found, seen, name, mended, facts)
    for name, mended, facts in _borrowed(tree, solution, constants):
        _keep(found, seen, name, mended, facts)
    for name, mended, facts in _with_null_test(tree):
        _keep(found, seen, name, mended, facts)
    return found[:MOST]


def _with_values(tree: Any, constants: list[Any]) -> Any:
    """The course's query with its values written out, so that a part of it stands by itself."""
    if tree is None:
        return None

    def value(node: Any) -> Any:
        place = node.name[1:] if isinstance(node, exp.Placeholder) else ""
        known = place.isdigit() and int(place) <= len(constants)
        return exp.convert(constants[int(place) - 1]) if known else node

    return tree.transform(value)


def _keep(
    found: list[dict[str, Any]], seen: set[str], name: str, mended: Any, facts: dict[str, str]
) -> None:
    text = mended.sql(dialect="sqlite")
    if text not in seen:
        seen.add(text)
        found.append({"finding": name, "sql": text, "facts": facts})


def _variants(tree: Any, kinds: Any, change: Callable[[Any], Any]) -> Iterator[tuple[Any, Any]]:
    """Each node of some kinds, with the tree in which it is changed; None leaves it out."""
    for place, shown in enumerate(list(tree.find_all(*kinds))):
        copy = tree.copy()
        node = list(copy.find_all(*kinds))[place]
        changed = change(node)
        if changed is None:
            continue
        if node is copy:
            yield shown, changed
        else:
            node.replace(changed)
            yield shown, copy


def _as(kind: Any, node: Any) -> Any:
    """The same operands under another operator."""
    return kind(this=node.this.copy(), expression=node.expression.copy())


def _boundary(tree: Any) -> Iterator[Repair]:
    for _node, mended in _variants(tree, tuple(_OPEN), lambda n: _as(_OPEN[type(n)], n)):
        yield "boundary", mended, {}
    for low in (exp.GT, exp.GTE):
        for high in (exp.LT, exp.LTE):
            for _node, mended in _variants(tree, (exp.Between,), lambda n: _ends(n, low, high)):  # noqa: B023
                yield "boundary", mended, {}


def _ends(node: Any, low: Any, high: Any) -> Any:
    return exp.paren(
        exp.and_(
            low(this=node.this.copy(), expression=node.args["low"].copy()),
            high(this=node.this.copy(), expression=node.args["high"].copy()),
        )
    )


def _null_literals(tree: Any) -> Iterator[Repair]:
    """`= NULL`, and NOT IN a list or subquery that holds a NULL."""

    def is_null(node: Any) -> Any:
        if not isinstance(node.expression, exp.Null):
            return None
        test = exp.Is(this=node.this.copy(), expression=exp.Null())
        return test if isinstance(node, exp.EQ) else exp.not_(test)

    for _node, mended in _variants(tree, (exp.EQ, exp.NEQ), is_null):
        yield "equals-none-in-sql", mended, {}
    for _node, mended in _variants(tree, (exp.In,), _without_null):
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


def _nulls(tree: Any) -> Iterator[Repair]:
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

    for _node, mended in _variants(tree, negative, or_null):
        yield "not-equal-loses-null", mended, {}
    for node, mended in _variants(tree, (exp.EQ, exp.LT, exp.LTE, exp.GT, exp.GTE), or_null):
        yield "null-comparison", mended, {"column": node.this.name}


def _with_null_test(tree: Any) -> Iterator[Repair]:
    """The query without the rows where one of its columns is NULL."""
    if not isinstance(tree, exp.Select):
        return
    columns = {column.sql(): column for column in tree.find_all(exp.Column)}
    for column in list(columns.values())[:12]:
        test = exp.not_(exp.Is(this=column.copy(), expression=exp.Null()))
        yield "null-comparison", tree.where(test), {"column": column.name}


def _logic(tree: Any) -> Iterator[Repair]:
    for _node, mended in _variants(tree, (exp.Or,), _regrouped):
        yield "sql-and-or-precedence", mended, {}

    def swap(node: Any) -> Any:
        kind = exp.Or if isinstance(node, exp.And) else exp.And
        return exp.paren(_as(kind, node))

    for _node, mended in _variants(tree, (exp.And, exp.Or), swap):
        yield "and-or-swapped", mended, {}
    whole = tree.copy()
    if len(list(whole.find_all(exp.And))) > 1:
        changed = whole.transform(
            lambda node: _as(exp.Or, node) if isinstance(node, exp.And) else node
        )
        yield "and-or-swapped", changed, {}


def _regrouped(node: Any) -> Any:
    """`a OR b AND c` as `(a OR b) AND c`."""
    left, right = node.this, node.expression
    if isinstance(right, exp.And):
        inner = exp.paren(exp.Or(this=left.copy(), expression=right.this.copy()))
        return exp.And(this=inner, expression=right.expression.copy())
    if isinstance(left, exp.And):
        inner = exp.paren(exp.Or(this=left.expression.copy(), expression=right.copy()))
        return exp.And(this=left.this.copy(), expression=inner)
    return None


def _conditions(tree: Any) -> Iterator[Repair]:
    """Without one condition, or with one turned round."""
    for part in (exp.Where, exp.Having):
        for place, owner in enumerate(tree.find_all(part)):
            for index in range(len(list(_conjuncts(owner.this)))):
                mended = _dropped(tree, part, place, index)
                yield "extra-condition", mended, {}

    def negated(node: Any) -> Any:
        if isinstance(node.parent, exp.Not):
            return None
        return exp.paren(exp.not_(exp.paren(node.copy())))

    kinds = (exp.Is, exp.In, exp.Like, exp.Exists, exp.EQ, exp.Between)
    for _node, mended in _variants(tree, kinds, negated):
        yield "condition-negated", mended, {}
    for _node, mended in _variants(tree, (exp.Not,), lambda node: node.this.copy()):
        yield "condition-negated", mended, {}


def _conjuncts(condition: Any) -> Iterator[Any]:
    while isinstance(condition, exp.Paren):
        condition = condition.this
    if isinstance(condition, exp.And):
        yield from _conjuncts(condition.this)
        yield from _conjuncts(condition.expression)
    else:
        yield condition


def _dropped(tree: Any, part: Any, place: int, index: int) -> Any:
    copy = tree.copy()
    owner = list(copy.find_all(part))[place]
    kept = [c.copy() for i, c in enumerate(_conjuncts(owner.this)) if i != index]
    if kept:
        owner.set("this", exp.and_(*[exp.paren(condition) for condition in kept]))
    else:
        owner.parent.set(owner.arg_key, None)
    return copy


def _operators(tree: Any) -> Iterator[Repair]:
    for kind in _COMPARISONS:
        for node, mended in _variants(
            tree,
            _COMPARISONS,
            lambda n, kind=kind: None if isinstance(n, kind) else _as(kind, n),
        ):
            if isinstance(node.parent, exp.Join):
                continue
            yield "wrong-operator", mended, {"operator": _SIGNS[type(node)]}


_SIGNS = {
    exp.EQ: "=",
    exp.NEQ: "!=",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}


def _joins(tree: Any) -> Iterator[Repair]:
    def changed(node: Any, side: str) -> Any:
        if bool(node.args.get("side")) == bool(side) or not node.args.get("on"):
            return None
        copy = node.copy()
        copy.set("side", side or None)
        copy.set("kind", None)
        return copy

    for _node, mended in _variants(tree, (exp.Join,), lambda n: changed(n, "LEFT")):
        yield "inner-join-drops-rows", mended, {}
    yield from _where_to_on(tree)
    for _node, mended in _variants(tree, (exp.Join,), lambda n: changed(n, "")):
        yield "outer-join-unneeded", mended, {}


def _where_to_on(tree: Any) -> Iterator[Repair]:
    """A condition moved from WHERE to the ON of an outer join."""
    if not isinstance(tree, exp.Select) or tree.args.get("where") is None:
        return
    joins = [i for i, j in enumerate(tree.args.get("joins") or []) if j.args.get("side")]
    for index, condition in enumerate(_conjuncts(tree.args["where"].this)):
        for place in joins:
            mended = _dropped(tree, exp.Where, _where_place(tree), index)
            join = mended.args["joins"][place]
            on = exp.and_(exp.paren(join.args["on"].copy()), exp.paren(condition.copy()))
            join.set("on", on)
            yield "outer-join-undone", mended, {}


def _where_place(tree: Any) -> int:
    """Which of the tree's WHEREs is the outermost select's own."""
    wheres = list(tree.find_all(exp.Where))
    return next(i for i, where in enumerate(wheres) if where is tree.args["where"])


def _distinct(tree: Any) -> Iterator[Repair]:
    for _node, mended in _variants(tree, (exp.Select,), _toggled):
        had = mended.args.get("distinct") is None
        yield ("distinct-unneeded" if had else "distinct-missing"), mended, {}
    for _node, mended in _variants(tree, (exp.Union,), _other_union):
        yield "union-all", mended, {}


def _toggled(node: Any) -> Any:
    copy = node.copy()
    copy.set("distinct", None if copy.args.get("distinct") else exp.Distinct())
    return copy


def _other_union(node: Any) -> Any:
    copy = node.copy()
    copy.set("distinct", not copy.args.get("distinct"))
    return copy


def _order(tree: Any) -> Iterator[Repair]:
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
    for _node, mended in _variants(tree, (exp.Ordered,), flipped):
        yield "order-direction", mended, {}
    whole = tree.copy()
    whole.args["order"].set("expressions", [flipped(k) for k in whole.args["order"].expressions])
    yield "order-direction", whole, {}
    for _node, mended in _variants(tree, (exp.Ordered,), nulls):
        yield "nulls-order", mended, {}
    turned = tree.copy()
    turned.args["order"].set("expressions", turned.args["order"].expressions[::-1])
    yield "order-keys", turned, {}


def _limits(tree: Any) -> Iterator[Repair]:
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


def _aggregates(tree: Any) -> Iterator[Repair]:
    for kind in _AGGREGATES:

        def other(node: Any, kind: Any = kind) -> Any:
            if isinstance(node, kind) or isinstance(node.this, exp.Star) or node.this is None:
                return None
            return kind(this=node.this.copy())

        for node, mended in _variants(tree, _AGGREGATES, other):
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

        for _node, mended in _variants(tree, (exp.Count,), of_column):
            yield name, mended, {}
    for _node, mended in _variants(tree, (exp.Count,), lambda n: exp.Count(this=exp.Star())):
        yield "count-nulls", mended, {}

    def distinct(node: Any) -> Any:
        if isinstance(node.this, exp.Star | exp.Distinct) or node.this is None:
            return None
        return type(node)(this=exp.Distinct(expressions=[node.this.copy()]))

    for _node, mended in _variants(tree, (exp.Count, exp.Sum), distinct):
        yield ("fan-out" if joined else "count-nulls"), mended, {}


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


def _groups(tree: Any) -> Iterator[Repair]:
    """Grouped by every plain column of the SELECT."""
    if not isinstance(tree, exp.Select) or not any(e.find(*_AGGREGATES) for e in tree.expressions):
        return
    plain = [e.unalias().copy() for e in tree.expressions if not e.find(exp.AggFunc)]
    if not plain:
        return
    mended = tree.copy()
    had = mended.args.get("group") is not None
    mended.set("group", exp.Group(expressions=plain))
    yield ("group-by-missing-column" if had else "aggregate-without-group"), mended, {}


def _likes(tree: Any) -> Iterator[Repair]:
    """Patterns with their wildcards elsewhere, and comparisons without regard to case."""

    def around(node: Any, before: bool, after: bool) -> Any:
        pattern: Any = exp.func("TRIM", node.expression.copy(), exp.Literal.string("%"))
        if before:
            pattern = exp.DPipe(this=exp.Literal.string("%"), expression=pattern)
        if after:
            pattern = exp.DPipe(this=pattern, expression=exp.Literal.string("%"))
        return exp.Like(this=node.this.copy(), expression=pattern)

    for before, after in ((True, True), (False, True), (True, False), (False, False)):
        for _node, mended in _variants(
            tree, (exp.Like,), lambda n, b=before, a=after: around(n, b, a)
        ):
            yield "like-pattern", mended, {}

    def any_case(node: Any) -> Any:
        return type(node)(
            this=exp.Lower(this=node.this.copy()),
            expression=exp.Lower(this=node.expression.copy()),
        )

    for _node, mended in _variants(tree, (exp.EQ, exp.Like), any_case):
        yield "like-case", mended, {}


def _divisions(tree: Any) -> Iterator[Repair]:
    def kept(node: Any) -> Any:
        left = exp.Mul(this=exp.Literal.number("1.0"), expression=exp.paren(node.this.copy()))
        return exp.Div(this=left, expression=exp.paren(node.expression.copy()))

    def dropped(node: Any) -> Any:
        return exp.cast(exp.paren(node.copy()), "INTEGER")

    for _node, mended in _variants(tree, (exp.Div,), kept):
        yield "integer-division", mended, {}
    for _node, mended in _variants(tree, (exp.Div,), dropped):
        yield "integer-division", mended, {}


def _borrowed(tree: Any, solution: Any, constants: list[Any]) -> Iterator[Repair]:
    """With a condition, a sort order or a value of the course's own query."""
    if isinstance(solution, exp.Select) and isinstance(tree, exp.Select):
        where = solution.args.get("where")
        for condition in _conjuncts(where.this) if where is not None else ():
            yield "missing-condition", tree.where(exp.paren(condition.copy())), {}
        order = solution.args.get("order")
        if order is not None:
            sorted_ = tree.copy()
            sorted_.set("order", order.copy())
            had = tree.args.get("order") is not None
            yield ("order-keys" if had else "order-missing"), sorted_, {}
    for constant in constants[:6]:
        value = exp.convert(constant)
        for node, mended in _variants(
            tree, (exp.Placeholder, exp.Literal), lambda n, value=value: value.copy()
        ):
            yield _PLACES.get(type(node.parent), "wrong-constant"), mended, {}


_PLACES = {exp.Limit: "limit-count", exp.Offset: "offset-count"}


_OPERATORS: tuple[Callable[[Any], Iterator[Repair]], ...] = (
    _null_literals,
    _boundary,
    _nulls,
    _logic,
    _joins,
    _distinct,
    _order,
    _limits,
    _groups,
    _aggregates,
    _likes,
    _divisions,
    _operators,
    _conditions,
)
"""From the most telling to the least: the first that mends the query is the one that leads."""
