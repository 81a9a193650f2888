"""What the first picture shows a newcomer: the first lesson, with its first example in the editor.

Read straight from the lesson's file with nothing but a YAML loader: the course itself is opened,
and every lesson checked, after the first paint. Where anything is not as expected the picture
starts empty and the course fills it in a moment later.
"""

import re
from pathlib import Path
from typing import Any

from playground.records import Resume

_RUNNABLE = re.compile(r"^```(python|sql) run\s*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def newcomer(course: Path, language: str = "en") -> Resume | None:
    """The first lesson of the course folder as the first picture needs it; None if it has none.

    Args:
        course: The course folder.
        language: Tag of the wanted language; texts that have no translation stay as they are.
    """
    try:
        file = _first_lesson(course)
        lesson = _load(file)
        first = lesson["exercises"][0]
        text, title = str(lesson["text"]), str(lesson["title"])
        words = _translation(file, language)
        exercise_words = words.get("exercises", {}).get(first["id"], {})
        example = _RUNNABLE.search(text)
        draft = str(first.get("starter") or (example[2] if example else ""))
        lesson_id, exercise_id = str(lesson["id"]), str(first["id"])
        task = str(exercise_words.get("task") or first["task"])
        exercise_title = str(exercise_words.get("title") or first["title"])
        count = len(lesson["exercises"])
    except (OSError, ValueError, LookupError, AttributeError):
        return None  # the course's own reader will say what is wrong with it
    return Resume(
        lesson=lesson_id,
        lesson_title=str(words.get("title") or title),
        text=str(words.get("text") or text),
        exercise=exercise_id,
        exercise_title=exercise_title,
        task=task,
        kind=str(first.get("kind", "code")),
        draft=draft,
        language="sql" if first.get("language") == "sql" else "python",
        exercise_count=count,
    )


def _first_lesson(course: Path) -> Path:
    folder = str(_load(course / "course.yaml")["modules"][0]["folder"])
    files = sorted((course / folder).glob("*.yaml"))
    return next(file for file in files if "." not in file.stem)


def _translation(lesson: Path, language: str) -> dict[str, Any]:
    file = lesson.with_name(f"{lesson.stem}.{language}.yaml")
    return _load(file) if file.exists() else {}


def _load(path: Path) -> dict[str, Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data = yaml.load(path.read_bytes(), Loader=loader)
    except yaml.YAMLError as error:
        raise ValueError(path) from error
    if not isinstance(data, dict):
        raise ValueError(path)
    return data
