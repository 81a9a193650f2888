"""What is kept of a learner, on every database, and what it comes to."""

from collections.abc import Callable
from threading import Thread

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.records import ExerciseId, Records, Standing, exercise_ids
from playground.records.data import now

from .conftest import EXERCISE, attempt

NASTY = "\x00 lone \ud800\udfff pair \U0001f600 dle \x10 0041 \x100041 é\r\n\t\x1b[31m"


def passed(records: Records, exercise: ExerciseId = EXERCISE) -> None:
    records.keep(attempt(verdict="pass", exercise=exercise), exercise)


def test_an_attempt_comes_back_whole(anywhere: Records) -> None:
    kept = attempt(NASTY, "fail", finding="python-is-on-column", elapsed_ms=12.5)
    anywhere.keep(kept, EXERCISE)
    assert anywhere.attempts(EXERCISE) == [kept]
    assert anywhere.mark(EXERCISE).state == "tried"


def test_drafts_are_kept_as_typed(anywhere: Records) -> None:
    assert anywhere.draft(EXERCISE) is None
    for text in ("s", "se", NASTY, "x" * 200_000, ""):
        anywhere.keep_draft(EXERCISE, text)
        assert anywhere.draft(EXERCISE) == text
    assert anywhere.lasting


def test_settings_places_and_hints(anywhere: Records) -> None:
    anywhere.set_setting("theme", "nord")
    anywhere.set_setting("theme", "nord")
    anywhere.set_setting("theme", "dracula")
    assert anywhere.setting("theme") == "dracula"
    assert anywhere.setting("Theme") is None

    anywhere.keep_standing(Standing("a", "one", "x", "", now()))
    later = now().replace(year=now().year + 1)
    anywhere.keep_standing(Standing("b", "two", "", "/tmp/é", later))
    assert anywhere.standing() == Standing("b", "two", "", "/tmp/é", later)
    first = anywhere.standing("a")
    assert first is not None
    assert first.lesson == "one"
    assert anywhere.standing("c") is None

    anywhere.open_hints(EXERCISE, 2)
    anywhere.open_hints(EXERCISE, 1)
    assert anywhere.hints_opened(EXERCISE) == 2
    assert anywhere.lasting


def test_a_pass_stays_when_the_exercise_changes(anywhere: Records) -> None:
    passed(anywhere)
    assert anywhere.mark(EXERCISE).state == "passed"
    changed = msgspec.structs.replace(EXERCISE, digest="digest-2")
    assert anywhere.mark(changed).state == "changed"
    assert anywhere.mark(changed).points == 1
    anywhere.keep(attempt("no", exercise=changed), changed)
    assert anywhere.mark(changed).state == "changed"
    passed(anywhere, changed)
    assert anywhere.mark(changed).state == "passed"


def test_records_follow_a_renamed_exercise(anywhere: Records) -> None:
    passed(anywhere)
    anywhere.keep_draft(EXERCISE, "mine")
    anywhere.open_hints(EXERCISE, 1)
    renamed = ExerciseId("course", "nulls", "no-rating", "digest-1", (("null-logic", "unrated"),))
    assert anywhere.mark(renamed).state == "passed"
    assert anywhere.draft(renamed) == "mine"
    assert anywhere.hints_opened(renamed) == 1
    assert len(anywhere.attempts(renamed)) == 1
    anywhere.keep_draft(renamed, "newer")
    assert anywhere.draft(renamed) == "newer"


def test_opening_the_solution_is_seen_and_no_pass(anywhere: Records) -> None:
    anywhere.see_solution(EXERCISE)
    assert anywhere.mark(EXERCISE).state == "seen"
    passed(anywhere)
    assert anywhere.mark(EXERCISE).state == "seen"
    anywhere.keep_draft(EXERCISE, "  \n")
    passed(anywhere)
    assert anywhere.mark(EXERCISE).state == "passed"
    assert not anywhere.solution_seen(EXERCISE)


def test_an_empty_editor_before_the_solution_does_not_help(records: Records) -> None:
    records.keep_draft(EXERCISE, "")
    records.see_solution(EXERCISE)
    passed(records)
    assert records.mark(EXERCISE).state == "seen"
    records.keep_draft(EXERCISE, "the starter", afresh=True)
    records.see_solution(EXERCISE)
    passed(records)
    assert records.mark(EXERCISE).state == "seen"


def test_looking_at_the_solution_after_a_pass_costs_nothing(records: Records) -> None:
    passed(records)
    records.see_solution(EXERCISE)
    assert not records.solution_seen(EXERCISE)
    assert records.mark(EXERCISE).state == "passed"


def test_only_distinct_failed_checks_count(records: Records) -> None:
    for answer in ("a b", "a  b\n", "a\tb", "c"):
        records.keep(attempt(answer), EXERCISE)
    records.keep(attempt("d", "error"), EXERCISE)
    passed(records)
    assert records.failed_checks(EXERCISE) == 3
    assert records.mark(EXERCISE).attempts == 6


def test_points_are_the_best_of_the_present_exercise(records: Records) -> None:
    records.keep(attempt("a", points=2.0, of=4.0), EXERCISE)
    records.keep(attempt("b", points=1.0, of=4.0), EXERCISE)
    assert records.mark(EXERCISE).points == 2
    assert records.mark(msgspec.structs.replace(EXERCISE, digest="other")).points == 0


def test_learners_of_one_store_do_not_meet(any_url: str, opened: Callable[..., Records]) -> None:
    ann, bob = opened(any_url, "ann"), opened(any_url, "böb\udc80")
    ann.keep_draft(EXERCISE, "ann's")
    passed(ann)
    assert bob.draft(EXERCISE) is None
    bob.keep_draft(EXERCISE, "bob's")
    ann.reset(all=True)
    assert ann.draft(EXERCISE) is None
    assert ann.mark(EXERCISE).state == "none"
    assert bob.draft(EXERCISE) == "bob's"


def test_two_apps_write_at_the_same_time(any_url: str, opened: Callable[..., Records]) -> None:
    apps = [opened(any_url) for _ in range(3)]
    rounds = 15

    def type_and_check(records: Records, name: str) -> None:
        for number in range(rounds):
            records.keep_draft(EXERCISE, f"{name} {number}")
            records.keep(attempt(f"{name} {number}"), EXERCISE)

    threads = [
        Thread(target=type_and_check, args=(records, str(number)))
        for number, records in enumerate(apps)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [records.notices for records in apps] == [[], [], []]
    assert apps[0].mark(EXERCISE).attempts == 3 * rounds


def test_one_app_writes_from_many_threads(records: Records) -> None:
    threads = [Thread(target=lambda n=n: records.keep(attempt(str(n)), EXERCISE)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert records.failed_checks(EXERCISE) == 8


def test_reset_of_one_exercise_and_of_a_course(records: Records) -> None:
    other = ExerciseId("course", "null-logic", "other", "d")
    elsewhere = ExerciseId("elsewhere", "a", "b", "d")
    for exercise in (EXERCISE, other, elsewhere):
        passed(records, exercise)
        records.keep_draft(exercise, "x")
    records.reset(exercise=EXERCISE)
    assert records.mark(EXERCISE).state == "none"
    assert records.draft(EXERCISE) is None
    assert records.mark(other).state == "passed"
    records.reset(course="course")
    assert records.mark(other).state == "none"
    assert records.mark(elsewhere).state == "passed"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Records:
    folder = tmp_path_factory.mktemp("shared")
    return Records.open(f"sqlite:///{folder.as_posix()}/records.db", folder / "resume.json")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(codec=None, categories=None)))
def test_any_text_survives(shared: Records, text: str) -> None:
    shared.keep_draft(EXERCISE, text)
    assert shared.draft(EXERCISE) == text


class _Entry(msgspec.Struct, frozen=True):
    id: str
    digest: str = "d"
    was: tuple[str, ...] = ()


class _Lesson(msgspec.Struct, frozen=True):
    id: str
    exercises: tuple[_Entry, ...]
    was: tuple[str, ...] = ()


def test_former_names_cross_lessons_and_exercises() -> None:
    lesson = _Lesson("new", (_Entry("b", was=("a",)), _Entry("c")), was=("old",))
    known = exercise_ids("course", [lesson])
    assert list(known) == ["new/b", "new/c"]
    assert set(known["new/b"].former) == {("new", "a"), ("old", "b"), ("old", "a")}
    assert known["new/c"].former == (("old", "c"),)


def test_a_name_that_is_used_again_belongs_to_its_new_owner() -> None:
    lesson = _Lesson("one", (_Entry("b", was=("a",)), _Entry("a")))
    assert exercise_ids("course", [lesson])["one/b"].former == ()
