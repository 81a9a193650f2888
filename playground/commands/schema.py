"""`playground schema`: JSON Schemas, so that editors complete and validate lessons."""

import argparse
import json

from playground.commands.console import say
from playground.commands.context import Context
from playground.course import schema
from playground.texts import _

EXAMPLE = """\
  playground schema lesson > lesson.schema.json"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The flags of this command."""
    parser.add_argument(
        "kind", nargs="?", choices=sorted(schema()), help=_("one kind of file; all without it")
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Print the schema of one kind of file, or of all by name."""
    schemas = schema()
    say(json.dumps(schemas[args.kind] if args.kind else schemas, indent=2, ensure_ascii=False))
    return 0
