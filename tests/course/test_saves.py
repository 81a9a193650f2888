"""Which saved files count as changes of a course."""

from collections.abc import Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread

import pytest

from playground.course import saves

Saves = SimpleQueue[None]


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Saves]:
    """The saves beside a lesson file, from when they are seen."""
    lesson = tmp_path / "lesson.yaml"
    seen: Saves = SimpleQueue()
    over = Event()

    def watch() -> None:
        for _save in saves(lesson, over=over, debounce_ms=50):
            seen.put(None)

    thread = Thread(target=watch)
    thread.start()
    for round_number in range(200):  # until the watch stands
        lesson.write_text(f"title: {round_number}", "utf-8")
        try:
            seen.get(timeout=0.1)
        except Empty:
            continue
        break
    yield seen
    over.set()
    thread.join()


def drained(seen: Saves) -> int:
    """How many saves are told until none is for a while."""
    count = 0
    while True:
        try:
            seen.get(timeout=0.4)
        except Empty:
            return count
        count += 1


def test_what_is_no_part_of_a_course_counts_for_nothing(watched: Saves, tmp_path: Path) -> None:
    drained(watched)
    (tmp_path / "proof.log").write_text("sound", "utf-8")
    (tmp_path / "club.sqlite-journal").write_text("", "utf-8")
    assert drained(watched) == 0
    (tmp_path / "club.sql").write_text("-- rows", "utf-8")
    assert drained(watched) > 0
