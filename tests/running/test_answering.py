"""Questions to a program of ours in a confined child that stays for the next one."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.running import BuildError, NoAnswer, Runner, World, answering, packaged_world
from playground.running.children import Children

PROGRAM = """
import os, sys, time

asked = []

def answer(question):
    asked.append(question)
    if question.get("die"):
        os._exit(3)
    if question.get("die after"):
        if len(asked) > 1:
            os._exit(3)
    if question.get("killed"):
        os.kill(os.getpid(), 9)
    if question.get("raise"):
        raise ValueError("this cannot be read")
    if question.get("loop after"):
        while len(asked) > 1:
            time.sleep(60)
    if question.get("flood"):
        print("x" * 400_000, file=sys.stderr)
    if question.get("print"):
        print("noise", file=sys.stderr)
    while question.get("loop"):
        time.sleep(60)
    while question.get("spin"):
        pass
    return {"told": question, "before": len(asked) - 1}
"""


@pytest.fixture
def world(tmp_path: Path) -> World:
    (tmp_path / "entry.py").write_text(PROGRAM, encoding="utf-8")
    return packaged_world("sample", tmp_path, ["entry"])


@pytest.fixture
def runner(world: World) -> Iterator[Runner]:
    with Runner(world, spares=0) as runner:
        yield runner


def test_one_child_answers_one_question_after_another(runner: Runner) -> None:
    answers = [runner.ask({"number": number, "text": "ação 😀"}) for number in range(5)]
    assert [answer["before"] for answer in answers] == [0, 1, 2, 3, 4]
    assert answers[4]["told"] == {"number": 4, "text": "ação 😀"}


def test_what_a_text_does_to_a_child_does_not_meet_the_next(runner: Runner) -> None:
    runner.ask({"number": 1})
    with pytest.raises(NoAnswer):
        runner.ask({"die": True})
    assert runner.ask({"number": 2})["before"] == 0


def test_a_child_that_dies_of_what_came_before_is_replaced(runner: Runner) -> None:
    runner.ask({"number": 1})
    assert runner.ask({"die after": True})["before"] == 0


def test_a_child_that_came_to_be_too_slow_is_replaced(runner: Runner) -> None:
    runner.ask({"number": 1})
    assert runner.ask({"loop after": True})["before"] == 0


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows with each child that is taken; the limits of time are short."""
    monkeypatch.setattr(answering, "_SECONDS", 1.0)
    monkeypatch.setattr(answering, "_MORE_SECONDS", 1.5)
    monkeypatch.setattr(answering, "_WORK", 0.2)
    taken: list[int] = []
    take = Children.take

    def counted(self: Children) -> object:
        taken.append(1)
        return take(self)

    monkeypatch.setattr(Children, "take", counted)
    return taken


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the time that a child worked")
def test_what_a_child_works_on_without_end_is_asked_once(runner: Runner, taken: list[int]) -> None:
    with pytest.raises(NoAnswer) as caught:
        runner.ask({"spin": True})
    assert not caught.value.ours
    assert len(taken) == 1


def test_a_child_that_gets_no_processor_is_nobodys_fault(runner: Runner, taken: list[int]) -> None:
    with pytest.raises(NoAnswer) as caught:
        runner.ask({"loop": True})
    assert caught.value.ours
    assert len(taken) == 2


def test_what_ends_two_children_is_to_blame(runner: Runner, taken: list[int]) -> None:
    with pytest.raises(NoAnswer) as caught:
        runner.ask({"die": True})
    assert not caught.value.ours
    assert len(taken) == 2


def test_a_child_that_somebody_else_kills_is_nobodys_fault(runner: Runner) -> None:
    with pytest.raises(NoAnswer) as caught:
        runner.ask({"killed": True})
    assert caught.value.ours


def test_what_one_text_has_printed_is_not_held_against_the_next(runner: Runner) -> None:
    counts = [runner.ask({"flood": True})["before"] for _ in range(5)]
    assert counts == [0, 1, 2, 3, 4]


def test_an_exception_is_no_answer(runner: Runner) -> None:
    with pytest.raises(NoAnswer):
        runner.ask({"raise": True})
    assert runner.ask({"print": True})["told"] == {"print": True}


def test_a_child_is_put_away_before_anything_piles_up(runner: Runner) -> None:
    counts = [runner.ask({})["before"] for _ in range(450)]
    assert max(counts) < 300
    assert counts.count(0) >= 2


def test_closing_ends_a_question(world: World) -> None:
    failed: list[BaseException] = []

    def ask() -> None:
        try:
            runner.ask({"loop": True})
        except (NoAnswer, BuildError) as error:
            failed.append(error)

    with Runner(world, spares=0) as runner:
        runner.ask({})
        asking = threading.Thread(target=ask)
        asking.start()
    asking.join(timeout=20)
    assert len(failed) == 1


def test_questions_at_once_have_children_of_their_own(runner: Runner) -> None:
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.extend(runner.ask({})["before"] for _ in range(20)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 80
    assert found.count(0) <= 4


def test_a_program_that_cannot_load_is_said(tmp_path: Path) -> None:
    (tmp_path / "entry.py").write_text("answer = 1 / 0\n", encoding="utf-8")
    with (
        Runner(packaged_world("broken", tmp_path, ["entry"]), spares=0) as runner,
        pytest.raises(BuildError, match="ZeroDivisionError"),
    ):
        runner.ask({})
