"""`playground list`: what there is to learn, and how far one is."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from playground.commands.console import print_json, say, say_error
from playground.commands.context import Context
from playground.commands.marks import counted, sign_of, word_of
from playground.course import Course, known_modules, lack, required
from playground.records import resume
from playground.texts import _, ngettext

EXAMPLE = """\
  playground list
  playground list my-course --json"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The flags of this command."""
    parser.add_argument("path", nargs="?", type=Path, metavar="PATH", help=_("a course or lesson"))
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, context: Context) -> int:
    """List the course; lessons that cannot be opened are named with their faults."""
    course = context.course(args.path)
    marks = marks_of(course, context)
    if args.json:
        print_json(_shape(course, marks))
    else:
        say(*_lines(course, marks))
    say_error(*map(str, course.faults))
    return 0


def marks_of(course: Course, context: Context) -> Mapping[str, str]:
    """The state of each exercise that has one, from the resume file where it knows the course."""
    known = resume.read(context.places.resume)
    if known is not None and known.course == course.id and not context.settings.store:
        return known.marks
    if not context.settings.store and not (context.places.data / "records.db").exists():
        return {}
    from playground.records import exercise_ids

    ids = exercise_ids(course.id, course.lessons())
    progress = context.records.progress(course.id, ids.values())
    return {ref: mark.state for ref, mark in progress.items() if mark.state != "none"}


def _lines(course: Course, marks: Mapping[str, str]) -> list[str]:
    lines = [course.title]
    known = known_modules(course.modules, lambda ref: marks.get(ref, "none"))
    for module in course.modules:
        is_known = module.id in known
        lines += ["", f"{module.title} (" + _("known") + ")" if is_known else module.title]
        for lesson in module.lessons:
            states = [
                state
                for exercise in lesson.exercises
                if required(
                    exercise,
                    state := marks.get(f"{lesson.id}/{exercise.id}", "none"),
                    known=is_known,
                )
            ]
            facts = [counted(states)]
            if lesson.minutes:
                facts.append(
                    ngettext("{count} minute", "{count} minutes", lesson.minutes).format(
                        count=lesson.minutes
                    )
                )
            if lesson.faulty:
                facts = [_("cannot be opened")]
            lines.append(f"  {lesson.id}: {lesson.title} ({', '.join(facts)})")
            for exercise in lesson.exercises:
                state = marks.get(f"{lesson.id}/{exercise.id}", "none")
                word = word_of(state)
                if not required(exercise, state):
                    word += " (" + _("skipped") + f": {lack(exercise.tags)})"
                lines.append(
                    f"    {sign_of(state)} {lesson.id}/{exercise.id}: {exercise.title}{word}"
                )
    return lines


def _shape(course: Course, marks: Mapping[str, str]) -> object:
    return {
        "format": 1,
        "course": course.id,
        "title": course.title,
        "language": course.language,
        "modules": [
            {
                "id": module.id,
                "title": module.title,
                "lessons": [
                    {
                        "id": lesson.id,
                        "title": lesson.title,
                        "minutes": lesson.minutes,
                        "faulty": lesson.faulty,
                        "exercises": [
                            {
                                "id": exercise.id,
                                "title": exercise.title,
                                "kind": exercise.kind,
                                "points": exercise.points,
                                "state": marks.get(f"{lesson.id}/{exercise.id}", "none"),
                                "lack": lack(exercise.tags),
                            }
                            for exercise in lesson.exercises
                        ],
                    }
                    for lesson in module.lessons
                ],
            }
            for module in course.modules
        ],
    }
