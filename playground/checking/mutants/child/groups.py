"""Operators on the shape of a query: what is joined too much, what is asked before or after groups."""

from collections.abc import Iterator
from typing import Any

from sqlglot import exp

from .keys import Keys, conjuncts, sources
from .rows import DROP

_SEES_FANS = (exp.Count, exp.Sum, exp.Avg, exp.GroupConcat)
_OF_ONE_VALUE = (exp.Sum, exp.Avg, exp.Min, exp.Max)


def fan(node: Any, keys: Keys) -> Iterator[Any]:
    """FAN: one more join, to rows of which there are many for each row of a source."""
    if not _counts_its_rows(node):
        return
    for alias, table in sources(node).items():
        child = keys.child_of(table)
        if child is None or child["table"] in sources(node).values():
            continue
        copy = _qualified(node, keys)
        copy.append(
            "joins",
            exp.Join(
                this=exp.to_table(child["table"]),
                side="LEFT",
                on=exp.EQ(
                    this=exp.column(child["column"], table=child["table"]),
                    expression=exp.column(child["parent"], table=alias),
                ),
            ),
        )
        yield copy
        return


def _counts_its_rows(select: Any) -> bool:
    """Whether it matters how often a row comes out of FROM."""
    if select.args.get("distinct") or isinstance(select.parent, (exp.Exists, exp.In)):
        return False
    if isinstance(select.parent, exp.SetOperation) and select.parent.args.get("distinct"):
        return False
    if any(e.is_star for e in select.expressions):
        return False
    aggregates = [a for e in select.expressions for a in e.find_all(exp.AggFunc)]
    if not aggregates and select.args.get("group") is None:
        return True
    return any(
        isinstance(each, _SEES_FANS) and not isinstance(each.this, exp.Distinct)
        for each in aggregates
    )


def _qualified(select: Any, keys: Keys) -> Any:
    """A copy in which every column says of which source it is, so that one more is not ambiguous."""
    owners = [
        keys.owner(column) if isinstance(column, exp.Column) and not column.table else None
        for column in select.walk()
    ]
    copy = select.copy()
    for column, owner in zip(list(copy.walk()), owners, strict=True):
        if owner is not None:
            column.set("table", exp.to_identifier(owner))
    return copy


def earlier_or_later(node: Any, keys: Keys) -> Iterator[Any]:
    """HAV: a condition of WHERE in HAVING; one of HAVING in WHERE, of the values themselves."""
    group = node.args.get("group")
    if group is None:
        return
    where, having = node.args.get("where"), node.args.get("having")
    if where is not None and not _same_in_a_group(where.this, node, keys):
        later = [where.this.copy(), *([having.this.copy()] if having is not None else [])]
        yield _with_conditions(node, None, exp.and_(*later))
    for condition in conjuncts(having.this) if having is not None else ():
        moved = _of_values(condition)
        if moved is None or _same_in_a_group(moved, node, keys):
            continue
        rest = [c.copy() for c in conjuncts(having.this) if c is not condition]
        before = [moved, *([where.this.copy()] if where is not None else [])]
        yield _with_conditions(node, exp.and_(*before), exp.and_(*rest) if rest else None)


def _same_in_a_group(condition: Any, select: Any, keys: Keys) -> bool:
    """Whether all rows of a group give a condition the same answer."""
    parts = select.args["group"].expressions
    return all(
        column in parts
        or ((owner := keys.owner(column)) is not None and keys.has_key(select, owner, parts))
        for column in condition.find_all(exp.Column)
    )


def _of_values(condition: Any) -> Any | None:
    """The condition on an aggregate as one on the values; None where it has no such form."""
    copy = condition.copy()
    for aggregate in list(copy.find_all(exp.AggFunc)):
        if not isinstance(aggregate, _OF_ONE_VALUE) or isinstance(aggregate.this, exp.Distinct):
            return None
        aggregate.replace(aggregate.this.copy())
    return copy


def _with_conditions(select: Any, where: Any, having: Any) -> Any:
    copy = select.copy()
    copy.set("where", None if where is None else exp.Where(this=where))
    copy.set("having", None if having is None else exp.Having(this=having))
    return copy


def gru(node: Any, keys: Keys) -> Iterator[Any]:
    """GRU: a grouping column dropped, unless the others hold its table's key; one added."""
    select = node.parent_select
    if len(node.expressions) == 1:
        yield DROP
    else:
        for place, dropped in enumerate(node.expressions):
            rest = [part for i, part in enumerate(node.expressions) if i != place]
            owner = keys.owner(dropped) if isinstance(dropped, exp.Column) else None
            if owner is None or not keys.has_key(select, owner, rest):
                yield _grouped_by(node, rest)
    added = next(
        (
            column
            for aggregate in select.find_all(exp.AggFunc)
            for column in aggregate.find_all(exp.Column)
            if keys.owner(column) is not None and not _same_in_a_group(column, select, keys)
        ),
        None,
    )
    if added is not None:
        yield _grouped_by(node, [*node.expressions, added])


def _grouped_by(group: Any, parts: list[Any]) -> Any:
    copy = group.copy()
    copy.set("expressions", [part.copy() for part in parts])
    return copy
