"""A lesson that is being written: the app shows it anew on every save."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from playground.course import open_course
from playground.databases import Databases
from playground.records import Records
from playground.running import Runners
from playground.study import Study
from playground.tui.app import PlaygroundApp

from .conftest import screen_of, settle

pytestmark = pytest.mark.timeout(40)

LESSON = """\
format: 1
id: teas
title: Teas
database: none
text: |
  Drink tea.
exercises:
  - id: first
    title: First
    task: Do the first thing.
    solution: select(1)
  - id: second
    title: Second
    task: Do it slowly.
    starter: |
      select(0)
    solution: select(2)
"""


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    file = tmp_path / "lesson" / "teas.yaml"
    file.parent.mkdir()
    file.write_text(LESSON, "utf-8")
    return file


@asynccontextmanager
async def watching(lesson: Path, home: Path) -> AsyncIterator[Pilot[int]]:
    """The app on a lesson file that it watches, at the second exercise."""
    with Runners() as runners:
        records = Records.open(f"sqlite:///{home / 'records.db'}", home / "resume.json")

        def open_study(_speech: str) -> Study:
            course = open_course(lesson)
            databases = Databases(course.folder, cache=home / "cache", runners=runners)
            return Study(course, databases, runners, records, path=str(lesson))

        app = PlaygroundApp(open_study, watched=lesson)
        async with app.run_test(size=(120, 40)) as pilot:
            while not screen_of(pilot).dressed or screen_of(pilot).state.view is None:
                await settle(pilot)
            screen_of(pilot).action_do("next")
            await until(pilot, lambda: place(pilot) == "second")
            yield pilot
        records.close()


def place(pilot: Pilot[int]) -> str:
    view = screen_of(pilot).state.answered
    return view.place[1] if view is not None else ""


async def until(pilot: Pilot[int], holds: Callable[[], bool]) -> None:
    """Wait for a state; the test's own time limit ends what never comes."""
    while not holds():
        await settle(pilot)


def told(pilot: Pilot[int]) -> str:
    return " ".join(f"{n.title} {n.message}" for n in pilot.app._notifications)


def task(pilot: Pilot[int]) -> str:
    view = screen_of(pilot).state.view
    assert view is not None
    assert view.exercise is not None
    return view.exercise.task


async def test_a_saved_lesson_is_shown_anew_at_the_same_place(lesson: Path, tmp_path: Path) -> None:
    async with watching(lesson, tmp_path) as pilot:
        screen = screen_of(pilot)
        screen.answer.editor.text = "select(41)"
        lesson.write_text(
            LESSON.replace("slowly", "quickly").replace("select(0)", "select(9)"), "utf-8"
        )
        await until(pilot, lambda: "quickly" in task(pilot))
        assert place(pilot) == "second"
        assert screen.answer.answer == "select(41)"


async def test_a_new_starter_is_shown_where_nothing_was_typed(lesson: Path, tmp_path: Path) -> None:
    async with watching(lesson, tmp_path) as pilot:
        lesson.write_text(LESSON.replace("select(0)", "select(9)"), "utf-8")
        await until(pilot, lambda: "select(9)" in screen_of(pilot).answer.answer)


async def test_faults_are_told_calmly_and_go_with_the_next_save(
    lesson: Path, tmp_path: Path
) -> None:
    async with watching(lesson, tmp_path) as pilot:
        lesson.write_text(LESSON.replace("task: Do it", "tusk: Do it"), "utf-8")
        await until(pilot, lambda: "teas.yaml:14:5" in told(pilot))
        assert "as it was" in told(pilot)
        assert "slowly" in task(pilot)
        assert len(pilot.app.screen_stack) == 1
        lesson.write_text(LESSON.replace("slowly", "again"), "utf-8")
        await until(pilot, lambda: "again" in task(pilot))
        await until(pilot, lambda: "teas.yaml" not in told(pilot))


async def test_a_place_that_is_gone_is_told(lesson: Path, tmp_path: Path) -> None:
    async with watching(lesson, tmp_path) as pilot:
        lesson.write_text(LESSON.partition("  - id: second")[0], "utf-8")
        await until(pilot, lambda: "second" in told(pilot))
        assert "slowly" in task(pilot)
