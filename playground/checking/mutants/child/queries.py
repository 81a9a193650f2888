"""Mutants of a query: each differs from it in one thing. The operators are in `docs/mutation.md`."""

from collections.abc import Callable, Iterator
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.simplify import simplify

from . import conditions, groups, identifiers, rows
from .keys import Keys
from .parameters import with_values

MOST = 300

_Operator = Callable[[Any, Keys], Iterator[Any]]
OPERATORS: tuple[tuple[str, tuple[Any, ...], _Operator], ...] = (
    ("SEL", (exp.Select,), rows.sel),
    ("JOI", (exp.Join,), rows.joi),
    ("SUB", (exp.Exists, exp.In), conditions.opposite),
    ("SUB", (exp.Not,), conditions.affirmed),
    ("FAN", (exp.Select,), groups.fan),
    ("GRU", (exp.Group,), groups.gru),
    ("AGR", (exp.Count, exp.Sum, exp.Avg, exp.Min, exp.Max), rows.agr),
    ("UNI", (exp.SetOperation,), rows.uni),
    ("ORD", (exp.Ordered,), rows.order),
    ("ORD", (exp.Order,), rows.order_keys),
    ("ROR", conditions.COMPARISONS, conditions.ror),
    ("NLI", (*conditions.COMPARISONS, exp.Like, exp.In, exp.Between), conditions.nli),
    ("LCR", (exp.And, exp.Or), conditions.lcr),
    ("AOR", (exp.Add, exp.Sub, exp.Mul, exp.Div), conditions.aor),
    ("BTW", (exp.Between,), conditions.btw),
    ("LKE", (exp.Like,), conditions.lke),
    ("NLF", (exp.Is,), conditions.opposite),
    ("NLO", (exp.Coalesce,), conditions.nlo),
    ("NLS", (exp.Column,), identifiers.nls),
    ("IRC", (exp.Column,), identifiers.irc),
    ("IRP", (exp.Literal,), identifiers.irp),
    ("LIM", (exp.Limit, exp.Offset), rows.lim),
    ("HAV", (exp.Where, exp.Having), rows.dropped),
    ("HAV", (exp.Select,), groups.earlier_or_later),
    ("CSE", (exp.Case,), conditions.cse),
    ("WIN", (exp.Window,), rows.win),
)
"""Name, the nodes that it changes, what it puts in their place."""


def query_mutants(sql: str, parameters: Any, tables: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The query with its values in it, and its mutants as `[operator, text]`, no text twice.

    Empty where the text is no query that can be read.
    """
    tree = with_values(sql, parameters)
    if not isinstance(tree, exp.Query):
        return {}
    base = text_of(tree)
    plain = _folded(tree) if _compares_constants(tree) else None
    found: dict[str, str] = {}
    for name, mutant in mutants_of(tree, Keys(tables)):
        try:
            text = text_of(mutant)
            sqlglot.parse_one(text, read="sqlite")
        except (SqlglotError, RecursionError, ValueError):
            continue
        if text != base and (plain is None or _folded(mutant) != plain):
            found.setdefault(text, name)
        if len(found) >= MOST:
            break
    return {"base": base, "mutants": [[name, text] for text, name in found.items()]}


def _compares_constants(tree: Any) -> bool:
    """Whether a condition holds always or never, whatever the rows are."""
    return any(
        isinstance(node.this, exp.Literal) and isinstance(node.expression, exp.Literal)
        for node in tree.find_all(exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)
    )


def _folded(tree: Any) -> str:
    """The text without what holds always or never."""
    try:
        return str(simplify(tree.copy(), dialect="sqlite").sql("sqlite"))
    except (SqlglotError, RecursionError, ValueError):
        return text_of(tree)


def mutants_of(tree: Any, keys: Keys) -> Iterator[tuple[str, Any]]:
    """(operator, tree) of every mutant."""
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


def text_of(tree: Any) -> str:
    """The tree as SQLite's SQL."""
    return str(tree.sql("sqlite", comments=False))
