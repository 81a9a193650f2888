"""What worker threads tell the screen. Threads touch no widget; the screen's handlers do."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from playground.checking import Plan, Verdict, Written
    from playground.running import LiveRun, Row, Statement
    from playground.study import Milestone, ModuleEntry, Preloaded, Solution
    from playground.tui.desk import Ground, View
    from playground.tui.widgets.lines import Line


@dataclass(eq=False, repr=False)
class Shown(Message):
    """Another place of the course, or the same place with new hints or marks, is to be shown."""

    view: "View"
    moved: bool = True
    """Whether the learner came to another place, so that the answer is another one too."""


class FilesSaved(Message):
    """Files of the course were saved in an editor."""


@dataclass(eq=False, repr=False)
class ReadAgain(Message):
    """The course as its files are now, at the place where one was."""

    view: "View"
    draft: str
    """What stood in the answer when it was read."""


@dataclass(eq=False, repr=False)
class NotReadAgain(Message):
    """The files have faults, which are told; what is shown stays."""

    text: str


@dataclass(eq=False, repr=False)
class RunEnded(Message):
    """A run came to its end."""

    number: int
    code: str
    live: "LiveRun"


@dataclass(eq=False, repr=False)
class Checked(Message):
    """A check came to its end."""

    number: int
    answer: str
    verdict: "Verdict | None"
    """None if it was cancelled."""
    milestone: "Milestone | None"
    view: "View"


@dataclass(eq=False, repr=False)
class Looked(Message):
    """What was found about a statement."""

    number: int
    statement: "Statement"
    found: "Plan | tuple[Written, ...]"
    before: "Line"
    """What stood below the panes until then."""
    cancelled: bool


@dataclass(eq=False, repr=False)
class PageRead(Message):
    """Rows that the table wanted."""

    generation: int
    start: int
    rows: "list[Row]"


@dataclass(eq=False, repr=False)
class Filtered(Message):
    """The rows that contain the wanted text."""

    text: str
    rows: "list[Row]"
    among: int


@dataclass(eq=False, repr=False)
class RowsRead(Message):
    """All rows, for a copy or a file."""

    purpose: str
    """`csv`, `markdown` or `copy`."""
    columns: list[str]
    rows: "list[Row]"


@dataclass(eq=False, repr=False)
class SolutionRead(Message):
    """How it stands with the solution."""

    solution: "Solution"


@dataclass(eq=False, repr=False)
class OutlineRead(Message):
    """The whole course with its marks."""

    modules: "tuple[ModuleEntry, ...]"


@dataclass(eq=False, repr=False)
class NamesKnown(Message):
    """The names that may be suggested where the learner now is."""

    view: "View"
    preloaded: "Preloaded"


@dataclass(eq=False, repr=False)
class GroundRead(Message):
    """Tables and preloaded names of the lesson's database."""

    ground: "Ground"


@dataclass(eq=False, repr=False)
class Broke(Message):
    """Something below the screen failed in a way that nobody named; the app tells it, once."""

    error: BaseException


class BeginAgain(Message):
    """Another language is in use: everything is to be said in it."""
