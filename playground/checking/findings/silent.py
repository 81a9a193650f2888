"""Mistakes with objects and models that raise nothing: what was sent, or warned of, shows them."""

import re
from collections.abc import Iterator

from playground.checking.analyst.tree import Node
from playground.checking.case import Case, Clue
from playground.checking.findings.options import near
from playground.checking.findings.unwrapped import unwrapped_clues
from playground.running import Special

_VALUES = frozenset(
    ("wrong-column", "other-value", "value-differs", "null-for-value", "different-rows")
)
_ROWS = frozenset(("empty-result", "missing-rows", "extra-rows", "different-rows", "row-count"))
_STATES = frozenset(("state-differs", "too-much-changed", "state-changed"))


def silent_clues(case: Case, general: list[Clue]) -> Iterator[Clue]:
    """What explains values, tables or definitions that differ. Raises AnalystError."""
    names = {clue.id for clue in general}
    tree = case.source.tree
    if tree is None:
        return
    yield from _validators(tree)
    if names & _STATES:
        yield from _children_kept(case, tree)
    if "schema-differs" in names:
        yield from unwrapped_clues(tree)
        yield from _options_of_no_dialect(case)
        yield from _altered_by_create_all(case, tree, general)
    if names & _ROWS:
        yield from _moment_as_written(case)
    if "missing-rows" in names:
        yield from _first_alone(case, tree)
    if names & _VALUES:
        yield from _not_synchronised(tree)
        yield from _default_before_insert(case, tree)


def warned_clues(case: Case) -> Iterator[Clue]:
    """What SQLAlchemy warned of. Raises AnalystError."""
    for warning in case.run.warnings:
        for name, pattern in _WARNINGS:
            match = re.search(pattern, warning.message)
            if match is not None and (name != "relationships-unlinked" or _unlinked(case)):
                yield Clue(name, warning.line, match.groupdict())


def _unlinked(case: Case) -> bool:
    """Whether a relationship of the answer names no other side; else the sides are mixed up."""
    tree = case.source.tree
    calls = tree.find("Call") if tree is not None else ()
    return any(
        function.get("id") == "relationship"
        and not _LINKS & {k.get("arg") for k in call.all("keywords")}
        for call in calls
        for function in call.all("func")
    )


_LINKS = frozenset(("back_populates", "backref", "viewonly", "overlaps"))


def unlinked_clues(case: Case) -> Iterator[Clue]:
    """The one warning that explains a difference: collections that do not see each other.

    Raises AnalystError.
    """
    yield from (clue for clue in warned_clues(case) if clue.id == "relationships-unlinked")


_WARNINGS = (
    ("relationships-unlinked", r"relationship '(?P<name>[\w.]+)' will copy column"),
    ("scalar-subquery-implied", r"implicitly coercing SELECT object to scalar subquery"),
    ("subquery-in-in", r"Coercing Subquery object into a select\(\) for use in IN"),
    ("cartesian-product", r"cartesian product"),
)


def _validators(tree: Node) -> Iterator[Clue]:
    """A `@validates` that returns nothing: the attribute becomes None."""
    for function in tree.find("FunctionDef"):
        decorators = (call.child("func") for call in function.all("decorator_list"))
        if not any(
            d is not None and "validates" in (d.get("id"), d.get("attr")) for d in decorators
        ):
            continue
        if not any(node.child("value") is not None for node in function.find("Return")):
            yield Clue("validator-returns-nothing", function.line, {"name": function.get("name")})


def _children_kept(case: Case, tree: Node) -> Iterator[Clue]:
    """Deleting a parent set the foreign key of its children to NULL."""
    if not any(n.get("attr") == "delete" for n in tree.find("Attribute")):
        return
    asked = {statement.sql for statement in case.expected.run.statements}
    for statement in case.run.statements:
        match = re.match(r"UPDATE (?P<table>\w+) SET (?P<column>\w+)=\? WHERE", statement.sql)
        values = statement.parameters
        if match is None or statement.sql in asked or not isinstance(values, list):
            continue
        table = case.schema.table(match["table"])
        keys = table.foreign_keys if table is not None else []
        if values[:1] == [None] and any(k.startswith(f"{match['column']} -> ") for k in keys):
            name = f"{match['table']}.{match['column']}"
            yield Clue("children-left-null", statement.line, {"name": name})
            return


def _altered_by_create_all(case: Case, tree: Node, general: list[Clue]) -> Iterator[Clue]:
    """`create_all()` leaves a table that is there as it is."""
    line = next((n.line for n in tree.find("Attribute") if n.get("attr") == "create_all"), None)
    if line is None or case.run.state is None:
        return
    for clue in general:
        name = clue.facts.get("table", "")
        before, after = case.expected.initial.table(name), case.run.state.table(name)
        if before is not None and after is not None and before.columns == after.columns:
            yield Clue("create-all-alters-nothing", line, {"table": name})
            return


def _options_of_no_dialect(case: Case) -> Iterator[Clue]:
    """`mapped_column(foreign_key=…)`: a name with `_` is taken for an option of a database system."""
    for warning in case.run.warnings:
        match = re.search(r"Can't validate argument '(?P<name>\w+)'", warning.message)
        if match is not None:
            name = match["name"]
            facts = {"function": "mapped_column", "name": name, "near": near("mapped_column", name)}
            yield Clue("unknown-option", warning.line, facts)


def _not_synchronised(tree: Node) -> Iterator[Clue]:
    """`synchronize_session=False`: objects that are loaded keep their old values."""
    for node in tree.find("Constant"):
        option = node.get("value") == "synchronize_session" and node.field == "keys"
        off = option and node.parent is not None and _is_false(node.parent.all("values"))
        if off and _of_update(node):
            yield Clue("objects-not-synchronized", node.line)
    for node in tree.find("keyword"):
        off = node.get("arg") == "synchronize_session" and _is_false(node.all("value"))
        if off and _of_update(node):
            yield Clue("objects-not-synchronized", node.line)


def _of_update(option: Node) -> bool:
    """Whether an option belongs to a call that updates."""
    calls = [node for node in option.parents() if node.kind == "Call"]
    return bool(calls) and any(
        "update" in (node.get("id"), node.get("attr"))
        for node in calls[-1].find("Name", "Attribute")
    )


def _is_false(values: list[Node]) -> bool:
    return any(value.kind == "Constant" and value.get("value") is False for value in values)


def _moment_as_written(case: Case) -> Iterator[Clue]:
    """A `datetime` that reached the driver as it is: a column's moments are written otherwise."""
    for statement in case.run.statements:
        given = statement.parameters
        values = list(given.values()) if isinstance(given, dict) else given or []
        if any(isinstance(value, Special) and value.type == "datetime" for value in values):
            yield Clue("moment-without-type", statement.line)
            return


def _first_alone(case: Case, tree: Node) -> Iterator[Clue]:
    """One row of several came, and the answer fetches only one."""
    result = case.run.result
    if result is None or result.total != 1 or result.statement is not None:
        return
    for call in tree.find("Call"):
        function = call.child("func")
        name = str(function.get("attr", "")) if function is not None else ""
        if name in _FIRST and not call.all("args"):
            yield Clue("first-row-alone", call.line, {"name": name})
            return


_FIRST = frozenset(("first", "fetchone", "scalar", "scalar_one", "scalar_one_or_none"))


def _default_before_insert(case: Case, tree: Node) -> Iterator[Clue]:
    """An attribute of an object that was not sent: its default is not there yet."""
    result = case.run.result
    if result is None or result.statement is not None:
        return
    if not any(cell is None for row in result.rows for cell in row):
        return
    if any(statement.kind == "insert" for statement in case.run.statements):
        return
    source = case.database.models_source or ""
    for call in tree.find("Call"):
        function = call.child("func")
        name = str(function.get("id", "")) if function is not None else ""
        if name and f"class {name}(" in source and call.all("keywords"):
            yield Clue("default-not-yet", call.line, {"name": name})
            return
