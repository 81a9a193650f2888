"""Where the text of an answer tells which value Python or a column did not take.

Each function is asked of one finding, as those of `refinements` are.
"""

import re
from collections.abc import Callable

from playground.checking.case import Case
from playground.checking.findings.columns import Columns
from playground.checking.findings.declared import classes, tree_of
from playground.checking.findings.methods import near_function
from playground.checking.findings.query_refinements import calls
from playground.running import RunError

Facts = dict[str, str]
_PLAIN_TYPES = frozenset(
    (
        *("int", "float", "str", "bool", "bytes", "date", "datetime", "timedelta", "Decimal"),
        *("list", "tuple", "dict", "set", "Row"),
    )
)


def _number(case: Case, error: RunError, _found: Facts) -> str | None:
    """Only `limit()` and its like are meant: other numbers are read elsewhere."""
    return "limit-needs-number" if _called(case, error, "limit", "offset", "fetch") else None


def _text(case: Case, error: RunError, _found: Facts) -> str | None:
    return "text-needs-text" if _called(case, error, "text") else None


def _called(case: Case, error: RunError, *names: str) -> bool:
    """Whether a statement that ends on the line of an error, or has it, calls one of these."""
    lines = [call.line or 0 for call in calls(case, *names)]
    return any(error.line is None or line <= error.line for line in lines)


def _key(_case: Case, error: RunError, found: Facts) -> str | None:
    """A value that is no number for a key; the same is said of a LIMIT."""
    inserted = re.search(
        r"\[SQL: \s*(?:INSERT|REPLACE).*?INTO \W?(?P<table>\w+)", error.message, _ALL
    )
    changed = re.search(r"\[SQL: \s*UPDATE \W?(?P<table>\w+)", error.message, _ALL)
    match = inserted or changed
    if match is not None:
        found["table"] = match["table"]
        return "key-not-integer"
    if re.search(r"\bLIMIT\b|\bOFFSET\b", error.message) is None:
        return None
    given = re.search(r"\b(?:LIMIT|OFFSET)\s+('[^']*'|\S+)", error.message, re.IGNORECASE)
    found["text"] = given[1] if given is not None else "…"
    return "limit-needs-number"


_ALL = re.DOTALL | re.IGNORECASE


def _known(finding: str) -> Callable[[Case, RunError, Facts], str | None]:
    """A refinement that holds for objects of mapped classes alone."""

    def refine(case: Case, _error: RunError, found: Facts) -> str | None:
        found["class"] = found.get("class") or found.pop("owner", "")
        tables = {t.name.replace("_", "").casefold() for t in case.schema.tables}
        is_known = found["class"] in classes(case) or found["class"].casefold() in tables
        return finding if is_known else None

    return refine


def _types(_case: Case, _error: RunError, found: Facts) -> str | None:
    """Only of plain values: what SQLAlchemy's own objects do not allow is told otherwise."""
    found.setdefault("operator", "+")
    both = {found["left"], found["right"]}
    return "types-do-not-mix" if both <= _PLAIN_TYPES else None


def _date(case: Case, error: RunError, _found: Facts) -> str | None:
    return "date-parts" if _called(case, error, "date", "datetime", "replace") else None


def _module_called(case: Case, error: RunError, found: Facts) -> str | None:
    """Which of the modules that the answer imports is called."""
    tree = tree_of(case)
    modules = {
        alias.get("asname") or alias.get("name")
        for node in (tree.find("Import") if tree is not None else ())
        for alias in node.all("names")
    }
    for call in tree.find("Call") if tree is not None else ():
        function = call.child("func")
        if function is not None and function.get("id") in modules:
            found["name"] = str(function.get("id"))
            return "module-called"
    return None


def _row(case: Case, _error: RunError, found: Facts) -> str:
    """A name that a row does not have: of the object in it, of a `.c`, or of no column at all."""
    tree = tree_of(case)
    if tree is None:
        return "row-is-not-object"
    owners = [n.child("value") for n in tree.find("Attribute") if n.get("attr") == found["name"]]
    if any(owner is not None and owner.get("attr") == "c" for owner in owners):
        return "not-in-c"
    columns = Columns(tree)
    selected = [
        each for call in calls(case, "select", "query", "returning") for each in call.all("args")
    ]
    objects = any(columns.is_class(each) for each in selected)
    return "row-is-not-object" if objects else "row-without-name"


def _database_function(_case: Case, _error: RunError, found: Facts) -> str:
    found["near"] = near_function(found["name"])
    return "unknown-function"


VALUE_REFINEMENTS: dict[str, Callable[[Case, RunError, Facts], str | None]] = {
    "limit-needs-number": _number,
    "text-needs-text": _text,
    "key-not-integer": _key,
    "object-is-no-row": _known("object-is-no-row"),
    "object-in-computation": _known("object-in-computation"),
    "types-do-not-mix": _types,
    "date-parts": _date,
    "module-called": _module_called,
    "row-is-not-object": _row,
    "unknown-function": _database_function,
}
"""What is asked more of the finding of a rule."""
