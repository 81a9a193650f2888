"""This side of the mutants' child: asks it, and takes what it says for plain text."""

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from playground.running import Job, Runners, World, packaged_world


class Mutant(NamedTuple):
    """A program with one thing changed."""

    change: str
    """`old → new`."""
    text: str


def mutants_of(program: str, runners: Runners) -> list[Mutant]:
    """Every mutant of a Python program; none where it cannot be read."""
    job = Job(code=f"answer({json.dumps(program)!r})", database=b"", whole=True)
    run = runners.of(_world()).run(job)
    if run.status != "ok" or run.result is None:
        return []
    try:
        text = "".join(str(row[0]) for row in run.result.rows)
        return msgspec.json.decode(text, type=list[Mutant])
    except msgspec.MsgspecError:
        return []


@cache
def _world() -> World:
    """What the child holds ready: its program."""
    return packaged_world("mutants", Path(__file__).parent / "child", ("edits", "entry"))
