"""Why a change did not reach the database, where the text of the answer tells it."""

from collections.abc import Iterator

from playground.checking.analyst.tree import Node
from playground.checking.case import Case, Clue

_GIVES = frozenset(("add", "add_all", "delete", "merge"))
_FETCH = frozenset(("scalars", "execute"))
_IN_PLACE = frozenset(
    ("append", "clear", "extend", "insert", "pop", "remove", "setdefault", "update")
)
_NOTICED = frozenset(("as_mutable", "flag_modified"))


def unsaved_clues(case: Case, tree: Node, *, unchanged: bool, closes: bool) -> Iterator[Clue]:
    """What was set, given or committed in vain.

    `unchanged`: a table is as it was; `closes`: nothing that comes after the answer commits.
    """
    yield from _compared(tree)
    yield from _changed_in_place(case, tree)
    yield from _set_on_result(tree)
    if unchanged:
        yield from _committed_in_vain(tree)
    if closes:
        yield from _after_the_last_commit(tree)


def _compared(tree: Node) -> Iterator[Clue]:
    """`product.stock == 5` as a line of its own."""
    for node in tree.find("Expr"):
        value = node.child("value")
        left = value.child("left") if value is not None and value.kind == "Compare" else None
        above = node.parent
        if left is None or left.kind != "Attribute" or value is None or above is None:
            continue
        is_value = above.kind == "Module" and above.children[-1] is node
        if value.get("ops") == ["Eq"] and not is_value:
            yield Clue("comparison-not-set", node.line)


def _changed_in_place(case: Case, tree: Node) -> Iterator[Clue]:
    """`thing.details["color"] = "blue"` of a JSON column: no attribute was set."""
    names = {str(n.get("attr") or n.get("id")) for n in tree.find("Attribute", "Name")}
    tables = case.run.state.tables if case.run.state is not None else []
    json = {c.name for table in tables for c in table.columns if c.type.startswith("JSON")}
    if names & _NOTICED or not json:
        return
    aliases = {
        str(target.get("id")): value
        for node in tree.find("Assign")
        for target in node.all("targets")
        if (value := node.child("value")) is not None and _is_one_of(value, json)
    }
    for node in tree.find("Subscript", "Attribute"):
        changed = node.child("value")
        written = node.kind == "Subscript" and node.field in ("target", "targets")
        called = node.field == "func" and node.get("attr") in _IN_PLACE
        if changed is None or not (written or called):
            continue
        attribute = aliases.get(str(changed.get("id")), changed)
        if _is_one_of(attribute, json):
            yield Clue("changed-in-place", node.line, {"name": str(attribute.get("attr"))})


def _is_one_of(node: Node, names: set[str]) -> bool:
    return node.kind == "Attribute" and node.get("attr") in names


def _set_on_result(tree: Node) -> Iterator[Clue]:
    """`user = session.scalars(…)` and `user.name = …`: an attribute of the result."""
    results = set()
    for node in tree.find("Assign"):
        call = node.child("value")
        function = call.child("func") if call is not None and call.kind == "Call" else None
        if function is not None and function.get("attr") in _FETCH:
            results |= {target.get("id") for target in node.all("targets")}
    for node in tree.find("Attribute"):
        owner = node.child("value")
        if node.field == "targets" and owner is not None and owner.get("id") in results:
            yield Clue("set-on-result", node.line, {"name": str(owner.get("id"))})
            return


def _committed_in_vain(tree: Node) -> Iterator[Clue]:
    """Another session is committed than the one with the work, or that one after it was closed."""
    calls = _calls(tree)
    given = {owner for owner, name, _ in calls if name in _GIVES}
    commits = [(owner, line) for owner, name, line in calls if name == "commit"]
    if not given or not commits:
        return
    others = [(owner, line) for owner, line in commits if owner not in given]
    if len(others) == len(commits):
        other, line = others[0]
        yield Clue("other-session", line, {"name": min(given), "other": other})
        return
    closed = {owner: line for owner, name, line in calls if name == "close"}
    closed |= _closed_by_with(tree)
    late = [(o, line) for o, line in commits if o in given and line > closed.get(o, line)]
    if late and len(late) == len([o for o, _ in commits if o in given]):
        yield Clue("commit-after-close", late[0][1], {"name": late[0][0]})


def _calls(tree: Node) -> list[tuple[str, str, int]]:
    """Calls of methods: whose, which, and on which line."""
    found = []
    for node in tree.find("Call"):
        function = node.child("func")
        owner = function.child("value") if function is not None else None
        if function is not None and owner is not None and owner.get("id") and node.line:
            found.append((str(owner.get("id")), str(function.get("attr")), node.line))
    return found


def _closed_by_with(tree: Node) -> dict[str, int]:
    """The names that `with … as name` closes, each with its block's last line."""
    closed = {}
    for block in tree.find("With"):
        last = max(node.line or 0 for node in block.walk())
        for item in block.all("items"):
            name = item.child("optional_vars")
            if name is not None and name.get("id"):
                closed[str(name.get("id"))] = last
    return closed


def _after_the_last_commit(tree: Node) -> Iterator[Clue]:
    """Objects are changed, given or deleted after the last commit, and nothing commits them."""
    calls = [call for call in _calls(tree) if call[1] in ("commit", "begin", *_GIVES)]
    commits = [line for _, name, line in calls if name == "commit"]
    within = any(True for _ in tree.find("FunctionDef", "Lambda"))
    if not commits or within or any(name == "begin" for _, name, _ in calls):
        return
    touched = [line for _, name, line in calls if name in _GIVES]
    touched += [n.line for n in tree.find("Attribute") if n.field == "targets" and n.line]
    late = [line for line in touched if line > max(commits)]
    if late:
        yield Clue("missing-commit", late[0])
