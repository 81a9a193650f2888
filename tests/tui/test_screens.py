"""Pictures of the screens that matter, in tiny studies; the messages behind them stand in
the tests beside this one.

Pictures are made on one Python and one system: elsewhere fonts and styles differ in nothing that a
person sees, and these tests are skipped.
"""

import sys
from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from playground.checking import Counterexample, Finding, Rows, Verdict
from playground.running import Row, Run, Special
from playground.tui.app import PlaygroundApp

from .conftest import screen_of, settle
from .scripted import Live, ScriptedStudy, broken_run, passed, rows_run, statement

pytestmark = pytest.mark.skipif(
    sys.version_info[:2] != (3, 11) or sys.platform != "linux",
    reason="pictures are made on Python 3.11 on Linux",
)

Snap = Callable[..., bool]
Steps = Callable[[Pilot[int]], Awaitable[None]]

DATA: list[Row] = [
    (4, "A quiet café", None, 3.5, Special("datetime", "2024-03-01 09:00:00")),
    (9, "[red]not markup[/]", "NULL", 12.25, Special("datetime", "2024-03-02 18:30:00")),
    (12, "日本語 テキスト", "tab\there\x1b[31m", -1.0, None),
    (40, "x" * 90, "", 100.0, Special("bytes", "00ff10")),
]
COLUMNS = ["id", "name", "note", "price", "at"]


def scripted(
    run: Run | None = None, verdict: Verdict | None = None, index: int = 0
) -> ScriptedStudy:
    """A study at an exercise, with one outcome for runs and one for checks."""
    study = ScriptedStudy()
    study.index = index
    if run is not None:
        study.on_run = lambda _code, _cancel: Live(run, list(run.result.rows if run.result else []))
    if verdict is not None:
        study.on_check = lambda _answer: verdict
    return study


def pressing(*keys: str) -> Steps:
    """Wait for the panes, then press keys one after the other, each until all is drawn."""

    async def steps(pilot: Pilot[int]) -> None:
        await pilot.pause()
        while not screen_of(pilot).dressed or screen_of(pilot).state.view is None:
            await settle(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)

    return steps


def app_on(study: ScriptedStudy, theme: str = "") -> PlaygroundApp:
    """The app on a study, in one of our themes."""
    from playground.settings import Settings

    return PlaygroundApp(lambda _language: study, settings=Settings(theme=theme))  # type: ignore[arg-type, return-value]


FULL = rows_run(DATA, COLUMNS)
N_PLUS_ONE = Run(
    "ok",
    "A",
    31.0,
    [
        statement("BEGIN", None),
        statement("SELECT customers.id, customers.name \nFROM customers ORDER BY customers.id"),
        *[
            statement(
                "SELECT orders.id AS orders_id \nFROM orders \nWHERE ? = orders.customer_id",
                2,
                [number],
                "Customer.orders",
            )
            for number in range(31)
        ],
        statement("ROLLBACK", None),
    ],
    output="printed line\nanother\n",
)
COUNTEREXAMPLE = Verdict(
    "null-logic/unrated",
    "fail",
    0,
    1,
    findings=[
        Finding(
            "null-compared", "`== None` became `IS NULL`; `is None` never does.", 1, "Use `.is_()`."
        )
    ],
    counterexample=Counterexample(
        {"reviews": Rows(["id", "rating"], [(1, None), (2, 5)])},
        Rows(["id"], [(1,)]),
        Rows(["id"], []),
    ),
)
FAULT = Verdict(
    "null-logic/unrated",
    "course-fault",
    0,
    1,
    findings=[Finding("course-fault", "03-null.yaml:12:5: the solution raises NameError.")],
)


@pytest.mark.parametrize("size", [(160, 48), (120, 40), (80, 24), (40, 20)], ids=str)
def test_nothing_has_run_yet(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert snap_compare(app_on(scripted()), terminal_size=size, run_before=pressing())


@pytest.mark.parametrize("size", [(160, 48), (80, 24), (40, 20)], ids=str)
def test_a_run_with_rows(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert snap_compare(app_on(scripted(FULL)), terminal_size=size, run_before=pressing("f5"))


@pytest.mark.parametrize("theme", ["light", "contrast", "terminal"])
def test_colours(snap_compare: Snap, theme: str) -> None:
    app = app_on(scripted(FULL), theme)
    assert snap_compare(app, terminal_size=(120, 40), run_before=pressing("f5", "f6", "f6"))


def test_without_colour(snap_compare: Snap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_on(scripted(verdict=COUNTEREXAMPLE))
    assert snap_compare(app, terminal_size=(120, 30), run_before=pressing("f8"))


@pytest.mark.parametrize(
    ("study", "keys"),
    [
        pytest.param(scripted(N_PLUS_ONE), ("f5", "f6"), id="n-plus-one"),
        pytest.param(scripted(broken_run()), ("f5",), id="error"),
        pytest.param(scripted(Run("timeout", "A", 5000.0, limit="5 s")), ("f5",), id="timeout"),
        pytest.param(scripted(verdict=passed()), ("f8",), id="pass"),
        pytest.param(scripted(verdict=COUNTEREXAMPLE), ("f8", "ctrl+g"), id="counterexample"),
        pytest.param(scripted(verdict=FAULT), ("f8",), id="course-fault"),
        pytest.param(scripted(), ("f2", "f2"), id="hints"),
        pytest.param(scripted(), ("f3",), id="solution"),
        pytest.param(scripted(index=1), ("down", "space"), id="quiz"),
        pytest.param(scripted(index=2), ("down",), id="order"),
        pytest.param(scripted(index=3), (), id="predict"),
        pytest.param(scripted(index=4), (), id="after"),
        pytest.param(scripted(), ("ctrl+t",), id="contents"),
        pytest.param(scripted(), ("f4",), id="schema"),
        pytest.param(scripted(), ("f1",), id="help"),
        pytest.param(scripted(FULL), ("f5", "f6", "x"), id="plan"),
        pytest.param(scripted(FULL), ("f5", "f6", "d"), id="dialects"),
        pytest.param(scripted(FULL), ("f5", "f6", "f6", "right", "enter"), id="cell"),
    ],
)
def test_states(snap_compare: Snap, study: ScriptedStudy, keys: tuple[str, ...]) -> None:
    assert snap_compare(app_on(study), terminal_size=(120, 36), run_before=pressing(*keys))


def test_too_small(snap_compare: Snap) -> None:
    assert snap_compare(app_on(scripted()), terminal_size=(20, 5), run_before=pressing())
