"""The learner's text as code objects: what is executed, and the expression that gives the value."""

import ast
import linecache
import re
from types import CodeType
from typing import Any, NamedTuple

from .capture import ANSWER

RESULT = "result"
_UNFIT = re.compile("[\0\ud800-\udfff]")
_FETCHES = {
    "all", "fetchall", "fetchmany", "fetchone", "first", "one", "one_or_none", "scalar",
    "scalar_one", "scalar_one_or_none", "scalars", "mappings", "tuples", "unique", "execute",
    "get", "get_one", "columns", "partitions", "exec_driver_sql",
}  # fmt: skip


class Program(NamedTuple):
    """Compiled text."""

    body: CodeType
    expression: CodeType | None
    """The final expression statement, if the text ends in one."""
    line: int | None
    """Where the final expression begins, else the last assignment to `result`."""
    fetched: bool
    """Whether the value's expression does nothing but fetch a statement's rows."""


def compile_text(source: str, filename: str = ANSWER) -> Program:
    """Compile; raises `SyntaxError` for every text that Python cannot compile."""
    source = source.removeprefix("\ufeff")
    unfit = _UNFIT.search(source)
    if unfit:
        line = source.count("\n", 0, unfit.start()) + 1
        what = "null bytes" if unfit[0] == "\0" else "lone surrogates"
        raise SyntaxError(f"source code cannot contain {what}", (filename, line, None, None))
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    try:
        return _compile(source, filename)
    except (RecursionError, MemoryError):
        message = "the code is nested too deeply to compile"
        raise SyntaxError(message, (filename, 1, None, None)) from None


def _compile(source: str, filename: str) -> Program:
    tree = compile(source, filename, "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
    assert isinstance(tree, ast.Module)
    final = tree.body[-1] if tree.body else None
    assigned = _assignments(tree)
    if not isinstance(final, ast.Expr):
        value = assigned.get(RESULT)
        body = compile(tree, filename, "exec", dont_inherit=True)
        fetched = value is not None and _only_fetches(value, assigned)
        return Program(body, None, value.lineno if value else None, fetched)
    tree.body.pop()
    body = compile(tree, filename, "exec", dont_inherit=True)
    flags = body.co_flags & _FUTURE
    expression = compile(ast.Expression(final.value), filename, "eval", flags, dont_inherit=True)
    return Program(body, expression, final.lineno, _only_fetches(final.value, assigned))


_FUTURE = 0x1000000  # `from __future__ import annotations`; the only one that Python 3.11 still has


def _assignments(tree: ast.Module) -> dict[str, ast.expr]:
    """The last value that is assigned to each plain name at the top level."""
    assigned: dict[str, ast.expr] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    assigned[target.id] = node.value
        elif isinstance(node, ast.AnnAssign) and node.value and isinstance(node.target, ast.Name):
            assigned[node.target.id] = node.value
    return assigned


def _only_fetches(node: Any, assigned: dict[str, ast.expr], depth: int = 0) -> bool:
    """Whether an expression is a chain of fetching methods, or names bound to one."""
    if depth > 50:
        return False
    if isinstance(node, ast.Name):
        value = assigned.get(node.id)
        return value is not None and _only_fetches(value, assigned, depth + 1)
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name) and node.func.id == "list" and len(node.args) == 1:
        return _only_fetches(node.args[0], assigned, depth + 1)
    return isinstance(node.func, ast.Attribute) and node.func.attr in _FETCHES
