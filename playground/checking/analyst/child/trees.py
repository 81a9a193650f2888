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

MOST_NODES = 100_000
"""Nodes of a tree; of a larger one nothing is told, for a part of it could say something else."""
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
    if waiting:
        return {"error": {"message": "the text is too long", "line": None, "text": None}}
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
    text = _plain_beginning(numbered(sql))
    word = re.match(r"[\s(]*(\w*)", text)
    if word is None or word.group(1).lower() not in FIRST_WORDS:
        return None
    try:
        return sqlglot.parse_one(text, read="sqlite")
    except (SqlglotError, RecursionError, ValueError):
        return None


_COMMENTS = re.compile(r"(?:\s+|--[^\n]*(?:\n|\Z)|/\*.*?(?:\*/|\Z))*", re.DOTALL)
_OR = re.compile(r"\A(UPDATE)\s+OR\s+(?:ROLLBACK|ABORT|REPLACE|FAIL|IGNORE)\b", re.IGNORECASE)
_REPLACE = re.compile(r"\AREPLACE\b(?=\s+INTO\b)", re.IGNORECASE)


def _plain_beginning(sql: str) -> str:
    """The text without comments before its first word, and begun in a way that the parser knows."""
    text = sql[_COMMENTS.match(sql).end() :]  # type: ignore[union-attr]  # it matches nothing, too
    return _REPLACE.sub("INSERT OR REPLACE", _OR.sub(r"\1", text))


def numbered(sql: str) -> str:
    """The text with its `?` and `?1` as `:p1` in SQLite's own order, so that a copy keeps its value."""
    highest = [0]

    def name(match: re.Match[str]) -> str:
        if not match.group().startswith("?"):
            return match.group()
        number = int(match.group()[1:] or highest[0] + 1)
        highest[0] = max(highest[0], number)
        return f":p{number}"

    return re.sub(
        r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*(?:\]|\Z)|--[^\n]*|/\*.*?(?:\*/|\Z)|\?\d{0,6}""",
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
    return None if waiting else nodes
