"""Small helps around the tables: upsert, the rows of an exercise, rows as plain data."""

from typing import Any, TypeVar

import msgspec
from sqlalchemy import ColumnElement, CursorResult, and_, insert, or_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from playground.records.data import ExerciseId
from playground.records.models import Base

Plain = TypeVar("Plain", bound=msgspec.Struct)


def upsert(
    session: Session, model: type[Base], key: dict[str, Any], values: dict[str, Any]
) -> None:
    """Change the row of `key`, or make it: the same two statements on every database."""
    change = update(model).where(*(getattr(model, name) == value for name, value in key.items()))
    change = change.values(**values).execution_options(synchronize_session=False)
    if _changed(session, change):
        return
    try:
        with session.begin_nested():
            session.execute(insert(model).values(**key, **values))
    except IntegrityError:
        # Another app made it between the two.
        _changed(session, change)


def _changed(session: Session, change: Any) -> int:
    result = session.execute(change)
    assert isinstance(result, CursorResult)
    return result.rowcount


def of_exercise(model: Any, learner: str, exercise: ExerciseId) -> ColumnElement[bool]:
    """The condition for the rows of an exercise, under its present and its former names."""
    names = (
        and_(model.lesson == lesson, model.exercise == name) for lesson, name in exercise.names
    )
    return and_(model.learner == learner, model.course == exercise.course, or_(*names))


def key_of(learner: str, exercise: ExerciseId) -> dict[str, str]:
    """The key under which an exercise's rows are written: always the present name."""
    return {
        "learner": learner,
        "course": exercise.course,
        "lesson": exercise.lesson,
        "exercise": exercise.exercise,
    }


def plain(kind: type[Plain], row: Base) -> Plain:
    """The row as the plain data whose fields have the same names."""
    return kind(**{name: getattr(row, name) for name in kind.__struct_fields__})
