"""Operators on conditions and values: comparisons, AND and OR, patterns, NULL, constants."""

from collections.abc import Iterator
from typing import Any

from sqlglot import exp

from .keys import Keys

_RELATIONS: dict[Any, tuple[Any, Any, bool]] = {
    exp.LT: (exp.LTE, exp.NEQ, False),
    exp.GT: (exp.GTE, exp.NEQ, False),
    exp.LTE: (exp.LT, exp.EQ, True),
    exp.GTE: (exp.GT, exp.EQ, True),
    exp.EQ: (exp.LTE, exp.GTE, False),
    exp.NEQ: (exp.LT, exp.GT, True),
}
"""The three mutants of each comparison that stand for all of them (Kaminski, Ammann, Offutt 2013)."""
COMPARISONS = tuple(_RELATIONS)
_ARITHMETIC = {exp.Add: exp.Sub, exp.Sub: exp.Add, exp.Mul: exp.Add, exp.Div: exp.Mul}


def ror(node: Any, keys: Keys) -> Iterator[Any]:
    """ROR: another comparison, always or never true.

    Texts, truth values and keys have no border that data could be near: there only the opposite is.
    """
    if isinstance(node.find_ancestor(exp.Join, exp.Select), exp.Join) or _of_assignment(node):
        return
    first, second, always = _RELATIONS[type(node)]
    kinds = {keys.kind(node.this), keys.kind(node.expression)}
    unordered = (
        kinds & {"text", "boolean"} or keys.is_key(node.this) or keys.is_key(node.expression)
    )
    if isinstance(node, (exp.EQ, exp.NEQ)) and unordered:
        others = [exp.NEQ if isinstance(node, exp.EQ) else exp.EQ]
    else:
        others = [first, second]
    for kind in others:
        yield kind(this=node.this.copy(), expression=node.expression.copy())
    if not isinstance(node.parent, (exp.And, exp.Where, exp.Having)):
        yield exp.Boolean(this=always)


def _of_assignment(node: Any) -> bool:
    """Whether an `=` is that of SET."""
    return isinstance(node.parent, exp.Update) and node.arg_key == "expressions"


def nli(node: Any, keys: Keys) -> Iterator[Any]:
    """NLI: rows with NULL taken in by a condition of WHERE."""
    if not isinstance(node.find_ancestor(exp.Where, exp.Join, exp.Select), exp.Where):
        return
    test = exp.Is(this=node.this.copy(), expression=exp.Null())
    if _or_beside(node, test):
        return
    if keys.column(node.this) is not None and keys.may_be_null(node.this):
        yield exp.paren(exp.or_(node.copy(), test))


def _or_beside(node: Any, test: Any) -> bool:
    """Whether a condition is joined by OR to a certain other one already."""
    while isinstance(node.parent, (exp.Or, exp.Paren)):
        node = node.parent
    while isinstance(node, exp.Paren):
        node = node.this
    return isinstance(node, exp.Or) and any(part.unnest() == test for part in node.flatten())


def lcr(node: Any, keys: Keys) -> Iterator[Any]:
    """LCR: AND and OR; one side dropped."""
    other = exp.Or if isinstance(node, exp.And) else exp.And
    yield exp.paren(other(this=node.this.copy(), expression=node.expression.copy()))
    yield node.this.copy()
    yield node.expression.copy()


def aor(node: Any, keys: Keys) -> Iterator[Any]:
    """AOR: another arithmetic operator; not where zero is added, as a true division does. ABS: a
    difference without its sign."""
    if isinstance(node.expression, exp.Literal) and node.expression.this in ("0", "0.0"):
        return
    other = _ARITHMETIC[type(node)](this=node.this.copy(), expression=node.expression.copy())
    yield exp.paren(other)
    if isinstance(node, exp.Sub):
        yield exp.Abs(this=node.copy())


def btw(node: Any, keys: Keys) -> Iterator[Any]:
    """BTW: each end left out, and the opposite."""
    low, high = node.args["low"], node.args["high"]
    for lower, upper in ((exp.GT, exp.LTE), (exp.GTE, exp.LT)):
        yield exp.paren(
            exp.and_(
                lower(this=node.this.copy(), expression=low.copy()),
                upper(this=node.this.copy(), expression=high.copy()),
            )
        )
    if not isinstance(node.parent, exp.Not):
        yield exp.not_(node.copy())


def lke(node: Any, keys: Keys) -> Iterator[Any]:
    """LKE: wildcards moved, taken away, for one letter instead of many."""
    pattern = node.expression
    if not isinstance(pattern, exp.Literal) or not pattern.is_string:
        return
    text = pattern.this
    bare = text.strip("%")
    others = {f"%{bare}", f"{bare}%", f"%{bare}%", bare, text.replace("%", "_", 1)} - {text}
    for other in sorted(others):
        yield exp.Like(this=node.this.copy(), expression=exp.Literal.string(other))


def opposite(node: Any, keys: Keys) -> Iterator[Any]:
    """SUB, NLF: EXISTS, IN and IS NULL, and their opposites."""
    if isinstance(node, exp.Is) and not isinstance(node.expression, exp.Null):
        return
    if not isinstance(node.parent, exp.Not):
        yield exp.not_(node.copy())


def affirmed(node: Any, keys: Keys) -> Iterator[Any]:
    """SUB, NLF: NOT dropped."""
    yield exp.paren(node.this.copy())


def nlo(node: Any, keys: Keys) -> Iterator[Any]:
    """NLO: `coalesce` dropped."""
    if keys.may_be_null(node.this):
        yield node.this.copy()


def cse(node: Any, keys: Keys) -> Iterator[Any]:
    """CSE: a WHEN dropped, ELSE left out."""
    branches = node.args.get("ifs") or []
    for place in range(len(branches) if len(branches) > 1 else 0):
        copy = node.copy()
        copy.set("ifs", [branch.copy() for i, branch in enumerate(branches) if i != place])
        yield copy
    if node.args.get("default") is not None:
        copy = node.copy()
        copy.set("default", None)
        yield copy
