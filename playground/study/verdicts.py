"""What the study adds to what the checking says."""

import msgspec

from playground.checking import FINDINGS, Finding, Outcome, Verdict
from playground.course import Exercise
from playground.databases import DatabaseError
from playground.texts import _


def course_fault(exercise: Exercise, error: DatabaseError) -> Verdict:
    """The verdict of a check that could not begin: the course's files are broken.

    Where the sandbox failed and not they, it is `sandbox-fault`.
    """
    kind = FINDINGS["sandbox-failed" if error.ours else "course-broken"]
    message = _(kind.message).format(message=error)
    finding = Finding(kind.id, message, explanation=_(kind.explanation) if kind.explanation else "")
    outcome: Outcome = "sandbox-fault" if error.ours else "course-fault"
    return Verdict(exercise.ref, outcome, 0, exercise.points, findings=[finding])


def does_not_count(verdict: Verdict) -> Verdict:
    """A pass after the solution was opened, from an editor that was never emptied since."""
    kind = FINDINGS["solution-seen"]
    return msgspec.structs.replace(
        verdict,
        findings=[Finding(kind.id, _(kind.message)), *verdict.findings],
        notes=[*verdict.notes, kind.id],
    )
