"""What one run of a learner's code gave: frozen, typed, plain data.

These objects cross process borders as JSON and every front end works from them alone. Nothing in
them is trusted to be true: they are what the process that ran the code *claims* (see `Run`).
"""

from typing import Literal

import msgspec

Status = Literal[
    "ok",
    "error",  # the code raised
    "timeout",
    "memory",
    "output",  # it printed more than it may
    "crashed",  # the process died of a signal
    "exited-early",  # it ended the process itself
    "invalid-result",  # what it sent back is no run
    "sandbox-error",  # ours, never the learner's
    "cancelled",
]
Isolation = Literal["A", "B"]
Kind = Literal["select", "insert", "update", "delete", "ddl", "transaction", "pragma", "other"]


class Special(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cell that JSON cannot say by itself: `Decimal`, `bytes` (text is hex), `datetime`, `nan` …"""

    type: str
    text: str
    length: int | None = None
    """Characters of the whole text, where `text` was cut; else null."""


Cell = None | bool | int | float | str | Special
Row = tuple[Cell, ...]


class Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that the driver was told to do, in the order in which it was told."""

    sql: str
    parameters: list[Cell] | dict[str, Cell] | None
    """Of one execution; of an executemany, those of its first set."""
    many: int | None
    """Number of parameter sets of an executemany, else null."""
    kind: Kind
    line: int | None
    """1-based line of the learner's text that caused it; null for `setup` and `after`'s own."""
    lazy_load: str | None
    """`Class.attribute` of the relationship or column that loaded itself, else null."""
    rows: int | None
    """Rows that came or were changed; null where unknown."""
    elapsed_ms: float | None
    connection: int
    """1 for the first connection of the run, and so on."""


class Result(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The value of a run as a table: its first rows, and how many there are."""

    columns: list[str]
    rows: list[Row]
    total: int
    truncated: bool
    """True when the value had more rows than the row limit; `total` then is the limit."""
    types: list[str | None] = []
    """SQLAlchemy type name of each column where a statement gave them (`DateTime`, `Numeric` …)."""
    statement: int | None = None
    """Index in `Run.statements` of the statement whose rows these are; null if Python made them."""
    frame: bool = False
    """Whether the value is a data frame, which knows the names of its columns itself."""


class RunError(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the learner's code raised, cut to the learner's own lines."""

    type: str
    """Class name, without its module."""
    code: str | None
    """SQLAlchemy's error code (`bhk3`), else null."""
    message: str
    line: int | None
    lines: list[int] = []
    """Lines of the learner's text on the traceback, outermost first."""
    orig: str | None = None
    """Class name of the driver's own exception, else null."""
    context: dict[str, Cell] = {}
    """Attributes that explanations need (`name` and `obj` of an AttributeError …)."""


class CaughtWarning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    category: str
    message: str
    line: int | None


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    type: str
    """Declared type as the database has it, upper case."""
    nullable: bool
    default: str | None
    primary_key: int
    """1-based place in the primary key, 0 if not in it."""


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table as a new connection sees it."""

    name: str
    columns: list[Column]
    foreign_keys: list[str]
    """Normalised, sorted: `customer_id -> customers.id ON DELETE CASCADE`."""
    constraints: list[str]
    """UNIQUE and CHECK, normalised, sorted."""
    indexes: list[str]
    total: int
    rows: list[Row]
    """In the order of the primary key, else of all columns; at most the state limit of rows."""
    digest: str
    """SHA-256 over all rows (sorted, typed), so that rows beyond the limit count too."""


class State(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    tables: list[Table]

    def table(self, name: str) -> Table | None:
        """The table of that name, or None."""
        return next((table for table in self.tables if table.name == name), None)


class Run(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One run. `state`, where present, was read by another process; the rest is a claim."""

    status: Status
    isolation: Isolation
    elapsed_ms: float
    statements: list[Statement] = []
    result: Result | None = None
    output: str = ""
    error: RunError | None = None
    warnings: list[CaughtWarning] = []
    state: State | None = None
    """The database after the run, if the job asked for it."""
    limit: str | None = None
    """Which limit ended the run, as a person reads it (`5 s`, `512 MB`), else null."""
    committed: bool = False
    """Whether a COMMIT reached the driver after the last change."""
    statements_dropped: int = 0
    """Statements beyond the limit: sent and counted, not kept."""
