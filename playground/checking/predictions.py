"""Predictions: what will come when a code runs on the visible data."""

import re
import threading

from playground.checking.case import Clue
from playground.checking.expected import SolutionError
from playground.checking.findings.catalogue import finding
from playground.checking.kinds import kind_key, number_of
from playground.checking.quizzes import verdict
from playground.checking.verdict import Verdict
from playground.course import Exercise
from playground.databases import Database
from playground.running import Cell, Job, Run, Runners, Special
from playground.texts import _

_NUMBERED = ("count", "statements")
_COUNTED = ("pragma", "transaction")


def check_prediction(
    exercise: Exercise,
    answer: str,
    database: Database,
    runners: Runners,
    *,
    cancel: threading.Event | None = None,
) -> Verdict:
    """Judge a prediction by running the exercise's code. Raises SolutionError, DatabaseError.

    `count` and `statements` are numbers, `value` one cell, `rows` a row a line with commas between
    cells, `sql` the text that is sent, `error` the name of an exception (or `none`).
    """
    run = runners.of(database.world).run(
        Job(
            code=exercise.code,
            database=database.visible.image(),
            language=exercise.solution_language,
            setup=exercise.setup,
            after=exercise.after,
            whole=True,
        ),
        cancel=cancel,
    )
    if run.status != "ok" and not (run.status == "error" and exercise.predict == "error"):
        raise SolutionError(run, database.visible.name)
    if not answer.strip():
        return verdict(exercise, False, [finding(Clue("empty-answer"))])
    right = _right(exercise, run, answer.strip())
    if right is None:
        clue = Clue("prediction-unreadable", facts={"what": _what(exercise)})
        return verdict(exercise, False, [finding(clue)])
    return verdict(exercise, right, [] if right else [finding(Clue("prediction-wrong"))])


def _right(exercise: Exercise, run: Run, answer: str) -> bool | None:
    """Whether it comes as predicted; None where the answer is no prediction of that sort."""
    if exercise.predict in _NUMBERED:
        if not re.fullmatch(r"\d{1,9}", answer):
            return None
        return int(answer) == _number(exercise, run)
    if exercise.predict == "sql":
        sent = [s.sql for s in run.statements if s.kind not in _COUNTED]
        return any(_plain_sql(answer) == _plain_sql(sql) for sql in sent)
    if exercise.predict == "error":
        name = run.error.type if run.error else "none"
        return answer.rpartition(".")[2].casefold() == name.casefold()
    return _rows_of(answer) == _rows(run)


def _number(exercise: Exercise, run: Run) -> int:
    if exercise.predict == "count":
        return run.result.total if run.result else 0
    return sum(s.kind not in _COUNTED for s in run.statements)


def _rows(run: Run) -> list[list[str]]:
    rows = run.result.rows if run.result else []
    return [[_cell(cell) for cell in row] for row in rows]


def _rows_of(answer: str) -> list[list[str]]:
    """The cells of a prediction, a row a line; quotes and brackets around them do not count."""
    lines = (line.strip().strip("[]()|") for line in answer.splitlines())
    return [
        [_plain_cell(cell) for cell in re.split(r"[,|\t]", line.strip().strip(","))]
        for line in lines
        if line
    ]


def _plain_cell(text: str) -> str:
    text = text.strip().strip("'\"").strip()
    if text.casefold() in ("null", "none"):
        return "null"
    if text.casefold() in ("true", "false"):
        return str(int(text.casefold() == "true"))
    if re.fullmatch(r"[+-]?\d+(\.\d+)?", text):
        return f"{float(text):.10g}"
    return text.casefold()


def _cell(cell: Cell) -> str:
    if cell is None:
        return "null"
    number = number_of(kind_key(cell))
    if number is not None:
        return f"{number:.10g}"
    return _plain_cell(cell.text if isinstance(cell, Special) else str(cell))


def _plain_sql(text: str) -> str:
    """SQL without what does not matter: case, quotes of names, space, a semicolon, parameters."""
    text = re.sub(r"[\s\"`]+", " ", text.strip().rstrip(";")).casefold()
    text = re.sub(r"\s*([(),=<>!+*/-])\s*", r"\1", text)
    return re.sub(r":\w+|\?|'[^']*'|\b\d+(?:\.\d+)?\b", "?", text).strip()


def _what(exercise: Exercise) -> str:
    """What a prediction of a sort looks like, for people."""
    return _("a whole number") if exercise.predict in _NUMBERED else _("a text")
