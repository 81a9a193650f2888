"""What an answer stands on: the lesson's database, and a process to run code on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from playground.checking import Plan, Written, as_run, plan_of, prepare, written_by_others
from playground.course import Exercise, Lesson
from playground.databases import Database, DatabaseError, Databases, TableSchema
from playground.running import (
    BuildError,
    Isolation,
    Job,
    Language,
    Limits,
    LiveRun,
    Preloaded,
    Runner,
    Runners,
    Statement,
    isolation_level,
)
from playground.study.answers import language_of


@contextmanager
def _as_database_error() -> Iterator[None]:
    """A world that cannot be loaded is told as what it is to a learner: a broken database."""
    try:
        yield
    except BuildError as error:
        raise DatabaseError(str(error)) from error


class Ground:
    """The database of one lesson. Thread-safe.

    Whatever is asked of it may raise `DatabaseError`: the course's files are broken, which is no
    fault of the learner's.
    """

    def __init__(
        self, lesson: Lesson, databases: Databases, runners: Runners, limits: Limits
    ) -> None:
        self._lesson = lesson
        self._databases = databases
        self._runners = runners
        self._limits = limits

    @property
    def database(self) -> Database:
        """The lesson's database; it is opened once."""
        return self._databases.open(self._lesson.database, beside=self._lesson.file)

    @property
    def isolation(self) -> Isolation:
        """The level that runs have on this system."""
        return isolation_level().name

    def warm(self) -> None:
        """Have the data and a process ready, so that the next run is quick. Takes its time."""
        self.database.visible.image()
        self._runner().warm()

    def prepare(self) -> None:
        """Have ready what the first check needs: all variants, a reader. Takes its time."""
        for variant in self.database.variants:
            variant.image()
        prepare(self._runners)

    def schema(self) -> tuple[TableSchema, ...]:
        """The tables, with the rows of the visible data."""
        return self.database.tables

    @_as_database_error()
    def preloaded(self) -> Preloaded:
        """The names that are ready in a run. Takes its time at first."""
        return self._runner().describe()

    @_as_database_error()
    def run(
        self, code: str, language: Language, exercise: Exercise | None, cancel: Event | None
    ) -> LiveRun:
        """Run code on the visible data, with what the exercise runs before and after it."""
        return self._runner().open(self._job(code, language, exercise), cancel=cancel)

    @_as_database_error()
    def plan(self, statements: list[Statement], place: int, cancel: Event | None = None) -> Plan:
        """How the database finds the rows of a run's statement, given by its place among all."""
        image = self.database.visible.image()
        return plan_of(self._runner(), image, statements, place, cancel=cancel)

    @_as_database_error()
    def written(
        self, code: str, exercise: Exercise | None, sql: str, cancel: Event | None = None
    ) -> tuple[Written, ...]:
        """A statement that a run of `code` sent, as other systems write it."""
        job = self._job(code, language_of(exercise, code), exercise)
        return written_by_others(self._runner(), job, sql, cancel=cancel)

    def _job(self, code: str, language: Language, exercise: Exercise | None) -> Job:
        around = as_run(exercise) if exercise is not None else None
        return Job(
            code=code,
            database=self.database.visible.image(),
            language=language,
            setup=around.setup if around is not None else "",
            after=around.after if around is not None else "",
            limits=self._limits,
        )

    def _runner(self) -> Runner:
        return self._runners.of(self.database.world)
