"""What the study adds to what the checking says."""

import msgspec

from playground.checking import FINDINGS, Finding, Verdict
from playground.course import Exercise
from playground.databases import DatabaseError
from playground.texts import _


def course_fault(exercise: Exercise, error: DatabaseError) -> Verdict:
    """The verdict `course-fault` of a check that could not begin: the course's files are broken."""
    kind = FINDINGS["course-broken"]
    message = _(kind.message).format(message=error)
    finding = Finding(kind.id, message, explanation=_(kind.explanation) if kind.explanation else "")
    return Verdict(exercise.ref, "course-fault", 0, exercise.points, findings=[finding])


def does_not_count(verdict: Verdict) -> Verdict:
    """A pass after the solution was opened, from an editor that was never emptied since."""
    kind = FINDINGS["solution-seen"]
    return msgspec.structs.replace(
        verdict,
        findings=[Finding(kind.id, _(kind.message)), *verdict.findings],
        notes=[*verdict.notes, kind.id],
    )
