"""The one owner of the learner's records. Every method may be called from any thread."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from threading import RLock
from time import monotonic
from typing import TypeVar

import msgspec
from sqlalchemy import delete, exists, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from playground.records import exchange, progress
from playground.records import resume as resume_file
from playground.records.damage import UNREADABLE
from playground.records.data import Attempt, ExerciseId, Mark, Standing, now
from playground.records.engines import BUSY_SECONDS
from playground.records.erase import erase_course, erase_exercise, erase_learner, erase_traces
from playground.records.models import (
    AttemptRow,
    DraftRow,
    HintsRow,
    PassRow,
    PlaceRow,
    SettingRow,
    SolutionRow,
)
from playground.records.resume import Resume
from playground.records.schema import READING
from playground.records.store import Store, open_store, recover, retreat
from playground.records.tables import key_of, of_exercise, plain, upsert

Answer = TypeVar("Answer")


class Records:
    """A learner's records in a store.

    Nothing here fails for want of a store: what cannot be written is kept in memory, said once in
    `notices`, and written on `close` if that has become possible.
    """

    def __init__(self, url: str, resume: Path, learner: str = "") -> None:
        self.learner = learner
        self.notices: list[str] = []
        """Sentences for the learner, in the order in which they came; they may come at any time."""
        self._url = url
        self._resume = resume
        self._lock = RLock()
        self._closed = False
        self._use(open_store(url))

    @classmethod
    def open(cls, url: str, resume: Path, *, learner: str = "") -> "Records":
        """The records at an SQLAlchemy URL, with the resume file beside them.

        `learner` tells the learners of a shared store apart. Never raises for a damaged, newer or
        unreachable store: it is set aside or left alone, and `notices` says so.
        """
        return cls(url, resume, learner)

    @property
    def lasting(self) -> bool:
        """Whether what is kept now outlives the program."""
        return self._store.url is not None

    def close(self) -> None:
        """Let go of the store; what had to be kept in memory is written if that is possible now."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            if not self.lasting:
                self._bring_back()
            self._store.engine.dispose()

    # Attempts, and what they come to

    def keep(self, attempt: Attempt, exercise: ExerciseId, *, afresh: bool = False) -> None:
        """Record a check, and its answer as the draft (`afresh` as in `keep_draft`).

        A pass counts unless the solution was opened and the editor was never empty since.
        `exercise` is the one that `attempt` names; its former names are needed.
        """

        def work(session: Session) -> None:
            values = msgspec.structs.asdict(attempt)
            session.add(AttemptRow(learner=self.learner, **values))
            self._put_draft(session, exercise, attempt.answer, afresh)
            if attempt.verdict == "pass":
                self._count_pass(session, attempt, exercise)

        self._write(work)

    def attempts(self, exercise: ExerciseId) -> list[Attempt]:
        """Every check of an exercise, oldest first."""
        query = (
            select(AttemptRow)
            .where(of_exercise(AttemptRow, self.learner, exercise))
            .order_by(AttemptRow.at, AttemptRow.id)
        )
        return self._read(lambda s: [plain(Attempt, row) for row in s.scalars(query)])

    def failed_checks(self, exercise: ExerciseId) -> int:
        """How many different answers did not pass; white space makes no difference."""
        query = select(AttemptRow.answer).where(
            of_exercise(AttemptRow, self.learner, exercise), AttemptRow.verdict != "pass"
        )
        return len(
            {" ".join(answer.split()) for answer in self._read(lambda s: s.scalars(query).all())}
        )

    def mark(self, exercise: ExerciseId) -> Mark:
        """How the learner stands with one exercise."""
        return self.progress(exercise.course, [exercise])[exercise.ref]

    def progress(self, course: str, exercises: Iterable[ExerciseId]) -> dict[str, Mark]:
        """The marks of exercises of a course (see `exercise_ids`), by `lesson-id/exercise-id`."""
        known = list(exercises)
        return self._read(lambda session: progress.marks(session, self.learner, course, known))

    # Drafts

    def draft(self, exercise: ExerciseId) -> str | None:
        """What stood in the editor, or None if nothing was ever kept."""
        query = select(DraftRow).where(of_exercise(DraftRow, self.learner, exercise))
        found = self._read(
            lambda s: {(row.lesson, row.exercise): row.text for row in s.scalars(query)}
        )
        return next((found[name] for name in exercise.names if name in found), None)

    def keep_draft(self, exercise: ExerciseId, text: str, *, afresh: bool = False) -> None:
        """Keep what stands in the editor: any text.

        `afresh` says that this is an editor to begin from: a later pass counts again even though
        the solution was opened. A blank text says so by itself.
        """

        self._write(lambda session: self._put_draft(session, exercise, text, afresh))

    # Hints and solutions

    def hints_opened(self, exercise: ExerciseId) -> int:
        """How many hints are open."""
        query = select(HintsRow.opened).where(of_exercise(HintsRow, self.learner, exercise))
        return max(self._read(lambda session: session.scalars(query).all()), default=0)

    def open_hints(self, exercise: ExerciseId, count: int) -> None:
        """Record that `count` hints are open; never fewer than before."""
        opened = max(count, self.hints_opened(exercise))
        key = key_of(self.learner, exercise)
        self._write(lambda s: upsert(s, HintsRow, key, {"opened": opened, "at": now()}))

    def see_solution(self, exercise: ExerciseId) -> None:
        """Record that the solution was opened, unless this very exercise is passed."""

        def work(session: Session) -> None:
            passed = exists().where(
                of_exercise(PassRow, self.learner, exercise), PassRow.digest == exercise.digest
            )
            if not session.scalar(select(passed)):
                key = key_of(self.learner, exercise)
                upsert(session, SolutionRow, key, {"afresh": False, "at": now()})

        self._write(work)

    def solution_seen(self, exercise: ExerciseId) -> bool:
        """Whether the solution was opened before a pass that counts."""
        seen = exists().where(of_exercise(SolutionRow, self.learner, exercise))
        return bool(self._read(lambda session: session.scalar(select(seen))))

    # Places and settings

    def standing(self, course: str | None = None) -> Standing | None:
        """Where the learner was last: in `course`, else in any."""
        query = select(PlaceRow).where(PlaceRow.learner == self.learner)
        if course is not None:
            query = query.where(PlaceRow.course == course)
        query = query.order_by(PlaceRow.at.desc()).limit(1)
        row = self._read(lambda session: session.scalars(query).first())
        return None if row is None else plain(Standing, row)

    def keep_standing(self, standing: Standing) -> None:
        """Record where the learner is now."""
        values = msgspec.structs.asdict(standing)
        key = {"learner": self.learner, "course": values.pop("course")}
        self._write(lambda session: upsert(session, PlaceRow, key, values))

    def setting(self, name: str) -> str | None:
        """What the learner chose in the app, or None."""
        return self._read(
            lambda s: s.scalar(
                select(SettingRow.value).where(
                    SettingRow.learner == self.learner, SettingRow.name == name
                )
            )
        )

    def set_setting(self, name: str, value: str) -> None:
        """Keep a choice."""
        key = {"learner": self.learner, "name": name}
        self._write(lambda s: upsert(s, SettingRow, key, {"value": value, "at": now()}))

    def resume(self) -> Resume | None:
        """What the resume file says."""
        return resume_file.read(self._resume)

    def keep_resume(self, resume: Resume) -> None:
        """Write the resume file. It can be made again, so that a failure is not even told."""
        with self._lock, suppress(OSError):
            resume_file.write(self._resume, resume)

    # All of it

    def export(self) -> bytes:
        """Everything that is kept of this learner (see `exchange` for the format)."""
        return exchange.write(self._read(lambda s: exchange.collect(s, self.learner)))

    def import_(self, data: bytes) -> dict[str, int]:
        """Merge an export; gives the number of entries that were new, by section.

        Raises:
            ImportFileError: with what is wrong; nothing was changed then.
        """
        entries = exchange.read(data)
        taken = self._write(lambda session: exchange.merge(session, self.learner, entries))
        self._forget_resume()
        return taken

    def reset(
        self,
        *,
        exercise: ExerciseId | None = None,
        course: str | None = None,
        all: bool = False,  # noqa: A002
    ) -> None:
        """Erase the records of an exercise, of a course, or everything there is of this learner.

        `all` also erases the resume file and the files that were ever set aside. What could not
        be erased is told in `notices`.
        """
        if exercise is not None:
            self._write(lambda session: erase_exercise(session, self.learner, exercise))
        if course is not None:
            self._write(lambda session: erase_course(session, self.learner, course))
        if all:
            with self._lock:
                self._write(lambda session: erase_learner(session, self.learner))
                self.notices += erase_traces(self._store, self.learner, self._url, self._resume)
        self._forget_resume()

    # Inside

    def _forget_resume(self) -> None:
        """Delete the resume file: what it says is no longer so, and it will be made again."""
        with self._lock, suppress(OSError):
            self._resume.unlink(missing_ok=True)

    def _count_pass(self, session: Session, attempt: Attempt, exercise: ExerciseId) -> None:
        solutions = of_exercise(SolutionRow, self.learner, exercise)
        if session.scalar(select(exists().where(solutions, SolutionRow.afresh.is_(False)))):
            return
        session.execute(delete(SolutionRow).where(solutions))
        passed = {"digest": attempt.digest, "points": attempt.points, "of": attempt.of}
        upsert(session, PassRow, key_of(self.learner, exercise), {**passed, "at": attempt.at})

    def _put_draft(
        self, session: Session, exercise: ExerciseId, text: str, afresh: bool = False
    ) -> None:
        key = key_of(self.learner, exercise)
        upsert(session, DraftRow, key, {"text": text, "at": now()})
        if afresh or not text.strip():
            session.execute(
                update(SolutionRow)
                .where(of_exercise(SolutionRow, self.learner, exercise))
                .values(afresh=True)
                .execution_options(synchronize_session=False)
            )

    def _use(self, store: Store) -> None:
        self._store = store
        self.notices += store.notices
        reading = store.engine.execution_options(**{READING: True})
        self._reading = sessionmaker(reading, expire_on_commit=False)
        self._writing = sessionmaker(store.engine, expire_on_commit=False)

    def _read(self, work: Callable[[Session], Answer]) -> Answer:
        return self._do(lambda: self._reading, work)

    def _write(self, work: Callable[[Session], Answer]) -> Answer:
        return self._do(lambda: self._writing, work)

    def _do(
        self, sessions: Callable[[], sessionmaker[Session]], work: Callable[[Session], Answer]
    ) -> Answer:
        """Work in a transaction; where the store fails, go on with what stands in for it."""
        with self._lock:
            retries, patience = self._store.retries, monotonic() + BUSY_SECONDS
            remedies = [recover, retreat, retreat]
            while True:
                try:
                    with sessions().begin() as session:
                        return work(session)
                except UNREADABLE as error:
                    if retries and monotonic() < patience:
                        retries -= 1
                    elif remedies:
                        self._use(remedies.pop(0)(self._store, error))
                    else:
                        raise

    def _bring_back(self) -> None:
        """Write what is in memory into the store, if it can be opened and written by now."""
        entries = self._read(lambda session: exchange.collect(session, self.learner))
        store = open_store(self._url)
        try:
            if store.url is not None:
                with sessionmaker(store.engine).begin() as session:
                    exchange.merge(session, self.learner, entries)
        except DBAPIError:
            return
        finally:
            store.engine.dispose()
