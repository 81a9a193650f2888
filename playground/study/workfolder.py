"""Exercises as files in a folder, for those who work in their own editor.

`take` writes `DIR/LESSON-ID/EXERCISE-ID.py` (or `.sql`); the path alone says which exercise a
file answers, so that a folder can be moved, mailed and checked anywhere.
"""

from pathlib import Path
from typing import Literal

import msgspec

from playground.course import Exercise, Lesson
from playground.study.answers import starter_of
from playground.texts import _

SUFFIXES = (".py", ".sql")


class Taken(msgspec.Struct, frozen=True):
    """What became of one exercise's file."""

    path: Path
    how: Literal["written", "kept"]
    """`kept`: a file stood there already; it is never written over."""


def take(lesson: Lesson, folder: Path) -> list[Taken]:
    """Write the starters of a lesson's exercises below `folder`.

    Raises:
        OSError: where a file cannot be written.
    """
    taken = []
    for exercise in lesson.exercises:
        path = folder / lesson.id / f"{exercise.id}{suffix(exercise)}"
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(starter_file(exercise))
        except FileExistsError:
            taken.append(Taken(path, "kept"))
        else:
            taken.append(Taken(path, "written"))
    return taken


def suffix(exercise: Exercise) -> str:
    """`.sql` where the answer is SQL, else `.py`."""
    return ".sql" if exercise.language == "sql" else ".py"


def starter_file(exercise: Exercise) -> str:
    """The task as comments, then what the editor opens with."""
    mark = "--" if suffix(exercise) == ".sql" else "#"
    lines = [exercise.title, "", *exercise.task.strip().splitlines()]
    lines += _how_to_answer(exercise)
    header = "".join(f"{mark} {line}".rstrip() + "\n" for line in lines)
    body = exercise.code if exercise.kind == "predict" else starter_of(exercise)
    if exercise.kind == "predict":
        body = "".join(f"{mark}   {line}\n" for line in body.splitlines())
    return f"{header}\n{body}"


def answer_of(exercise: Exercise, text: str) -> str:
    """The answer in a file's text.

    Code stays as it is (lines keep their numbers); for the other kinds, what is no comment.
    """
    if exercise.kind in ("code", "order"):
        return text
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("#", "--")))


def answer_place(path: Path, folder: Path) -> str | None:
    """`lesson-id/exercise-id` of a file below `folder`, or None if it is no answer's place."""
    try:
        parts = path.relative_to(folder).parts
    except ValueError:
        return None
    if len(parts) != 2 or path.suffix not in SUFFIXES or path.name.startswith("."):
        return None
    return f"{parts[0]}/{path.stem}"


def _how_to_answer(exercise: Exercise) -> list[str]:
    if exercise.kind == "quiz":
        choices = [f"  {n}. {option.text}" for n, option in enumerate(exercise.options, 1)]
        how = {
            "one": _("Write the number of the right choice below."),
            "many": _("Write the numbers of all right choices below, with commas."),
            "text": _("Write your answer below."),
        }
        return ["", *choices, how[exercise.choose]]
    if exercise.kind == "predict":
        return ["", _("Write what you expect below.")]
    if exercise.kind == "order":
        return ["", _("Put the lines in order.")]
    return []
