"""The app on a scripted study, still enough for pictures."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from threading import Event

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea
from textual.worker import WorkerCancelled

from playground.records import Resume
from playground.settings import Settings
from playground.tui.app import PlaygroundApp
from playground.tui.screens.lesson import LessonScreen
from playground.tui.widgets.lines import VerdictLine

from .scripted import ScriptedStudy

Opened = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


@pytest.fixture(autouse=True)
def no_blink(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cursors stand still."""
    monkeypatch.setattr(TextArea.cursor_blink, "_default", False)
    monkeypatch.setattr(Input.cursor_blink, "_default", False)


@pytest.fixture
def study() -> ScriptedStudy:
    """A study whose outcomes a test sets."""
    return ScriptedStudy()


async def settle(pilot: Pilot[int]) -> None:
    """Wait until every thread has told what it had to tell, and it is drawn."""
    for _round in range(3):
        with suppress(WorkerCancelled):  # a newer one of its group took its place
            await pilot.app.workers.wait_for_complete()
        await pilot.pause()


def opening_slowly(study: ScriptedStudy, opening: Resume) -> tuple[PlaygroundApp, Event]:
    """An app whose course is not open until the event is set."""
    gate = Event()

    def slow(_language: str) -> ScriptedStudy:
        gate.wait(10)
        return study

    return PlaygroundApp(slow, opening=opening), gate  # type: ignore[arg-type]


def screen_of(pilot: Pilot[int]) -> LessonScreen:
    """The screen below any modal."""
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, LessonScreen)
    return screen


def said_below(pilot: Pilot[int]) -> str:
    """The line below the panes."""
    line = screen_of(pilot).query_one(VerdictLine).line
    return f"{line.sign} {line.head} {line.text}"


@pytest.fixture
def opened(study: ScriptedStudy) -> Opened:
    """Open the app on the scripted study, at a size, and wait until all panes stand."""

    @asynccontextmanager
    async def open_app(
        size: tuple[int, int] = (120, 40),
        settings: Settings | None = None,
        opening: Resume | None = None,
    ) -> AsyncIterator[Pilot[int]]:
        app = PlaygroundApp(lambda _language: study, opening=opening, settings=settings)  # type: ignore[arg-type, return-value]
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            while not screen_of(pilot).dressed or screen_of(pilot).state.view is None:
                await settle(pilot)
            await settle(pilot)
            yield pilot

    return open_app
