"""Runners and databases that the tests of one worker share, and a short way to check."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from playground.checking import Verdict, check
from playground.course import CHECKS, Check, Exercise
from playground.databases import Database, Databases
from playground.running import Runners

LESSONS = Path(__file__).parents[2] / "lessons"
VARIANTS = ("small", "nulls")
"""Enough to tell most wrong answers from right ones; the proof of the lessons uses all."""

Ask = Callable[..., Verdict]


def ids(verdict: Verdict) -> list[str]:
    """The findings of a verdict, the leading one first."""
    return [found.id for found in verdict.findings]


@pytest.fixture(scope="session")
def runners() -> Iterator[Runners]:
    runners = Runners()
    yield runners
    runners.close()


@pytest.fixture(scope="session")
def databases(
    runners: Runners, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Database]:
    root = tmp_path_factory.getbasetemp().parent if _parallel() else tmp_path_factory.getbasetemp()
    opened = Databases(LESSONS, cache=root / "databases", runners=runners)

    def open_one(name: str, variants: tuple[str, ...] = VARIANTS) -> Database:
        database = opened.open(name, beside=None)
        kept = [v for v in database.variants if v.name in variants or v.visible]
        database.variants = tuple(kept)
        return database

    return open_one


@pytest.fixture(scope="session")
def ask(runners: Runners, databases: Callable[[str], Database]) -> Ask:
    """`ask(solution, answer)` checks an answer; keywords are fields of the exercise.

    With `once` it is judged on the visible data alone.
    """

    def ask_one(
        solution: str,
        answer: str,
        *,
        database: str = "shop",
        checks: list[dict[str, Any]] | None = None,
        written_in: str | None = None,
        once: bool = False,
        thorough: bool = True,
        **fields: Any,
    ) -> Verdict:
        fields.setdefault("checks", tuple(read_check(entry) for entry in checks or []))
        exercise = Exercise(
            id="exercise", lesson="lesson", title="", task="", solution=solution, **fields
        )
        opened = databases(database)
        given = OneVariant(opened) if once else opened
        return check(exercise, answer, given, runners, language=written_in, thorough=thorough)

    return ask_one


class OneVariant(Database):
    """A database seen through its visible variant alone."""

    def __init__(self, database: Database) -> None:
        self.__dict__.update(database.__dict__, variants=(database.visible,))


def read_check(entry: dict[str, Any]) -> Check:
    """`{"sql": {"uses": ["join"]}, "points": 2}` as the reader of lessons makes it."""
    beside = {name: entry[name] for name in ("on", "points", "says") if name in entry}
    (name,) = [name for name in entry if name not in beside]
    options = entry[name]
    if options == "off":
        return Check(name, None)
    if name in ("all_of", "any_of", "not"):
        inner = tuple(read_check(each) for each in options)
        return Check(name, CHECKS[name].options(checks=inner), **beside)
    if not isinstance(options, dict):
        options = {CHECKS[name].first: options}
    return Check(name, msgspec.convert(options, CHECKS[name].options, strict=False), **beside)


def _parallel() -> bool:
    import os

    return "PYTEST_XDIST_WORKER" in os.environ
