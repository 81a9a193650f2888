"""The commands that work with lessons: list, check, prove, take, progress, schema."""

import json
from pathlib import Path

import pytest

from tests.commands.conftest import LESSON, Playground

RIGHT = b"select(Tea.name).order_by(Tea.name)"
REVERSED = b"select(Tea.name).order_by(Tea.name.desc())"
COURSE = """\
format: 1
id: small
title: A small course
language: en
modules:
  - {id: start, title: Where to begin, folder: start}
  - {id: one, title: First things, folder: one}
"""
PLACEMENT = """\
format: 1
id: placement
title: Where to begin
text: Nothing to read.
exercises:
  - id: place
    title: Place
    kind: quiz
    task: Which method sorts?
    tags: ["places:one"]
    options:
      - text: order_by
        right: true
      - text: sort
"""


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


def test_taken_files_are_checked_and_never_written_over(
    playground: Playground, lesson: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "lição de casa"
    taken = playground("take", "first", folder, "--lessons", lesson)
    assert taken.status == 0
    assert f"playground watch '{folder}' --lessons {lesson} checks" in taken.out
    taken = playground("take", "null-logic", tmp_path / "bundled")
    assert "playground run FILE --database shop shows" in taken.out
    file = folder / "first" / "names.py"
    assert file.read_text("utf-8").startswith("# Names\n#\n# Return the **name** of every tea")
    file.write_bytes(RIGHT)
    again = playground("take", "first", folder, "--lessons", lesson)
    assert file.read_bytes() == RIGHT
    assert f"Kept as it was: {file}" in again.out


@pytest.fixture
def placing(lesson: Path) -> Path:
    """A course whose first module is a placement test of its second, which has the lesson."""
    course = lesson.parent
    (course / "start").mkdir()
    (course / "start" / "placement.yaml").write_text(PLACEMENT, "utf-8")
    (course / "one").mkdir()
    (course / "one" / "first.yaml").write_text(LESSON.replace("tea.sql", "../tea.sql"), "utf-8")
    lesson.unlink()
    (course / "course.yaml").write_text(COURSE, "utf-8")
    return course


def test_what_a_placement_test_showed_to_be_known_is_not_required(
    playground: Playground, placing: Path
) -> None:
    assert "Passed: 0 of 3" in playground("progress", "--lessons", placing).out
    playground("play", "--plain", placing, stdin=b":go placement/place\n1\n.\n")
    assert "First things (known)" in playground("list", placing).out
    shown = playground("progress", "--lessons", placing).out
    assert "Passed: 1 of 1" in shown
    assert "First things: 0/0" in shown


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


@pytest.mark.parametrize(
    "store",
    ["postgresql+psycopg://teacher:s3/c:r@t@db.school/marks", "teacher:s3cr@t@db.school/marks"],
)
def test_the_doctor_tells_no_password(
    playground: Playground, monkeypatch: pytest.MonkeyPatch, store: str
) -> None:
    monkeypatch.setenv("PLAYGROUND_STORE", store)
    for arguments in (("doctor",), ("doctor", "--json")):
        outcome = playground(*arguments)
        assert "db.school/marks" in outcome.out
        assert "s3" not in outcome.out


def test_the_doctor_tells_what_a_cache_that_cannot_be_written_costs(
    playground: Playground, own_home: Path, tmp_path: Path
) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "cache").write_text("", "utf-8")
    outcome = playground("--home", tmp_path / "home", "doctor")
    assert outcome.status == 1
    assert "every start prepares the course" in outcome.out
    assert "progress lasts" not in outcome.out


def test_the_doctor_names_its_facts_alike_in_every_language(playground: Playground) -> None:
    facts = [
        playground("--lang", language, "doctor", "--json").json()["facts"]
        for language in ("en", "pt-BR", "ru")
    ]
    assert facts[0].keys() == facts[1].keys() == facts[2].keys()


def test_a_course_from_anywhere_moves_no_cursor(playground: Playground, tmp_path: Path) -> None:
    file = tmp_path / "hostile.yaml"
    file.write_text('id: "\\e]0;x\\a"\ntitle: "\\e[31m"\n"\\e[2J": 1\n', "utf-8")
    answer = tmp_path / "answer.py"
    answer.write_text("1", "utf-8")
    commands = (
        ("prove", file),
        ("list", file),
        ("check", "--lessons", file, "a/b", answer),
        ("grade", file, tmp_path, "--out", tmp_path / "out", "--allow-weak-isolation"),
    )
    for command in commands:
        outcome = playground(*command)
        assert outcome.err + outcome.out
        assert "\x1b" not in outcome.out + outcome.err
        assert "\x07" not in outcome.out + outcome.err
