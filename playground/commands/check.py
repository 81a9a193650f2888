"""`playground check`: is an answer right, and if not, why not."""

import argparse
from pathlib import Path

from playground.checking import check, verdict_as_json
from playground.commands.console import print_json, say
from playground.commands.context import Context, read_answer
from playground.commands.printing import verdict_lines
from playground.texts import _

EXAMPLE = """\
  playground check null-logic/unrated-reviews answer.py
  playground check my-lesson/first - --lessons my-lesson.yaml --json < answer.py"""

STATUS = {"pass": 0, "fail": 1, "error": 1, "skipped": 2, "course-fault": 3, "sandbox-fault": 4}


def arguments(parser: argparse.ArgumentParser) -> None:
    """The flags of this command."""
    parser.add_argument("exercise", metavar="EXERCISE", help=_("LESSON-ID/EXERCISE-ID"))
    parser.add_argument("file", metavar="FILE", help=_("the answer; - reads standard input"))
    parser.add_argument("--lessons", type=Path, help=_("a course folder or a lesson file"))
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Check the file; 0 pass, 1 not passed, 2 wrong use, 3 course fault, 4 sandbox failed."""
    course = context.course(args.lessons)
    exercise, database = context.exercise(course, args.exercise)
    answer = read_answer(args.file)
    language = "sql" if args.file.lower().endswith(".sql") else None
    verdict = check(exercise, answer, database, context.runners, language=language)
    if args.json:
        print_json(verdict_as_json(verdict))
    else:
        say(*verdict_lines(verdict))
    return STATUS[verdict.verdict]
