"""Where the text of an answer tells more of a value that did not arrive than the driver's words."""

import re
from collections.abc import Callable

from playground.checking.case import Case
from playground.checking.findings.declared import tree_of
from playground.running import RunError

Facts = dict[str, str]
_QUOTED = re.compile(r"'[^']*?(?P<name>(?<![:\w]):\w+|\?)[^']*'")


def _unfit(case: Case, error: RunError, found: Facts) -> str:
    """A place in quotes is none, and a wildcard outside them is an operator."""
    if 'near "%"' in error.message:
        return (
            "sql-parameters" if re.search(r"%s|%\(", case.answer.text) else "wildcard-outside-value"
        )
    quoted = _quoted_place(case)
    if quoted is None or "bindings supplied" not in error.message:
        return "sql-parameters"
    found["name"] = quoted
    return "parameter-in-quotes"


def _quoted_place(case: Case) -> str | None:
    """The first `:name` or `?` that stands between the quotes of a SQL text of the answer."""
    tree = tree_of(case)
    for node in tree.find("Constant") if tree is not None else ():
        match = _QUOTED.search(str(node.get("value")))
        if match is not None:
            return match["name"]
    return None


def _typed(case: Case, _error: RunError, _found: Facts) -> str:
    return _types_of_text(case) or "number-for-date"


def _mistyped(case: Case, _error: RunError, _found: Facts) -> str | None:
    return _types_of_text(case)


def _types_of_text(case: Case) -> str | None:
    """The finding of a text whose columns the answer gives types, None where it gives none."""
    tree = tree_of(case)
    typed = tree is not None and any(
        function.get("attr") == "columns"
        for call in tree.find("Call")
        for function in call.all("func")
    )
    return "text-column-types" if typed else None


PARAMETER_REFINEMENTS: dict[str, Callable[[Case, RunError, Facts], str | None]] = {
    "sql-parameters": _unfit,
    "number-for-date": _typed,
    "text-column-types": _mistyped,
}
"""What is asked more of the finding of a rule."""
