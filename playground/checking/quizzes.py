"""Quizzes: choices by number, or a short text."""

import re

from playground.checking.case import Clue
from playground.checking.findings.catalogue import finding
from playground.checking.verdict import CheckOutcome, Finding, Verdict
from playground.course import Exercise, Option


def check_quiz(exercise: Exercise, answer: str) -> Verdict:
    """Judge `2`, `1,3` (numbers of choices, from 1) or, where a text is asked, the text."""
    if exercise.choose == "text":
        given = _plain(answer)
        right = given in {_plain(text) for text in exercise.answers}
        clue = Clue("quiz-wrong" if given else "empty-answer")
        return verdict(exercise, right, [] if right else [finding(clue)])
    chosen = _chosen(exercise, answer)
    if chosen is None:
        clue = Clue("quiz-unreadable", facts={"count": str(len(exercise.options))})
        return verdict(exercise, False, [finding(clue)])
    wanted = {number for number, option in enumerate(exercise.options) if option.right}
    return verdict(exercise, chosen == wanted, _reasons(exercise.options, chosen, wanted))


def verdict(exercise: Exercise, passed: bool, findings: list[Finding]) -> Verdict:
    """The verdict of an exercise that is judged as a whole."""
    points = exercise.points if passed else 0
    return Verdict(
        exercise=exercise.ref,
        verdict="pass" if passed else "fail",
        points=points,
        of=exercise.points,
        checks=[CheckOutcome(exercise.kind, "", passed, points, exercise.points)],
        findings=findings,
    )


def _chosen(exercise: Exercise, answer: str) -> set[int] | None:
    """The places of the chosen options, from 0; None where the answer names none."""
    texts = {_plain(option.text): number for number, option in enumerate(exercise.options)}
    if _plain(answer) in texts:
        return {texts[_plain(answer)]}
    words = [word for word in re.split(r"[\s,;]+", answer.strip()) if word]
    if not words or not all(word.isdecimal() and len(word) < 4 for word in words):
        return None
    chosen = {int(word) - 1 for word in words}
    if not all(0 <= number < len(exercise.options) for number in chosen):
        return None
    return None if exercise.choose == "one" and len(chosen) > 1 else chosen


def _reasons(options: tuple[Option, ...], chosen: set[int], wanted: set[int]) -> list[Finding]:
    """What the author says of a choice; else whether something is wrong or something lacks."""
    if chosen == wanted:
        said = [options[number].says for number in sorted(chosen) if options[number].says]
        return [Finding("quiz-right", text) for text in said[:1]]
    wrong = sorted(chosen - wanted)
    if not wrong:
        return [finding(Clue("quiz-incomplete"))]
    found = finding(Clue("quiz-wrong"))
    says = next((options[number].says for number in wrong if options[number].says), "")
    return [Finding(found.id, says or found.message, explanation=found.explanation)]


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
