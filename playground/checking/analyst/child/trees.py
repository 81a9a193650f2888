"""Syntax trees of Python and SQL, as flat lists of nodes.

A node is `[type, parent, field, line, values]`, parents first, so that no depth of nesting in what
was parsed becomes depth in what is sent.
"""

import ast
import re
import warnings
from typing import Any

import sqlglot
from sqlglot.errors import SqlglotError

MOST_NODES = 20_000
FIRST_WORDS = ("select", "with", "insert", "update", "delete", "replace", "values", "create")


def python_tree(source: str) -> dict[str, Any]:
    """The nodes of a Python text, or where and why it is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except SyntaxError as error:
        return {"error": {"message": error.msg, "line": error.lineno, "text": error.text}}
    except (ValueError, RecursionError, MemoryError) as error:
        return {"error": {"message": str(error), "line": None, "text": None}}
    nodes: list[Any] = []
    waiting: list[tuple[Any, int, str]] = [(tree, -1, "")]
    while waiting and len(nodes) < MOST_NODES:
        node, parent, field = waiting.pop()
        place = len(nodes)
        values, children = _python_fields(node)
        nodes.append([type(node).__name__, parent, field, getattr(node, "lineno", None), values])
        waiting += [(child, place, name) for child, name in reversed(children)]
    return {"nodes": nodes}


def _python_fields(node: ast.AST) -> tuple[dict[str, Any], list[tuple[ast.AST, str]]]:
    """The plain values of a syntax node, and its children with the fields they stand in."""
    values: dict[str, Any] = {}
    children: list[tuple[ast.AST, str]] = []
    for name, value in ast.iter_fields(node):
        if name == "ctx" or value is None:
            continue
        if isinstance(value, (ast.operator, ast.unaryop, ast.boolop)):
            values[name] = type(value).__name__
        elif name == "ops":
            values[name] = [type(operator).__name__ for operator in value]
        elif isinstance(value, ast.AST):
            children.append((value, name))
        elif isinstance(value, list):
            children += [(item, name) for item in value if isinstance(item, ast.AST)]
            plain = [item for item in value if isinstance(item, str)]
            if plain:
                values[name] = plain
        else:
            values[name] = _scalar(value)
    if isinstance(node, ast.Constant) and node.value is None:
        values["value"] = None
    return values, children


def _scalar(value: Any) -> Any:
    if isinstance(value, str):
        return value[:2000].encode("utf-8", "replace").decode()
    if isinstance(value, bool) or (isinstance(value, int) and abs(value) < 2**53):
        return value
    if isinstance(value, float) and value - value == 0:
        return value
    return repr(value)[:2000] if not isinstance(value, int) else "int"


def sql_trees(statements: list[str]) -> list[Any]:
    """The nodes of each SQL text, None for one that is not parsed or not a query or change."""
    return [_sql_nodes(parsed(sql)) for sql in statements]


def parsed(sql: str) -> Any:
    """The syntax tree of a SQL text, its `?` numbered as `:p1`, `:p2` …; None if there is none."""
    word = re.match(r"[\s(]*(\w*)", sql)
    text = numbered(sql)
    if word is None or word.group(1).lower() not in FIRST_WORDS or text is None:
        return None
    try:
        return sqlglot.parse_one(text, read="sqlite")
    except (SqlglotError, RecursionError, ValueError):
        return None


def numbered(sql: str) -> str | None:
    """The text with its bare `?` numbered in order, so that a copied one keeps its value."""
    counter = [0]

    def name(match: re.Match[str]) -> str:
        if match.group() != "?":
            return match.group()
        counter[0] += 1
        return f":p{counter[0]}"

    if re.search(r"\?\d", sql):
        return None
    return re.sub(
        r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*(?:\]|\Z)|--[^\n]*|/\*.*?(?:\*/|\Z)|\?""",
        name,
        sql,
        flags=re.DOTALL,
    )


def _sql_nodes(tree: Any) -> list[Any] | None:
    if tree is None:
        return None
    nodes: list[Any] = []
    waiting: list[tuple[Any, int, str]] = [(tree, -1, "")]
    while waiting and len(nodes) < MOST_NODES:
        node, parent, field = waiting.pop()
        place = len(nodes)
        values: dict[str, Any] = {}
        children: list[tuple[Any, str]] = []
        for name, value in node.args.items():
            name = name.rstrip("_")
            if hasattr(value, "args"):
                children.append((value, name))
            elif isinstance(value, list):
                children += [(item, name) for item in value if hasattr(item, "args")]
            elif isinstance(value, (str, bool)) and value is not False:
                values[name] = value
        nodes.append([node.key, parent, field, None, values])
        waiting += [(child, place, name) for child, name in reversed(children)]
    return nodes
