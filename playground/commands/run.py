"""`playground run`: code in, SQL and rows out."""

import argparse
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from playground.commands.console import print_json, say, say_error
from playground.commands.context import CommandError, Context, no_such, read_answer
from playground.commands.printing import run_lines
from playground.course import bundled_course
from playground.databases import Database, DatabaseError, Variant
from playground.running import Job, Limits, Run, Runner, run_as_json
from playground.texts import _

EXAMPLE = """\
  echo 'select(Customer.name).limit(3)' | playground run - --database shop
  playground run report.sql --database club.sqlite --json"""

SANDBOX_FAILED = 4
_SQL_BEGINS = re.compile(
    r"(?:\s|--.*\n)*(?:select|with|insert|update|delete|create|explain|values)\s", re.IGNORECASE
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The flags of this command."""
    defaults = Limits()
    parser.add_argument("file", metavar="FILE", help=_("the code; - reads standard input"))
    parser.add_argument(
        "--database",
        default="none",
        help=_("a database of the course, a .sqlite or .sql file, or none"),
    )
    parser.add_argument("--variant", help=_("which variant of the database"))
    parser.add_argument("--language", choices=("python", "sql"), dest="code_language")
    parser.add_argument("--lessons", type=Path, help=_("the course whose databases are meant"))
    parser.add_argument("--seconds", type=_more_than_zero(float), help=_("time limit"))
    parser.add_argument("--memory", type=_more_than_zero(int), metavar="MB", help=_("memory limit"))
    parser.add_argument(
        "--output",
        type=_more_than_zero(int),
        default=defaults.output_bytes,
        metavar="BYTES",
        help=_("print limit"),
    )
    parser.add_argument(
        "--rows", type=_more_than_zero(int), default=defaults.rows, help=_("row limit")
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def _more_than_zero(kind: type[float] | type[int]) -> Callable[[str], float | int]:
    """Reads a number that a limit can be."""

    def read(text: str) -> float | int:
        try:
            number = kind(text)
        except ValueError:
            number = kind(0)
        if not 0 < number < float("inf"):
            raise argparse.ArgumentTypeError(
                _("{text} is not a number above 0").format(text=repr(text))
            )
        return number

    return read


def run(args: argparse.Namespace, context: Context) -> int:
    """Run the file; 0 ran, 1 it failed, 2 wrong use, 4 the sandbox failed."""
    code = read_answer(args.file)
    outcome = run_code(args, context, code)
    if args.json:
        print_json(run_as_json(outcome))
    else:
        say(*run_lines(outcome))
        say_error(*_without_database(args, outcome), *_taken_for_python(args, code, outcome))
    return {"ok": 0, "sandbox-error": SANDBOX_FAILED}.get(outcome.status, 1)


def _without_database(args: argparse.Namespace, outcome: Run) -> Iterator[str]:
    """That no database was given, where what failed was a name that one would bring."""
    missing = outcome.error is not None and (
        outcome.error.type == "NameError" or "no such table" in outcome.error.message
    )
    if not missing or args.database != "none":
        return
    folder = (args.lessons or bundled_course()) / "databases"
    names = sorted(each.parent.name for each in folder.glob("*/database.yaml"))
    said = _("This ran on an empty database.")
    if names:
        said += " " + _("Give one with --database: {names}.").format(names=", ".join(names))
    yield said


def _taken_for_python(args: argparse.Namespace, code: str, outcome: Run) -> Iterator[str]:
    """That code was read as Python, where it begins as SQL does and nothing told its language."""
    unread = outcome.error is not None and outcome.error.type in ("SyntaxError", "IndentationError")
    if unread and args.code_language is None and _SQL_BEGINS.match(code):
        yield _("It was read as Python. If it is SQL, add --language sql.")


def run_code(args: argparse.Namespace, context: Context, code: str) -> Run:
    """The run that the arguments ask for."""
    runner, image = _data(args, context)
    sql = args.code_language == "sql" or (
        args.code_language is None and args.file.lower().endswith(".sql")
    )
    limits = Limits(
        seconds=args.seconds or context.settings.seconds,
        memory_mb=args.memory or context.settings.memory_mb,
        output_bytes=args.output,
        rows=args.rows,
    )
    job = Job(
        code=code,
        database=image,
        language="sql" if sql else "python",
        whole=args.json,
        limits=limits,
    )
    return runner.run(job)


def _data(args: argparse.Namespace, context: Context) -> tuple[Runner, bytes]:
    """Where the code runs, and the data it starts from."""
    root = args.lessons or bundled_course()
    databases = context.databases(root if root.is_dir() else root.parent)
    try:
        database = databases.open(args.database, beside=None)
        image = _variant(database, args.variant).image()
        return context.runners.of(database.world), image
    except DatabaseError as error:
        raise CommandError(str(error)) from error


def _variant(database: Database, name: str | None) -> Variant:
    if name is None:
        return database.visible
    for variant in database.variants:
        if variant.name == name:
            return variant
    raise CommandError(no_such(name, [variant.name for variant in database.variants]))
