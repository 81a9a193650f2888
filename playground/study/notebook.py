"""The records of one course, as the study uses them: identities, marks, the resume file."""

from collections.abc import Mapping
from threading import RLock
from typing import TYPE_CHECKING

from playground.course import Exercise
from playground.records import ExerciseId, Mark, Resume, Standing, exercise_ids
from playground.study.data import Here
from playground.study.outline import CourseLike, Step, course_progress

if TYPE_CHECKING:
    # Not loaded with the study: the store brings SQLAlchemy.
    from playground.records import Records


class Notebook:
    """What is kept of one learner in one course. Thread-safe."""

    def __init__(self, course: CourseLike, records: "Records", *, path: str, language: str) -> None:
        self._course = course
        self._records = records
        self._path = path
        self._language = language
        self._ids = exercise_ids(course.id, course.lessons())
        self._lock = RLock()
        self._marks: dict[str, Mark] | None = None

    def known(self, step: Step) -> ExerciseId:
        """The identity of an exercise; of a lesson's scratch editor, where it names none."""
        scratch = ExerciseId(self._course.id, step.lesson, "")
        return self._ids.get(f"{step.lesson}/{step.exercise}", scratch)

    def marks(self) -> Mapping[str, Mark]:
        """The marks of all exercises by `lesson-id/exercise-id`."""
        with self._lock:
            if self._marks is None:
                self._marks = self._records.progress(self._course.id, self._ids.values())
            return self._marks

    def changed(self) -> Mapping[str, Mark]:
        """The marks, read anew after something was recorded."""
        with self._lock:
            self._marks = None
            return self.marks()

    def last(self) -> Step | None:
        """Where the learner was last, by the ids of then."""
        standing = self._records.standing(self._course.id)
        return None if standing is None else Step(standing.lesson, standing.exercise)

    def stand(self, step: Step) -> None:
        """Record where the learner is."""
        standing = Standing(self._course.id, step.lesson, step.exercise, self._path)
        self._records.keep_standing(standing)

    def keep_resume(self, here: Here, draft: str) -> None:
        """Write what the next first paint needs."""
        exercise = here.exercise
        marks = self.marks()
        whole = course_progress(self._course, marks)
        self._records.keep_resume(
            Resume(
                course=self._course.id,
                path=self._path,
                course_title=self._course.title,
                lesson=here.lesson.id,
                lesson_title=here.lesson.title,
                text=here.lesson.text,
                exercise=_text(exercise, "id"),
                exercise_title=_text(exercise, "title"),
                task=_text(exercise, "task"),
                kind=exercise.kind if exercise is not None else "code",
                draft=draft,
                language=here.language,
                exercise_index=here.index or 0,
                exercise_count=here.count,
                marks={ref: mark.state for ref, mark in marks.items() if mark.state != "none"},
                passed=whole.passed,
                total=whole.total,
                speech=self._language,
                theme=self._records.setting("theme") or "",
            )
        )


def _text(exercise: Exercise | None, name: str) -> str:
    return "" if exercise is None else str(getattr(exercise, name))
