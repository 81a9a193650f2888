"""Mended queries with a part of the course's own: what a window looks at, the values of a list."""

from collections.abc import Iterator
from typing import Any

from sqlglot import exp

from .changing import Repair, changed, changed_alike
from .names import renamed


def windows(tree: Any, solution: Any) -> Iterator[Repair]:
    """With the groups or the order that a window of the course's query has."""
    for part, name in (("partition_by", "window-groups"), ("order", "window-order")):
        for wanted in solution.find_all(exp.Window):
            select, outer = wanted.find_ancestor(exp.Select), tree.find(exp.Select)
            for window in renamed(wanted, select, outer) if select and outer else ():

                def with_part(node: Any, window: Any = window, part: str = part) -> Any:
                    copy, given = node.copy(), window.args.get(part)
                    copy.set(part, _copied(given))
                    return None if copy.sql() == node.sql() else copy

                for _node, mended in changed_alike(tree, (exp.Window,), with_part):
                    yield name, mended, {}


def _copied(part: Any) -> Any:
    if isinstance(part, list):
        return [each.copy() for each in part]
    return part.copy() if part is not None else None


def lists(tree: Any, solution: Any) -> Iterator[Repair]:
    """With the values that the course's query has after IN for the same column."""
    for wanted in solution.find_all(exp.In):

        def with_values(node: Any, wanted: Any = wanted) -> Any:
            same = node.this.name == wanted.this.name
            if not same or not node.expressions or not wanted.expressions:
                return None
            copy = node.copy()
            copy.set("expressions", [each.copy() for each in wanted.expressions])
            return copy

        for _node, mended in changed(tree, (exp.In,), with_values):
            yield "in-list", mended, {}
