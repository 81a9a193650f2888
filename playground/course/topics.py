"""A list of topics (`docs/topics.yaml`): what sources teach, and where a course teaches it."""

from collections.abc import Iterator
from pathlib import Path

from playground.course.convert import Converter
from playground.course.course import Course
from playground.course.errors import CourseError, UnknownName, nearest
from playground.course.fields import Identifier, Text
from playground.course.files import Written
from playground.course.lessons import read_format
from playground.course.source import Source
from playground.texts import _


class Topic(Written, frozen=True):
    """One thing that a source teaches: where the course does, or why it does not."""

    title: Text
    where: tuple[Text, ...] = ()
    """`lesson-id` or `lesson-id/exercise-id`, the place that teaches most of it first."""
    out_of_reach: str = ""
    """Why the course leaves it out."""


class TopicSource(Written, frozen=True):
    """A document, a page of the official documentation, or a kind of exercise site."""

    id: Identifier
    title: Text
    topics: tuple[Topic, ...]
    about: str = ""
    """What it is, and where it can be read."""


class _TopicsFile(Written, frozen=True):
    format: int
    sources: tuple[TopicSource, ...]


def read_topics(file: Path, course: Course) -> tuple[TopicSource, ...]:
    """The sources of a list of topics, every reference of which is one of `course`.

    Raises:
        CourseError: it cannot be read, a topic stands nowhere, or a place does not exist, with all
            that is wrong.
    """
    source = Source(file)
    converter = Converter(source)
    written = read_format(converter, _TopicsFile)
    if written is not None:
        _judge(converter, written, course)
    if written is None or not source.sound:
        raise CourseError(source.faults)
    return written.sources


def _judge(converter: Converter, written: _TopicsFile, course: Course) -> None:
    ids: set[str] = set()
    for number, source in enumerate(written.sources):
        path = f"sources.{number}"
        if source.id in ids:
            message = _("Another source has the id “{id}”.")
            converter.fault(f"{path}.id", message.format(id=source.id))
        ids.add(source.id)
        if not source.topics and converter.sound(f"{path}.topics"):
            converter.fault(f"{path}.topics", _("A source needs at least one topic."))
        titles: set[str] = set()
        for index, topic in enumerate(source.topics):
            below = f"{path}.topics.{index}"
            if topic.title and topic.title in titles:
                message = _("Another topic of this source is called “{title}”.")
                converter.fault(f"{below}.title", message.format(title=topic.title))
            titles.add(topic.title)
            for field, message in _wrong(topic, course):
                if converter.sound(below):
                    converter.fault(f"{below}.{field}", message)


def _wrong(topic: Topic, course: Course) -> Iterator[tuple[str, str]]:
    """What is wrong with a topic: field by field, with what to write."""
    if not topic.where and not topic.out_of_reach.strip():
        yield "title", _("This topic stands nowhere: give it where: or out_of_reach:.")
    if topic.where and topic.out_of_reach:
        yield "out_of_reach", _("This topic has where: and out_of_reach:. Only one can be.")
    for number, ref in enumerate(topic.where):
        unknown = _unknown(ref, course)
        if unknown is not None:
            message = _("There is no {name}.").format(name=f"“{ref}”")
            if unknown:
                message += " " + _("Did you mean {names}?").format(names=", ".join(unknown))
            yield f"where.{number}", message


def _unknown(ref: str, course: Course) -> list[str] | None:
    """The nearest names where the course has no such place; None where it has."""
    lesson_id, slash, _exercise = ref.partition("/")
    try:
        outline = course.outline(lesson_id)
    except UnknownName as unknown:
        return unknown.nearest
    if not slash and lesson_id == outline.id:
        return None
    own = [f"{outline.id}/{exercise.id}" for exercise in outline.exercises]
    return None if ref in own else nearest(ref, [outline.id, *own])
