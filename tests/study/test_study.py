"""A learner goes through a course."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

import msgspec
import pytest

from playground.course import CourseError, UnknownName
from playground.records import Records
from playground.study import Here, Study

RIGHT = {"first/ids": "select(Members.id)", "first/names": "select(Members.name)",
         "first/which": "1", "second/count": "select(func.count(Members.id))"}  # fmt: skip


def ref(here: Here) -> str:
    return here.exercise.ref if here.exercise is not None else here.lesson.id


def solve(study: Study, name: str) -> str:
    study.go(*name.split("/"))
    return study.check(RIGHT[name]).verdict


def test_a_newcomer_begins_at_the_first_exercise_with_a_query(study: Study) -> None:
    here = study.where
    assert ref(here) == "first/ids"
    assert (here.index, here.count, here.module) == (0, 3, "First things")
    assert here.marks == ("none", "none", "none")
    assert here.has_next
    assert not here.has_back
    assert study.draft() == "select(Members.id)\n"


def test_next_and_back_go_through_the_whole_course(study: Study) -> None:
    assert [ref(study.next()) for _ in range(4)] == [
        "first/names",
        "first/which",
        "second/count",
        "second/count",
    ]
    assert not study.where.has_next
    assert [ref(study.back()) for _ in range(4)] == [
        "first/which",
        "first/names",
        "first/ids",
        "first/ids",
    ]


def test_going_to_a_lesson_leads_to_what_is_not_passed(study: Study) -> None:
    assert solve(study, "first/ids") == "pass"
    assert ref(study.go("first")) == "first/names"
    assert ref(study.go("first", "ids")) == "first/ids"


@pytest.mark.parametrize("place", [("firts", None), ("first", "idz"), ("", "")])
def test_an_unknown_place_names_the_nearest(place: tuple[str, str | None], study: Study) -> None:
    with pytest.raises(UnknownName) as caught:
        study.go(*place)
    assert place == ("", "") or caught.value.nearest
    assert ref(study.where) == "first/ids"


def test_one_goes_on_where_one_left(open_study: Callable[[], Study]) -> None:
    study = open_study()
    study.go("second")
    study.keep_draft("half an ans")
    again = open_study()
    assert ref(again.where) == "second/count"
    assert again.draft() == "half an ans"


def test_the_last_place_is_found_under_its_new_name(
    folder: Path, open_study: Callable[[], Study]
) -> None:
    study = open_study()
    solve(study, "first/names")
    file = folder / "01-one" / "01-first.yaml"
    text = file.read_text().replace("id: first\n", "id: start\nwas: [first]\n")
    file.write_text(text.replace("id: names\n", "id: all-names\n    was: [names]\n"))
    again = open_study()
    assert ref(again.where) == "start/all-names"
    assert again.where.marks == ("none", "passed", "none")
    assert again.draft() == "select(Members.name)"


def test_a_place_that_is_gone_leads_to_its_lesson_or_the_start(
    folder: Path, open_study: Callable[[], Study]
) -> None:
    open_study().go("first", "which")
    file = folder / "01-one" / "01-first.yaml"
    file.write_text(file.read_text().replace("id: which", "id: other"))
    assert ref(open_study().where) == "first/ids"
    open_study().go("second")
    (folder / "02-two" / "01-second.yaml").unlink()
    assert ref(open_study().where) == "first/ids"


def test_a_broken_lesson_hides_no_other(folder: Path, open_study: Callable[[], Study]) -> None:
    (folder / "01-one" / "00-broken.yaml").write_text("format: 1\nid: broken\ntitle: [\n")
    study = open_study()
    assert ref(study.where) == "first/ids"
    assert [lesson.faulty for lesson in study.outline()[0].lessons] == [True, False]
    broken = study.outline()[0].lessons[0].id
    with pytest.raises(CourseError):
        study.go(broken)
    assert ref(study.where) == "first/ids"


def test_a_course_without_a_lesson_says_so(folder: Path, open_study: Callable[[], Study]) -> None:
    for file in folder.glob("*/*.yaml"):
        file.write_text("nothing")
    with pytest.raises(CourseError):
        open_study()


def test_a_run_shows_sql_and_rows(study: Study) -> None:
    live = study.run("select(Members.name).order_by(Members.id)")
    live.close()
    assert live.run.result is not None
    assert live.run.result.rows == [("Ann",), ("Bo",), ("Cy",)]
    assert any("SELECT" in statement.sql for statement in live.run.statements)


def test_a_run_has_what_the_exercise_sets_up(study: Study) -> None:
    study.go("second")
    live = study.run("select(Members.id)")
    live.close()
    assert live.run.output == "hidden\n"


def test_an_exercise_in_any_language_is_run_as_what_it_looks_like(study: Study) -> None:
    study.go("second")
    for code in ("SELECT count(*) FROM members", "text('SELECT count(*) FROM members')"):
        live = study.run(code)
        live.close()
        assert live.run.result is not None
        assert live.run.result.rows == [(3,)]


def test_examples_run_on_the_same_data(study: Study) -> None:
    examples = study.examples()
    assert [example.language for example in examples] == ["python", "sql"]
    live = study.run_block(examples[1])
    live.close()
    assert live.run.result is not None
    assert live.run.result.rows == [(3,)]


def test_a_check_is_recorded_and_marks_the_exercise(study: Study, records: Records) -> None:
    verdict = study.check("select(Members.name)")
    assert verdict.verdict == "fail"
    assert study.where.marks[0] == "tried"
    assert study.check("select(Members.id)").verdict == "pass"
    assert study.where.marks[0] == "passed"
    known = records.export()
    kept = msgspec.json.decode(known)["attempts"]
    assert [entry["verdict"] for entry in kept] == ["fail", "pass"]
    assert kept[0]["finding"] == verdict.findings[0].id
    assert kept[0]["digest"]
    assert kept[0]["elapsed_ms"] > 0
    progress = study.progress()
    assert (progress.passed, progress.total, progress.points, progress.of) == (1, 4, 1, 4)


def test_a_cancelled_check_is_not_recorded(study: Study) -> None:
    cancel = Event()
    cancel.set()
    study.check("select(Members.id)", cancel=cancel)
    assert study.where.marks[0] == "none"


def test_a_broken_database_is_the_courses_fault(
    folder: Path, open_study: Callable[[], Study]
) -> None:
    (folder / "club.sqlite").write_bytes(b"this is no database" * 100)
    study = open_study()
    assert study.check("select(Members.id)").verdict == "course-fault"
    assert study.where.marks[0] == "none"


def test_a_missing_database_is_the_courses_fault(
    folder: Path, open_study: Callable[[], Study]
) -> None:
    (folder / "club.sqlite").unlink()
    verdict = open_study().check("select(Members.id)")
    assert verdict.verdict == "course-fault"
    assert verdict.findings


def test_a_changed_exercise_keeps_its_pass(folder: Path, open_study: Callable[[], Study]) -> None:
    solve(open_study(), "first/names")
    file = folder / "01-one" / "01-first.yaml"
    file.write_text(
        file.read_text().replace("select(Members.name)", "select(Members.name).distinct()")
    )
    assert open_study().where.marks[1] == "changed"


def test_milestones_are_told_once(study: Study) -> None:
    told = []
    for name in RIGHT:
        assert solve(study, name) == "pass"
        found = study.milestone()
        told.append((found.kind, found.title) if found is not None else None)
    assert told == [None, None, ("module", "First things"), ("course", "A small course")]
    assert solve(study, "first/ids") == "pass"
    assert study.milestone() is None


def test_a_draft_goes_to_the_place_it_was_typed_at(study: Study) -> None:
    before = study.where
    study.next()
    study.keep_draft("late", before)
    assert study.draft() == "select()\n"
    assert study.draft(before) == "late"


def test_the_scratch_pad_is_beside_the_exercises(study: Study) -> None:
    study.next()
    scratch = study.open_scratch()
    assert scratch.scratch
    assert study.draft() == "select(Members.id)\n"
    study.keep_draft("SELECT 1")
    live = study.run("SELECT 1")
    live.close()
    assert live.run.status == "ok"
    assert study.hints() == ()
    assert study.open_hint() is None
    assert study.solution().text is None
    with pytest.raises(ValueError, match="scratch"):
        study.check("1")
    assert ref(study.next()) == "first/names"
    study.open_scratch()
    assert study.draft() == "SELECT 1"


def test_an_example_in_the_scratch_pad_is_in_its_own_language(study: Study) -> None:
    here = study.open_scratch("SELECT count(*) FROM members\n")
    assert here.language == "sql"
    assert study.where.language == "sql"
    assert study.open_scratch("select(Members)").language == "python"
    assert study.draft() == "select(Members)"
    assert study.next().language == "python"


def test_the_outline_has_marks_and_the_place(study: Study) -> None:
    solve(study, "first/ids")
    study.next()
    first, second = study.outline()
    assert [entry.mark for entry in first.lessons[0].exercises] == ["passed", "none", "none"]
    assert [entry.current for entry in first.lessons[0].exercises] == [False, True, False]
    assert first.lessons[0].current
    assert (first.progress.passed, first.progress.total) == (1, 3)
    assert second.title == "Second things"


def test_tables_and_names(study: Study) -> None:
    (table,) = study.schema()
    assert (table.name, table.model, table.rows) == ("members", "Members", 3)
    names = {name.name for name in study.preloaded().names}
    assert {"engine", "session", "Members", "select"} <= names
    assert study.variant()
    assert study.isolation() in ("A", "B")
    study.warm()


def test_the_resume_file_has_the_first_paint(study: Study, records: Records) -> None:
    study.next()
    study.keep_draft("select(Mem")
    study.set_setting("theme", "nord")
    kept = records.resume()
    assert kept is not None
    assert (kept.lesson, kept.exercise, kept.draft) == ("first", "names", "select(Mem")
    assert (kept.exercise_index, kept.exercise_count) == (1, 3)
    assert kept.lesson_title == "The first lesson"
    assert kept.text.startswith("Look.")
    assert kept.task.startswith("Return the **name**")
    assert kept.theme == "nord"
    study.check(RIGHT["first/names"])
    kept = records.resume()
    assert kept is not None
    assert kept.marks == {"first/names": "passed"}
    assert (kept.passed, kept.total) == (1, 4)


def test_opening_makes_the_resume_file_again(
    open_study: Callable[[], Study], records: Records
) -> None:
    open_study().go("second")
    records.reset(course="somewhere else")
    assert records.resume() is None
    open_study()
    kept = records.resume()
    assert kept is not None
    assert (kept.lesson, kept.exercise) == ("second", "count")


def test_notices_are_told_once(study: Study, records: Records) -> None:
    assert study.notices() == []
    records.notices.append("Something happened.")
    assert study.notices() == ["Something happened."]
    assert study.notices() == []


def test_what_something_is_missing_for_is_skipped_and_not_required(
    folder: Path, open_study: Callable[[], Study]
) -> None:
    file = folder / "01-one" / "01-first.yaml"
    text = file.read_text("utf-8")
    needing = text.replace("title: All ids", 'title: All ids\n    tags: ["needs:sqlite>=99"]')
    file.write_text(needing, "utf-8")
    study = open_study()
    assert ref(study.go("first")) == "first/names"
    here = study.go("first", "ids")
    verdict = study.check(RIGHT["first/ids"])
    assert verdict.verdict == "skipped"
    assert [finding.id for finding in verdict.findings] == ["need-missing"]
    assert here.marks[0] == "none"
    assert study.where.marks[0] == "none"
    (first, _second) = study.outline()
    assert first.progress.total == 2
    assert "SQLite 99" in first.lessons[0].exercises[0].lack
    assert (solve(study, "first/names"), solve(study, "first/which")) == ("pass", "pass")
    milestone = study.milestone()
    assert milestone is not None
    assert milestone.kind == "module"
