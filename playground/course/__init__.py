"""Lessons, translations and course files: typed objects, or errors with file:line:column."""

from playground.course.blocks import Block, LessonLink, blocks, lesson_links
from playground.course.checks import CHECKS, CheckKind, Combined
from playground.course.course import Course
from playground.course.errors import CourseError, UnknownName
from playground.course.model import (
    AnswerLanguage,
    Check,
    DatabaseSpec,
    Exercise,
    ExerciseKind,
    ExerciseOutline,
    Fault,
    Lesson,
    LessonOutline,
    Mistake,
    Module,
    Option,
    Place,
    Predicted,
    SolutionGate,
    VariantSpec,
)
from playground.course.opening import bundled_course, open_course

__all__ = [
    "CHECKS",
    "AnswerLanguage",
    "Block",
    "Check",
    "CheckKind",
    "Combined",
    "Course",
    "CourseError",
    "DatabaseSpec",
    "Exercise",
    "ExerciseKind",
    "ExerciseOutline",
    "Fault",
    "Lesson",
    "LessonLink",
    "LessonOutline",
    "Mistake",
    "Module",
    "Option",
    "Place",
    "Predicted",
    "SolutionGate",
    "UnknownName",
    "VariantSpec",
    "blocks",
    "bundled_course",
    "lesson_links",
    "open_course",
]
