"""`playground prove`: is a course sound, and where not."""

import argparse
import os
import sys
from pathlib import Path

from playground.authoring import LessonProof, prove
from playground.commands.console import say
from playground.commands.context import CommandError, Context
from playground.course import Fault, bundled_course
from playground.texts import _, ngettext

EXAMPLE = """\
  playground prove
  playground prove my-course --brief
  playground prove my-course --watch"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The flags of this command."""
    parser.add_argument("path", nargs="?", type=Path, metavar="PATH", help=_("a course or lesson"))
    parser.add_argument("--brief", action="store_true", help=_("one line for each exercise"))
    parser.add_argument(
        "--watch", action="store_true", help=_("prove again whenever a file is saved")
    )
    parser.add_argument(
        "--no-mutants",
        dest="mutants",
        action="store_false",
        help=_("do not ask whether wrong variants of the solutions are rejected"),
    )
    parser.add_argument(
        "--jobs",
        type=int,
        default=os.cpu_count() or 1,
        metavar="N",
        help=_("lessons proved at the same time"),
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Prove the course at PATH; 0 sound, 1 not. With `--watch`, on every save until Ctrl+C."""
    status = _prove(args, context)
    if args.watch:
        from watchfiles import watch

        path = args.path or bundled_course()
        for _changes in watch(path if path.is_dir() else path.parent, raise_interrupt=False):
            status = _prove(args, context)
    return status


def _prove(args: argparse.Namespace, context: Context) -> int:
    """Prove the course as its files are now, and say what was found."""
    try:
        course = context.course(args.path)
    except CommandError as error:
        say(str(error))
        return 1
    faults = list(course.read_all())
    say(*map(str, sorted(faults)))
    total = len(course.lessons())
    proofs = []
    for proof in prove(
        course,
        context.databases(course.folder),
        context.runners,
        jobs=max(1, args.jobs),
        mutants=args.mutants,
        cache=context.places.cache,
    ):
        proofs.append(proof)
        _show_progress(len(proofs), total)
        found = list(proof.all_faults())
        faults += found
        say(*map(str, found))
        if args.brief:
            say(*_brief(proof))
        say(*_skipped(proof))
    errors = [fault for fault in faults if not fault.warning]
    say(_summary(proofs, errors))
    return 1 if errors else 0


def _show_progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        print(f"\r{done}/{total}", end=end, file=sys.stderr, flush=True)


def _brief(proof: LessonProof) -> list[str]:
    return [
        f"{exercise.ref}: "
        + (_("sound") if all(fault.warning for fault in exercise.faults) else _("not sound"))
        + ", "
        + ngettext("{count} answer", "{count} answers", exercise.answers).format(
            count=exercise.answers
        )
        + ", "
        + ngettext("{count} mistake", "{count} mistakes", exercise.mistakes).format(
            count=exercise.mistakes
        )
        + ", "
        + ngettext("{count} variant", "{count} variants", exercise.variants).format(
            count=exercise.variants
        )
        for exercise in proof.exercises
        if not exercise.lack
    ]


def _skipped(proof: LessonProof) -> list[str]:
    """What was not proved, since something that it needs is missing here."""
    lines = [
        _("{exercise}: skipped. {reason}").format(exercise=exercise.ref, reason=exercise.lack)
        for exercise in proof.exercises
        if exercise.lack
    ]
    if proof.lack:
        reason = _("The examples in the text were not run. {reason}").format(reason=proof.lack)
        lines.insert(0, f"{proof.lesson}: {reason}")
    return lines


def _summary(proofs: list[LessonProof], errors: list[Fault]) -> str:
    exercises = sum(len(proof.exercises) for proof in proofs)
    lessons = ngettext("{count} lesson", "{count} lessons", len(proofs)).format(count=len(proofs))
    counted = ngettext("{count} exercise", "{count} exercises", exercises).format(count=exercises)
    skipped = sum(bool(exercise.lack) for proof in proofs for exercise in proof.exercises)
    if skipped:
        part = ngettext("{count} of them skipped", "{count} of them skipped", skipped)
        counted = f"{counted} ({part.format(count=skipped)})"
    if not errors:
        return _("Sound: {lessons}, {exercises}.").format(lessons=lessons, exercises=counted)
    found = ngettext("{count} fault", "{count} faults", len(errors)).format(count=len(errors))
    return _("Not sound: {faults} in {lessons}, {exercises}.").format(
        faults=found, lessons=lessons, exercises=counted
    )
