"""What an exercise needs beside the program itself, and whether it is there.

A tag `needs:pandas` names a package, `needs:sqlite>=3.39` the least version of SQLite. On an
exercise it is about that exercise, on a lesson about the runnable blocks of its text. Where a need
is not met, an exercise can be read, is skipped and never failed, and is not required of anybody.
"""

import re
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec

from playground.course.errors import nearest
from playground.course.model import ExerciseOutline
from playground.texts import _

PACKAGES = (
    "aiosqlite",
    "alembic",
    "django",
    "fastapi",
    "flask",
    "flask_sqlalchemy",
    "greenlet",
    "httpx2",
    "numpy",
    "pandas",
    "peewee",
    "pydantic",
    "pytest",
)
"""Import names of what may be needed: all of them can be imported where learners' code runs."""
HOW_TO_INSTALL = "pip install 'sqlalchemy-playground[ecosystem]'"
"""Brings every one of `PACKAGES`."""

_DONE = ("passed", "changed", "seen")
_PREFIX = "needs:"
_SQLITE = re.compile(r"sqlite\s*>=\s*(\d+(?:\.\d+){0,2})")


def needs_of(tags: Iterable[str]) -> tuple[str, ...]:
    """Those of the tags that name a need."""
    return tuple(tag for tag in tags if tag.startswith(_PREFIX))


def wrong_need(tag: str) -> str:
    """What is wrong with a tag as a need, for its author; empty where nothing is."""
    if not tag.startswith(_PREFIX):
        return ""
    name = _name(tag)
    if _SQLITE.fullmatch(name) or name in PACKAGES:
        return ""
    if name.startswith("sqlite"):
        return _("Write a least version of SQLite so: “needs:sqlite>=3.39”.")
    message = _("Nothing called “{name}” can be needed. Write one of: {names}.").format(
        name=name, names=", ".join(PACKAGES)
    )
    near = nearest(name, PACKAGES, 1)
    if near:
        message += " " + _("Did you mean {names}?").format(names=near[0])
    return message


def packages_of(tags: Iterable[str]) -> tuple[str, ...]:
    """The import names of the packages that the tags need."""
    return tuple(name for name in map(_name, needs_of(tags)) if name in PACKAGES)


def lack(tags: Iterable[str]) -> str:
    """A sentence on what is missing here and how to get it; empty where every need is met."""
    names = [_name(tag) for tag in needs_of(tags)]
    packages = [name for name in packages_of(tags) if not _installed(name)]
    if packages:
        return _("This needs {names}, which is not installed here: {command}").format(
            names=", ".join(packages), command=HOW_TO_INSTALL
        )
    versions = filter(None, map(_SQLITE.fullmatch, names))
    return next(filter(None, (_lack_of_sqlite(least[1]) for least in versions)), "")


def required(exercise: ExerciseOutline, state: str, *, known: bool = False) -> bool:
    """Whether an exercise counts here, given its mark's state.

    What cannot be done here, or is of a module that is `known` already, counts only if it was done.
    """
    return state in _DONE or not (known or lack(exercise.tags))


def _lack_of_sqlite(least: str) -> str:
    import sqlite3  # a course that needs none in particular is listed without it

    if tuple(map(int, least.split("."))) <= sqlite3.sqlite_version_info:
        return ""
    return _(
        "This needs SQLite {least} or newer, and this Python has {version}. "
        "A newer Python brings a newer SQLite."
    ).format(least=least, version=sqlite3.sqlite_version)


def _name(tag: str) -> str:
    """The need without its mark; packages by import name, however their distribution is spelled."""
    return tag.removeprefix(_PREFIX).strip().lower().replace("-", "_")


@cache
def _installed(module: str) -> bool:
    return find_spec(module) is not None
