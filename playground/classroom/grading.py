"""Judging a class: every submission on every variant, several at a time, in a fixed order."""

from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from threading import Event, Lock
from time import monotonic
from typing import Literal

import msgspec

from playground.checking import Outcome, Verdict, check
from playground.classroom.submissions import Submission, UnreadableError, language_of, read
from playground.course import Course, CourseError, Exercise, UnknownName
from playground.databases import Database, DatabaseError, Databases
from playground.running import MAX_ROWS, Isolation, Language, Runners, isolation_level
from playground.texts import _

GradedVerdict = Outcome | Literal["missing", "unreadable"]
_REMEMBERED = 2_000
"""Verdicts kept so that answers with the same text are judged once."""
_MOST_BYTES = 1_000_000
"""Bytes of a run, as JSON, above which a verdict is not kept: it would take as much for each."""


class Grade(msgspec.Struct, frozen=True):
    """One row of the table."""

    student: str
    exercise: str
    verdict: GradedVerdict
    points: float = 0
    finding: str = ""
    line: int | None = None
    isolation: Isolation = "B"
    elapsed_ms: float = 0
    note: str = ""
    whole: Verdict | None = None
    """The full verdict, for `grades.jsonl`."""


def grade(
    submissions: Iterable[Submission],
    course: Course,
    databases: Databases,
    runners: Runners,
    executor: Executor,
    *,
    ahead: int = 16,
    cancel: Event | None = None,
) -> Iterator[Grade]:
    """A grade for each submission, in their order, whatever the executor's number of workers.

    Only `ahead` submissions are under way at a time, so that memory is flat in their number.
    Stops early, without an error, when `cancel` is set.
    """
    judge = _Judge(course, databases, runners)
    pending: deque[Future[Grade]] = deque()
    for submission in submissions:
        if cancel is not None and cancel.is_set():
            break
        pending.append(executor.submit(judge, submission))
        if len(pending) >= ahead:
            yield pending.popleft().result()
    while pending:
        yield pending.popleft().result()


class _Judge:
    """Called from the executor's threads."""

    def __init__(self, course: Course, databases: Databases, runners: Runners) -> None:
        self._course = course
        self._databases = databases
        self._runners = runners
        self._level = isolation_level().name
        self._verdicts: OrderedDict[tuple[str, str | None, str], Verdict] = OrderedDict()
        self._lock = Lock()

    def __call__(self, submission: Submission) -> Grade:
        if submission.path is None and not submission.reason:
            return self._row(submission, "missing")
        began = monotonic()
        try:
            exercise = self._course.find(submission.exercise)
            answer = read(submission)
        except UnknownName:
            reason = submission.reason or _("The course has no such exercise.")
            return self._row(submission, "unreadable", note=reason)
        except UnreadableError as error:
            return self._row(submission, "unreadable", note=str(error))
        except CourseError as error:
            return self._row(submission, "course-fault", note=str(error.faults[0]))
        try:
            verdict = self._verdict(exercise, answer, language_of(submission, exercise))
        except Exception as error:  # noqa: BLE001  (a fault of ours over one answer ends no other's)
            return self._row(submission, "sandbox-fault", note=f"{type(error).__name__}: {error}")
        if isinstance(verdict, str):
            return self._row(submission, "course-fault", note=verdict)
        return self._graded(submission, verdict, (monotonic() - began) * 1000)

    def _verdict(self, exercise: Exercise, answer: str, language: Language | None) -> Verdict | str:
        """The verdict, or why the exercise's database cannot be opened."""
        key = (exercise.ref, language, answer)
        with self._lock:
            known = self._verdicts.get(key)
        if known is not None:
            return known
        try:
            database = self._database(exercise)
        except (CourseError, DatabaseError) as error:
            return str(error)
        verdict = _shown(check(exercise, answer, database, self._runners, language=language))
        lasts = verdict.verdict not in ("sandbox-fault", "course-fault")
        if lasts and len(msgspec.json.encode(verdict.run)) <= _MOST_BYTES:
            with self._lock:
                self._verdicts[key] = verdict
                while len(self._verdicts) > _REMEMBERED:
                    self._verdicts.popitem(last=False)
        return verdict

    def _database(self, exercise: Exercise) -> Database:
        lesson = self._course.lesson(exercise.lesson)
        return self._databases.open(lesson.database, beside=lesson.file)

    def _graded(self, submission: Submission, verdict: Verdict, elapsed_ms: float) -> Grade:
        leading = verdict.findings[0] if verdict.findings else None
        return Grade(
            student=submission.student,
            exercise=submission.exercise,
            verdict=verdict.verdict,
            points=verdict.points,
            finding=leading.id if leading else "",
            line=leading.line if leading else None,
            isolation=verdict.run.isolation if verdict.run else self._level,
            elapsed_ms=round(elapsed_ms, 1),
            note=" ".join(filter(None, [*verdict.notes, _reason(verdict), submission.note])),
            whole=verdict,
        )

    def _row(self, submission: Submission, verdict: GradedVerdict, note: str = "") -> Grade:
        return Grade(
            submission.student, submission.exercise, verdict, isolation=self._level, note=note
        )


def _shown(verdict: Verdict) -> Verdict:
    """The verdict with no more of its run than JSON shows: grades wait for those before them."""
    run = verdict.run
    if run is None:
        return verdict
    result = run.result
    if result is not None:
        result = msgspec.structs.replace(result, rows=result.rows[:MAX_ROWS])
    run = msgspec.structs.replace(run, result=result, state=None)
    return msgspec.structs.replace(verdict, run=run)


def _reason(verdict: Verdict) -> str:
    """Why an answer was not judged; empty where it was."""
    return verdict.findings[0].message if verdict.verdict == "skipped" else ""
