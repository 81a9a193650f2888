"""The resume file: what the first paint needs, before any store is opened.

It is small, rebuildable and read in well under a millisecond; only the standard library is used,
so that neither the app's first paint nor `list` waits for SQLAlchemy. Losing it loses nothing.
"""

import json
import os
from pathlib import Path
from typing import NamedTuple

FORMAT = 1
MAX_BYTES = 2_000_000
"""A larger file is none of ours."""


class Resume(NamedTuple):
    """Where the learner left, as texts that can be painted at once."""

    course: str = ""
    """Id of the course."""
    path: str = ""
    """The course folder or file that was opened; empty for the bundled course."""
    course_title: str = ""
    lesson: str = ""
    lesson_title: str = ""
    text: str = ""
    """The lesson's Markdown, in the reader's language."""
    exercise: str = ""
    """Id of the exercise; empty in the scratch editor of a lesson."""
    exercise_title: str = ""
    task: str = ""
    kind: str = "code"
    draft: str = ""
    """What stood in the editor."""
    language: str = "python"
    """Of the editor: `python` or `sql`."""
    exercise_index: int = 0
    """0-based place of the exercise in its lesson, of `exercise_count`."""
    exercise_count: int = 0
    marks: dict[str, str] = {}  # noqa: RUF012 (a default that nobody changes)
    """State of every exercise that has one, by `lesson-id/exercise-id`."""
    passed: int = 0
    """Exercises passed in the course, of `total`."""
    total: int = 0
    speech: str = ""
    """Language of the program and the texts, as a BCP 47 tag."""
    theme: str = ""


def read(path: Path) -> Resume | None:
    """What the file says, or None where there is none or it is damaged."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return None
        data = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or data.pop("format", None) != FORMAT:
        return None
    known = {name: data[name] for name in Resume._fields if name in data}
    if not all(_fits(value, Resume._field_defaults[name]) for name, value in known.items()):
        return None
    return Resume(**known)


def write(path: Path, resume: Resume) -> None:
    """Put `resume` in place of the file, whole or not at all.

    Raises:
        OSError: where it cannot be written; the former file then still stands.
    """
    data = json.dumps({"format": FORMAT, **resume._asdict()})
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        fresh.write_text(data, encoding="ascii")
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def _fits(value: object, default: object) -> bool:
    """Whether a value read is of the type of the field whose default is given."""
    if type(value) is not type(default):
        return False
    return not isinstance(value, dict) or all(isinstance(mark, str) for mark in value.values())
