"""The analyst's program: parses Python and SQL, runs neither. It lives in a child process.

Nothing of playground is imported here: the text of this file is what the child's world is made of. Every function takes and gives plain JSON values. A parsed text comes back as a
flat list of nodes `[type, parent, field, line, values]`, parents first, so that no depth of
nesting in what was parsed becomes depth in what is sent.
"""

import ast
import json
import re
import warnings
from collections.abc import Callable
from typing import Any

import sqlglot
from sqlglot import exp
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
        r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|/\*.*?\*/|\?""",
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


def ranked(sql: str) -> dict[str, Any] | None:
    """A query without its LIMIT whose last column ranks the rows by its sort keys.

    `{"free": true}` if it neither sorts nor limits, None if that cannot be said of it; else `sql`,
    whether it is `sorted`, and its `offset`: a number, the name of a parameter, or null.
    """
    tree = parsed(sql)
    if not isinstance(tree, exp.Query):
        return None
    order, limit, offset = (tree.args.get(part) for part in ("order", "limit", "offset"))
    if order is None and limit is None and offset is None:
        return {"free": True}
    skipped = _offset(offset)
    if skipped is None:
        return None
    for part in ("order", "limit", "offset"):
        tree.set(part, None)
    try:
        query = _with_rank(tree, order.expressions if order is not None else [])
    except LookupError:
        return None
    return {"sql": query.sql(dialect="sqlite"), "sorted": order is not None, "offset": skipped}


def _offset(offset: Any) -> int | str | None:
    """0 without one, its number, or the name of its parameter; None if it is neither."""
    if offset is None:
        return 0
    value = offset.expression
    if isinstance(value, exp.Placeholder):
        return value.name
    return int(value.name) if isinstance(value, exp.Literal) and value.name.isdigit() else None


def _with_rank(tree: Any, keys: list[Any]) -> Any:
    """The query with its rows' rank; within, where the keys can be named there, else around it."""
    plain = isinstance(tree, exp.Select) and not tree.args.get("distinct")
    resolved = [_resolved(key, tree) for key in keys] if plain else []
    if plain and not any(key.find(exp.Window) for key in resolved):
        return tree.select(_rank(resolved)).order_by("playground_rank")
    inner = exp.Subquery(this=tree, alias=exp.TableAlias(this=exp.to_identifier("q")))
    outer = [_outside(key, tree) for key in keys]
    return exp.select("q.*", _rank(outer)).from_(inner).order_by("playground_rank")


def _rank(keys: list[Any]) -> Any:
    if not keys:
        return exp.alias_(exp.Literal.number(1), "playground_rank")
    rank = exp.Window(this=exp.Anonymous(this="DENSE_RANK"), order=exp.Order(expressions=keys))
    return exp.alias_(rank, "playground_rank")


def _resolved(key: Any, tree: Any) -> Any:
    """A sort key with a position or an output name replaced by what stands there."""
    key = key.copy()
    column = _bare(key)
    place = _output_place(column, tree)
    if place is not None:
        column.replace(tree.expressions[place].unalias().copy())
    return key


def _outside(key: Any, tree: Any) -> Any:
    """A sort key as a column of the query seen from around it. Raises LookupError if it is none."""
    key = key.copy()
    column = _bare(key)
    outputs = tree.named_selects
    place = _output_place(column, tree)
    if place is None:
        select = tree if isinstance(tree, exp.Select) else None
        texts = [item.unalias().sql() for item in select.expressions] if select else []
        if column.sql() not in texts:
            raise LookupError(column.sql())
        place = texts.index(column.sql())
    name = outputs[place]
    if not name or name == "*" or outputs.count(name) > 1:
        raise LookupError(column.sql())
    column.replace(exp.column(name, table="q", quoted=True))
    return key


def _bare(key: Any) -> Any:
    """What a sort key sorts by, under its direction and collation."""
    inner = key.this
    while isinstance(inner, (exp.Collate, exp.Paren)):
        inner = inner.this
    return inner


def _output_place(column: Any, tree: Any) -> int | None:
    """The place in the output that a bare name or a number stands for; None if it is neither."""
    if isinstance(column, exp.Literal) and not column.is_string:
        place = int(column.name) - 1
        if any(item.is_star for item in tree.selects) or place >= len(tree.selects):
            raise LookupError(column.name)
        return place
    if isinstance(column, exp.Column) and not column.table:
        names = [name.lower() for name in tree.named_selects]
        if column.name.lower() in names:
            return names.index(column.name.lower())
    return None


def answer(request: str) -> list[str]:
    """What is asked, by name, as one JSON text in pieces that no display limit cuts."""
    results = {name: _FUNCTIONS[name](value) for name, value in json.loads(request).items()}
    text = json.dumps(results)
    return [text[start : start + 8000] for start in range(0, len(text), 8000)]


_FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "python": python_tree,
    "sql": sql_trees,
    "ranked": ranked,
}
