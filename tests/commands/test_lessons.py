"""The commands that work with lessons: list, check, prove, take, progress, schema, plain play."""

import io
import json
import sys
from pathlib import Path

import pytest

from tests.commands.conftest import LESSON, Playground

RIGHT = b"select(Tea.name).order_by(Tea.name)"
REVERSED = b"select(Tea.name).order_by(Tea.name.desc())"


def test_a_right_answer_passes(playground: Playground, lesson: Path) -> None:
    outcome = playground("check", "first/names", "-", "--lessons", lesson, "--json", stdin=RIGHT)
    verdict = outcome.json()
    assert outcome.status == 0
    assert (verdict["verdict"], verdict["points"], verdict["of"]) == ("pass", 1, 1)
    assert verdict["exercise"] == "first/names"
    assert verdict["run"]["result"]["total"] == 3


def test_a_wrong_answer_says_why(playground: Playground, lesson: Path) -> None:
    arguments = ("check", "first/names", "-", "--lessons", lesson)
    outcome = playground(*arguments, "--json", stdin=REVERSED)
    assert outcome.status == 1
    assert [finding["id"] for finding in outcome.json()["findings"]][:1] == ["order-direction"]
    plain = playground(*arguments, stdin=REVERSED)
    assert plain.status == 1
    assert plain.out.startswith("Not yet right.")


def test_an_answer_with_other_columns_than_asked_for_is_told(
    playground: Playground, lesson: Path
) -> None:
    answer = lesson.with_name("answer.py")
    answer.write_text("select(Tea.id, Tea.name).order_by(Tea.name)\n", "utf-8")
    outcome = playground("check", "first/names", answer, "--lessons", lesson)
    assert outcome.status == 1
    assert "\n  2  Assam\n" in outcome.out
    assert outcome.out.count("Columns that came: 2.") == 1


def test_a_broken_exercise_is_the_course_s_fault(playground: Playground, lesson: Path) -> None:
    lesson.write_text(LESSON.replace("select(Tea.name).order_by(Tea.name)\n", "select(Te)\n"))
    outcome = playground("check", "first/names", "-", "--lessons", lesson, stdin=RIGHT)
    assert outcome.status == 3
    assert "not your fault" in outcome.out


def test_an_unknown_exercise_names_the_nearest(playground: Playground, lesson: Path) -> None:
    outcome = playground("check", "first/nmes", "-", "--lessons", lesson, stdin=RIGHT)
    assert outcome.status == 2
    assert "first/names" in outcome.err


def test_a_course_that_is_not_there_is_wrong_use(playground: Playground, tmp_path: Path) -> None:
    outcome = playground("list", tmp_path / "nothing.yaml")
    assert outcome.status == 2
    assert "nothing.yaml does not exist" in outcome.err


def test_a_sound_course_is_proved(playground: Playground, lesson: Path) -> None:
    outcome = playground("prove", lesson, "--brief")
    assert (outcome.status, outcome.err) == (0, "")
    assert "first/names: sound" in outcome.out


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("finding: order-direction", "finding: missing-rows", "order-direction"),
        ("select(Tea.name)\n    solution", "select(Tea.name).order_by(Tea.name)\n    solution", ""),
        ("  3\n  ```", "  4\n  ```", "3"),
        ("order_by(Tea.name)\n    hints", "order_by(Tea.nme)\n    hints", "nme"),
        ("Tea))", "Te))", "Te"),
        ("title: Names", "titel: Names", "title"),
    ],
)
def test_what_is_not_sound_is_said_with_its_place(
    playground: Playground, lesson: Path, right: str, wrong: str, said: str
) -> None:
    assert right in LESSON
    lesson.write_text(LESSON.replace(right, wrong), "utf-8")
    outcome = playground("prove", lesson)
    assert outcome.status == 1
    assert f"{lesson}:" in outcome.out
    assert said in outcome.out


@pytest.fixture
def needing(lesson: Path) -> Path:
    """The lesson, in need of what no machine has."""
    tag = 'tags: ["needs:sqlite>=99"]\n'
    text = LESSON.replace("    title: Names\n", f"    title: Names\n    {tag}")
    lesson.write_text(text.replace("database: tea.sql\n", f"database: tea.sql\n{tag}"), "utf-8")
    return lesson


def test_an_exercise_that_needs_what_is_missing_is_skipped_with_the_reason(
    playground: Playground, needing: Path
) -> None:
    checking = ("check", "first/names", "-", "--lessons", needing)
    for answer in (RIGHT, REVERSED):
        outcome = playground(*checking, stdin=answer)
        assert outcome.status == 2
        assert outcome.out.startswith("Skipped.")
        assert "This needs SQLite 99 or newer" in outcome.out
    assert playground(*checking, "--json", stdin=RIGHT).json()["verdict"] == "skipped"
    listed = playground("list", needing)
    assert "(0/1)" in listed.out
    assert "first/names: Names (skipped: This needs SQLite 99 or newer" in listed.out
    first, second = playground("list", needing, "--json").json()["modules"][0]["lessons"][0][
        "exercises"
    ]
    assert first["lack"].startswith("This needs SQLite 99")
    assert second["lack"] == ""
    assert "Passed: 0 of 1" in playground("progress", "--lessons", needing).out


def test_the_proof_skips_what_needs_what_is_missing_and_says_so(
    playground: Playground, needing: Path
) -> None:
    needing.write_text(needing.read_text("utf-8").replace("order_by(Tea.name)\n", "broken\n"))
    outcome = playground("prove", needing, "--brief")
    assert outcome.status == 0
    assert "first: The examples in the text were not run. This needs SQLite 99" in outcome.out
    assert "first/names: skipped. This needs SQLite 99" in outcome.out
    assert "first/names: sound" not in outcome.out
    assert "first/sure: sound" in outcome.out
    assert "2 exercises (1 of them skipped)" in outcome.out


def test_the_plain_mode_reads_what_it_cannot_check(playground: Playground, needing: Path) -> None:
    said = b":go first/names\n:check\n:list\n"
    outcome = playground("play", "--plain", needing, stdin=said)
    assert "Why before how." in outcome.out
    assert "Return the **name** of every tea" in outcome.out
    assert "Skipped. This needs SQLite 99 or newer" in outcome.out
    assert "first/names: Names (skipped) *" in outcome.out


def test_taken_files_are_checked_and_never_written_over(
    playground: Playground, lesson: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "lição de casa"
    taken = playground("take", "first", folder, "--lessons", lesson)
    assert taken.status == 0
    assert f"playground watch '{folder}' --lessons {lesson} checks" in taken.out
    file = folder / "first" / "names.py"
    assert file.read_text("utf-8").startswith("# Names\n#\n# Return the **name** of every tea")
    file.write_bytes(RIGHT)
    again = playground("take", "first", folder, "--lessons", lesson)
    assert file.read_bytes() == RIGHT
    assert f"Kept as it was: {file}" in again.out


def test_the_plain_mode_takes_an_answer_from_a_pipe(playground: Playground, lesson: Path) -> None:
    outcome = playground("play", lesson, stdin=RIGHT + b"\n")
    assert outcome.status == 0
    assert "ORDER BY tea.name" in outcome.out
    assert "Pass. Points: 1 of 1." in outcome.out
    assert "\x1b" not in outcome.out
    listed = playground("list", lesson)
    assert "+ first/names" in listed.out


@pytest.mark.parametrize(("term", "encoding"), [("dumb", "utf-8"), ("xterm", "latin-1")])
def test_a_terminal_that_cannot_show_the_app_gets_lines(
    playground: Playground, lesson: Path, monkeypatch: pytest.MonkeyPatch, term: str, encoding: str
) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=encoding))
    monkeypatch.setattr("playground.commands.play.has_terminal", lambda: True)
    monkeypatch.setenv("TERM", term)
    outcome = playground("play", lesson, stdin=RIGHT + b"\n")
    sys.stdout.flush()
    assert b"Pass." in written.getvalue()
    assert ("not UTF-8" in outcome.err) == (encoding != "utf-8")


def test_without_input_the_first_example_is_run(playground: Playground) -> None:
    outcome = playground()
    assert outcome.status == 0
    assert "The first example:" in outcome.out
    assert "SELECT products.id" in outcome.out
    assert "Rows: 3 of 3" in outcome.out


def test_a_plain_conversation(playground: Playground, lesson: Path) -> None:
    talk = b":hint\n:nxt\nselect(Tea.nmae)\n.\n:next\n2\n.\n1\n.\n:quit\n:hint\n"
    out = playground("--plain", "play", lesson, stdin=talk).out
    assert "Hint 1 of 2: Which method sorts?" in out
    assert "Did you mean :next?" in out
    assert "nmae" in out
    assert out.index("Not yet right.") < out.index("Pass.")
    assert "Hint 2 of 2" not in out


def test_records_can_be_carried_away_and_erased(
    playground: Playground, lesson: Path, tmp_path: Path
) -> None:
    playground("play", lesson, stdin=RIGHT + b"\n")
    shown = playground("progress", "--lessons", lesson, "--json").json()
    assert shown["exercises"]["first/names"]["state"] == "passed"
    file = tmp_path / "records.json"
    assert playground("progress", "export", file).status == 0
    assert json.loads(file.read_text())["program"] == "playground"
    assert playground("progress", "reset", "--all").status == 2
    assert playground("progress", "reset", "--all", "--yes").status == 0
    empty = playground("progress", "--lessons", lesson, "--json").json()
    assert empty["exercises"]["first/names"]["state"] == "none"
    assert playground("progress", "import", file).status == 0
    back = playground("progress", "--lessons", lesson, "--json").json()
    assert back["exercises"]["first/names"]["state"] == "passed"


def test_an_import_that_is_none_says_so(playground: Playground, tmp_path: Path) -> None:
    file = tmp_path / "no.json"
    file.write_text("[]")
    outcome = playground("progress", "import", file)
    assert outcome.status == 1
    assert outcome.err.startswith("Nothing was imported.")


def test_schemas_are_json(playground: Playground) -> None:
    schema = playground("schema", "lesson").json()
    assert "exercises" in schema["required"] or "exercises" in json.dumps(schema)


def test_the_doctor_names_places_and_level(playground: Playground, own_home: Path) -> None:
    outcome = playground("doctor", "--json")
    report = outcome.json()
    assert report["isolation"]["level"] in ("A", "B")
    assert any(str(own_home) in value for value in report["facts"].values())
