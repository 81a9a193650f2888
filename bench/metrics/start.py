"""From exec to a usable editor, to all panes and to a first result, against a bare Textual app."""

import time

from bench.measure import Measurement, interleaved
from bench.product import OPENED, PYTHON, RESULT, RUN, Home
from bench.terminal import Terminal

ROUNDS = 9
_REFERENCE = "bare Textual app, one Input"


def measure() -> list[Measurement]:
    """Three rows. Usable means: a character that was typed has been drawn."""
    with Home() as home:
        costs = interleaved(
            {
                "bare": bare,
                "editor": lambda: editor(home),
                "panes": lambda: panes(home),
                "result": lambda: result(home),
            },
            ROUNDS,
        )
    return [
        Measurement("exec to a usable editor", costs["editor"], costs["bare"], "ms", _REFERENCE, 1.3),
        Measurement("exec to all panes, course open", costs["panes"], costs["bare"], "ms", _REFERENCE, 2.3),
        Measurement("exec, F5 at once, to its result", costs["result"], costs["bare"], "ms", _REFERENCE, None),
    ]  # fmt: skip


def bare() -> float:
    """The reference."""
    with Terminal([*PYTHON, "bench.apps.bare_input"]) as app:
        app.wait_for("barely")
        return _typed(app)


def editor(home: Home) -> float:
    """Until the editor takes a key."""
    with home.open() as app:
        app.wait_for("select")
        return _typed(app)


def panes(home: Home) -> float:
    """Until the course is open: everything on the screen is live."""
    with home.open() as app:
        return (app.wait_for(OPENED) - app.started) * 1000


def result(home: Home) -> float:
    """Until the rows of a first run stand there, the run key pressed as soon as the editor does."""
    with home.open() as app:
        app.wait_for("select")
        app.type(RUN)
        return (app.wait_for(RESULT) - app.started) * 1000


def _typed(app: Terminal) -> float:
    app.type("§")
    app.wait_for("§")
    return (time.perf_counter() - app.started) * 1000
