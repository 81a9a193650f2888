"""What an answer stands on: the lesson's database, and a process to run code on it."""

from threading import Event

from playground.checking import as_run
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
    isolation_level,
)


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
        """Have all variants ready, so that the first check is quick. Takes its time."""
        for variant in self.database.variants:
            variant.image()

    def schema(self) -> tuple[TableSchema, ...]:
        """The tables, with the rows of the visible data."""
        return self.database.tables

    def preloaded(self) -> Preloaded:
        """The names that are ready in a run. Takes its time at first."""
        try:
            return self._runner().describe()
        except BuildError as error:
            raise DatabaseError(str(error)) from error

    def run(
        self, code: str, language: Language, exercise: Exercise | None, cancel: Event | None
    ) -> LiveRun:
        """Run code on the visible data, with what the exercise runs before and after it."""
        around = as_run(exercise) if exercise is not None else None
        job = Job(
            code=code,
            database=self.database.visible.image(),
            language=language,
            setup=around.setup if around is not None else "",
            after=around.after if around is not None else "",
            limits=self._limits,
        )
        try:
            return self._runner().open(job, cancel=cancel)
        except BuildError as error:
            raise DatabaseError(str(error)) from error

    def _runner(self) -> Runner:
        return self._runners.of(self.database.world)
