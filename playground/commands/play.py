"""`playground play`: the terminal app, or the same lessons line by line."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playground import texts
from playground.commands.console import say_error
from playground.commands.context import CommandError, Context, is_sqlite
from playground.texts import _

if TYPE_CHECKING:
    from playground.records import Resume
    from playground.study import Study

EXAMPLE = """\
  playground play
  playground play my-lesson.yaml
  playground play my-lesson.yaml --watch
  playground play club.sqlite"""

DRAWN = "╭─╮│╰╯●◐○▸✓✗…"
"""Characters that every screen of the app has."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The flags of this command."""
    parser.add_argument(
        "path",
        nargs="?",
        type=Path,
        metavar="PATH",
        help=_("a course folder, a lesson file, or a SQLite file, which is opened as a copy"),
    )
    parser.add_argument(
        "--watch",
        action="store_true",
        help=_("read PATH again whenever a file of it is saved, to see it as learners do"),
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Open the app where there is a terminal, else the plain mode."""
    target: Path | None = args.path
    if target is not None and not target.exists():
        raise CommandError(_("{file} does not exist.").format(file=target))
    if args.watch and (target is None or is_sqlite(target)):
        raise CommandError(_("Name the course folder or the lesson file that you are writing."))
    if args.plain or context.settings.plain or not has_terminal() or not _can_draw():
        from playground.commands.plain import converse

        return converse(context.study(target))
    return _open_app(target, context, watched=target if args.watch else None)


def has_terminal() -> bool:
    """Whether there is a terminal to draw on and to type in."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _can_draw() -> bool:
    """Whether the terminal moves its cursor and has the characters that the panes are drawn of."""
    if os.environ.get("TERM") == "dumb":
        return False
    try:
        DRAWN.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        say_error(
            _(
                "This console writes {encoding}, not UTF-8, so here is the line-by-line mode."
            ).format(encoding=sys.stdout.encoding)
        )
        return False
    return True


def _open_app(target: Path | None, context: Context, *, watched: Path | None) -> int:
    from playground import tui

    context.tells_notices = False

    def open_study(speech: str) -> "Study":
        texts.use(speech)
        try:
            return context.study(target)
        except CommandError as error:
            raise _of_the_course(error, target) from error

    return tui.run(
        open_study,
        opening=_opening(target, context),
        settings=context.settings,
        places=context.places,
        watched=watched,
    )


def _of_the_course(error: CommandError, target: Path | None) -> Exception:
    """What the app tells as the course's fault, which it is; it knows nothing of commands."""
    from playground.course import CourseError, Fault, Place

    if isinstance(error.__cause__, Exception):
        return error.__cause__
    return CourseError([Fault(Place(target or Path()), str(error))])


def _opening(target: Path | None, context: Context) -> "Resume | None":
    """What the first picture shows, before the course is open."""
    from playground.records import resume

    known = resume.read(context.places.resume)
    path = "" if target is None else str(target.absolute())
    if known is not None and known.path == path and known.speech == texts.language():
        return known
    if target is None and known is None:
        from playground.course import bundled_course
        from playground.tui.opening import newcomer

        return newcomer(bundled_course(), texts.language())
    return None
