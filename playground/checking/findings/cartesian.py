"""Tables that are not joined, so that every row of one comes with every row of the other."""

import re
from collections.abc import Iterator

from playground.checking.analyst.tree import Node
from playground.checking.case import Case, Clue, Query
from playground.checking.findings.misread import sources

COMPARISONS = ("eq", "neq", "lt", "lte", "gt", "gte")
_LINKING = (*COMPARISONS, "between", "like", "ilike", "in", "is")
_EVERY_PAIR = re.compile(r"\bCROSS JOIN\b|\bON (?:1 = 1|true)\b", re.IGNORECASE)


def cartesian(case: Case, query: Query) -> Iterator[Clue]:
    """Tables that nothing holds together, where the solution does not pair all rows either."""
    if any(_EVERY_PAIR.search(statement.sql) for statement in case.expected.run.statements):
        return
    warned = any("cartesian product" in warning.message for warning in case.run.warnings)
    for select in query.tree.find("select"):
        joins = select.all("joins")
        linked = any(_links(where) for where in select.find("where"))
        loose = [j for j in joins if not j.get("method") and not _linked(j)]
        if loose and (warned or not linked or _apart(case, select)):
            yield Clue("cartesian-product", query.statement.line)
            return


def _links(where: Node) -> bool:
    """Whether a condition may hold tables together: columns on both sides of it, or a subquery."""
    if any(True for _ in where.find("select")):
        return True
    return any(
        all(any(True for _ in side.find("column")) for side in node.children)
        for node in where.find(*_LINKING)
    )


def _linked(join: Node) -> bool:
    """Whether a join has a condition; one without ON is read as `ON TRUE`."""
    on = join.child("on")
    return (on is not None and on.kind != "boolean") or bool(join.all("using"))


def _apart(case: Case, select: Node) -> bool:
    """Whether some of the tables are held together and others stand beside them; no, if in doubt."""
    named = sources(select)
    joins = [node for node in select.children if node.kind in ("from", "join")]
    conditions = [node for node in (select.child("where"), *(j.child("on") for j in joins)) if node]
    doubtful = len(named) < len(joins) or any(
        join.get("method") or join.all("using") for join in joins
    )
    if doubtful or any(True for node in conditions for _ in node.find("select")):
        return False
    groups = [{name} for name in named]
    for node in (each for condition in conditions for each in condition.find(*_LINKING)):
        owners = [_owner(case, named, column) for column in node.find("column")]
        if None in owners:
            return False
        touched = [group for group in groups if group & set(owners)]
        groups = [group for group in groups if group not in touched]
        groups += [set().union(*touched)] if touched else []
    return len(groups) > 1


def _owner(case: Case, named: dict[str, str], column: Node) -> str | None:
    """By which name the table of a column stands in a query; None if that cannot be told."""
    qualifier, name = column.child("table"), column.child("this")
    if qualifier is not None:
        alias = str(qualifier.get("this", ""))
        return alias if alias in named else None
    wanted = str(name.get("this", "")) if name is not None else ""
    owners = [
        alias
        for alias, table in named.items()
        if (known := case.schema.table(table)) is not None
        and any(each.name == wanted for each in known.columns)
    ]
    return owners[0] if len(owners) == 1 else None
