"""What the screen holds while someone works: where they are, what runs, what came last."""

import threading
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

from playground.tui.actions import Situation

if TYPE_CHECKING:
    from playground.checking import Verdict
    from playground.running import LiveRun, Run
    from playground.tui.desk import View
    from playground.tui.screens.pick import PickModal


@dataclass(eq=False, repr=False)
class Work:
    """A run or a check under way."""

    number: int
    kind: str
    """`run`, `check`, or `look`: at a statement, more closely."""
    cancel: threading.Event = field(default_factory=threading.Event)
    started: float = field(default_factory=monotonic)

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return monotonic() - self.started


@dataclass(eq=False, repr=False)
class State:
    """Held by the lesson screen alone; threads never touch it."""

    view: "View | None" = None
    """None until the course and the records are open."""
    answered: "View | None" = None
    """Whose answer the answer's pane holds; None while it holds none of a known place."""
    work: Work | None = None
    last: int = 0
    """Number of the last work that was started; results of earlier ones are stale."""
    live: "LiveRun | None" = None
    run: "Run | None" = None
    code: str = ""
    """What that run ran."""
    verdict: "Verdict | None" = None
    pending: str | None = None
    """An action asked for before the course was open."""
    leaving: bool = False
    """Whether one is on the way to another place: what is typed belongs to neither."""
    contents: "PickModal | None" = None
    """The list of places while it is open; its lines may still be on their way."""
    in_editor: bool = True
    names_wanted: bool = False
    """Whether the ready names are to be folded out once they are read."""
    told_unkept: bool = False
    """Whether it was said that drafts cannot be kept."""

    def start(self, kind: str) -> Work:
        """A new task; the one before is cancelled."""
        if self.work is not None:
            self.work.cancel.set()
        self.last += 1
        self.work = Work(self.last, kind)
        return self.work

    def end(self, number: int) -> bool:
        """Whether a result of that number is the one waited for; if so, the task is over."""
        if self.work is None or self.work.number != number:
            return False
        self.work = None
        return True

    def situation(self) -> Situation:
        """What can be done now."""
        view = self.view
        return Situation(
            opened=view is not None,
            exercise=view is None or view.exercise is not None,
            code=self.in_editor,
            runs=self.in_editor or (view is not None and view.here.code_to_run("") is not None),
            running=self.work is not None,
            hints_left=view is not None and len(view.hints) < view.hints_total,
            sql=self.run is not None and bool(self.run.statements),
            rows=self.run is not None
            and self.run.result is not None
            and bool(self.run.result.total),
            verdict=self.verdict is not None,
            next=view is not None and view.here.has_next,
            previous=view is not None and view.here.has_back,
        )
