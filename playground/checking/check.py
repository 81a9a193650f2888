"""The one entry: is an answer right, and if not, why not."""

import threading

from playground.checking.case import Clue
from playground.checking.checks import UnknownCheck
from playground.checking.code_answers import check_code
from playground.checking.expected import SolutionError
from playground.checking.findings.catalogue import finding
from playground.checking.learner_tests.exercise import as_run
from playground.checking.order_answers import check_order
from playground.checking.predictions import check_prediction
from playground.checking.quizzes import check_quiz
from playground.checking.verdict import Outcome, Verdict
from playground.course import Exercise, lack
from playground.databases import Database, DatabaseError
from playground.running import BuildError, Run, Runners


def check(
    exercise: Exercise,
    answer: str,
    database: Database,
    runners: Runners,
    *,
    language: str | None = None,
    thorough: bool = True,
    cancel: threading.Event | None = None,
) -> Verdict:
    """Judge an answer to an exercise of any kind.

    Args:
        exercise: what is asked.
        answer: code; for a quiz the numbers of the choices (`2`, `1,3`) or the text; for a
            prediction what is expected; for `order` the lines in the learner's order.
        database: the one that the exercise's lesson names; every variant of it is used.
        runners: where code runs.
        language: `python` or `sql`, where the answer's file tells it; else it is what the
            exercise asks for, or what the text looks like.
        thorough: without it, code that fails gets the leading finding alone, and no
            counterexample.
        cancel: once set, all runs end soon and the verdict is `sandbox-fault` (`cancelled`).

    Where something is missing that the exercise needs, nothing runs and the verdict is `skipped`.
    Never raises for what learners or authors wrote.
    """
    if cancel is not None and cancel.is_set():
        return _fault(exercise, "sandbox-fault", Clue("cancelled"))
    missing = lack(exercise.tags)
    if missing:
        return _fault(exercise, "skipped", Clue("need-missing", facts={"message": missing}))
    exercise = as_run(exercise)
    try:
        if exercise.kind == "quiz":
            return check_quiz(exercise, answer)
        if exercise.kind == "predict":
            return check_prediction(exercise, answer, database, runners, cancel=cancel)
        if exercise.kind == "order":
            return check_order(exercise, answer, database, runners, cancel=cancel)
        return check_code(
            exercise, answer, database, runners,
            language=language, thorough=thorough, cancel=cancel,
        )  # fmt: skip
    except SolutionError as error:
        return _of_solution(exercise, error)
    except (BuildError, DatabaseError) as error:
        if error.ours:
            facts = {"message": str(error)}
            return _fault(exercise, "sandbox-fault", Clue("sandbox-failed", facts=facts))
        return _fault(
            exercise, "course-fault", Clue("course-broken", facts={"message": str(error)})
        )
    except UnknownCheck as error:
        clue = Clue("course-broken", facts={"message": str(error)})
        return _fault(exercise, "course-fault", clue)


def _of_solution(exercise: Exercise, error: SolutionError) -> Verdict:
    """A run of the course's own code that did not end well: whose fault it is."""
    if error.run.status == "cancelled":
        return _fault(exercise, "sandbox-fault", Clue("cancelled"))
    facts = {"variant": error.variant, "message": message_of(error.run)}
    if error.run.status == "sandbox-error":
        return _fault(exercise, "sandbox-fault", Clue("sandbox-failed", facts=facts))
    return _fault(exercise, "course-fault", Clue("solution-failed", facts=facts))


def message_of(run: Run) -> str:
    """How a run ended, in its own words."""
    return run.error.message if run.error is not None else run.status


def _fault(exercise: Exercise, outcome: Outcome, clue: Clue) -> Verdict:
    return Verdict(exercise.ref, outcome, 0, exercise.points, findings=[finding(clue)])
