"""`playground prove`: is a course sound, and where not."""

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from playground.authoring import Change, Killer, LessonProof, changes, prove, undo, write
from playground.commands.console import print_json, say
from playground.commands.context import CommandError, Context
from playground.commands.proved import as_json, brief, skipped, strength, summary
from playground.course import Course, Fault, bundled_course, saves
from playground.databases import Database, DatabaseError, Databases
from playground.texts import _

EXAMPLE = """\
  playground prove
  playground prove my-course --brief
  playground prove my-course --strength
  playground prove my-course --fix-data
  playground prove my-course --watch"""

MOST_ROUNDS = 4
"""How often rows are added and the course proved again: those of one round can be in each other's way."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The flags of this command."""
    parser.add_argument("path", nargs="?", type=Path, metavar="PATH", help=_("a course or lesson"))
    parser.add_argument("--brief", action="store_true", help=_("one line for each exercise"))
    parser.add_argument(
        "--strength",
        action="store_true",
        help=_("a table of what each exercise rejects and accepts"),
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON"))
    parser.add_argument(
        "--watch", action="store_true", help=_("prove again whenever a file is saved")
    )
    parser.add_argument(
        "--fix-data",
        action="store_true",
        help=_("add rows to the databases that reject what survives"),
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
        default=(os.cpu_count() or 1) + 1,  # one may wait for a child while the others work
        metavar="N",
        help=_("lessons proved at the same time"),
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Prove the course at PATH; 0 sound, 1 not. With `--watch`, on every save until Ctrl+C."""
    context.spares = 0  # getting ready ahead of need would take the time of the runs under way
    status = _status(args, context)
    if args.watch:
        with suppress(KeyboardInterrupt):
            for _save in saves(args.path or bundled_course()):
                if not args.json:
                    say("", _("Saved at {time}.").format(time=f"{datetime.now():%H:%M:%S}"))
                status = _status(args, context)
    return status


@dataclass
class _Proved:
    """A course as its files were, and what was found."""

    course: Course
    databases: Databases
    faults: dict[Fault, None] = field(default_factory=dict)
    """Each once: lessons on one database tell its faults again."""
    proofs: list[LessonProof] = field(default_factory=list)

    @property
    def errors(self) -> list[Fault]:
        """What makes it unsound."""
        return [fault for fault in self.faults if not fault.warning]

    def broken(self) -> int:
        """How much is wrong beside mutants that live."""
        exercises = sum(each.broken for proof in self.proofs for each in proof.exercises)
        return (
            exercises
            + len(self.errors)
            - sum(not fault.warning for p in self.proofs for e in p.exercises for fault in e.faults)
        )

    def tell(self, found: list[Fault], say_it: Callable[..., None]) -> None:
        """Add faults, and say those that were not said."""
        new = [fault for fault in dict.fromkeys(found) if fault not in self.faults]
        self.faults.update(dict.fromkeys(new))
        say_it(*map(str, new))


def _status(args: argparse.Namespace, context: Context) -> int:
    """Prove the course as its files are now, say what was found, and mend data if asked."""
    try:
        proved = _prove(args, context)
        if args.fix_data:
            proved = _fix(proved, args, context)
    except CommandError as error:
        if args.json:
            raise
        say(str(error))
        return 1
    if args.json:
        print_json(as_json(proved.course.id, proved.proofs, list(proved.faults)))
    else:
        if args.strength:
            say(*strength(proved.proofs))
        say(summary(proved.proofs, proved.errors))
    return 1 if proved.errors else 0


def _prove(args: argparse.Namespace, context: Context) -> _Proved:
    """Raises CommandError where nothing of the course can be opened."""
    say_it: Callable[..., None] = (lambda *lines: None) if args.json else say
    course = context.course(args.path)
    proved = _Proved(course, context.databases(course.folder))
    proved.tell(sorted(course.read_all()), say_it)
    total = len(course.lessons())
    for proof in prove(
        course,
        proved.databases,
        context.runners,
        jobs=max(1, args.jobs),
        mutants=args.mutants,
        cache=context.places.cache,
    ):
        proved.proofs.append(proof)
        _show_progress(len(proved.proofs), total)
        proved.tell(list(proof.all_faults()), say_it)
        if args.brief:
            say_it(*brief(proof))
        say_it(*skipped(proof))
    return proved


def _show_progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        print(f"\r{done}/{total}", end=end, file=sys.stderr, flush=True)


def _fix(proved: _Proved, args: argparse.Namespace, context: Context) -> _Proved:
    """Add the rows that were found, prove again, and take them back where they break something."""
    for _round in range(MOST_ROUNDS):
        found = _changes(proved, context)
        if not found:
            break
        _write(found)
        again = _prove(args, context)
        if again.broken() > proved.broken():
            for change in reversed(found):
                undo(change)
            raise CommandError(
                _("With these rows the course is not sound; the files are as they were."), 1
            )
        proved = again
    return proved


def _changes(proved: _Proved, context: Context) -> list[Change]:
    """What puts the rows into the files, by database."""
    found: list[Change] = []
    by_database: dict[int, tuple[Database, list[Killer]]] = {}
    for proof in proved.proofs:
        killers = [killer for each in proof.exercises for killer in each.killers]
        if killers:
            lesson = proved.course.lesson(proof.lesson)
            database = proved.databases.open(lesson.database, beside=lesson.file)
            by_database.setdefault(id(database), (database, []))[1].extend(killers)
    for database, killers in by_database.values():
        if any(killer.variant == database.visible.name for killer in killers):
            say(_("These rows go into the data that learners see:"))
        try:
            found += changes(database, killers, context.runners)
        except (DatabaseError, OSError) as error:
            raise CommandError(str(error), 1) from error
    return found


def _write(found: list[Change]) -> None:
    for change in found:
        try:
            write(change)
        except OSError as error:
            raise CommandError(
                _("{file} cannot be written: {reason}.").format(
                    file=change.file, reason=error.strerror
                )
            ) from error
        say(*change.lines())
