"""`error`: the named exception was raised, or raised and handled."""

from playground.checking.case import HOLDS, Case, Judgement, fails
from playground.course import ErrorOptions
from playground.running import Job, Run, RunError

_WATCH = """
import sys as _playground_sys
_playground_raised = set()
def _playground_trace(frame, event, argument):
    if event == "exception":
        code = getattr(argument[1], "code", None)
        for kind in argument[0].__mro__:
            _playground_raised.add((kind.__name__, code if isinstance(code, str) else None))
    return _playground_trace
_playground_sys.settrace(_playground_trace)
"""
"""Notes every exception that passes through a frame, with the classes above its own."""
_TELL = """
_playground_sys.settrace(None)
sorted(_playground_raised, key=str)
"""


def evaluate(case: Case, options: ErrorOptions) -> Judgement:
    """The exception left the answer, or, with `handled`, came and did not leave it."""
    wanted = options.type.rpartition(".")[2]
    if options.handled:
        return _handled(case, wanted, options.code)
    error = case.run.error
    if case.run.status != "error" or error is None:
        return fails("error-expected", type=wanted)
    if not _is(error, wanted, options.code):
        return fails("error-other", error.line, type=wanted, got=error.type)
    return HOLDS


def _is(error: RunError, wanted: str, code: str | None) -> bool:
    names = (error.type, error.orig, "Exception", "BaseException")
    return wanted in names and code in (None, error.code)


def _handled(case: Case, wanted: str, code: str | None) -> Judgement:
    error = case.run.error
    if error is not None:
        clue = "error-not-handled" if _is(error, wanted, code) else "error-other"
        return fails(clue, error.line, type=wanted, got=error.type)
    raised = _raised(case)
    if any(name == wanted and code in (None, given) for name, given in raised):
        return HOLDS
    return fails("error-expected", type=wanted)


def _raised(case: Case) -> set[tuple[object, object]]:
    """Names and codes of all exceptions that another run of the answer raises."""
    run: Run = case.runner.run(
        Job(
            code=case.answer.text,
            database=case.variant.image(),
            setup=f"{case.exercise.setup}\n{_WATCH}",
            after=f"{case.exercise.after}\n{_TELL}",
            whole=True,
        )
    )
    if run.status != "ok" or run.result is None:
        return set()
    return {(row[0], row[1]) for row in run.result.rows if len(row) == 2}
