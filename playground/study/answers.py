"""What can be told of an answer by looking at its text."""

import random

from playground.checking import written_in
from playground.course import Exercise
from playground.running import Language

SCRATCH = Exercise("", "", "", "", language="any")
"""Stands for a scratch pad, where either language may be written."""


def language_of(exercise: Exercise | None, text: str) -> Language:
    """The language of an answer; that of a scratch pad is what its text looks like."""
    if exercise is not None and exercise.kind != "code":
        return exercise.solution_language
    if exercise is not None and exercise.language == "any" and not text.strip():
        return exercise.solution_language
    return "sql" if written_in(exercise or SCRATCH, text) == "sql" else "python"


def starter_of(exercise: Exercise) -> str:
    """What an editor begins with; lines to be put in order, in another order, always the same one."""
    if exercise.kind != "order":
        return exercise.starter
    solution = [line for line in exercise.solution.splitlines() if line.strip()]
    lines = list(solution)
    chance = random.Random(exercise.ref)
    while lines == solution and len(set(lines)) > 1:
        chance.shuffle(lines)
    return "".join(f"{line}\n" for line in lines)


def begins_afresh(text: str, exercise: Exercise | None) -> bool:
    """Whether an editor holds no more than an exercise begins with: nothing, or its starter.

    Comments do not count: files that hold answers begin with the task in comments.
    """
    starter = starter_of(exercise) if exercise is not None else ""
    return _code(text) in ([], _code(starter))


def _code(text: str) -> list[str]:
    """The lines of a text that are not blank and no comments."""
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith(("#", "--"))]
