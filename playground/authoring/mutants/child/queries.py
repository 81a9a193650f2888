"""Mutants of a query: each differs from it in one thing. The operators are in `docs/mutation.md`."""

from collections.abc import Callable, Iterator
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from . import conditions, rows
from .keys import Keys
from .parameters import with_values

MOST = 300

_Operator = Callable[[Any, Keys], Iterator[Any]]
OPERATORS: tuple[tuple[str, tuple[Any, ...], _Operator], ...] = (
    ("SEL", (exp.Select,), rows.sel),
    ("JOI", (exp.Join,), rows.joi),
    ("SUB", (exp.Exists, exp.In), conditions.opposite),
    ("SUB", (exp.Not,), conditions.affirmed),
    ("GRU", (exp.Group,), rows.gru),
    ("AGR", (exp.Count, exp.Sum, exp.Avg, exp.Min, exp.Max), rows.agr),
    ("UNI", (exp.SetOperation,), rows.uni),
    ("ORD", (exp.Ordered,), rows.order),
    ("ORD", (exp.Order,), rows.order_keys),
    ("ROR", conditions.COMPARISONS, conditions.ror),
    ("NLI", conditions.COMPARISONS, conditions.nli),
    ("LCR", (exp.And, exp.Or), conditions.lcr),
    ("AOR", (exp.Add, exp.Sub, exp.Mul, exp.Div), conditions.aor),
    ("BTW", (exp.Between,), conditions.btw),
    ("LKE", (exp.Like,), conditions.lke),
    ("NLF", (exp.Is,), conditions.opposite),
    ("NLO", (exp.Coalesce,), conditions.nlo),
    ("IRC", (exp.Column,), conditions.irc),
    ("IRT", (exp.Literal,), conditions.irt),
    ("LIM", (exp.Limit, exp.Offset), rows.lim),
    ("HAV", (exp.Where, exp.Having), rows.dropped),
    ("CSE", (exp.Case,), conditions.cse),
    ("WIN", (exp.Window,), rows.win),
)
"""Name, the nodes that it changes, what it puts in their place."""


def query_mutants(
    sql: str, parameters: Any, tables: dict[str, list[dict[str, Any]]]
) -> dict[str, Any]:
    """The query with its values in it, and its mutants as `[operator, text]`, no text twice.

    Empty where the text is no query that can be read.
    """
    tree = with_values(sql, parameters)
    if not isinstance(tree, exp.Query):
        return {}
    keys = Keys(tables)
    base = _text(tree)
    found: dict[str, str] = {}
    for name, mutant in _mutants(tree, keys):
        try:
            text = _text(mutant)
            sqlglot.parse_one(text, read="sqlite")
        except (SqlglotError, RecursionError, ValueError):
            continue
        if text != base:
            found.setdefault(text, name)
        if len(found) >= MOST:
            break
    return {"base": base, "mutants": [[name, text] for text, name in found.items()]}


def _mutants(tree: Any, keys: Keys) -> Iterator[tuple[str, Any]]:
    for place, node in enumerate(tree.walk()):
        for name, kinds, operator in OPERATORS:
            if isinstance(node, kinds):
                for other in operator(node, keys):
                    yield name, _replaced(tree, place, other)


def _replaced(tree: Any, place: int, other: Any) -> Any:
    """A copy of the tree with another node at a place (counted as `walk` goes)."""
    copy = tree.copy()
    node = next(node for i, node in enumerate(copy.walk()) if i == place)
    if node is copy:
        return other
    if other is rows.DROP:
        node.pop()
    else:
        node.replace(other)
    return copy


def _text(tree: Any) -> str:
    return str(tree.sql("sqlite", comments=False))
