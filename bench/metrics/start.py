"""From exec to a usable editor, to all panes and to a first result, against a bare Textual app."""

import statistics
import time

from bench.measure import Measurement, interleaved
from bench.product import OPENED, PANES, PYTHON, RESULT, RUN, Home
from bench.terminal import Terminal

ROUNDS = 9
_REFERENCE = "bare Textual app, one Input"


class Started:
    """The ways to start something; remembers what each start cost its own process."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self.busy: dict[str, list[float]] = {
            name: [] for name in ("bare", "editor", "panes", "opened", "result")
        }

    def bare(self) -> float:
        """The reference, until a typed character has been drawn."""
        with Terminal([*PYTHON, "bench.apps.bare_input"]) as app:
            app.wait_for("barely")
            return self._typed("bare", app)

    def editor(self) -> float:
        """Until the editor has drawn a typed character."""
        with self._home.open() as app:
            app.wait_for("select")
            return self._typed("editor", app)

    def panes(self) -> float:
        """Until every pane stands, the lesson set as Markdown."""
        with self._home.open() as app:
            app.wait_for(PANES)
            return self._taken("panes", app)

    def opened(self) -> float:
        """Until course and records are open: progress, next exercise, check."""
        with self._home.open() as app:
            app.wait_for(OPENED)
            return self._taken("opened", app)

    def result(self) -> float:
        """Until a first run's rows stand there, its key pressed as soon as the editor does."""
        with self._home.open() as app:
            app.wait_for("select")
            app.type(RUN)
            app.wait_for(RESULT)
            return self._taken("result", app)

    def _typed(self, name: str, app: Terminal) -> float:
        app.type("§")
        app.wait_for("§")
        return self._taken(name, app)

    def _taken(self, name: str, app: Terminal) -> float:
        cost = (time.perf_counter() - app.started) * 1000
        self.busy[name].append(app.busy_ms())
        return cost


def measure() -> list[Measurement]:
    """Four rows; processor time of the app's own process beside, which a busy machine spares."""
    with Home() as home:
        started = Started(home)
        samples = {name: getattr(started, name) for name in started.busy}
        costs = interleaved(samples, ROUNDS)
    busy = {name: statistics.median(taken) for name, taken in started.busy.items()}

    def row(metric: str, name: str, budget: float | None) -> Measurement:
        note = f"{busy[name]:.0f} ms CPU, {busy[name] / busy['bare']:.2f}x" if busy["bare"] else ""
        return Measurement(metric, costs[name], costs["bare"], "ms", _REFERENCE, budget, note)

    return [
        row("exec to a usable editor", "editor", 1.3),
        row("exec to all panes, lesson shown", "panes", 2.3),
        row("exec to course and records open", "opened", None),
        row("exec, F5 at once, to its result", "result", None),
    ]
