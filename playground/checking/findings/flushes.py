"""What it means that the database refuses what a session sends of itself.

A flush turns what was done to objects into statements, so the statement that fails stands nowhere
in the learner's text: what was done is told by that text, and by what the exercise runs around it.
"""

from collections.abc import Iterator

from playground.checking.analyst.analysis import AnalystError
from playground.checking.analyst.tree import Node
from playground.checking.case import Case
from playground.running import RunError

_REMOVALS = frozenset(("remove", "pop", "clear", "discard"))
_COLLECTIONS = frozenset(("List", "ListComp", "Set", "SetComp", "Call"))


def of_query(error: RunError) -> bool:
    """Whether it was a query that made the session send what failed."""
    return "Query-invoked autoflush" in error.message


def left_without_parent(case: Case, column: str) -> str:
    """The finding of a `table.column` that a flush sets to NULL, and that may not be."""
    table, _, name = column.rpartition(".")
    if not _may_lead_to_parent(case, table, name):
        return "not-null-violated"
    trees = list(_trees(case))
    if any(_set_to_none(tree, name) for tree in trees):
        return "not-null-violated"
    if any(_deletes_object(tree) for tree in trees):
        return "delete-leaves-children"
    if any(_takes_out(tree) for tree in trees):
        return "child-taken-from-parent"
    return "not-null-violated"


def _may_lead_to_parent(case: Case, table: str, column: str) -> bool:
    """Whether a column is a foreign key; tables that the run made itself are not known."""
    known = case.schema.table(table)
    if known is None:
        return True
    local = {
        name.strip() for key in known.foreign_keys for name in key.partition(" -> ")[0].split(",")
    }
    return column in local


def _trees(case: Case) -> Iterator[Node]:
    """What runs: the answer, and what stands before and after it."""
    for text in (case.exercise.setup, case.exercise.after):
        if text.strip():
            try:
                tree = case.analysis.python(text).tree
            except AnalystError:
                continue
            if tree is not None:
                yield tree
    try:
        if case.source.tree is not None:
            yield case.source.tree
    except AnalystError:
        return


def _set_to_none(tree: Node, column: str) -> bool:
    """`order.customer = None`, `order.customer_id = None`, `Order(customer_id=None)`."""
    for node in tree.find("Assign", "keyword"):
        value = node.child("value")
        if value is None or value.kind != "Constant" or value.get("value") is not None:
            continue
        names = [str(target.get("attr")) for target in node.all("targets")]
        if any(column.startswith(name) for name in (*names, str(node.get("arg")))):
            return True
    return False


def _deletes_object(tree: Node) -> bool:
    for node in tree.find("Call"):
        function = node.child("func")
        if function is not None and function.get("attr") == "delete" and node.all("args"):
            return True
    return False


def _takes_out(tree: Node) -> bool:
    """`parent.children.remove(child)`, `del parent.children[0]`, `parent.children = []`."""
    if any(_is_removal(node) for node in tree.find("Call")):
        return True
    if any(target.kind == "Subscript" for d in tree.find("Delete") for target in d.all("targets")):
        return True
    return any(
        value.kind in _COLLECTIONS and any(t.kind == "Attribute" for t in node.all("targets"))
        for node in tree.find("Assign")
        for value in node.all("value")
    )


def _is_removal(call: Node) -> bool:
    function = call.child("func")
    owner = function.child("value") if function is not None else None
    return (
        function is not None
        and function.get("attr") in _REMOVALS
        and owner is not None
        and owner.kind == "Attribute"
    )
