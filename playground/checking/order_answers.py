"""Lines to put in order: right as they stand in the solution, or by what they do."""

import threading
from collections import Counter

import msgspec

from playground.checking.case import Clue
from playground.checking.code_answers import check_code
from playground.checking.findings.catalogue import finding
from playground.checking.findings.handed_in import code_lines
from playground.checking.quizzes import verdict
from playground.checking.verdict import Verdict
from playground.course import Exercise
from playground.databases import Database
from playground.running import Runners


def check_order(
    exercise: Exercise,
    answer: str,
    database: Database,
    runners: Runners,
    *,
    cancel: threading.Event | None = None,
) -> Verdict:
    """Judge lines in the learner's order. Raises SolutionError, DatabaseError."""
    given, asked = code_lines(answer), code_lines(exercise.solution)
    if given == asked:
        return verdict(exercise, True, [])
    if not given:
        return verdict(exercise, False, [finding(Clue("empty-answer"))])
    if Counter(map(str.strip, given)) != Counter(map(str.strip, asked)):
        return verdict(exercise, False, [finding(Clue("lines-differ"))])
    language = exercise.solution_language if exercise.language == "any" else None
    judged = check_code(exercise, answer, database, runners, language=language, cancel=cancel)
    if judged.verdict != "fail" and judged.verdict != "error":
        return judged
    pairs = zip(given, asked, strict=True)
    line = next(number for number, (a, b) in enumerate(pairs, 1) if a != b)
    found = finding(Clue("lines-in-other-order", line, {"number": str(line)}))
    return msgspec.structs.replace(judged, verdict="fail", findings=[found, *judged.findings])
