"""Rows in another order than was asked: what a query sorts by, beside what the solution sorts by."""

from collections.abc import Iterator

from playground.checking.analyst.tree import Node
from playground.checking.case import Case, Clue
from playground.running import Run


def order_clues(case: Case, general: list[Clue]) -> Iterator[Clue]:
    """The rows are right and their order is not. Raises AnalystError."""
    result = case.run.result
    if result is None or result.statement is None or general[0].id != "wrong-order":
        return
    own = case.run.statements[result.statement]
    for query in case.queries:
        if query.statement is own:
            name = "order-missing" if query.tree.child("order") is None else "order-keys"
            yield Clue(name, own.line)


def ties_clues(case: Case) -> Iterator[Clue]:
    """The solution sorts by the same keys, and by more behind them. Raises AnalystError."""
    sqls = [_own_sql(case.run), _own_sql(case.expected.run)]
    if None in sqls:
        return
    trees = case.analysis.sql([sql for sql in sqls if sql is not None])
    got, asked = (_sort_keys(tree) for tree in trees)
    if got and len(got) < len(asked) and asked[: len(got)] == got:
        yield Clue("ties-undecided")


def _own_sql(run: Run) -> str | None:
    """The query whose rows are the value of a run."""
    place = run.result.statement if run.result is not None else None
    return run.statements[place].sql if place is not None else None


def _sort_keys(tree: Node | None) -> list[tuple[str, bool]]:
    """The names that a query sorts by, and whether downwards; of an expression, its columns'."""
    order = tree.child("order") if tree is not None else None
    outputs = _outputs(tree) if tree is not None else []
    return [
        (_names(key) or _at(outputs, key), bool(key.get("desc")))
        for key in (order.all("expressions") if order is not None else ())
    ]


def _outputs(tree: Node) -> list[str]:
    """The names of a query's columns; of a union, its first query's."""
    first = tree
    while first.kind != "select" and (inner := first.child("this")) is not None:
        first = inner
    return [_names(node) for node in first.all("expressions")]


def _at(outputs: list[str], key: Node) -> str:
    """The column that a key names by its place (`ORDER BY 2`); empty where it does not."""
    place = key.child("this")
    number = str(place.get("this")) if place is not None and place.kind == "literal" else ""
    return outputs[int(number) - 1] if number.isdigit() and 0 < int(number) <= len(outputs) else ""


def _names(node: Node) -> str:
    return " ".join(str(n.get("this")) for n in node.find("identifier") if n.field == "this")
