"""`playground take`: a lesson's exercises as files, for those who have an editor of their own."""

import argparse
import shlex
from pathlib import Path

from playground.commands.console import say
from playground.commands.context import CommandError, Context, no_such
from playground.course import CourseError, UnknownName
from playground.study import take
from playground.texts import _

EXAMPLE = """\
  playground take null-logic homework
  playground watch homework"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The flags of this command."""
    parser.add_argument("lesson", metavar="LESSON", help=_("the id of a lesson"))
    parser.add_argument("folder", type=Path, metavar="DIR", help=_("where the files go"))
    parser.add_argument("--lessons", type=Path, help=_("a course folder or a lesson file"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Write the files; one that is there already is never written over."""
    course = context.course(args.lessons)
    try:
        lesson = course.lesson(args.lesson)
        taken = take(lesson, args.folder)
    except UnknownName as unknown:
        raise CommandError(no_such(unknown.name, unknown.nearest)) from unknown
    except CourseError as error:
        raise CommandError("\n".join(str(fault) for fault in error.faults), 3) from error
    except OSError as error:
        raise CommandError(
            _("{file} cannot be written: {reason}.").format(
                file=error.filename or args.folder, reason=error.strerror
            )
        ) from error
    for one in taken:
        sentence = _("Written: {file}") if one.how == "written" else _("Kept as it was: {file}")
        say(sentence.format(file=one.path))
    watched = shlex.join(
        [str(args.folder)] + (["--lessons", str(args.lessons)] if args.lessons else [])
    )
    say(_("playground watch {folder} checks each file as you save it.").format(folder=watched))
    if args.lessons is None and lesson.database != "none":
        said = _("playground run FILE --database {database} shows what one sends and gets.")
        say(said.format(database=lesson.database))
    return 0
