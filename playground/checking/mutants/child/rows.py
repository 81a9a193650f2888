"""Operators on what a query puts together: SELECT, joins, groups, aggregates, order, limits."""

from collections.abc import Iterator
from typing import Any

from sqlglot import exp

from .keys import Keys, sources

DROP: Any = object()
"""In place of another node: it is taken away."""


def sel(node: Any, keys: Keys) -> Iterator[Any]:
    """SEL: SELECT and SELECT DISTINCT."""
    if isinstance(node.parent, (exp.Exists, exp.In, exp.SetOperation)):
        return
    if keys.all_different(node) or any(e.is_star for e in node.expressions):
        return
    yield _with(node, distinct=None if node.args.get("distinct") else exp.Distinct())


def joi(node: Any, keys: Keys) -> Iterator[Any]:
    """JOI: inner, left, right, full and cross joins."""
    if not node.args.get("on"):
        return
    yield _with(node, on=None, side=None, kind="CROSS")
    select, side = node.parent_select, (node.args.get("side") or "").upper()
    joined = {node.this.alias_or_name.lower()}
    before = set(sources(select)) - joined
    if not side:
        if not keys.always_matches(node) and not keys.refused_when_null(select, joined):
            yield _with(node, side="LEFT", kind=None)
        if not keys.always_matched(node) and not keys.refused_when_null(select, before):
            yield _with(node, side="RIGHT", kind=None)
        return
    if side == "LEFT":
        if not keys.always_matches(node) and not keys.refused_when_null(select, joined):
            yield _with(node, side=None, kind=None)
        if not keys.always_matched(node) and not keys.refused_when_null(select, before):
            yield _with(node, side="FULL", kind=None)
    else:
        yield _with(node, side=None, kind=None)


def agr(node: Any, keys: Keys) -> Iterator[Any]:
    """AGR: another aggregate, of all values or of different ones."""
    other = {exp.Sum: exp.Avg, exp.Avg: exp.Sum, exp.Min: exp.Max, exp.Max: exp.Min}
    if type(node) in other:
        yield other[type(node)](this=node.this.copy())
        if isinstance(node, exp.Sum | exp.Avg) and not isinstance(node.this, exp.Distinct):
            yield _with(node, this=exp.Distinct(expressions=[node.this.copy()]))
        return
    counted = node.this
    if isinstance(counted, exp.Star) or counted is None:
        return
    if isinstance(counted, exp.Distinct):
        if not _each_once(node, counted.expressions, keys):
            yield exp.Count(this=counted.expressions[0].copy())
        return
    if keys.may_be_null(counted):
        yield exp.Count(this=exp.Star())
    if not _each_once(node, [counted], keys):
        yield exp.Count(this=exp.Distinct(expressions=[counted.copy()]))


def _each_once(node: Any, counted: list[Any], keys: Keys) -> bool:
    """Whether a value is counted once anyhow: the key of the only table."""
    known = sources(node.parent_select)
    return len(known) == 1 and keys.has_key(node.parent_select, next(iter(known)), counted)


def uni(node: Any, keys: Keys) -> Iterator[Any]:
    """UNI: UNION, UNION ALL, INTERSECT and EXCEPT; a branch dropped."""
    if isinstance(node, exp.Union):
        yield _with(node, distinct=not node.args.get("distinct"))
    if isinstance(node.parent, exp.CTE):
        return
    for kind in (exp.Union, exp.Intersect, exp.Except):
        if not isinstance(node, kind):
            yield kind(**{**_copied(node), "distinct": True})
    if not node.args.get("order") and not node.args.get("limit"):
        yield node.this.copy()
        yield node.expression.copy()


def order(node: Any, keys: Keys) -> Iterator[Any]:
    """ORD: a sort key turned round; NULL at the other end where there may be one."""
    if _after_key(node, keys):
        return
    first = bool(node.args.get("desc"))
    yield _with(node, desc=not first, nulls_first=first)
    if keys.column(node.this) is not None and keys.may_be_null(node.this):
        yield _with(node, nulls_first=not node.args.get("nulls_first"))


def order_keys(node: Any, keys: Keys) -> Iterator[Any]:
    """ORD: a sort key dropped, two exchanged."""
    parts = node.expressions
    if len(parts) == 1:
        if not isinstance(node.parent, exp.Window):
            yield DROP
        return
    for place, dropped in enumerate(parts):
        if not _after_key(dropped, keys) and not _anyhow(dropped, keys):
            yield _with(node, expressions=[p.copy() for i, p in enumerate(parts) if i != place])
    yield _with(node, expressions=[p.copy() for p in [parts[1], parts[0], *parts[2:]]])


def _anyhow(node: Any, keys: Keys) -> bool:
    """Whether a last key is the one by which SQLite reads the only table: ties come by it anyhow."""
    select = node.parent_select
    if select is None or node is not node.parent.expressions[-1] or node.args.get("desc"):
        return False
    known = sources(select)
    alone = len(known) == 1 and not select.args.get("group") and not select.args.get("distinct")
    found = keys.column(node.this)
    return (
        alone
        and isinstance(node.parent.parent, exp.Select)
        and found is not None
        and found["kind"] == "number"
        and keys.has_key(select, next(iter(known)), [node.this])
    )


def _after_key(node: Any, keys: Keys) -> bool:
    """Whether the sort keys before one already tell all rows apart."""
    select = node.parent_select
    if select is None or not isinstance(node.parent, exp.Order):
        return False
    parts = node.parent.expressions
    before = [part.this for part in parts[: next(i for i, p in enumerate(parts) if p is node)]]
    return keys.told_apart(select, before)


def lim(node: Any, keys: Keys) -> Iterator[Any]:
    """LIM: a limit one more or less, or none; another offset."""
    if not isinstance(node.expression, exp.Literal) or not node.expression.is_int:
        return
    count = int(node.expression.this)
    if isinstance(node, exp.Limit):
        yield DROP
        yield _with(node, expression=exp.Literal.number(count + 1))
    else:
        yield _with(node, expression=exp.Literal.number(count + 1))
    if count > 0:
        yield _with(node, expression=exp.Literal.number(count - 1))


def dropped(node: Any, keys: Keys) -> Iterator[Any]:
    """HAV: WHERE or HAVING dropped."""
    yield DROP


_FRAMES = {"ROWS": "RANGE", "RANGE": "ROWS"}
_UP_TO_THIS_ROW: Any = exp.WindowSpec(
    kind="ROWS", start="UNBOUNDED", start_side="PRECEDING", end="CURRENT ROW"
)


def win(node: Any, keys: Keys) -> Iterator[Any]:
    """WIN: another ranking, no partition, no frame, one of rows instead of equal values."""
    ranks = {
        exp.RowNumber: (exp.Rank, exp.DenseRank),
        exp.Rank: (exp.DenseRank, exp.RowNumber),
        exp.DenseRank: (exp.Rank, exp.RowNumber),
    }
    for other in ranks.get(type(node.this), ()):
        yield _with(node, this=other())
    for part in ("partition_by", "spec"):
        if node.args.get(part):
            yield _with(node, **{part: None})
    spec = node.args.get("spec")
    if spec is not None and (spec.args.get("kind") or "").upper() in _FRAMES:
        yield _with(node, spec=_with(spec, kind=_FRAMES[spec.args["kind"].upper()]))
    if spec is None and _sums_up_ties(node, keys):
        yield _with(node, spec=_UP_TO_THIS_ROW.copy())


def _sums_up_ties(node: Any, keys: Keys) -> bool:
    """Whether a window ends with all rows of an equal sort key, of which there may be several."""
    order = node.args.get("order")
    if order is None or not isinstance(node.this, exp.AggFunc):
        return False
    return not keys.told_apart(node.parent_select, [each.this for each in order.expressions])


def _with(node: Any, **args: Any) -> Any:
    """The node with some of its parts set, in a copy."""
    copy = node.copy()
    for name, value in args.items():
        copy.set(name, value)
    return copy


def _copied(node: Any) -> dict[str, Any]:
    return dict(node.copy().args)
