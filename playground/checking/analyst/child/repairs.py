"""Queries that differ from a learner's in one thing, each with the mistake that it would mend.

They are the mutation operators of the curriculum (4c) turned round: if the mended query gives what
was asked, that one thing was the mistake.
"""

from collections.abc import Callable, Iterator
from typing import Any

from sqlglot import exp

from . import conditions, shapes
from .changing import Repair, changed, conjuncts
from .trees import parsed

MOST = 150


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
    for name, mended, facts in conditions.with_null_test(tree):
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


def _borrowed(tree: Any, solution: Any, constants: list[Any]) -> Iterator[Repair]:
    """With a condition, a sort order or a value of the course's own query."""
    if isinstance(solution, exp.Select) and isinstance(tree, exp.Select):
        wanted, given = _conditions_of(solution), _conditions_of(tree)
        fewer = _weight(given) < _weight(wanted)
        for condition in wanted if fewer else ():
            yield "missing-condition", tree.where(exp.paren(condition.copy())), {}
        order = solution.args.get("order")
        if order is not None:
            sorted_ = tree.copy()
            sorted_.set("order", order.copy())
            had = tree.args.get("order") is not None
            yield ("order-keys" if had else "order-missing"), sorted_, {}
    for constant in constants[:6]:
        value = exp.convert(constant)
        for node, mended in changed(tree, (exp.Placeholder, exp.Literal), _copies(value)):
            yield _PLACES.get(type(node.parent), "wrong-constant"), mended, {}


def _conditions_of(select: Any) -> list[Any]:
    where = select.args.get("where")
    return list(conjuncts(where.this)) if where is not None else []


def _weight(joined: list[Any]) -> int:
    """How many conditions there are; BETWEEN says two."""
    return sum(2 if isinstance(condition, exp.Between) else 1 for condition in joined)


def _copies(value: Any) -> Callable[[Any], Any]:
    return lambda _node: value.copy()


_PLACES = {exp.Limit: "limit-count", exp.Offset: "offset-count"}


_OPERATORS: tuple[Callable[[Any], Iterator[Repair]], ...] = (
    conditions.null_literals,
    conditions.boundaries,
    conditions.nulls,
    conditions.logic,
    shapes.joins,
    shapes.distinct,
    shapes.sorting,
    shapes.limits,
    shapes.groups,
    shapes.aggregates,
    shapes.likes,
    shapes.divisions,
    conditions.operators,
    conditions.conditions,
)
"""From the most telling to the least: the first that mends the query is the one that leads."""
