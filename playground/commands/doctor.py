"""`playground doctor`: what this installation has, and how to get what it lacks."""

import argparse
import importlib.util
import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from playground import __version__
from playground.commands.console import print_json, say
from playground.commands.context import Context
from playground.course import bundled_course
from playground.records import shown
from playground.running import isolation_level
from playground.settings import Places
from playground.texts import _

EXAMPLE = """\
  playground doctor"""

PACKAGES = ("textual", "sqlalchemy", "sqlparse", "sqlglot", "msgspec", "PyYAML", "tree-sitter")
EXTRAS = {
    "aiosqlite": "async",
    **dict.fromkeys(
        ("pandas", "pytest", "flask_sqlalchemy", "fastapi", "peewee", "django"), "ecosystem"
    ),
    "psycopg": "postgresql",
    "pymysql": "mysql",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """The flags of this command."""
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Examine the installation; 0 all that is needed is there, 1 something is not."""
    level = isolation_level()
    problems = list(_problems(context.places))
    facts = [
        ("playground", _("playground"), _program()),
        ("packages", _("packages"), ", ".join(_packages())),
        ("sqlite", "SQLite", sqlite3.sqlite_version),
        ("extras", _("extras"), ", ".join(_extras())),
        ("lessons", _("lessons"), str(bundled_course())),
        ("settings", _("settings"), str(context.places.config)),
        ("records", _("records"), shown(context.places.store_url(context.settings))),
        ("data", _("data"), str(context.places.data)),
        ("cache", _("cache"), str(context.places.cache)),
        ("log", _("log"), str(context.places.log)),
        ("terminal", _("terminal"), _terminal()),
        ("isolation", _("isolation"), level.name),
    ]
    if args.json:
        print_json(
            {
                "format": 1,
                "version": __version__,
                "facts": {name: value for name, _label, value in facts},
                "isolation": {
                    "level": level.name,
                    "promises": list(level.promises),
                    "missing": list(level.missing),
                },
                "problems": problems,
            }
        )
    else:
        say(*(f"{label}: {value}" for _name, label, value in facts))
        say(*("  + " + promise for promise in level.promises))
        say(*("  - " + missing for missing in level.missing))
        say(*problems or [_("Nothing that is needed is missing.")])
    return 1 if problems else 0


def _program() -> str:
    return f"{__version__}, Python {platform.python_version()}, {sys.platform}"


def _packages() -> Iterator[str]:
    return (f"{name} {metadata.version(name)}" for name in PACKAGES)


def _extras() -> Iterator[str]:
    for module, extra in EXTRAS.items():
        if importlib.util.find_spec(module):
            yield module
        else:
            yield _("{module} is missing (pip install 'sqlalchemy-playground[{extra}]')").format(
                module=module, extra=extra
            )


def _terminal() -> str:
    if not sys.stdout.isatty():
        return _("none: playground works line by line")
    size = shutil.get_terminal_size()
    encoding = sys.stdout.encoding
    return f"{os.environ.get('TERM', '?')}, {size.columns}x{size.lines}, {encoding}"


def _problems(places: Places) -> Iterator[str]:
    if sqlite3.sqlite_version_info < (3, 35):
        yield _("SQLite {version} lacks RETURNING; 3.35 or newer is needed.").format(
            version=sqlite3.sqlite_version
        )
    if not _writable(places.data):
        yield _(
            "{folder} cannot be written: progress lasts only while the program runs. "
            "Give another place with --home DIR."
        ).format(folder=places.data)
    if not _writable(places.cache):
        yield _(
            "{folder} cannot be written: every start prepares the course and its data anew. "
            "Give another place with --home DIR."
        ).format(folder=places.cache)


def _writable(folder: Path) -> bool:
    """Whether files can be made there, now or after making the folder."""
    existing = next((path for path in (folder, *folder.parents) if path.exists()), None)
    return existing is not None and existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)
