"""The learner's own records: attempts, drafts, hints, solutions seen, passes, settings, places.

The names below are loaded when first asked for, so that `resume` (what the first paint and `list`
need) comes without SQLAlchemy; the store itself is opened off the screen's thread.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playground.records import resume as resume
    from playground.records.data import Attempt as Attempt
    from playground.records.data import ExerciseId as ExerciseId
    from playground.records.data import Mark as Mark
    from playground.records.data import MarkState as MarkState
    from playground.records.data import Standing as Standing
    from playground.records.data import exercise_ids as exercise_ids
    from playground.records.engines import shown as shown
    from playground.records.exchange import ImportFileError as ImportFileError
    from playground.records.records import Records as Records
    from playground.records.resume import Resume as Resume

_HOMES = {
    "Attempt": "data",
    "ExerciseId": "data",
    "ImportFileError": "exchange",
    "Mark": "data",
    "MarkState": "data",
    "Records": "records",
    "Resume": "resume",
    "Standing": "data",
    "exercise_ids": "data",
    "shown": "engines",
}

__all__ = [
    "Attempt",
    "ExerciseId",
    "ImportFileError",
    "Mark",
    "MarkState",
    "Records",
    "Resume",
    "Standing",
    "exercise_ids",
    "resume",
    "shown",
]


def __getattr__(name: str) -> Any:
    if name == "resume":
        return import_module(f"{__name__}.resume")
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
