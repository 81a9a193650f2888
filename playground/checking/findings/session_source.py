"""Mistakes with sessions, transactions and results, told by the text and what was sent."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from playground.checking.analyst.tree import Node
from playground.checking.case import Case, Clue
from playground.checking.checks.code import dotted
from playground.checking.findings.fates import by_learner, lost
from playground.checking.findings.repeated import n_plus_one
from playground.checking.findings.source import uncalled_value_clues
from playground.checking.findings.unsaved import unsaved_clues
from playground.running import Special, Statement

_UNCHANGED = ("nothing-changed", "state-differs", "not-committed", "table-missing")
_FETCHES = frozenset(
    ["all", "fetchall", "first", "one", "scalars", "mappings", "scalar", "partitions"]
)


_RESULT = frozenset(
    (
        "no-result",
        "missing-columns",
        "extra-columns",
        "missing-rows",
        "extra-rows",
        "different-rows",
        "row-count",
        "wrong-column",
        "other-value",
        "wrong-type",
        "value-differs",
    )
)
"""What a value that is no table of rows looks like beside the rows that were asked."""


def session_clues(case: Case, general: list[Clue]) -> Iterator[Clue]:
    """What explains a difference that the general clues tell. Raises AnalystError."""
    names = {clue.id for clue in general}
    tree = case.source.tree
    if names & _RESULT:
        yield from not_rows(case)
    if tree is not None and "no-result" in names:
        yield from _printed(case, tree)
    if names & set(_UNCHANGED):
        if tree is not None:
            yield from misspelt_clues(case, tree)
            yield from _not_added(case, tree)
        yield from _not_committed(case, tree)
        if tree is not None:
            closes, unchanged = not _commits_after(case), "nothing-changed" in names
            yield from unsaved_clues(case, tree, unchanged=unchanged, closes=closes)
    if tree is not None and names & {"empty-result", "missing-rows", "no-result"}:
        yield from _read_twice(case, tree)
    if tree is not None and "missing-columns" in names:
        yield from _scalars(case, tree)
    if "lazy-loads" in names or "too-many-statements" in names:
        yield from n_plus_one(case)


def _not_committed(case: Case, tree: Node | None) -> Iterator[Clue]:
    """A change was taken back or never committed, or the session kept what it never sent."""
    gone = lost(case)
    if gone is not None and by_learner(gone, tree):
        facts = {"line": str(gone.change.line or "–")}
        yield Clue("taken-back", gone.by.line if gone.by is not None else None, facts)
    elif gone is not None:
        yield Clue("missing-commit", gone.change.line)
    elif tree is not None and not _calls(tree, "commit", "begin") and not _commits_after(case):
        touched = [n for n in tree.find("Attribute") if _leaves_work(n)]
        if not touched or any(_is_value(tree, s) for s in case.run.statements):
            return
        line = touched[-1].line
        dropped = [n.line for n in tree.find("Attribute") if n.get("attr") == "rollback"]
        if dropped and not any(True for _ in tree.find("Try")):
            yield Clue("taken-back", dropped[-1], {"line": str(line)})
        else:
            yield Clue("missing-commit", line)


def _commits_after(case: Case) -> bool:
    """Whether what the exercise runs after the answer ends the transaction."""
    after = case.exercise.after
    helpers = _DEFINED.findall(case.exercise.setup + "\n")
    return _COMMITS.search(after) is not None or any(
        re.search(rf"\b{name}\(", after) and _COMMITS.search(body) for name, body in helpers
    )


_COMMITS = re.compile(r"\.(?:commit|begin)\(")
_DEFINED = re.compile(r"^def (\w+)\(.*\n((?:[ \t]+.*\n|\s*\n)*)", re.MULTILINE)


def _leaves_work(node: Node) -> bool:
    """Whether an attribute of an object is set, or an object given to a session."""
    owner = node.child("value")
    if node.field in ("targets", "target"):
        return owner is None or owner.get("id") not in ("self", "cls")
    return node.get("attr") in _GIVES


_GIVES = frozenset(("add", "add_all", "delete", "merge"))


def _is_value(tree: Node, statement: Statement) -> bool:
    """Whether a change is the answer's own value, which is executed and committed for it."""
    last = tree.children[-1] if tree.children else None
    return (
        statement.kind in ("insert", "update", "delete")
        and last is not None
        and last.kind == "Expr"
        and statement.line == last.line
    )


def _not_added(case: Case, tree: Node) -> Iterator[Clue]:
    """An object was made and nothing was inserted, because no session knows of it."""
    if any(s.kind == "insert" and s.line is not None for s in case.run.statements):
        return
    if _calls(tree, "add", "add_all", "merge", "insert", "append"):
        return
    for node in tree.find("Call"):
        function = node.child("func")
        name = str(function.get("id", "")) if function is not None else ""
        if name[:1].isupper() and node.all("keywords") and _is_model(case, tree, name):
            yield Clue("object-not-added", node.line, {"name": name})
            return


def misspelt_clues(case: Case, tree: Node) -> Iterator[Clue]:
    """An attribute was set that no model has; nothing is sent for it, and nothing raised."""
    known = known_attributes(case)
    own = {str(n.get("id")) for n in tree.find("Name") if n.field in ("target", "targets")}
    for node in tree.find("Attribute"):
        if node.field != "targets":
            continue
        name, owner = str(node.get("attr")), dotted(node.child("value")) or ""
        if not known or name in known or name in own or owner in ("self", "cls"):
            continue
        near = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
        if near:
            yield Clue("misspelt-attribute", node.line, {"name": name, "near": near[0]})


def known_attributes(case: Case) -> set[str]:
    """Names of all columns, and of what else models define: the database's, or those of a class
    that the exercise or the answer declares."""
    names = {column.name for table in case.schema.tables for column in table.columns}
    texts = [case.database.models_source or "", *_texts_with_classes(case)]
    return names.union(*(re.findall(r"^    (\w+)(?::|\s*=)", text, re.MULTILINE) for text in texts))


def _texts_with_classes(case: Case) -> Iterator[str]:
    """The bodies of the classes that the exercise's setup and the answer hold."""
    answer = case.answer.text if case.answer.language == "python" else ""
    for text in (case.exercise.setup, answer):
        yield from re.findall(r"^class \w+.*\n((?:    .*\n|\s*\n)*)", text + "\n", re.MULTILINE)


def _is_model(case: Case, tree: Node, name: str) -> bool:
    """Whether a class is one of the database's models, of its reflected ones, or the answer's own."""
    if any(node.get("name") == name for node in tree.find("ClassDef")):
        return True
    if f"class {name}(" in case.exercise.setup:
        return True
    source = case.database.models_source
    if source is not None:
        return f"class {name}(" in source
    reflected = {table.name.replace("_", "").casefold() for table in case.schema.tables}
    return name.casefold() in reflected


def _read_twice(case: Case, tree: Node) -> Iterator[Clue]:
    """A result is fetched twice: the second time nothing is left."""
    results = {
        str(target.get("id"))
        for node in tree.find("Assign")
        for target in node.all("targets")
        if _executes(node.child("value"))
    }
    seen: set[str] = set()
    for node in tree.find("Name"):
        name = str(node.get("id"))
        if name not in results or not _fetches(node):
            continue
        if name in seen:
            yield Clue("result-read-twice", node.line, {"name": name})
            return
        seen.add(name)


def _executes(node: Node | None) -> bool:
    function = node.child("func") if node is not None and node.kind == "Call" else None
    return function is not None and function.get("attr") in ("execute", "scalars")


def _fetches(node: Node) -> bool:
    """Whether a name is being read to its end: `r.all()`, `list(r)`, `for x in r`, or the value."""
    above = node.parent
    if above is None:
        return False
    if above.kind == "Attribute":
        return above.get("attr") in _FETCHES
    if above.kind == "Call":
        function = above.child("func")
        return (
            node.field == "args"
            and function is not None
            and (function.get("id") in ("list", "len", "sorted", "set", "tuple"))
        )
    return (above.kind in ("For", "comprehension") and node.field == "iter") or above.kind == "Expr"


def _scalars(case: Case, tree: Node) -> Iterator[Clue]:
    """`scalars()` of a query with several columns keeps the first."""
    result, asked = case.run.result, case.expected.run.result
    if result is None or asked is None or len(result.columns) != 1:
        return
    for query in case.queries:
        outputs = query.tree.all("expressions")
        if query.tree.kind == "select" and len(outputs) >= len(asked.columns) > 1:
            for node in tree.find("Attribute"):
                if node.get("attr") in ("scalars", "scalar", "scalar_one"):
                    yield Clue("scalars-drops-columns", node.line)
                    return


def _printed(case: Case, tree: Node) -> Iterator[Clue]:
    """The answer ends by printing what was asked, and so has no value."""
    last = tree.children[-1] if tree.children else None
    asked = case.expected.run.result
    cells = [str(cell) for row in asked.rows[:1] for cell in row] if asked is not None else []
    if last is None or not any(cell in case.run.output for cell in cells):
        return
    for call in last.find("Call"):
        function = call.child("func")
        if function is not None and function.get("id") in ("print", "pprint"):
            yield Clue("printed-not-returned", call.line)
            return


def not_rows(case: Case) -> Iterator[Clue]:
    """The value is something that was not executed or not fetched."""
    result = case.run.result
    if result is None or len(result.rows) != 1 or len(result.columns) != 1:
        return
    cell = result.rows[0][0]
    if isinstance(cell, Special) and cell.type in _UNFETCHED:
        tree = case.source.tree
        if tree is not None and cell.type in _CALLABLE:
            yield from uncalled_value_clues(tree)
        yield Clue("statement-not-executed", facts={"what": cell.type})


_CALLABLE = frozenset(("method", "builtin_function_or_method", "function"))
_UNFETCHED = frozenset(
    [
        "method",
        "builtin_function_or_method",
        "function",
        "generator",
        "type",
        "DeclarativeAttributeIntercept",
        "Table",
        "InstrumentedAttribute",
        "sessionmaker",
        "Session",
        "Connection",
        "Engine",
        "coroutine",
        "Mapper",
        "Column",
        "BinaryExpression",
        "BooleanClauseList",
        "ColumnClause",
        "Subquery",
        "CTE",
        "Alias",
    ]
)


def _calls(tree: Node, *names: str) -> bool:
    """Whether a function or method of one of these names is called."""
    for node in tree.find("Call"):
        function = node.child("func")
        if function is not None and {function.get("id"), function.get("attr")} & set(names):
            return True
    return False
