"""`compiles`: the answer's statement as text for another database system."""

import re
from collections.abc import Iterable, Iterator

from playground.checking.case import HOLDS, Case, Judgement, fails
from playground.course import Check, Combined, CompilesOptions

_MODULES = {"mariadb": "mysql"}
_NOTE = """
from sqlalchemy import event as _playground_event, Engine as _PlaygroundEngine
_playground_statements = []
@_playground_event.listens_for(_PlaygroundEngine, "before_execute")
def _playground_note(connection, statement, *others):
    _playground_statements.append(statement)
"""
_TELL = """
from importlib import import_module as _playground_module
def _playground_compile(module):
    dialect = _playground_module("sqlalchemy.dialects." + module).dialect()
    statements = [s for s in _playground_statements if hasattr(s, "compile")]
    return [str(s.compile(dialect=dialect)) for s in statements][-1:]
def _playground_tell(modules):
    for name, module in modules.items():
        try:
            yield from ((name, text) for text in _playground_compile(module))
        except Exception:
            pass
list(_playground_tell({modules!r}))
"""


def evaluate(case: Case, options: CompilesOptions) -> Judgement:
    """The last statement that the answer executed, or the text that is its value."""
    if not case.compiled:
        case.compiled.update(_compiled(case))
    text = case.compiled[options.dialect] or _value(case)
    plain = _plain(text)
    for part in options.contains:
        if _plain(part) not in plain:
            return fails("compiled-differs", dialect=options.dialect, text=part)
    for part in options.lacks:
        if _plain(part) in plain:
            return fails("compiled-differs", dialect=options.dialect, text=part)
    return HOLDS


def _compiled(case: Case) -> dict[str, str]:
    """The last statement for every dialect that a check names, empty where there is no such text.

    All of them are asked for in one further run.
    """
    dialects = dict.fromkeys(_dialects(case.exercise.checks))
    modules = {dialect: _MODULES.get(dialect, dialect) for dialect in dialects}
    run = case.again(
        case.answer.text,
        setup=f"{case.exercise.setup}\n{_NOTE}",
        after=f"{case.exercise.after}\n{_TELL.format(modules=modules)}",
    )
    rows = run.result.rows if run.status == "ok" and run.result is not None else []
    told = {str(row[0]): str(row[1]) for row in rows if len(row) == 2}
    return {dialect: told.get(dialect, "") for dialect in dialects}


def _dialects(checks: Iterable[Check]) -> Iterator[str]:
    for check in checks:
        if isinstance(check.options, Combined):
            yield from _dialects(check.options.checks)
        elif isinstance(check.options, CompilesOptions):
            yield check.options.dialect


def _value(case: Case) -> str:
    rows = case.run.result.rows if case.run.result is not None else []
    return str(rows[0][0]) if rows and rows[0] else case.run.output


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().casefold()
