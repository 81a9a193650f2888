"""`parameters`: values travelled as bound parameters, not as part of the SQL's text."""

from itertools import dropwhile

import msgspec

from playground.checking.analyst.tree import Node
from playground.checking.case import HOLDS, Case, Judgement, fails
from playground.checking.kinds import kind_key
from playground.course import ParametersOptions
from playground.running import Cell, Statement

_NUMBERING = ("limit", "offset", "order", "group")


def evaluate(case: Case, options: ParametersOptions) -> Judgement:
    """Every value of `bound` was bound somewhere; with `no_literals` no condition holds one."""
    sent = _sent_by_answer(case)
    bound = {kind_key(value) for statement in sent for value in _values(statement.parameters)}
    for value in options.bound:
        if kind_key(_cell(value)) not in bound:
            return fails("parameters-missing", value=value)
    if options.no_literals:
        own = {id(statement) for statement in sent}
        for statement in case.unparsed:
            if id(statement) in own:
                return fails("text-not-parsed", statement.line)
        for query in case.queries:
            if id(query.statement) not in own:
                continue
            for node in query.tree.find("literal"):
                if _is_value(node):
                    return fails(
                        "literals-in-sql", query.statement.line, value=node.get("this", "")
                    )
    return HOLDS


def _sent_by_answer(case: Case) -> list[Statement]:
    """All statements but those of the setup, which come first and from no line of the answer.

    Where no statement comes from a line, `after` has sent what the answer made; then all count.
    Without `after` the answer has sent nothing.
    """
    sent = case.run.statements
    if not case.exercise.setup:
        return sent
    own = list(dropwhile(lambda statement: statement.line is None, sent))
    return own or (sent if case.exercise.after else [])


def _values(parameters: list[Cell] | dict[str, Cell] | None) -> list[Cell]:
    if isinstance(parameters, dict):
        return list(parameters.values())
    return parameters or []


def _cell(value: object) -> Cell:
    """A value of a lesson file as a cell: lists and mappings are compared as JSON text."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return msgspec.json.encode(value).decode()


def _is_value(node: Node) -> bool:
    """Whether a literal stands in a condition or among the values of a change."""
    for parent in node.parents():
        if parent.kind in _NUMBERING:
            return False
        if parent.kind in ("where", "having", "join", "values", "update"):
            return True
    return False
