"""In which order a query puts its rows: the query rewritten so that it tells."""

from typing import Any

from sqlglot import exp

from .trees import parsed


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


def resolved_keys(tree: Any) -> list[Any]:
    """The sort keys of a select, each with what it stands for. Raises LookupError."""
    return [_resolved(key, tree) for key in tree.args["order"].expressions]


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
