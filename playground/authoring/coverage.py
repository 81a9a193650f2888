"""`docs/coverage.md`: where a course teaches what its sources do.

`python -m playground.authoring.coverage docs/topics.yaml docs/coverage.md` writes the page.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playground.course import Course, CourseError, bundled_course, open_course, read_topics

if TYPE_CHECKING:
    from playground.course import Topic, TopicSource

_HEAD = """# Coverage

What the sources of the course teach, topic by topic, and the lesson and exercises that teach it
here. Made from `topics.yaml` by `python -m playground.authoring.coverage docs/topics.yaml
docs/coverage.md`; a test keeps it true.

"""


def coverage_page(topics: Path, course: Course) -> str:
    """The page, in the course's own language.

    Args:
        topics: The list of topics.
        course: The course whose lessons it names.

    Raises:
        CourseError: the list cannot be read, or names what the course does not have.
    """
    sources = read_topics(topics, course)
    overview = [
        "| Source | Topics | In the course | Out of reach |",
        "|---|---|---|---|",
        *(_counted(source) for source in sources),
    ]
    parts = [_HEAD + "\n".join(overview) + "\n", *(_section(source, course) for source in sources)]
    return "\n".join(parts)


def _counted(source: "TopicSource") -> str:
    taught = sum(bool(topic.where) for topic in source.topics)
    number = len(source.topics)
    link = f"[{_cell(source.title)}](#{source.id})"
    return f"| {link} | {number} | {taught} | {number - taught} |"


def _section(source: "TopicSource", course: Course) -> str:
    lines = [f'<a id="{source.id}"></a>', "", f"## {source.title}", ""]
    if source.about:
        lines += [source.about.strip(), ""]
    lines += ["| Topic | Where |", "|---|---|"]
    lines += [f"| {_cell(topic.title)} | {_where(topic, course)} |" for topic in source.topics]
    return "\n".join(lines) + "\n"


def _where(topic: "Topic", course: Course) -> str:
    """Lessons with the exercises in them that are named, or the reason for there being none."""
    if not topic.where:
        return f"*Out of reach:* {_cell(topic.out_of_reach)}"
    lessons: dict[str, list[str]] = {}
    for ref in topic.where:
        lesson_id, _slash, exercise_id = ref.partition("/")
        outline = course.outline(lesson_id)
        named = lessons.setdefault(outline.title, [])
        named += [f"“{one.title}”" for one in outline.exercises if one.id == exercise_id]
    return "; ".join(
        f"**{_cell(lesson)}**" + (": " + ", ".join(map(_cell, named)) if named else "")
        for lesson, named in lessons.items()
    )


def _cell(text: str) -> str:
    """Text that stays in one cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|")


def _main(topics: Path, page: Path) -> int:
    try:
        written = coverage_page(topics, open_course(bundled_course()))
    except CourseError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    page.write_text(written, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(_main(Path(sys.argv[1]), Path(sys.argv[2])))
