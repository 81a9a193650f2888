"""The rows that an UPDATE or DELETE touches, as a query."""

from sqlglot import exp

from .trees import parsed


def touched(sql: str) -> str | None:
    """The query for all columns of those rows; None where it cannot be told from the text."""
    tree = parsed(sql)
    if not isinstance(tree, exp.Update | exp.Delete) or not isinstance(tree.this, exp.Table):
        return None
    if any(tree.args.get(part) for part in ("from_", "with_", "using", "limit", "order")):
        return None
    query = exp.select("*").from_(tree.this.copy())
    where = tree.args.get("where")
    if where is not None:
        query = query.where(where.this.copy())
    return str(query.sql(dialect="sqlite"))
