"""Ways to change one thing in a SQL tree, for the mended queries."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlglot import exp

Repair = tuple[str, Any, dict[str, str]]
"""A finding's id, the mended tree, facts for the message."""


def changed(tree: Any, kinds: Any, change: Callable[[Any], Any]) -> Iterator[tuple[Any, Any]]:
    """Each node of some kinds, with the tree in which it is changed; None leaves it out."""
    for place, shown in enumerate(list(tree.find_all(*kinds))):
        copy = tree.copy()
        node = list(copy.find_all(*kinds))[place]
        other = change(node)
        if other is None:
            continue
        if node is copy:
            yield shown, other
        else:
            node.replace(other)
            yield shown, copy


def changed_alike(tree: Any, kinds: Any, change: Callable[[Any], Any]) -> Iterator[tuple[Any, Any]]:
    """As `changed`, and then with what is written more than once changed everywhere at once: an
    aggregate of the SELECT stands in HAVING and ORDER BY too."""
    yield from changed(tree, kinds, change)
    texts: dict[str, list[Any]] = {}
    for node in tree.find_all(*kinds):
        texts.setdefault(node.sql(), []).append(node)
    for text, nodes in texts.items():
        if len(nodes) > 1 and change(nodes[0]) is not None:
            yield nodes[0], _everywhere(tree, kinds, change, text)


def _everywhere(tree: Any, kinds: Any, change: Callable[[Any], Any], text: str) -> Any:
    def other(node: Any) -> Any:
        return change(node) if isinstance(node, kinds) and node.sql() == text else node

    return tree.transform(other)


def as_operator(kind: Any, node: Any) -> Any:
    """The same operands under another operator."""
    return kind(this=node.this.copy(), expression=node.expression.copy())


def conjuncts(condition: Any) -> Iterator[Any]:
    """The conditions that AND joins."""
    while isinstance(condition, exp.Paren):
        condition = condition.this
    if isinstance(condition, exp.And):
        yield from conjuncts(condition.this)
        yield from conjuncts(condition.expression)
    else:
        yield condition


def without_condition(tree: Any, part: Any, place: int, index: int) -> Any:
    """The tree without one condition of its WHERE or HAVING (`part`) at a place."""
    copy = tree.copy()
    owner = list(copy.find_all(part))[place]
    kept = [c.copy() for i, c in enumerate(conjuncts(owner.this)) if i != index]
    if kept:
        owner.set("this", exp.and_(*[exp.paren(condition) for condition in kept]))
    else:
        owner.parent.set(owner.arg_key, None)
    return copy
