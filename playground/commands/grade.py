"""`playground grade`: a folder of answers into one table."""

import argparse
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

from playground.classroom import Grade, collect, grade, write_grades
from playground.commands.console import say, say_error
from playground.commands.context import CommandError, Context
from playground.running import isolation_level
from playground.texts import _

EXAMPLE = """\
  playground grade my-lesson.yaml submissions --out grades
  (submissions/STUDENT/LESSON-ID/EXERCISE-ID.py or .sql)"""

INTERRUPTED = 130
NOT_ALL_GRADED = ("unreadable", "skipped", "course-fault", "sandbox-fault")


def arguments(parser: argparse.ArgumentParser) -> None:
    """The flags of this command."""
    parser.add_argument("lessons", type=Path, metavar="LESSONS", help=_("a course or lesson"))
    parser.add_argument("submissions", type=Path, metavar="SUBMISSIONS", help=_("the answers"))
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help=_("for the table"))
    parser.add_argument(
        "--jobs",
        type=int,
        default=os.cpu_count() or 1,
        metavar="N",
        help=_("answers graded at the same time"),
    )
    parser.add_argument(
        "--allow-weak-isolation",
        action="store_true",
        help=_("grade although this system cannot confine what a hostile answer does"),
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Grade; 0 all graded, 1 something could not be graded, 2 wrong use."""
    if isolation_level().name != "A" and not args.allow_weak_isolation:
        raise CommandError(
            _(
                "This system cannot confine hostile answers (playground doctor says what is "
                "missing). If you trust whoever wrote them, add --allow-weak-isolation."
            )
        )
    if not args.submissions.is_dir():
        raise CommandError(_("{file} is no folder.").format(file=args.submissions))
    if args.out.resolve().is_relative_to(args.submissions.resolve()):
        raise CommandError(
            _("{folder} lies among the submissions and would be graded as a student.").format(
                folder=args.out
            )
        )
    course = context.course(args.lessons)
    for fault in course.faults:
        say_error(str(fault))
    progress = _Progress(sum(1 for _row in collect(args.submissions, course)))
    cancel = Event()
    try:
        with ThreadPoolExecutor(max(1, args.jobs)) as pool:
            grades = grade(
                collect(args.submissions, course),
                course,
                context.databases(course.folder),
                context.runners,
                pool,
                ahead=4 * max(1, args.jobs),
                cancel=cancel,
            )
            try:
                write_grades(grades, args.out, told=progress.told)
            finally:
                cancel.set()
    except KeyboardInterrupt:
        said = _("Stopped. What was graded until then stands in {file}.")
        raise CommandError(said.format(file=args.out / "grades.csv.part"), INTERRUPTED) from None
    except OSError as error:
        raise CommandError(
            _("{file} cannot be written: {reason}.").format(
                file=error.filename or args.out, reason=error.strerror
            )
        ) from error
    say(progress.summary(), _("Written: {file}").format(file=args.out / "grades.csv"))
    return 1 if any(progress.counts.get(verdict) for verdict in NOT_ALL_GRADED) else 0


class _Progress:
    """Counts what is done; a line on the terminal, nothing in a pipe."""

    def __init__(self, total: int) -> None:
        self.counts: dict[str, int] = {}
        self._total = total
        self._done = 0

    def told(self, grade: Grade) -> None:
        self._done += 1
        self.counts[grade.verdict] = self.counts.get(grade.verdict, 0) + 1
        if sys.stderr.isatty():
            width = 30
            filled = width * self._done // max(1, self._total)
            bar = "#" * filled + "." * (width - filled)
            end = "\n" if self._done == self._total else ""
            print(f"\r[{bar}] {self._done}/{self._total}", end=end, file=sys.stderr, flush=True)

    def summary(self) -> str:
        counts = ", ".join(f"{name} {count}" for name, count in sorted(self.counts.items()))
        return _("Rows: {total}. {counts}").format(total=self._done, counts=counts)
