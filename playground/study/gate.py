"""The gate before a solution: when it opens, why it does not yet, and what opening it costs."""

from playground.course import Exercise
from playground.study.data import Progress
from playground.texts import _, ngettext


def why_locked(exercise: Exercise, *, passed: bool, failed: int, hints_opened: int) -> str | None:
    """Why the solution cannot be opened, in a sentence, or None where it can.

    `failed` counts distinct answers that did not pass. The rules are those of `solution_after` in
    the lesson format.
    """
    gate = exercise.solution_after
    if exercise.kind == "predict":
        return _("The answer is what the code gives: run it and see.")
    if gate.rule == "never":
        return _("The author keeps the solution of this exercise closed.")
    if passed or gate.rule == "always":
        return None
    if gate.rule == "pass":
        return _("The solution opens once you have passed.")
    hints = gate.hints and bool(exercise.hints)
    if hints and hints_opened >= len(exercise.hints):
        return None
    if gate.attempts is None:
        return _("The solution opens once all hints are open.") if hints else None
    left = gate.attempts - failed
    if left <= 0:
        return None
    if hints:
        return ngettext(
            "The solution opens after {count} more check of another answer, "
            "or once all hints are open.",
            "The solution opens after {count} more checks of other answers, "
            "or once all hints are open.",
            left,
        ).format(count=left)
    return ngettext(
        "The solution opens after {count} more check of another answer.",
        "The solution opens after {count} more checks of other answers.",
        left,
    ).format(count=left)


def cost(*, passed: bool) -> str:
    """What opening the solution costs."""
    if passed:
        return ""
    return _(
        "Opening it marks this exercise as seen, not as passed. "
        "Passing it later from an empty answer clears that."
    )


def seen_not_passed(progress: Progress) -> str:
    """That not all of what is done was passed, as a sentence; empty where it was."""
    if not progress.seen:
        return ""
    return ngettext(
        "{count} exercise of it was seen, not passed.",
        "{count} exercises of it were seen, not passed.",
        progress.seen,
    ).format(count=progress.seen)


def solution_text(exercise: Exercise) -> str:
    """The solution as text; of a quiz, its right choices."""
    if exercise.kind != "quiz":
        return exercise.solution
    right = [option.text for option in exercise.options if option.right]
    return "\n".join(right or exercise.answers)
