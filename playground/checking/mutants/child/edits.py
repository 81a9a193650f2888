"""Mutants of Python, of a solution or of a program that tests are for: one edit of its text each."""

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from .changes import statement_mutants
from .keys import Keys

MOST = 80

_DROPPED_CALLS = {
    "where", "filter", "filter_by", "distinct", "options", "limit", "offset", "order_by", "having",
    "group_by", "desc", "join", "outerjoin", "with_for_update", "execution_options",
}  # fmt: skip
_RENAMED = {
    "join": "outerjoin", "outerjoin": "join", "and_": "or_", "or_": "and_", "union": "union_all",
    "union_all": "union", "commit": "flush", "is_": "is_not", "is_not": "is_", "in_": "not_in",
    "not_in": "in_", "begin_nested": "begin", "rollback": "commit",
}  # fmt: skip
_DROPPED_KEYWORDS = {
    "cascade", "back_populates", "nullable", "unique", "ondelete", "server_default", "default",
    "primary_key", "lazy", "index", "passive_deletes", "onupdate",
}  # fmt: skip
_UNSEEN_CALLS = {"close", "dispose", "print"}
"""Calls whose absence no check can see."""
_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.NotEq),
    ast.Gt: (ast.GtE, ast.NotEq),
    ast.LtE: (ast.Lt, ast.Eq),
    ast.GtE: (ast.Gt, ast.Eq),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}


_SQL = re.compile(r"\s*(?:select|with|insert|update|delete)\s", re.IGNORECASE)
_MOST_OF_A_TEXT = 15
"""Mutants of one SQL text in a Python solution: each costs a process on every variant."""


def python_mutants(source: str, tables: dict[str, dict[str, Any]]) -> list[list[str]]:
    """Mutants of a solution, see `_mutants`; SQL in its texts is changed, too."""
    keys = Keys(tables)
    return _mutants(source, lambda node: _of_solution(node, keys))


def program_mutants(source: str) -> list[list[str]]:
    """Mutants of a program, see `_mutants`."""
    return _mutants(source, _of_program)


def _mutants(source: str, edits: Callable[[ast.AST], Iterator[str]]) -> list[list[str]]:
    """Each mutant as `[what changed, whole text]`; none where the text cannot be read.

    What changed is `old → new`; a number tells apart changes that read the same.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return []
    data = source.encode()
    found: dict[str, str] = {}
    shown: Counter[str] = Counter()
    parts = {id(part) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for part in n.values}
    for node in ast.walk(tree):
        if id(node) in parts:  # a piece of an f-string, which has no place of its own
            continue
        for new in edits(node):
            start, stop = _span(node, data)
            text = (data[:start] + new.encode() + data[stop:]).decode()
            if text == source or text in found or not _is_python(text):
                continue
            change = f"{_one_line(data[start:stop].decode())} → {_one_line(new)}"
            shown[change] += 1
            found[text] = change if shown[change] == 1 else f"{change} ({shown[change]})"
    return [[change, text] for text, change in list(found.items())[:MOST]]


def _of_solution(node: ast.AST, keys: Keys) -> Iterator[str]:
    yield from _edits(node)
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _SQL.match(node.value):
        yield from map(repr, islice(statement_mutants(node.value, keys), _MOST_OF_A_TEXT))


def _of_program(node: ast.AST) -> Iterator[str]:
    """A program also refuses, and reckons in place."""
    yield from _edits(node)
    if isinstance(node, ast.Raise):
        yield "pass"
    elif isinstance(node, ast.AugAssign) and type(node.op) in _ARITHMETIC:
        yield ast.unparse(ast.AugAssign(node.target, _ARITHMETIC[type(node.op)](), node.value))


def _edits(node: ast.AST) -> Iterator[str]:
    """Other texts for a node."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        if _called(node.value) not in _UNSEEN_CALLS:
            yield "pass"
    elif isinstance(node, ast.Delete) or _changes_an_object(node):
        yield "pass"
    elif isinstance(node, ast.Call):
        yield from _calls(node)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        for operator in _COMPARISONS.get(type(node.ops[0]), ()):
            yield ast.unparse(ast.Compare(node.left, [operator()], node.comparators))
    elif isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        yield ast.unparse(ast.BinOp(node.left, _ARITHMETIC[type(node.op)](), node.right))
    elif isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield ast.unparse(ast.BoolOp(other, node.values))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.Invert)):
        yield f"({ast.unparse(node.operand)})"
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield str(node.value + 1)
    elif isinstance(node, ast.Constant) and type(node.value) is bool:
        yield str(not node.value)


def _changes_an_object(node: ast.AST) -> bool:
    """Whether an assignment sets an attribute or an item."""
    if isinstance(node, ast.Assign):
        return all(isinstance(target, ast.Attribute | ast.Subscript) for target in node.targets)
    return isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Attribute)


def _calls(node: ast.Call) -> Iterator[str]:
    """A call dropped or renamed, or without one of its keywords; a list with its first item."""
    function = node.func
    name = _called(node)
    if isinstance(function, ast.Attribute) and name in _DROPPED_CALLS:
        yield ast.unparse(function.value)
    if name in _RENAMED:
        other: ast.expr = ast.Name(_RENAMED[name])
        if isinstance(function, ast.Attribute):
            other = ast.Attribute(function.value, _RENAMED[name])
        yield ast.unparse(ast.Call(other, node.args, node.keywords))
    for dropped in node.keywords:
        if dropped.arg in _DROPPED_KEYWORDS or name == "values":
            kept = [keyword for keyword in node.keywords if keyword is not dropped]
            yield ast.unparse(ast.Call(function, node.args, kept))
    if name == "add_all" and len(node.args) == 1 and isinstance(node.args[0], ast.List):
        first = ast.List(node.args[0].elts[:1])
        yield ast.unparse(ast.Call(function, [first], []))


def _called(node: ast.Call) -> str:
    """The name of what is called, without what it is of."""
    return str(getattr(node.func, "attr", getattr(node.func, "id", "")))


def _span(node: ast.AST, data: bytes) -> tuple[int, int]:
    """Where a node stands in the text, in bytes."""
    lines = data.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    first, last = getattr(node, "lineno"), getattr(node, "end_lineno")  # noqa: B009
    return (
        starts[first - 1] + getattr(node, "col_offset"),  # noqa: B009
        starts[last - 1] + getattr(node, "end_col_offset"),  # noqa: B009
    )


def _is_python(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return False
    return True


def _one_line(text: str) -> str:
    return " ".join(text.split())
