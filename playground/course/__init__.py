"""Lessons, translations and course files: typed objects, or errors with file:line:column."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from playground.course.blocks import Block, LessonLink, blocks, fenced, lesson_links
from playground.course.checks import (
    CHECKS,
    BehaviourOptions,
    CheckKind,
    CodeOptions,
    Combined,
    CompilesOptions,
    DataFrameOptions,
    ErrorOptions,
    MappingOptions,
    OutputOptions,
    ParametersOptions,
    PlanOptions,
    RelationshipOptions,
    ResultOptions,
    SchemaOptions,
    SqlOptions,
    StatementsOptions,
    StateOptions,
    TestsOptions,
    TransactionOptions,
    UnchangedOptions,
    WarningsOptions,
)
from playground.course.course import Course
from playground.course.errors import CourseError, UnknownName, nearest
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
from playground.course.needs import PACKAGES, lack, packages_of, required
from playground.course.opening import bundled_course, open_course
from playground.course.paths import DATABASE_FILE
from playground.course.placement import known_modules, places_of
from playground.course.saves import saves

if TYPE_CHECKING:
    from playground.course.topics import Topic as Topic
    from playground.course.topics import TopicSource as TopicSource

__all__ = [
    "CHECKS",
    "DATABASE_FILE",
    "PACKAGES",
    "AnswerLanguage",
    "BehaviourOptions",
    "Block",
    "Check",
    "CheckKind",
    "CodeOptions",
    "Combined",
    "CompilesOptions",
    "Course",
    "CourseError",
    "DataFrameOptions",
    "DatabaseSpec",
    "ErrorOptions",
    "Exercise",
    "ExerciseKind",
    "ExerciseOutline",
    "Fault",
    "Lesson",
    "LessonLink",
    "LessonOutline",
    "MappingOptions",
    "Mistake",
    "Module",
    "Option",
    "OutputOptions",
    "ParametersOptions",
    "Place",
    "PlanOptions",
    "Predicted",
    "RelationshipOptions",
    "ResultOptions",
    "SchemaOptions",
    "SolutionGate",
    "SqlOptions",
    "StateOptions",
    "StatementsOptions",
    "TestsOptions",
    "TransactionOptions",
    "UnchangedOptions",
    "UnknownName",
    "VariantSpec",
    "WarningsOptions",
    "blocks",
    "bundled_course",
    "fenced",
    "known_modules",
    "lack",
    "lesson_links",
    "nearest",
    "open_course",
    "packages_of",
    "places_of",
    "read_database",
    "read_topics",
    "required",
    "saves",
    "schema",
]


def read_database(path: Path | None, *, language: str = "en") -> DatabaseSpec:
    """See `playground.course.database`; what reads YAML is loaded when it is first needed."""
    from playground.course import database

    return database.read_database(path, language=language)


def read_topics(file: Path, course: Course) -> "tuple[TopicSource, ...]":
    """See `playground.course.topics`; what reads YAML is loaded when it is first needed."""
    from playground.course import topics

    return topics.read_topics(file, course)


def schema() -> dict[str, dict[str, Any]]:
    """A JSON Schema for each kind of file: `course`, `lesson`, `translation`, `database`."""
    from playground.course import schemas

    return schemas.schema()
