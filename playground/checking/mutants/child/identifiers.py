"""Operators on names and constants: another column, another constant, a NULL that is replaced."""

from collections.abc import Iterator
from typing import Any

from sqlglot import exp

from .keys import Keys, scope_of

_PARTS_WITHOUT_OTHER_COLUMNS = (exp.Join, exp.Group, exp.Window, exp.Count)
_BORDERS = (exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Between, exp.Limit, exp.Offset)


def irc(node: Any, keys: Keys) -> Iterator[Any]:
    """IRC: another column that the query names; IRD: one of the table that it does not name.

    Of each sort the first that holds the same kind of values.
    """
    if not _replaceable(node) or (isinstance(node.parent, exp.Ordered) and keys.is_key(node)):
        return
    named = {name.lower() for name in _names(node.root())}
    others = keys.neighbours(node)
    for hidden in (False, True):
        name = next((other for other in others if (other.lower() not in named) is hidden), None)
        if name is not None:
            yield exp.column(name, table=node.table or None)


def _replaceable(node: Any) -> bool:
    """Whether a column stands where another one would not change what is joined or grouped."""
    scope = scope_of(node)
    if scope is None or isinstance(node.parent, exp.Schema):
        return False
    if node.find_ancestor(*_PARTS_WITHOUT_OTHER_COLUMNS, type(scope)) is not scope:
        return False
    if scope.args.get("group") is not None and node.find_ancestor(exp.AggFunc) is None:
        return False
    return not (isinstance(scope.parent, exp.Exists) and node.parent is scope)


def _names(tree: Any) -> Iterator[str]:
    return (column.name for column in tree.find_all(exp.Column))


def irp(node: Any, keys: Keys) -> Iterator[Any]:
    """IRT: a whole number one more (the borders of comparisons are ROR's); IRP: another value."""
    if _means_nothing(node):
        return
    if node.is_int and not isinstance(node.parent, _BORDERS):
        yield exp.Literal.number(int(node.this) + 1)
    if isinstance(node.parent, (exp.Limit, exp.Offset)):
        return
    others = [
        other
        for other in node.root().find_all(exp.Literal)
        if other.is_string == node.is_string
        and other.this != node.this
        and not isinstance(other.parent, (exp.Limit, exp.Offset, exp.Func))
        and not _means_nothing(other)
    ]
    if others and not isinstance(node.parent, exp.Func):
        yield others[0].copy()


def _means_nothing(node: Any) -> bool:
    """Whether a literal is a column's place in the output, or the 1 of `EXISTS (SELECT 1)`."""
    return isinstance(node.parent, (exp.Ordered, exp.Group, exp.WindowSpec)) or (
        isinstance(node.parent, exp.Select) and isinstance(node.parent.parent, exp.Exists)
    )


def nls(node: Any, keys: Keys) -> Iterator[Any]:
    """NLS: a value in the output in place of NULL."""
    select = node.parent
    if isinstance(select, exp.Alias):
        select = select.parent
    if not isinstance(select, exp.Select) or select is not node.root():
        return
    if keys.column(node) is None or not keys.may_be_null(node) or keys.never_null(select, node):
        return
    text = keys.kind(node) in ("text", "time")
    yield exp.Coalesce(
        this=node.copy(), expressions=[exp.Literal.string("") if text else exp.Literal.number(0)]
    )
