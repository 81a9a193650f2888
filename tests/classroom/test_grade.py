"""`playground grade`: every submission gets its row, whatever lies in the folder."""

import csv
import json
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from playground.checking import Verdict, check
from playground.classroom import HEADER, collect, grade
from playground.course import Exercise, open_course
from playground.databases import Databases
from playground.running import MAX_ROWS, Runners
from tests.commands.conftest import Outcome, Playground, lesson, playground

__all__ = ["lesson", "playground"]

RIGHT = "select(Tea.name).order_by(Tea.name)"
WRONG = "select(Tea.name).order_by(Tea.name.desc())"

Grading = Callable[..., tuple[Outcome, list[dict[str, str]]]]


@pytest.fixture
def grading(playground: Playground, lesson: Path, tmp_path: Path) -> Grading:
    """Grades the folder `submissions` and gives the command's outcome and the table's rows."""

    def call(*flags: str) -> tuple[Outcome, list[dict[str, str]]]:
        out = tmp_path / "grades"
        outcome = playground(
            "grade", lesson, tmp_path / "submissions", "--out", out,
            "--allow-weak-isolation", *flags,
        )  # fmt: skip
        with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
            return outcome, list(csv.DictReader(file))

    return call


@pytest.fixture
def hand_in(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """Writes one submission."""

    def write(student: str, place: str, text: str) -> Path:
        file = tmp_path / "submissions" / student / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        return file

    return write


HandIn = Callable[[str, str, str], Path]


def test_a_class_is_graded(grading: Grading, hand_in: HandIn, tmp_path: Path) -> None:
    hand_in("Ana", "first/names.py", RIGHT)
    hand_in("Ana", "first/sure.py", "1")
    hand_in("Борис", "first/names.py", WRONG)
    outcome, rows = grading()
    assert outcome.status == 0
    assert tuple(rows[0]) == HEADER
    got = [(row["student"], row["exercise"], row["verdict"], row["points"]) for row in rows]
    assert got == [
        ("Ana", "first/names", "pass", "1"),
        ("Ana", "first/sure", "pass", "1"),
        ("Борис", "first/names", "fail", "0"),
        ("Борис", "first/sure", "missing", "0"),
    ]
    assert rows[2]["finding"] == "order-direction"
    assert {row["isolation"] for row in rows} <= {"A", "B"}
    lines = (tmp_path / "grades" / "grades.jsonl").read_text("utf-8").splitlines()
    full = [json.loads(line)["full"] for line in lines]
    assert [one and one["verdict"] for one in full] == ["pass", "pass", "fail", None]


def test_what_cannot_be_graded_here_is_a_row_with_the_reason_and_no_fail(
    grading: Grading, hand_in: HandIn, lesson: Path
) -> None:
    text = lesson.read_text("utf-8")
    tag = 'tags: ["needs:sqlite>=99"]'
    lesson.write_text(text.replace("title: Names", f"title: Names\n    {tag}"), "utf-8")
    hand_in("ana", "first/names.py", WRONG)
    hand_in("ana", "first/sure.py", "1")
    outcome, rows = grading()
    assert [row["verdict"] for row in rows] == ["skipped", "pass"]
    assert "This needs SQLite 99 or newer" in rows[0]["note"]
    assert outcome.status == 1


@pytest.mark.skipif(sys.platform == "win32", reason="links and FIFOs are POSIX's")
def test_what_is_no_answer_gets_a_row_with_the_reason(
    grading: Grading, hand_in: HandIn, lesson: Path, tmp_path: Path
) -> None:
    names = hand_in("ana", "first/names.py", "")
    os.mkfifo(names.parent / "sure.py")
    linked = hand_in("bob", "first/other.py", RIGHT).parent / "names.py"
    linked.symlink_to(lesson)
    hand_in("bob", "first/sure.py", "1" * 1_000_001)
    hand_in("cem", "first/names.sql", "\x00")
    (tmp_path / "submissions" / "cem" / "first" / "sure.py").write_bytes(b"\xff\xff")
    hand_in("cem", "notes.txt", "hello")
    (tmp_path / "submissions" / "dora").symlink_to(tmp_path)
    (tmp_path / "submissions" / "eva.zip").write_bytes(b"PK")
    outcome, rows = grading()
    reasons = {(r["student"], r["exercise"]): (r["verdict"], r["note"]) for r in rows}
    assert outcome.status == 1
    unreadable = {
        ("ana", "first/names"): "The file is empty.",
        ("ana", "first/sure"): "This is no regular file.",
        ("bob", "first/names"): "This is a link; links are not followed.",
        ("bob", "first/sure"): "The file is larger than 1 MB.",
        ("bob", "first/other"): "The course has no such exercise.",
        ("cem", "first/sure"): "The file is not UTF-8 text.",
        ("cem", "notes.txt"): "This file lies in no lesson's folder.",
        ("dora", ""): "This is a link; links are not followed.",
        ("eva.zip", ""): "This file lies in no student's folder.",
    }
    for row, reason in unreadable.items():
        assert reasons[row] == ("unreadable", reason)
    assert reasons["cem", "first/names"][0] in ("fail", "error")
    assert not any("alchemy" in note for _verdict, note in reasons.values())


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")
def test_a_folder_that_cannot_be_listed_ends_nobody_elses_grading(
    grading: Grading, hand_in: HandIn
) -> None:
    hand_in("ana", "first/names.py", RIGHT)
    closed = [hand_in("bob", "first/names.py", RIGHT).parent.parent]
    closed.append(hand_in("cem", "first/names.py", RIGHT).parent)
    for folder in closed:
        folder.chmod(0)
    try:
        if os.access(closed[0], os.R_OK):
            pytest.skip("nothing is closed to this user")
        _outcome, rows = grading()
    finally:
        for folder in closed:
            folder.chmod(0o700)
    found = {(row["student"], row["exercise"]): row["verdict"] for row in rows}
    assert found["ana", "first/names"] == "pass"
    assert found["bob", ""] == "unreadable"
    assert found["cem", "first"] == "unreadable"


def test_cells_that_would_start_a_formula_are_harmless(grading: Grading, hand_in: HandIn) -> None:
    hand_in("=1+1", "first/names.py", RIGHT)
    hand_in("@ana", "first/names.py", RIGHT)
    hand_in("＝1", "first/names.py", RIGHT)
    _outcome, rows = grading()
    assert {row["student"] for row in rows} == {"'=1+1", "'@ana", "'＝1"}


@pytest.mark.skipif(sys.platform == "win32", reason="such names are POSIX's")
@pytest.mark.parametrize("start", [";", "; ", ';"', ";;", "; ' "])
def test_no_formula_begins_behind_a_semicolon(
    grading: Grading, hand_in: HandIn, start: str
) -> None:
    """Excel takes it for the end of a cell where the comma is the decimal mark."""
    hand_in("ana", f"first/x{start}=1+1;2-1.py", "1")
    _outcome, rows = grading()
    assert {row["exercise"] for row in rows} >= {f"first/x{start}'=1+1;2-1"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_names_move_no_cursor_and_break_no_line(
    grading: Grading, hand_in: HandIn, tmp_path: Path
) -> None:
    hand_in("\x1b]0;x\x07\na\u202eb\x9b\udcff", "first/names.py", RIGHT)
    _outcome, rows = grading()
    assert {row["student"] for row in rows} == {"␛]0;x␇␊a\\u202eb\\u009b\\udcff"}
    assert len((tmp_path / "grades" / "grades.csv").read_text("utf-8").splitlines()) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_lines_of_json_hold_nothing_that_a_terminal_obeys(
    grading: Grading, hand_in: HandIn, tmp_path: Path
) -> None:
    hand_in("a\u202eb\x9b\udcff", "first/names.py", "print('\u202eц\x9b😀')")
    hand_in("a\u202eb\x9b", "first/x\u2028.py", RIGHT)
    grading()
    text = (tmp_path / "grades" / "grades.jsonl").read_text("utf-8")
    assert all(char.isprintable() for char in text.replace("\n", ""))
    lines = [json.loads(line) for line in text.splitlines()]
    assert {line["student"] for line in lines} == {"a\\u202eb\\u009b\\udcff", "a\\u202eb\\u009b"}
    assert "first/x\\u2028" in {line["exercise"] for line in lines}
    (full,) = [line["full"] for line in lines if line["full"]]
    assert full["run"]["output"] == "\u202eц\x9b😀\n"
    assert "ц" in text


def test_one_worker_and_many_give_the_same_table(grading: Grading, hand_in: HandIn) -> None:
    for number in range(12):
        hand_in(
            f"s{number:02}", "first/names.py", f"{(RIGHT, WRONG, '1/0')[number % 3]}\n#{number}"
        )
    tables = [
        [{**row, "elapsed_ms": ""} for row in grading("--jobs", jobs)[1]] for jobs in ("1", "4")
    ]
    assert tables[0] == tables[1]


def test_a_hostile_answer_changes_no_other_grade(grading: Grading, hand_in: HandIn) -> None:
    hand_in("a", "first/names.py", "import os, signal; os.kill(os.getppid(), signal.SIGKILL)")
    hand_in("b", "first/names.py", RIGHT)
    hand_in("c", "first/names.py", "import os; os._exit(0)")
    hand_in("d", "first/names.py", WRONG)
    _outcome, rows = grading()
    verdicts = {row["student"]: row["verdict"] for row in rows if row["exercise"] == "first/names"}
    assert verdicts["b"] == "pass"
    assert verdicts["d"] == "fail"
    assert verdicts["a"] in ("error", "sandbox-fault")
    assert verdicts["c"] == "error"


def test_a_fault_of_ours_over_one_answer_ends_no_other_grade(
    grading: Grading, hand_in: HandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(exercise: Exercise, answer: str, *rest: Any, **named: Any) -> Verdict:
        if "unforeseen" in answer:
            raise RecursionError("too deep")
        return check(exercise, answer, *rest, **named)

    monkeypatch.setattr("playground.classroom.grading.check", faulty)
    hand_in("ana", "first/names.py", "unforeseen")
    hand_in("bob", "first/names.py", RIGHT)
    outcome, rows = grading()
    found = {row["student"]: row for row in rows if row["exercise"] == "first/names"}
    assert outcome.status == 1
    assert found["ana"]["verdict"] == "sandbox-fault"
    assert found["ana"]["note"] == "RecursionError: too deep"
    assert found["bob"]["verdict"] == "pass"


def test_a_grade_that_waits_holds_no_more_of_a_run_than_is_written(
    hand_in: HandIn, lesson: Path, tmp_path: Path
) -> None:
    many = "session.execute(select(Tea.name)).all()\n[(number,) for number in range(60_000)]"
    hand_in("ana", "first/names.py", many)
    hand_in("bob", "first/names.py", many)
    course = open_course(lesson)
    with Runners() as runners, ThreadPoolExecutor(1) as pool:
        databases = Databases(course.folder, cache=tmp_path / "cache", runners=runners)
        rows = collect(tmp_path / "submissions", course)
        grades = list(grade(rows, course, databases, runners, pool))
    verdicts = [one.whole for one in grades if one.exercise == "first/names"]
    assert len(verdicts) == 2
    for verdict in verdicts:
        assert verdict is not None
        assert verdict.run is not None
        assert verdict.run.state is None
        assert verdict.run.result is not None
        assert verdict.run.result.total == 60_000
        assert len(verdict.run.result.rows) == MAX_ROWS


def test_wrong_use_is_told(playground: Playground, lesson: Path, tmp_path: Path) -> None:
    outcome = playground("grade", lesson, tmp_path / "nothing", "--out", tmp_path / "out")
    assert outcome.status == 2
    assert "nothing" in outcome.err


def test_grades_are_not_written_among_the_submissions(
    playground: Playground, lesson: Path, tmp_path: Path
) -> None:
    submissions = tmp_path / "submissions"
    submissions.mkdir()
    outcome = playground("grade", lesson, submissions, "--out", submissions / "grades")
    assert outcome.status == 2
    assert "would be graded as a student" in outcome.err
    assert not list(submissions.iterdir())
