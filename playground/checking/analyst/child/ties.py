"""Mended queries: a LIMIT that also keeps the rows that are equal to the last one."""

from collections.abc import Iterator
from typing import Any

from sqlglot import exp

from .changing import Repair
from .ranks import resolved_keys


def kept(tree: Any) -> Iterator[Repair]:
    """The rows whose rank by the sort keys is within the limit."""
    limit, order = tree.args.get("limit"), tree.args.get("order")
    if not isinstance(tree, exp.Select) or limit is None or order is None:
        return
    if tree.args.get("distinct") or any(each.is_star for each in tree.expressions):
        return
    try:
        keys = resolved_keys(tree)
    except LookupError:
        return
    inner = tree.copy()
    for part in ("order", "limit", "offset"):
        inner.set(part, None)
    names = [f"c{place}" for place in range(len(inner.expressions))]
    outputs = [
        exp.alias_(each.unalias().copy(), name)
        for each, name in zip(inner.expressions, names, strict=True)
    ]
    rank = exp.Window(this=exp.Anonymous(this="RANK"), order=exp.Order(expressions=keys))
    inner.set("expressions", [*outputs, exp.alias_(rank, "playground_rank")])
    within = exp.LTE(this=exp.column("playground_rank"), expression=limit.expression.copy())
    mended = exp.select(*names).from_(inner.subquery("q")).where(within).order_by("playground_rank")
    yield "limit-cuts-ties", mended, {}
