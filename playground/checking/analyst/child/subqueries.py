"""Mended queries: what a subquery gives, and by what it is linked to the row around it."""

from collections.abc import Iterator
from typing import Any

from sqlglot import exp

from .changing import Repair, conjuncts
from .names import renamed, tables_of


def subqueries(tree: Any, solution: Any) -> Iterator[Repair]:
    """With the column, or the link, that a subquery of the course's query has."""
    wanted = [select for select in solution.find_all(exp.Select) if _within(select)]
    for place, select in enumerate(tree.find_all(exp.Select)):
        for other in wanted if _within(select) else ():
            yield from _output(tree, place, select, other)
            yield from _link(tree, place, select, other)


def _within(select: Any) -> bool:
    return select.find_ancestor(exp.Select) is not None


def _output(tree: Any, place: int, select: Any, other: Any) -> Iterator[Repair]:
    """The subquery with the other one's only column, if it is of a table that it has too."""
    if len(select.expressions) != 1 or len(other.expressions) != 1:
        return
    given = select.expressions[0].unalias()
    if not isinstance(given, exp.Column) or not isinstance(
        other.expressions[0].unalias(), exp.Column
    ):
        return
    for column in renamed(other.expressions[0].unalias(), other, select):
        if column.name == given.name or column.table not in {"", *tables_of(select).values()}:
            continue
        copy = tree.copy()
        list(copy.find_all(exp.Select))[place].set("expressions", [column])
        yield "subquery-column", copy, {"given": given.name}


def _link(tree: Any, place: int, select: Any, other: Any) -> Iterator[Repair]:
    """The subquery with the other one's comparison of two columns in the place of its own."""
    if sorted(tables_of(select)) != sorted(tables_of(other)):
        return
    own, wanted = (
        [(i, each) for i, each in enumerate(_conditions(one)) if _of_columns(each)]
        for one in (select, other)
    )
    outer, around = select.find_ancestor(exp.Select), other.find_ancestor(exp.Select)
    outside = set(tables_of(outer).values())
    for index, given in own:
        # A bare name is a column of the subquery's own table, and links nothing.
        if not {given.this.table, given.expression.table} & outside:
            continue
        for _index, condition in wanted:
            for link in renamed(condition, other, select, around, outer):
                if link.sql() == given.sql():
                    continue
                copy = tree.copy()
                target = list(copy.find_all(exp.Select))[place]
                kept = [each.copy() for each in _conditions(target)]
                kept[index] = link
                target.set("where", exp.Where(this=exp.and_(*[exp.paren(each) for each in kept])))
                yield "subquery-link", copy, {"text": given.sql(dialect="sqlite")}


def _conditions(select: Any) -> list[Any]:
    where = select.args.get("where")
    return list(conjuncts(where.this)) if where is not None else []


def _of_columns(condition: Any) -> bool:
    return (
        isinstance(condition, exp.EQ)
        and isinstance(condition.this, exp.Column)
        and isinstance(condition.expression, exp.Column)
    )
