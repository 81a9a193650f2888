"""Queries that are sent again and again: one for each row, or for each object that a commit expired.

What SQLAlchemy asks of the database's own tables when it reflects is not meant, nor is a query that
several lines ask, each once, that is one page of many, or that the exercise's own lines bring about.
"""

import re
from collections import Counter
from collections.abc import Iterator

from playground.checking.analyst.tree import Node
from playground.checking.case import Case, Clue
from playground.running import Statement

_MANY = 3
"""The same query so often is a query for each row."""
_LIMIT = re.compile(r"\bLIMIT\b", re.IGNORECASE)
_CATALOGUE = re.compile(r"\bsqlite_(?:temp_)?(?:master|schema)\b|\bpragma_\w+\(")
_LOOPS = frozenset(
    ("For", "AsyncFor", "While", "ListComp", "SetComp", "DictComp", "GeneratorExp", "Lambda")
)
_FUNCTIONS = frozenset(("FunctionDef", "AsyncFunctionDef"))


def n_plus_one(case: Case) -> Iterator[Clue]:
    """The same query again and again: by one attribute that loads itself, or by one line's loop.

    Raises AnalystError.
    """
    sent = [
        s
        for s in case.run.statements
        if s.kind == "select" and (s.lazy_load or s.line) and not _CATALOGUE.search(s.sql)
    ]
    times = Counter(map(_origin, sent))
    asked = Counter(s.sql for s in case.expected.run.statements if s.kind == "select")
    for statement in sent:
        again = times[_origin(statement)]
        if again < _MANY or again <= max(asked.values(), default=0):
            continue
        facts = {"count": str(again), "attribute": statement.lazy_load or "SELECT …"}
        if _refreshes(statement):
            if statement.line is not None:
                yield Clue("objects-expired", statement.line, facts)
                return
        elif not _pages(case, statement) and not _once_for_each_call(case, statement):
            yield Clue("n-plus-one", statement.line, facts)
            return


def _origin(statement: Statement) -> tuple[str, str | int | None]:
    """A query, and the attribute or else the line that asked it."""
    return statement.sql, statement.lazy_load or statement.line


def _refreshes(statement: Statement) -> bool:
    """Whether an object reads its own row again: the key that finds it is among what is read.

    Of a deferred column only that one is read, and of a relationship the columns of another class.
    """
    attribute = (statement.lazy_load or "").rpartition(".")[2]
    selected, _, rest = statement.sql.partition("FROM")
    key = re.search(r"\bWHERE (\S+) = \?", rest)
    return bool(attribute) and key is not None and _all_in((f".{attribute}", key[1]), selected)


def _all_in(names: tuple[str, ...], selected: str) -> bool:
    return all(re.search(rf"{re.escape(name)}\b", selected) for name in names)


def _pages(case: Case, statement: Statement) -> bool:
    """Whether a query is one page of many: limited, and asked in a `while` until none is left."""
    return (
        statement.lazy_load is None
        and _LIMIT.search(statement.sql) is not None
        and any(
            above.kind == "While" for node in _on_line(case, statement) for above in node.parents()
        )
    )


def _once_for_each_call(case: Case, statement: Statement) -> bool:
    """Whether it stands in a function, outside of any loop, that only the exercise calls often."""
    tree = case.source.tree
    around = [above for node in _on_line(case, statement) for above in node.parents()]
    names = {str(above.get("name")) for above in around if above.kind in _FUNCTIONS}
    if tree is None or not names or any(above.kind in _LOOPS for above in around):
        return False
    return not any(
        name in names and any(above.kind in _LOOPS | _FUNCTIONS for above in call.parents())
        for call in tree.find("Call")
        for function in call.all("func")
        for name in (function.get("id"), function.get("attr"))
    )


def _on_line(case: Case, statement: Statement) -> list[Node]:
    """What stands on the line that sent a statement."""
    tree = case.source.tree
    return [node for node in tree.walk() if node.line == statement.line] if tree is not None else []
