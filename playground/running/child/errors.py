"""What the learner's code raised, told by class, message and the learner's own lines."""

import re
import traceback
from types import TracebackType
from typing import Any

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from .capture import ANSWER
from .cells import Cells

_BACKGROUND = re.compile(r"\s*\(Background on [^()]* at: \S+\)\s*$")
_MESSAGE_LIMIT = 20_000


def describe(error: BaseException, cells: Cells) -> list[Any]:
    """As a list, in the field order of `playground.running.run.RunError`."""
    lines = _lines(error)
    return [
        type(error).__name__,
        getattr(error, "code", None) if isinstance(error, SQLAlchemyError) else None,
        message_of(error),
        lines[-1] if lines else None,
        lines,
        type(error.orig).__name__ if isinstance(error, DBAPIError) else None,
        _context(error, cells),
    ]


def message_of(error: BaseException) -> str:
    """The message, without SQLAlchemy's link to its own documentation."""
    try:
        text = str(error)
    except Exception as failure:  # noqa: BLE001  (a learner's __str__ may raise anything)
        return f"<{type(error).__name__}: its str() raised {type(failure).__name__}>"
    if isinstance(error, SyntaxError):
        text = error.msg or text
    return _BACKGROUND.sub("", str.__str__(text))[:_MESSAGE_LIMIT]


def _lines(error: BaseException) -> list[int]:
    if isinstance(error, SyntaxError) and error.filename == ANSWER and error.lineno:
        return [error.lineno]
    lines = learner_lines(error.__traceback__)
    if not lines and error.__context__ is not None:
        lines = learner_lines(error.__context__.__traceback__)
    return lines


def learner_lines(trace: TracebackType | None) -> list[int]:
    """Lines of the learner's own text on a traceback, outermost first."""
    return [
        number
        for frame, number in traceback.walk_tb(trace)
        if frame.f_code.co_filename == ANSWER and number is not None
    ][-100:]


def _context(error: BaseException, cells: Cells) -> list[Any]:
    """Attributes that explanations need, as pairs."""
    pairs: list[Any] = []
    if isinstance(error, (AttributeError, NameError, ImportError)):
        pairs.append(["name", cells.cell(error.name)])
    if isinstance(error, AttributeError):
        pairs.append(["obj", type(error.obj).__name__])
        if isinstance(error.obj, type):
            pairs.append(["class", error.obj.__name__])
    if isinstance(error, KeyError) and error.args:
        pairs.append(["key", cells.cell(error.args[0])])
    if isinstance(error, SyntaxError):
        pairs.append(["offset", cells.cell(error.offset)])
        pairs.append(["text", cells.cell(error.text)])
    if isinstance(error, DBAPIError):
        pairs.append(["orig", cells.cell(message_of(error.orig)) if error.orig else None])
        pairs.append(["statement", cells.cell(error.statement)])
        name = getattr(error.orig, "sqlite_errorname", None)
        pairs.append(["sqlite_errorname", cells.cell(name)])
    return pairs
