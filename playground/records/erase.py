"""Erasing records: of one exercise, of one course, or everything of a learner."""

from pathlib import Path

from sqlalchemy import delete, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from playground.records.damage import set_aside_before
from playground.records.data import ExerciseId
from playground.records.engines import file_of
from playground.records.models import (
    AttemptRow,
    Base,
    DraftRow,
    HintsRow,
    PassRow,
    PlaceRow,
    SolutionRow,
)
from playground.records.store import Store
from playground.records.tables import of_exercise
from playground.texts import _

_OF_EXERCISES = (AttemptRow, DraftRow, HintsRow, SolutionRow, PassRow)


def erase_exercise(session: Session, learner: str, exercise: ExerciseId) -> None:
    """Erase what is kept of one exercise, under all its names."""
    for model in _OF_EXERCISES:
        session.execute(delete(model).where(of_exercise(model, learner, exercise)))


def erase_course(session: Session, learner: str, course: str) -> None:
    """Erase what is kept of one course."""
    for model in (*_OF_EXERCISES, PlaceRow):
        session.execute(delete(model).where(model.learner == learner, model.course == course))


def erase_learner(session: Session, learner: str) -> None:
    """Erase everything of a learner that is in the store."""
    for mapper in Base.registry.mappers:
        table = mapper.class_.__table__
        session.execute(delete(table).where(table.c.learner == learner))


def erase_traces(store: Store, learner: str, url: str, resume: Path) -> list[str]:
    """Erase what was deleted from the store and lies beside it; gives what could not be erased.

    Files that were set aside may hold the records of many in a shared store: they go only with
    the local learner, whose name is empty.
    """
    notices = _wipe(store)
    doomed = [resume, *resume.parent.glob(f"{resume.name}.*")]
    file = None if store.url is None else file_of(store.url)
    asked = file_of(make_url(url)) if store.url is not None else None
    if asked is not None and learner == "":
        doomed += [path for path in set_aside_before(asked) if path != file]
    notices += [notice for path in doomed if (notice := _unlink(path))]
    if asked is not None and asked != file:
        notices.append(
            _("{file} is not of this version and was left. Delete it to erase it too.").format(
                file=asked
            )
        )
    return notices


def _wipe(store: Store) -> list[str]:
    """Make SQLite give back the space of what was deleted, so that its text is really gone."""
    if store.url is None or file_of(store.url) is None:
        return []
    try:
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM")
    except DBAPIError as error:
        return [
            _("The file of the records could not be cleaned: {reason}.").format(reason=error.orig)
        ]
    return []


def _unlink(path: Path) -> str | None:
    """Delete a file; a sentence where that cannot be done."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        return _("{file} could not be erased: {reason}.").format(file=path, reason=error.strerror)
    return None
