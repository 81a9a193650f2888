"""Queries that differ from a learner's in one thing, each with the mistake that it would mend.

They are the mutation operators of the curriculum (4c) turned round: if the mended query gives what
was asked, that one thing was the mistake.
"""

from collections.abc import Callable, Iterator
from typing import Any

from sqlglot import exp

from . import conditions, shapes, ties, values
from .borrowed import borrowed
from .changing import Repair
from .trees import parsed

MOST = 200


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
            if _by_chance(name, mended, solution):
                continue
            if name == "extra-condition" and _compares(tree) > _compares(solution):
                facts = {**facts, "more": "yes"}
            _keep(found, seen, name, mended, facts)
    for name, mended, facts in borrowed(tree, solution, constants):
        _keep(found, seen, name, mended, facts)
    for name, mended, facts in conditions.with_null_test(tree):
        _keep(found, seen, name, mended, facts)
    return found[:MOST]


def _by_chance(name: str, mended: Any, solution: Any) -> bool:
    """Whether it could mend these rows alone: a comparison where recursion is needed, an aggregate in
    a CTE where the course's has none."""
    withs = solution.args.get("with_") if solution is not None else None
    if withs is None:
        return False
    if name == "wrong-operator":
        own = mended.args.get("with_")
        return bool(withs.args.get("recursive")) and (own is None or not own.args.get("recursive"))
    return name == "wrong-aggregate" and not _in_ctes(mended) <= _in_ctes(solution)


def _in_ctes(tree: Any) -> set[Any]:
    """The kinds of aggregates in a query's CTEs."""
    return {type(each) for cte in tree.find_all(exp.CTE) for each in cte.find_all(exp.AggFunc)}


def _compares(tree: Any) -> int:
    """How many plain conditions there are in a query; none in one that is not known."""
    kinds = (exp.Binary, exp.In, exp.Between, exp.Exists)
    found = tree.find_all(exp.Predicate) if tree is not None else ()
    return sum(isinstance(each, kinds) for each in found)


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


_OPERATORS: tuple[Callable[[Any], Iterator[Repair]], ...] = (
    conditions.null_literals,
    values.cases,
    values.moments,
    values.texts,
    conditions.boundaries,
    conditions.nulls,
    conditions.logic,
    shapes.joins,
    shapes.distinct,
    shapes.sorting,
    ties.kept,
    shapes.limits,
    shapes.groups,
    shapes.aggregates,
    shapes.needless_joins,
    shapes.likes,
    shapes.divisions,
    conditions.unneeded,
    conditions.operators,
    conditions.negated,
)
"""From the most telling to the least: the first that mends the query is the one that leads."""
