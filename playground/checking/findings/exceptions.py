"""What an exception means: by its class, SQLAlchemy's code, the driver's class, then its words.

Messages are matched only for names and where class and code do not tell enough, because their
wording changes between releases. Evidence: the misconceptions M-01 to M-104 of the curriculum.
"""

import re
from collections.abc import Callable, Iterator

from playground.checking.analyst.tree import Node
from playground.checking.case import Case, Clue
from playground.checking.findings.columns import Columns
from playground.checking.findings.declared import tree_of
from playground.checking.findings.exception_rules import RULES
from playground.checking.findings.flushes import left_without_parent, of_query
from playground.checking.findings.habit_refinements import HABIT_REFINEMENTS, described_only
from playground.checking.findings.legacy_refinements import LEGACY_REFINEMENTS
from playground.checking.findings.methods import near as near_method
from playground.checking.findings.nearest import nearest
from playground.checking.findings.parameter_refinements import PARAMETER_REFINEMENTS
from playground.checking.findings.places import line_of
from playground.checking.findings.query_refinements import QUERY_REFINEMENTS
from playground.checking.findings.refinements import REFINEMENTS
from playground.checking.findings.rule import Rule
from playground.checking.findings.session_source import known_attributes, misspelt_clues
from playground.checking.findings.source import (
    assigned_uncalled_clues,
    call_clues,
    dropped_clues,
    if_clues,
    operator_clues,
    uncalled_clues,
)
from playground.checking.findings.sql_refinements import SQL_REFINEMENTS
from playground.checking.findings.value_refinements import VALUE_REFINEMENTS
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
        yield _unreadable(case, error)
        return
    general = {"type": error.type, "message": first_line(error.message)}
    lost, ruled, operators = (
        _by_lost_call(case, error),
        _by_rule(case, error),
        _by_operator(case, error),
    )
    clues = [*lost, *_in_order([*ruled], [*operators])]
    yield from clues or [Clue("exception", error.line, general)]


def _in_order(ruled: list[Clue], operators: list[Clue]) -> list[Clue]:
    """A text where SQL is wanted may be what Python's `or` or `str()` has left of a condition."""
    left_over = ruled[:1] and ruled[0].id in ("string-condition", "string-column")
    return [*operators, *ruled] if left_over else [*ruled, *operators]


def _unreadable(case: Case, error: RunError) -> Clue:
    """What Python could not read: the answer, or a text that a relationship was given."""
    if "'await' outside" in error.message:
        return Clue("await-outside", error.line)
    name = "relationship-text-unreadable" if tree_of(case) is not None else "syntax-error"
    message = error.message if error.message.endswith((".", "?")) else f"{error.message}."
    return Clue(name, error.line, {"message": message})


def _by_rule(case: Case, error: RunError) -> Iterator[Clue]:
    """What the first rule says that fits."""
    for rule in RULES:
        found = _matches(rule, error)
        name = _refined(case, error, rule.finding, found) if found is not None else None
        if found is not None and name is not None:
            line = line_of(case, error, name, found)
            yield Clue(name, line, _facts(case, error, found))
            if of_query(error) and name != "autoflush-incomplete":
                yield Clue("sent-by-a-query", error.line)
            return


def _by_lost_call(case: Case, error: RunError) -> Iterator[Clue]:
    """A call that did nothing before a session or the database refused: not called, or not kept."""
    tree = tree_of(case)
    if tree is None:
        return
    if re.match(r"'(?:method|function|builtin_function_or_method)' object", error.message):
        yield from assigned_uncalled_clues(tree)
    elif error.type in _REFUSALS or error.line is None:
        columns = Columns(tree)
        if error.type == "IntegrityError":
            yield from misspelt_clues(case, tree)
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
        "StatementError",
    )
)


_REFINEMENTS = {
    **REFINEMENTS,
    **QUERY_REFINEMENTS,
    **PARAMETER_REFINEMENTS,
    **HABIT_REFINEMENTS,
    **LEGACY_REFINEMENTS,
    **SQL_REFINEMENTS,
    **VALUE_REFINEMENTS,
}


def _refined(case: Case, error: RunError, name: str, found: dict[str, str]) -> str | None:
    """The finding of a rule that fits, where the text or the tables tell more; None if it does not.

    What tells more may add facts to those that were found.
    """
    refine = _REFINEMENTS.get(name)
    if refine is not None:
        return refine(case, error, found)
    if name == "index-without-table" and not _names_an_index(case):
        return "none-has-no-attribute"
    if name == "window-in-where" and not _has_window(case, found["name"]):
        return "window-without-over"
    if name == "ambiguous-column" and _joined_twice(error, found["name"]):
        return "self-join-needs-alias"
    if name == "not-null-violated" and "DEFAULT VALUES" in error.message and _inserts(case):
        return _inserted_nothing(case, error, found)
    if name == "delete-leaves-children":
        return left_without_parent(case, found["name"])
    if name == "unknown-table" and error.type == "KeyError":
        return name if _looks_up_table(case, error.line) else None
    if name == "unknown-table" and _is_elsewhere(case, found.get("name", "")):
        return "memory-database-elsewhere"
    if name == "unknown-table" and error.type == "OperationalError":
        return "tables-not-created" if described_only(case, found.get("name", "")) else name
    return name


def _is_elsewhere(case: Case, table: str) -> bool:
    """Whether a table was made in this run, in a database that lives in one connection's memory."""
    text = case.exercise.setup + case.answer.text
    made = re.compile(rf"\s*CREATE TABLE (?:IF NOT EXISTS )?\W?{re.escape(table)}\b", re.IGNORECASE)
    return _MEMORY.search(text) is not None and any(
        made.match(statement.sql) for statement in case.run.statements
    )


_MEMORY = re.compile(r"sqlite(?:\+\w+)?://(?:/:memory:)?[\"']|[\"']:memory:[\"']")


def _joined_twice(error: RunError, column: str) -> bool:
    """Whether the table of a `table.column` stands in a query more than once under its own name."""
    table = column.rpartition(".")[0]
    found = rf"(?:\bFROM|\bJOIN|,)\s+{table}\b(?!\s+AS\b|\.)"
    return bool(table) and len(re.findall(found, error.message, re.IGNORECASE)) > 1


def _inserted_nothing(case: Case, error: RunError, found: dict[str, str]) -> str:
    """An INSERT without values: none were given, or only under names that the table does not have."""
    tree, known = tree_of(case), known_attributes(case)
    for node in tree.find("Constant") if tree is not None else ():
        key = node.get("value")
        if node.field == "keys" and node.line == error.line and key not in known:
            found["name"] = str(key)
            return "unknown-column"
    return "nothing-to-insert"


def _inserts(case: Case) -> bool:
    """Whether the text inserts by a statement, not by an object of a session."""
    tree = tree_of(case)
    return tree is not None and any(
        function.get("id") == "insert" or function.get("attr") == "insert"
        for call in tree.find("Call")
        for function in call.all("func")
    )


def _names_an_index(case: Case) -> bool:
    """Whether an `Index` is made whose columns are all names in quotes."""
    tree = tree_of(case)
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
    tree = tree_of(case)
    owners = [n.child("value") for n in tree.find("Subscript") if n.line == line] if tree else []
    return any(
        owner is not None and "tables" in (owner.get("attr"), owner.get("id")) for owner in owners
    )


def first_line(text: str) -> str:
    """The first line of a message, cut to what one reads, without where objects lie in memory."""
    line = _ADDRESS.sub("", text.strip().partition("\n")[0])
    return line if len(line) <= 300 else line[:299] + "…"


_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


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
    if wanted and "near" not in facts:
        facts["near"] = nearest(wanted, case, facts)
    if "kind" in facts and "method" in facts:
        facts["near"] = near_method(facts["kind"], facts["method"])
    return facts


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
    tree = tree_of(case)
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
