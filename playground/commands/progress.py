"""`playground progress`: the learner's own records, to see, to carry away, to erase."""

import argparse
import sys
from pathlib import Path

from playground.commands.console import print_json, say
from playground.commands.context import CommandError, Context, no_such
from playground.commands.marks import counted
from playground.course import Course, Module, UnknownName, known_modules, required
from playground.records import ExerciseId, ImportFileError, Mark, exercise_ids
from playground.texts import _

EXAMPLE = """\
  playground progress
  playground progress export my-records.json
  playground progress reset null-logic/unrated-reviews"""

MAX_IMPORT_BYTES = 200_000_000


def arguments(parser: argparse.ArgumentParser) -> None:
    """The flags of this command."""
    parser.add_argument("--lessons", type=Path, help=_("a course folder or a lesson file"))
    parser.add_argument("--json", action="store_true", help=_("print JSON"))
    what = parser.add_subparsers(dest="what", metavar=_("WHAT"))
    export = what.add_parser("export", help=_("write all records as JSON"))
    export.add_argument("file", metavar="FILE", help=_("a new file; - is standard output"))
    imported = what.add_parser("import", help=_("merge an export into the records"))
    imported.add_argument("file", metavar="FILE")
    reset = what.add_parser("reset", help=_("erase records, after a question"))
    reset.add_argument("exercise", nargs="?", metavar="EXERCISE", help=_("LESSON-ID/EXERCISE-ID"))
    reset.add_argument("--course", action="store_true", help=_("everything of the course"))
    reset.add_argument("--all", action="store_true", help=_("everything there is"))
    reset.add_argument("--yes", action="store_true", help=_("do not ask"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Show, export, import or reset the records."""
    return {"export": _export, "import": _import, "reset": _reset, None: _show}[args.what](
        args, context
    )


def _show(args: argparse.Namespace, context: Context) -> int:
    course = context.course(args.lessons)
    ids = exercise_ids(course.id, course.lessons())
    marks = context.records.progress(course.id, ids.values())
    if args.json:
        print_json(
            {
                "format": 1,
                "course": course.id,
                "exercises": {
                    ref: {
                        "state": mark.state,
                        "points": mark.points,
                        "attempts": mark.attempts,
                        "hints": mark.hints,
                    }
                    for ref, mark in marks.items()
                },
            }
        )
    else:
        say(*_lines(course, marks))
    return 0


def _lines(course: Course, marks: dict[str, Mark]) -> list[str]:
    known = known_modules(course.modules, lambda ref: marks[ref].state)
    states_of = {
        module.id: _required(module, marks, known=module.id in known) for module in course.modules
    }
    states = [state for of_module in states_of.values() for state in of_module]
    passed = sum(state in ("passed", "changed") for state in states)
    lines = [
        course.title,
        _("Passed: {passed} of {total}").format(passed=passed, total=len(states)),
        _("Tried: {count}").format(count=states.count("tried")),
        _("Solution seen: {count}").format(count=states.count("seen")),
        _("Changed since you passed: {count}").format(count=states.count("changed")),
        _("Points: {points:g}").format(points=sum(mark.points for mark in marks.values())),
    ]
    for module in course.modules:
        lines.append(f"  {module.title}: {counted(states_of[module.id])}")
    return lines


def _required(module: Module, marks: dict[str, Mark], *, known: bool) -> list[str]:
    """The states of the exercises that count in a module."""
    return [
        state
        for lesson in module.lessons
        for exercise in lesson.exercises
        if required(exercise, state := marks[f"{lesson.id}/{exercise.id}"].state, known=known)
    ]


def _export(args: argparse.Namespace, context: Context) -> int:
    data = context.records.export()
    if args.file == "-":
        say(data.decode("ascii").rstrip())
        return 0
    path = Path(args.file)
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError as error:
        raise CommandError(
            _("{file} is there already; name a new file.").format(file=path)
        ) from error
    except OSError as error:
        raise CommandError(
            _("{file} cannot be written: {reason}.").format(file=path, reason=error.strerror)
        ) from error
    say(_("Written: {file}").format(file=path))
    return 0


def _import(args: argparse.Namespace, context: Context) -> int:
    try:
        if args.file == "-":
            data = sys.stdin.buffer.read(MAX_IMPORT_BYTES)
        else:
            with Path(args.file).open("rb") as file:
                data = file.read(MAX_IMPORT_BYTES)
        new = context.records.import_(data)
    except OSError as error:
        raise CommandError(
            _("{file} cannot be read: {reason}.").format(file=args.file, reason=error.strerror)
        ) from error
    except ImportFileError as error:
        raise CommandError("\n".join([_("Nothing was imported."), *error.faults]), 1) from error
    say(_("Imported. New: {counts}").format(counts=_counts(new)))
    return 0


def _counts(new: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in new.items())


def _reset(args: argparse.Namespace, context: Context) -> int:
    if sum((bool(args.exercise), args.course, args.all)) != 1:
        raise CommandError(_("Say what to erase: an EXERCISE, --course or --all."))
    if args.all:
        question = _("Erase every record, draft and setting that is kept?")
    elif args.course:
        question = _("Erase every record and draft of this course?")
    else:
        question = _("Erase the records and the draft of {exercise}?").format(
            exercise=args.exercise
        )
    target = None if args.all else _target(args, context)
    if not args.yes and not _agreed(question):
        say(_("Nothing was erased."))
        return 1
    if isinstance(target, ExerciseId):
        context.records.reset(exercise=target)
    else:
        context.records.reset(course=target, all=args.all)
    say(_("Erased."))
    return 0


def _target(args: argparse.Namespace, context: Context) -> ExerciseId | str:
    """The exercise that is meant, or the id of the course."""
    course = context.course(args.lessons)
    if args.course:
        return course.id
    try:
        exercise = course.find(args.exercise)
    except UnknownName as unknown:
        raise CommandError(no_such(unknown.name, unknown.nearest)) from unknown
    return exercise_ids(course.id, course.lessons())[exercise.ref]


def _agreed(question: str) -> bool:
    """Whether the person at the terminal says yes; without one, no."""
    if not sys.stdin.isatty():
        raise CommandError(_("There is nobody to ask; add --yes."))
    prompt = _("[y/N]")
    return input(f"{question} {prompt} ").strip().lower() in (_("y"), _("yes"))
