"""What an answer trusts to be refused, and what refuses nothing: where the solution sees to it."""

import re
from collections.abc import Iterator

from playground.checking.analyst.tree import Node
from playground.checking.case import Case, Clue
from playground.checking.findings.declared import classes


def unenforced_clues(case: Case, tree: Node) -> Iterator[Clue]:
    """Rules that hold for some ways into the database only. Raises AnalystError."""
    yield from _validators_passed_by(case, tree)
    yield from _foreign_keys_asleep(case, tree)
    yield from _types_not_enforced(case, tree)


_BULK = re.compile(r"\b(?:insert|update)\((\w+)\)")
_LISTENER = re.compile(r"\blisten(?:s_for)?\((\w+)(?:\.\w+)?, *[\"'](?:set|before_|after_)")


def _validators_passed_by(case: Case, tree: Node) -> Iterator[Clue]:
    """A statement in bulk of a class whose rule is a validator or a listener."""
    answer, solution, after = case.answer.text, case.exercise.solution, case.exercise.after
    ruled = {name for name, body in classes(case).items() if "@validates(" in body}
    ruled |= set(_LISTENER.findall(f"{case.exercise.setup}\n{answer}"))
    own = ruled & set(_BULK.findall(answer)) - set(_BULK.findall(solution))
    unseen = ruled & set(_BULK.findall(after))
    if not own and (not unseen or "Check" not in solution or "Check" in answer):
        return
    lines = (
        call.line
        for call in tree.find("Call")
        for function in call.all("func")
        if function.get("id") in ("insert", "update")
    )
    yield Clue("validator-passed-by", next(lines, None) if own else None)


def _foreign_keys_asleep(case: Case, tree: Node) -> Iterator[Clue]:
    """An engine of the answer's own whose connections are not told to check foreign keys."""
    if "foreign_keys" not in case.exercise.solution.lower():
        return
    told = re.search(r"\b(?:listens_for|listen|creator)\b", case.answer.text)
    if told is not None and "foreign_keys" in case.answer.text.lower():
        return
    for call in tree.find("Call"):
        function = call.child("func")
        if function is not None and function.get("id") == "create_engine":
            yield Clue("foreign-keys-asleep", call.line)
            return


_CHECKED = re.compile(r"create_constraint|CheckConstraint\([^)]{0,500}\blength\(", re.IGNORECASE)


def _types_not_enforced(case: Case, tree: Node) -> Iterator[Clue]:
    """A length or a list of values that only a CHECK would enforce."""
    if not _CHECKED.search(case.exercise.solution) or _CHECKED.search(case.answer.text):
        return
    for call in tree.find("Call"):
        function = call.child("func")
        name = str(function.get("id")) if function is not None else ""
        if name in ("Enum", "String") and call.all("args"):
            yield Clue("type-not-enforced", call.line, {"type": name})
            return
