"""Run a learner's code somewhere it can do no harm, and say what it sent, gave and did.

The face of the package; other packages import from here alone. Importing it loads no SQLAlchemy:
that lives in the children.
"""

from .answering import NoAnswer
from .as_json import MAX_ROWS, run_as_json
from .batch import run_many
from .children import BuildError
from .isolation import Level, isolation_level
from .job import Job, Language, Limits, World
from .live import LiveRun
from .packaged import packaged_world
from .preloaded import Preloaded, PreloadedColumn, PreloadedName, PreloadedTable
from .run import (
    CaughtWarning,
    Cell,
    Column,
    Isolation,
    Kind,
    Result,
    Row,
    Run,
    RunError,
    Special,
    State,
    Statement,
    Status,
    Table,
)
from .runner import Runner
from .runners import Runners
from .series import Series

__all__ = [
    "MAX_ROWS",
    "BuildError",
    "CaughtWarning",
    "Cell",
    "Column",
    "Isolation",
    "Job",
    "Kind",
    "Language",
    "Level",
    "Limits",
    "LiveRun",
    "NoAnswer",
    "Preloaded",
    "PreloadedColumn",
    "PreloadedName",
    "PreloadedTable",
    "Result",
    "Row",
    "Run",
    "RunError",
    "Runner",
    "Runners",
    "Series",
    "Special",
    "State",
    "Statement",
    "Status",
    "Table",
    "World",
    "isolation_level",
    "packaged_world",
    "run_as_json",
    "run_many",
]
