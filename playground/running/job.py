"""What is asked of a run: the code, the data it starts from, and how much it may take."""

from typing import Literal

import msgspec

Language = Literal["python", "sql"]


class World(msgspec.Struct, frozen=True):
    """What a zygote holds before any learner's code: the models of one database."""

    name: str
    models: str | None = None
    """Python source of the declarative models; None maps the tables by reflection."""
    foreign_keys: bool = True
    """Whether every connection of `engine` has the pragma."""
    schema: bytes = b""
    """An (empty) snapshot to reflect from where `models` is None; else not needed."""
    modules: tuple[str, ...] = ()
    """Import names of what runs will ask for: imported once, and not by each of them."""


class Limits(msgspec.Struct, frozen=True):
    """How much one run may take."""

    seconds: float = 5.0
    memory_mb: int = 512
    output_bytes: int = 1_000_000
    rows: int = 1_000_000
    """Rows kept of the value; more are cut and flagged."""
    cell_bytes: int = 10_000_000
    """One cell's size; more is an `output` limit."""
    statements: int = 20_000
    """Statements kept; beyond it they are counted, not kept."""


class Job(msgspec.Struct, frozen=True):
    """One attempt: code that nobody vouches for, on a pristine database."""

    code: str
    database: bytes
    """A SQLite image; the run starts from a private copy of it."""
    language: Language = "python"
    setup: str = ""
    after: str = ""
    state: bool = False
    """Whether `Run.state` is read afterwards, by a process that ran no learner code."""
    whole: bool = False
    """Whether all rows come back at once (a check), or the first page (a screen)."""
    limits: Limits = Limits()
