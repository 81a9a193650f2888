"""What an exception means: by its class, SQLAlchemy's code, the driver's class, then its words.

Messages are matched only for names and where class and code do not tell enough, because their
wording changes between releases. Evidence: the misconceptions M-01 to M-104 of the curriculum.
"""

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches

from playground.checking.analyst.analysis import AnalystError
from playground.checking.analyst.tree import Node
from playground.checking.case import Case, Clue
from playground.checking.findings.columns import Columns
from playground.checking.findings.exception_rules import RULES, Rule
from playground.checking.findings.flushes import left_without_parent, of_query
from playground.checking.findings.methods import near as near_method
from playground.checking.findings.session_source import known_attributes
from playground.checking.findings.source import (
    assigned_uncalled_clues,
    call_clues,
    dropped_clues,
    if_clues,
    operator_clues,
    uncalled_clues,
)
from playground.running import RunError, Special

_ENDED = {
    "timeout": "timeout",
    "memory": "memory",
    "output": "output-limit",
    "exited-early": "exited-early",
    "crashed": "crashed",
    "invalid-result": "invalid-result",
}


def error_clues(case: Case) -> Iterator[Clue]:
    """Reasons why an answer did not run to its end, from the most specific on; never none."""
    error = case.run.error
    if case.run.status != "error" or error is None:
        name = _ENDED.get(case.run.status, "exception")
        facts = {"limit": case.run.limit or "", "type": case.run.status, "message": ""}
        yield Clue(name, facts=facts)
        return
    if error.type in ("SyntaxError", "IndentationError", "TabError"):
        yield Clue("syntax-error", error.line, {"message": error.message})
        return
    general = {"type": error.type, "message": first_line(error.message)}
    clues = [*_by_lost_call(case, error), *_by_rule(case, error), *_by_operator(case, error)]
    yield from clues or [Clue("exception", error.line, general)]


def _by_rule(case: Case, error: RunError) -> Iterator[Clue]:
    """What the first rule says that fits."""
    for rule in RULES:
        found = _matches(rule, error)
        name = _refined(case, error, rule.finding, found) if found is not None else None
        if found is not None and name is not None:
            yield Clue(name, error.line, _facts(case, error, found))
            if of_query(error) and name != "autoflush-incomplete":
                yield Clue("sent-by-a-query", error.line)
            return


def _by_lost_call(case: Case, error: RunError) -> Iterator[Clue]:
    """A call that did nothing before a session or the database refused: not called, or not kept."""
    tree = _tree(case)
    if tree is None:
        return
    if re.match(r"'(?:method|function|builtin_function_or_method)' object", error.message):
        yield from assigned_uncalled_clues(tree)
    elif error.type in _REFUSALS:
        columns = Columns(tree)
        for clue in (*uncalled_clues(tree, columns), *dropped_clues(tree, columns)):
            if error.line is None or (clue.line or 0) <= error.line:
                yield clue


_REFUSALS = frozenset(
    (
        "IntegrityError",
        "OperationalError",
        "PendingRollbackError",
        "InvalidRequestError",
        "DetachedInstanceError",
        "ResourceClosedError",
    )
)


def _refined(case: Case, error: RunError, name: str, found: dict[str, str]) -> str | None:
    """The finding of a rule that fits, where the text or the tables tell more; None if it does not."""
    if name == "relationship-compared" and _is_column(case, found.get("owner", "")):
        return "python-attribute-on-column"
    if name == "join-needs-on" and _joins_itself(case):
        return "self-join-needs-alias"
    if name == "row-is-not-object" and _of_columns(case, found["name"]):
        return "not-in-c"
    if name == "index-without-table" and not _names_an_index(case):
        return "none-has-no-attribute"
    if name == "window-in-where" and not _has_window(case, found["name"]):
        return "window-without-over"
    if name == "ambiguous-column" and _joined_twice(error, found["name"]):
        return "self-join-needs-alias"
    if name == "not-null-violated" and "DEFAULT VALUES" in error.message and _inserts(case):
        return "nothing-to-insert"
    if name == "delete-leaves-children":
        return left_without_parent(case, found["name"])
    if name == "unknown-table" and error.type == "KeyError":
        return name if _looks_up_table(case, error.line) else None
    if name == "unknown-table" and _is_elsewhere(case, found.get("name", "")):
        return "memory-database-elsewhere"
    return name


def _is_elsewhere(case: Case, table: str) -> bool:
    """Whether a table was made in this run, in a database that lives in one connection's memory."""
    text = case.exercise.setup + case.answer.text
    made = re.compile(rf"\s*CREATE TABLE (?:IF NOT EXISTS )?\W?{re.escape(table)}\b", re.IGNORECASE)
    return _MEMORY.search(text) is not None and any(
        made.match(statement.sql) for statement in case.run.statements
    )


_MEMORY = re.compile(r"sqlite(?:\+\w+)?://(?:/:memory:)?[\"']|[\"']:memory:[\"']")


def _of_columns(case: Case, name: str) -> bool:
    """Whether an attribute of that name is asked of something's `.c`."""
    tree = _tree(case)
    owners = (
        [n.child("value") for n in tree.find("Attribute") if n.get("attr") == name] if tree else []
    )
    return any(owner is not None and owner.get("attr") == "c" for owner in owners)


def _joined_twice(error: RunError, column: str) -> bool:
    """Whether the table of a `table.column` stands in a query more than once under its own name."""
    table = column.rpartition(".")[0]
    found = rf"(?:\bFROM|\bJOIN|,)\s+{table}\b(?!\s+AS\b|\.)"
    return bool(table) and len(re.findall(found, error.message, re.IGNORECASE)) > 1


def _inserts(case: Case) -> bool:
    """Whether the text inserts by a statement, not by an object of a session."""
    tree = _tree(case)
    return tree is not None and any(
        function.get("id") == "insert" or function.get("attr") == "insert"
        for call in tree.find("Call")
        for function in call.all("func")
    )


def _names_an_index(case: Case) -> bool:
    """Whether an `Index` is made whose columns are all names in quotes."""
    tree = _tree(case)
    calls = [
        call.all("args")
        for call in (tree.find("Call") if tree else ())
        if any(function.get("id") == "Index" for function in call.all("func"))
    ]
    return any(all(isinstance(each.get("value"), str) for each in args) for args in calls if args)


def _has_window(case: Case, name: str) -> bool:
    """Whether a function of that name has its OVER wherever it was sent last."""
    sent = case.run.statements[-1].sql if case.run.statements else ""
    calls = re.findall(rf"\b{name}\((?:[^()]|\([^()]*\))*\)\s*(\w*)", sent, re.IGNORECASE)
    return all(word.upper() in ("OVER", "FILTER") for word in calls)


def _looks_up_table(case: Case, line: int | None) -> bool:
    """Whether something is looked up in a dictionary of tables (`Base.metadata.tables`) on a line."""
    tree = _tree(case)
    owners = [n.child("value") for n in tree.find("Subscript") if n.line == line] if tree else []
    return any(
        owner is not None and "tables" in (owner.get("attr"), owner.get("id")) for owner in owners
    )


def _joins_itself(case: Case) -> bool:
    """Whether a class is joined that the same statement selects from."""
    tree = _tree(case)
    if tree is None:
        return False
    selected: set[str] = set()
    joined: set[str] = set()
    for call in tree.find("Call"):
        function, argument = call.child("func"), call.child("args")
        if function is None or argument is None:
            continue
        if function.get("id") == "select":
            selected |= {str(n.get("id")) for each in call.all("args") for n in each.find("Name")}
        elif function.get("attr") in ("join", "outerjoin") and argument.kind == "Name":
            joined.add(str(argument.get("id")))
    return bool(joined) and selected == joined


def _tree(case: Case) -> Node | None:
    try:
        return case.source.tree
    except AnalystError:
        return None


def _is_column(case: Case, attribute: str) -> bool:
    """Whether `Class.attribute` is a column rather than a relationship."""
    name = attribute.rpartition(".")[2]
    return any(column.name == name for table in case.schema.tables for column in table.columns)


def first_line(text: str) -> str:
    """The first line of a message, cut to what one reads."""
    line = text.strip().partition("\n")[0]
    return line if len(line) <= 300 else line[:299] + "…"


def _matches(rule: Rule, error: RunError) -> dict[str, str] | None:
    """The facts that a rule finds in an error, None if it does not apply."""
    if rule.types and error.type not in rule.types and error.orig not in rule.types:
        return None
    if rule.code and rule.code != error.code:
        return None
    match = re.search(rule.message, error.message, re.DOTALL)
    return None if match is None else {k: v for k, v in match.groupdict().items() if v}


def _facts(case: Case, error: RunError, found: dict[str, str]) -> dict[str, str]:
    """What the message of a finding needs: names from the error, and the nearest known ones."""
    facts = {name: first_line(text) for name, text in found.items()}
    for name, value in error.context.items():
        text = value.text if isinstance(value, Special) else value
        if text is not None:
            facts.setdefault(name, first_line(str(text)))
    wanted = facts.get("name", "")
    if wanted:
        facts["near"] = nearest(wanted.rpartition(".")[2], case, facts)
    if "kind" in facts and "method" in facts:
        facts["near"] = near_method(facts["kind"], facts["method"])
    return facts


def nearest(name: str, case: Case, facts: dict[str, str]) -> str:
    """Known names near to one that is not known, for people to read; a dash where none is."""
    tables = [table.name for table in case.schema.tables]
    if "table" in facts:
        known = tables
    elif "cascade" in facts:
        known = _CASCADES
    elif "model" in facts:
        known = re.findall(r"^class (\w+)", _models(case) + _own_text(case), re.MULTILINE)
    elif "variable" in facts:
        known = [*_VARIABLES, *re.findall(r"^class (\w+)", _models(case), re.MULTILINE)]
    else:
        known = sorted(known_attributes(case))
    found = get_close_matches(name, known, n=2, cutoff=0.55)
    if not found:
        found = get_close_matches(name.lower(), known, n=1, cutoff=0.55)
    return ", ".join(found) or ", ".join(known[:8] if "table" in facts else []) or "–"


_VARIABLES = [
    "session",
    "engine",
    "tables",
    "database_url",
    "select",
    "insert",
    "update",
    "delete",
    "text",
    "func",
    "and_",
    "or_",
    "not_",
    "case",
    "cast",
    "exists",
    "literal",
    "desc",
    "asc",
    "distinct",
    "union",
    "create_engine",
    "Session",
    "selectinload",
    "joinedload",
    "aliased",
    "bindparam",
    "Integer",
    "String",
    "print",
]


_CASCADES = [
    "save-update",
    "merge",
    "delete",
    "delete-orphan",
    "expunge",
    "refresh-expire",
    "all",
]


def _own_text(case: Case) -> str:
    return "\n".join(("", case.exercise.setup, case.answer.text))


def _models(case: Case) -> str:
    return case.database.models_source or ""


def _by_operator(case: Case, error: RunError) -> Iterator[Clue]:
    """Where Python's own operators on columns raise, the text tells which one it was."""
    if error.type not in ("TypeError", "AttributeError", "NotImplementedError", "ArgumentError"):
        return
    clues = list(_from_source(case))
    yield from [clue for clue in clues if clue.line == error.line]
    if "Boolean value of this clause" in error.message:
        yield from clues
        yield Clue("python-and-on-columns", error.line, {"operator": "and"})


def _from_source(case: Case) -> Iterator[Clue]:
    """Python's own operators and functions on columns, wherever they stand in the text."""
    tree = _tree(case)
    if tree is None:
        return
    columns = Columns(tree)
    detectors: tuple[Callable[[Node, Columns], Iterator[Clue]], ...] = (
        if_clues,
        operator_clues,
        call_clues,
    )
    for detect in detectors:
        yield from detect(tree, columns)
