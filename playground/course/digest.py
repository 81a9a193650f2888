"""Digests: of what is judged (a pass belongs to it) and of texts (a translation belongs to it)."""

import hashlib
from typing import Any

import msgspec

from playground.course.checks import Combined
from playground.course.model import Check, Exercise, Lesson


def _digest(value: Any) -> str:
    return hashlib.sha256(msgspec.json.encode(value, order="deterministic")).hexdigest()


def judged_digest(exercise: Exercise, database: str) -> str:
    """SHA-256 of what is judged of an exercise; texts, hints, points and the starter do not count."""
    return _digest(
        {
            "kind": exercise.kind,
            "database": database,
            "language": [exercise.language, exercise.solution_language],
            "setup": exercise.setup.rstrip(),
            "after": exercise.after.rstrip(),
            "solution": exercise.solution.rstrip(),
            "also_accept": [answer.rstrip() for answer in exercise.also_accept],
            "checks": [_judged_check(check) for check in exercise.checks],
            "right": [option.right for option in exercise.options],
            "choose": exercise.choose,
            "answers": exercise.answers,
            "code": exercise.code.rstrip(),
            "predict": exercise.predict,
        }
    )


def _judged_check(check: Check) -> Any:
    if isinstance(check.options, Combined):
        options: Any = [_judged_check(inner) for inner in check.options.checks]
    else:
        options = check.options
    return [check.name, options, check.on]


def texts_digest(lesson: Lesson) -> str:
    """SHA-256 of all that a translation of this lesson translates."""
    exercises = {
        exercise.id: [
            exercise.title,
            exercise.task,
            exercise.hints,
            [[option.text, option.says] for option in exercise.options],
            [check.says for check in exercise.checks],
            [mistake.says for mistake in exercise.mistakes],
        ]
        for exercise in lesson.exercises
    }
    return _digest([lesson.title, lesson.text, exercises])
