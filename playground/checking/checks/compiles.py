"""`compiles`: the answer's statement as text for another database system."""

import re

from playground.checking.case import HOLDS, Case, Judgement, fails
from playground.course import CompilesOptions
from playground.running import Job

_MODULES = {"mariadb": "mysql"}
_NOTE = """
from sqlalchemy import event as _playground_event, Engine as _PlaygroundEngine
_playground_statements = []
@_playground_event.listens_for(_PlaygroundEngine, "before_execute")
def _playground_note(connection, statement, *others):
    _playground_statements.append(statement)
"""
_TELL = """
from sqlalchemy.dialects import {module} as _playground_module
def _playground_compile(statement):
    return str(statement.compile(dialect=_playground_module.dialect()))
[_playground_compile(s) for s in _playground_statements if hasattr(s, "compile")][-1:]
"""


def evaluate(case: Case, options: CompilesOptions) -> Judgement:
    """The last statement that the answer executed, or the text that is its value."""
    text = _compiled(case, options.dialect) or _value(case)
    plain = _plain(text)
    for part in options.contains:
        if _plain(part) not in plain:
            return fails("compiled-differs", dialect=options.dialect, text=part)
    for part in options.lacks:
        if _plain(part) in plain:
            return fails("compiled-differs", dialect=options.dialect, text=part)
    return HOLDS


def _compiled(case: Case, dialect: str) -> str:
    module = _MODULES.get(dialect, dialect)
    run = case.runner.run(
        Job(
            code=case.answer.text,
            database=case.variant.image(),
            setup=f"{case.exercise.setup}\n{_NOTE}",
            after=f"{case.exercise.after}\n{_TELL.format(module=module)}",
            whole=True,
        )
    )
    rows = run.result.rows if run.status == "ok" and run.result is not None else []
    return str(rows[0][0]) if rows else ""


def _value(case: Case) -> str:
    rows = case.run.result.rows if case.run.result is not None else []
    return str(rows[0][0]) if rows and rows[0] else case.run.output


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().casefold()
