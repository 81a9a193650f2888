"""Asks a child for rows that would kill a mutant, and confirms them by real checks."""

import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from playground.checking import SolutionError, passes
from playground.course import Exercise
from playground.databases import Database, Variant
from playground.running import BuildError, Job, Language, Limits, Runners

_SECONDS = 1.0
"""For the search on one variant; most are found in a hundredth of it."""
_PROGRAM_SECONDS = 8.0
_PROGRAM_CANDIDATES = 36
_VARIANTS = 3
_LIMITS = Limits(seconds=20, statements=0)


class Killer(msgspec.Struct, frozen=True):
    """Rows that, added to a variant, make it reject a mutant."""

    variant: str
    statements: tuple[str, ...]


class Mutant(msgspec.Struct, frozen=True):
    """A mutant that lives."""

    shown: str
    """What the proof prints of it."""
    text: str
    """The whole answer."""
    language: Language = "sql"
    base: str = ""
    """The query that it is a mutant of; empty for one that is a whole program."""


def find_killer(
    mutant: Mutant,
    exercise: Exercise,
    judged: Exercise,
    database: Database,
    runners: Runners,
) -> Killer | None:
    """Rows that reject a mutant, on the smallest variant for which some were found.

    `judged` is the exercise with those checks that the mutant is held against. Raises DatabaseError.
    """
    for variant in _worth_it(database, runners):
        for statements in _proposed(mutant, exercise, variant, database, runners):
            image = with_rows(variant.image(), statements, database, runners)
            if image and _tells_apart(mutant, exercise, judged, database.on(image), runners):
                return Killer(variant.name, statements)
    return None


def with_rows(
    image: bytes, statements: tuple[str, ...], database: Database, runners: Runners
) -> bytes:
    """The image with rows added; empty where the database refuses them."""
    code = (
        f"for _statement in {list(statements)!r}:\n"
        "    session.connection().exec_driver_sql(_statement)\n"
    )
    try:
        return runners.of(database.world).build(code, database=image)
    except BuildError:
        return b""


def _worth_it(database: Database, runners: Runners) -> list[Variant]:
    """The variants to which rows may be added: the hidden ones that hold some, the smallest first."""
    hidden = [each for each in database.variants if not each.visible] or [database.visible]
    states = runners.of(database.world).state_each([each.image() for each in hidden])
    sizes = [sum(table.total for table in state.tables) for state in states]
    pairs = sorted(
        ((size, place) for place, size in enumerate(sizes) if size), key=lambda pair: pair
    )
    return [hidden[place] for _size, place in pairs[:_VARIANTS]]


def _proposed(
    mutant: Mutant, exercise: Exercise, variant: Variant, database: Database, runners: Runners
) -> Iterator[tuple[str, ...]]:
    """Rows that may reject a mutant of a query; for a program, rows that are worth a try."""
    ask = "engine.url.database"
    if mutant.base:
        for ordered in (False, True) if "ORDER BY" in mutant.base.upper() else (False,):
            call = f"killing_rows({ask}, {mutant.base!r}, {mutant.text!r}, {ordered}, {_SECONDS})"
            found = _answer(f"[{call}]", exercise, variant, database, runners)
            yield from (tuple(rows) for rows in found if rows)
        return
    texts = [exercise.solution, mutant.text]
    call = f"some_rows({ask}, {texts!r}, {_PROGRAM_CANDIDATES})"
    deadline = time.monotonic() + _PROGRAM_SECONDS
    for rows in _answer(call, exercise, variant, database, runners):
        if time.monotonic() > deadline:
            return
        yield tuple(rows)


def _answer(
    call: str, exercise: Exercise, variant: Variant, database: Database, runners: Runners
) -> list[list[str]]:
    """What the program in the child answers; nothing where it does not."""
    code = f"{_program()}\n\nimport json\n[json.dumps({call})]\n"
    job = Job(code=code, database=variant.image(), setup=exercise.setup, whole=True, limits=_LIMITS)
    run = runners.of(database.world).run(job)
    if run.status != "ok" or run.result is None:
        return []
    try:
        return msgspec.json.decode(str(run.result.rows[0][0]), type=list[list[str]])
    except msgspec.MsgspecError:
        return []


def _tells_apart(
    mutant: Mutant, exercise: Exercise, judged: Exercise, database: Database, runners: Runners
) -> bool:
    """Whether on that database the solution passes and the mutant does not."""
    language: Language = (
        "sql" if "sql" in (exercise.language, exercise.solution_language) else "python"
    )
    try:
        if passes(judged, mutant.text, database, runners, language=mutant.language):
            return False
        return passes(exercise, exercise.solution, database, runners, language=language)
    except SolutionError:
        return False


@cache
def _program() -> str:
    return (Path(__file__).parent / "program.py").read_text(encoding="utf-8")
