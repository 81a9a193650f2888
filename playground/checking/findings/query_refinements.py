"""Where the text of an answer, or what it sent, tells more than the words in which a query is refused.

Each function is asked of one finding, as those of `refinements` are.
"""

import re
from collections.abc import Callable, Iterator

from playground.checking.analyst.analysis import AnalystError
from playground.checking.analyst.tree import Node
from playground.checking.case import Case
from playground.checking.checks.code import dotted
from playground.checking.findings.declared import tree_of
from playground.running import RunError

Facts = dict[str, str]
_NO_TABLES = frozenset(("func", "literal", "literal_column", "null", "text", "true", "false"))
_AGGREGATES = ("count", "sum", "avg", "min", "max", "groupconcat")
_CLAUSES = {"where": "WHERE", "join": "ON", "group": "GROUP BY"}
_MOST_SHOWN = 60
"""Characters of a value that a message shows."""


def _joined(case: Case, _error: RunError, _found: Facts) -> str:
    """A join that cannot be told: of a class with itself, or of nothing that stands before it."""
    if _joins_itself(case):
        return "self-join-needs-alias"
    return "join-needs-on" if _starts_somewhere(case) else "join-start"


def _joined_from(case: Case, _error: RunError, _found: Facts) -> str:
    return "self-join-needs-alias" if _joins_itself(case) else "join-start"


def _joins_itself(case: Case) -> bool:
    """Whether a class is joined that the same statement selects from."""
    selected = {
        str(name.get("id"))
        for call in calls(case, "select")
        for argument in call.all("args")
        for name in argument.find("Name")
    }
    targets = [call.child("args") for call in calls(case, "join", "outerjoin")]
    joined = {str(each.get("id")) for each in targets if each is not None and each.kind == "Name"}
    return bool(joined) and selected == joined


def _starts_somewhere(case: Case) -> bool:
    """Whether a query of the answer names a class or table before it joins."""
    names = {
        str(name.get("id"))
        for call in calls(case, "select", "select_from", "join_from", "query")
        for argument in call.all("args")
        for name in argument.find("Name")
    }
    return bool(names - _NO_TABLES) or tree_of(case) is None


def _ambiguous(case: Case, error: RunError, found: Facts) -> str:
    """`filter_by()` finds an attribute twice: in two tables, or in a class and that class' table."""
    listed = re.search(r"FROM clause entities \((.*?)\)\. ", error.message)
    entities = [each.strip() for each in listed[1].split(",")] if listed is not None else []
    mapped = [match for each in entities if (match := _MAPPED.fullmatch(each)) is not None]
    own = [match["table"] for match in mapped if match["table"]]
    owners = [match["table"] or _table_of_alias(case, match["alias"]) for match in mapped]
    owners += [each for each in entities if _PLAIN.fullmatch(each) and each not in own]
    having = [name for name in owners if _has_column(case, name, found["name"])]
    return "filter-by-joined-class" if entities and len(having) < 2 else "filter-by-ambiguous"


_MAPPED = re.compile(r"Mapper\[\w+\((?P<table>\w+)\)\]|aliased\((?P<alias>\w+)\)")
_PLAIN = re.compile(r"\w+")


def _table_of_alias(case: Case, name: str) -> str:
    """The table of a class of the database."""
    source = case.database.models_source or ""
    found = re.search(rf"class {name}\(.*?__tablename__ = \"(\w+)\"", source, re.DOTALL)
    return found[1] if found is not None else ""


def _has_column(case: Case, table: str, name: str) -> bool:
    known = case.schema.table(table)
    return known is None or any(column.name == name for column in known.columns)


def _aggregate(case: Case, _error: RunError, found: Facts) -> str:
    """An aggregate where none may stand: in which clause, inside which other, of which subquery."""
    found["clause"] = "WHERE"
    for node in _refused_aggregates(case, found.get("name")):
        above = [each.kind for each in _within_select(node)]
        select = next((each for each in node.parents() if each.kind == "select"), None)
        found["name"] = node.kind
        if any(kind in _AGGREGATES for kind in above):
            return "aggregate-in-aggregate"
        if select is not None and select.parent is not None and select.child("from") is None:
            return "subquery-without-from"
        clauses = [_CLAUSES[kind] for kind in above if kind in _CLAUSES]
        if clauses:
            found["clause"] = clauses[0]
            return "aggregate-in-where"
    return "aggregate-in-where"


def _refused_aggregates(case: Case, name: str | None) -> Iterator[Node]:
    """The aggregates of the statement that was sent last, those of a name where one is known."""
    try:
        queries = case.queries[-1:]
    except AnalystError:
        return
    for query in queries:
        yield from query.tree.find(*([name.lower()] if name else _AGGREGATES))


def _within_select(node: Node) -> Iterator[Node]:
    """What stands around a node, up to the SELECT that it belongs to."""
    for above in node.parents():
        if above.kind == "select":
            return
        yield above


def _no_list(case: Case, _error: RunError, found: Facts) -> str:
    """What `in_()` was given instead of a list, as it stands in the text or as one would call it."""
    if re.match(r"<|\w+\(.*<", found["text"]):
        given = [dotted(call.child("args")) for call in calls(case, "in_", "not_in", "notin_")]
        named = [name for name in given if name]
        found["text"] = f"`{named[0]}`" if len(given) == 1 and named else _kind(found["text"])
    if len(found["text"]) > _MOST_SHOWN:
        found["text"] = f"{found['text'][:_MOST_SHOWN]}…"
    return "in-needs-list"


def _kind(shown: str) -> str:
    """The class of an object that is shown as Python shows it, without where it lies in memory."""
    found = re.match(r"<(?:[\w.]*\.)?(\w+) object\b", shown)
    return f"`{found[1]}`" if found is not None else re.sub(r" at 0x[0-9a-fA-F]+", "", shown)


def calls(case: Case, *names: str) -> Iterator[Node]:
    """The answer's calls of functions or methods of these names."""
    tree = tree_of(case)
    for call in tree.find("Call") if tree is not None else ():
        function = call.child("func")
        if function is not None and {function.get("id"), function.get("attr")} & set(names):
            yield call


QUERY_REFINEMENTS: dict[str, Callable[[Case, RunError, Facts], str | None]] = {
    "join-needs-on": _joined,
    "join-start": _joined_from,
    "filter-by-ambiguous": _ambiguous,
    "aggregate-in-where": _aggregate,
    "in-needs-list": _no_list,
}
"""What is asked more of the finding of a rule."""
