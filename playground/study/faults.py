"""A check that could not begin, because the course's files are broken."""

from playground.checking import FINDINGS, Finding, Verdict
from playground.course import Exercise
from playground.databases import DatabaseError
from playground.texts import _


def course_fault(exercise: Exercise, error: DatabaseError) -> Verdict:
    """The verdict `course-fault`: not the learner's failure, and whom it concerns."""
    kind = FINDINGS["course-broken"]
    message = _(kind.message).format(message=error)
    finding = Finding(kind.id, message, explanation=_(kind.explanation) if kind.explanation else "")
    return Verdict(exercise.ref, "course-fault", 0, exercise.points, findings=[finding])
