"""A class: a folder of submissions nobody vouches for, graded into one table."""

from playground.classroom.grading import Grade, GradedVerdict, grade
from playground.classroom.submissions import Submission, collect
from playground.classroom.table import HEADER, write_grades

__all__ = [
    "HEADER",
    "Grade",
    "GradedVerdict",
    "Submission",
    "collect",
    "grade",
    "write_grades",
]
