"""The bundled course is sound: its files, its exercises, its examples and its way of teaching."""

import re
from pathlib import Path

import pytest

from playground.authoring import prove
from playground.checking import FINDINGS, check
from playground.course import (
    Course,
    Exercise,
    Lesson,
    blocks,
    bundled_course,
    lack,
    lesson_links,
    open_course,
    places_of,
)
from playground.databases import Databases
from playground.running import Job, Runners

COURSE = open_course(bundled_course())
LESSONS = [outline.id for outline in COURSE.lessons()]
LEAST_EXERCISES = {
    "first-contact": (4, 12),
    "select": (6, 21),
    "text": (3, 9),
    "models": (5, 18),
    "session": (5, 19),
    "transactions": (4, 23),
    "loading": (3, 16),
    "joins": (5, 31),
    "aggregation": (4, 26),
    "advanced-select": (5, 31),
    "relationships": (5, 25),
    "mapping": (3, 15),
    "performance": (3, 20),
    "ecosystem": (7, 32),
    "placement": (4, 28),
}
"""Lessons and exercises that each module has at least."""


FIRST_LESSONS = LESSONS[:3]
"""Those that are tried at once; the long tests prove every lesson, with more than this."""


@pytest.fixture(params=LESSONS)
def lesson(request: pytest.FixtureRequest) -> Lesson:
    return COURSE.lesson(request.param)


def of_kind(kind: str) -> list[Exercise]:
    exercises = (exercise for name in LESSONS for exercise in COURSE.lesson(name).exercises)
    return [exercise for exercise in exercises if exercise.kind == kind]


def test_every_file_is_valid(course: Course) -> None:
    faults = [str(fault) for fault in course.read_all() if not fault.warning]
    assert faults == []


def test_what_is_translated_is_translated_whole_and_from_this_source(course: Course) -> None:
    """Whole lessons may still wait for their translation; half of one may not."""
    half = [str(fault) for fault in course.read_all() if fault.place.file.name != "course.yaml"]
    assert half == []


@pytest.mark.parametrize("language", ["pt-BR", "ru"])
def test_the_first_two_lessons_can_be_read_in_other_languages(language: str) -> None:
    translated = open_course(bundled_course(), language=language)
    for name in LESSONS[:2]:
        lesson = translated.lesson(name)
        assert not lesson.untranslated
        assert lesson.text != COURSE.lesson(name).text
    assert all(module.title for module in translated.modules)


def test_modules_are_as_large_as_promised() -> None:
    modules = {module.id: module for module in COURSE.modules}
    for name, (lessons, exercises) in LEAST_EXERCISES.items():
        module = modules[name]
        assert len(module.lessons) >= lessons
        assert sum(len(outline.exercises) for outline in module.lessons) >= exercises


@pytest.mark.parametrize("lesson", FIRST_LESSONS, indirect=True)
def test_solutions_pass_and_starters_do_not(
    lesson: Lesson, databases: Databases, runners: Runners
) -> None:
    """What a learner meets first if a lesson is broken; the whole proof is the long test's."""
    database = databases.open(lesson.database, beside=lesson.file)
    for exercise in lesson.exercises:
        if lack(exercise.tags):
            continue
        if exercise.solution:
            verdict = check(
                exercise,
                exercise.solution,
                database,
                runners,
                language=exercise.solution_language,
            )
            assert verdict.verdict == "pass", (exercise.ref, verdict.findings)
        verdict = check(exercise, exercise.starter, database, runners)
        assert verdict.verdict in ("fail", "error"), exercise.ref


@pytest.mark.long
@pytest.mark.timeout(600)
def test_the_proof_finds_nothing(lesson: Lesson, databases: Databases, runners: Runners) -> None:
    """Opened as a course of its own, so that each worker proves the lessons that fall to it."""
    (proof,) = prove(open_course(lesson.file), databases, runners)
    assert [str(fault) for fault in proof.all_faults()] == []
    assert len(proof.exercises) == len(lesson.exercises)


PREDICTIONS = {
    "pandas/what-becomes-of-null": "float64",
    "migrations/what-create-all-does": "2",
    "tables-and-keys/one-to-many": "5",
    "driver-core-orm/nothing-sent": "0",
    "engine-and-urls/lazy": "False",
    "engine-and-urls/hidden-password": "mysql+pymysql://ana:***@localhost/loja",
    "engine-and-urls/missing-driver": "ModuleNotFoundError",
    "first-queries/read-twice": "0",
    "columns/how-many-ratings": "6",
    "null-logic/null-in-a-list": "0",
    "expressions/whole-in-sql": "3",
    "dates/month-later": "2024-03-02",
    "injection/union-attack": "True",
    "typed-text/which-type": "str",
    "typed-text/no-key": "NoSuchColumnError",
    "tables-in-core/one-column-more": "2",
    "declarative/a-sequence": "False",
    "types/three-tenths": "False",
    "types/what-an-enum-stores": "PAID",
    "constraints/before-the-insert": "None",
    "reflection/what-comes-along": "5",
    "commit-and-rollback/who-sees-it": "9",
    "commit-and-rollback/after-the-rollback": "1200",
    "errors-and-recovery/and-then": "PendingRollbackError",
    "savepoints/inside-and-outside": "11",
    "fresh-or-stale/text-sees-it": "2",
    "lazy-loading/count-them": "3",
    "eager-loading/a-long-chain": "3",
    "only-what-you-use/left-out-column": "6",
    "only-what-you-use/noload-is-a-lie": "0",
    "one-to-many/before-the-flush": "1",
    "subqueries/select-from-select": "ArgumentError",
    "aggregates/max-of-nothing": "1",
    "many-to-many/what-stays": "1 2",
    "groups/unknown-heap": "1",
    "inner-join/nobody-joined": "72",
    "outer-join/rows-of-left-join": "47",
    "self-join/how-many-have-a-boss": "33",
    "exists/leaves": "0",
    "cascades/two-ways-out": "1",
    "paths-and-views/what-a-view-writes": "2",
    "join-and-group/a-kite-with-tags": "2700",
    "one-to-one-and-trees/how-many-steps": "4",
    "conditional-aggregates/count-of-a-condition": "True",
    "inheritance/what-comes-back": "Student",
    "rules-and-hybrids/slips-through": "rex! tom",
    "recursive-ctes/steps-of-three": "4",
    "indexes/scan-or-search": "SCAN",
    "bulk/how-many-inserts": "5",
    "bulk/stale-object": "False",
    "pools/nobody-gives-back": "TimeoutError",
    "objects-out/what-dict-knows": "0",
    "set-operations/kinds-twice": "4",
    "dialects/which-driver": "psycopg",
    "drivers/whose-error": "sqlite3",
    "placement/doubling": "32",
    "placement-sessions/after-a-question": "True False",
    "placement-models/linked-not-added": "1",
}


@pytest.mark.parametrize("exercise", of_kind("predict"), ids=lambda exercise: exercise.ref)
def test_a_prediction_is_judged_by_what_its_code_gives(
    exercise: Exercise, databases: Databases, runners: Runners
) -> None:
    """Data that changes cannot quietly change the answer to a question in `PREDICTIONS`."""
    if lack(exercise.tags):
        pytest.skip(lack(exercise.tags))
    lesson = COURSE.lesson(exercise.lesson)
    database = databases.open(lesson.database, beside=lesson.file)
    assert check(exercise, "something else", database, runners).verdict == "fail"
    if exercise.ref in PREDICTIONS:
        right = PREDICTIONS[exercise.ref]
        assert check(exercise, right, database, runners).verdict == "pass"


def test_each_quiz_says_why_a_wrong_choice_is_wrong(lesson: Lesson) -> None:
    silent = [
        f"{exercise.ref}: {option.text}"
        for exercise in lesson.exercises
        for option in exercise.options
        if not option.right and not option.says
    ]
    assert silent == []


@pytest.mark.parametrize("lesson", FIRST_LESSONS, indirect=True)
def test_examples_run_and_print_what_is_shown(
    lesson: Lesson, databases: Databases, runners: Runners
) -> None:
    database = databases.open(lesson.database, beside=lesson.file)
    if lack(lesson.tags):
        pytest.skip(lack(lesson.tags))
    for block in blocks(lesson.text):
        if not block.run:
            continue
        job = Job(code=block.code, database=database.visible.image(), language=block.language)
        ran = runners.of(database.world).run(job)
        assert (ran.status, ran.error) == ("ok", None), block.code
        if block.output is not None:
            assert ran.output == block.output


def test_a_lesson_shows_before_it_asks_and_says_what_to_remember(lesson: Lesson) -> None:
    assert any(block.run for block in blocks(lesson.text))
    assert "\n## Remember\n" in lesson.text
    assert lesson.further
    assert lesson.minutes is not None
    assert 10 <= lesson.minutes <= 25


def test_an_exercise_leads_and_knows_its_usual_mistakes(lesson: Lesson) -> None:
    for exercise in lesson.exercises:
        assert len(exercise.hints) >= 2, exercise.ref
        if exercise.kind == "code":
            assert len(exercise.mistakes) >= 2, exercise.ref
            assert exercise.also_accept, exercise.ref
        for mistake in exercise.mistakes:
            assert mistake.finding in FINDINGS, f"{exercise.ref}: {mistake.finding}"


def test_a_lesson_has_exercises_of_several_kinds(lesson: Lesson) -> None:
    forms = {
        (exercise.kind, exercise.language, bool(exercise.starter)) for exercise in lesson.exercises
    }
    assert len(forms) >= 2


def test_the_newcomer_opens_on_the_query_that_the_text_explains() -> None:
    lesson = COURSE.lesson(LESSONS[0])
    example = next(block for block in blocks(lesson.text) if block.run)
    assert lesson.exercises[0].starter.strip() == example.code.strip()


def test_the_placement_test_asks_of_every_module_and_is_named_to_the_newcomer() -> None:
    asked: dict[str, int] = {}
    for module in COURSE.modules:
        for outline in module.lessons:
            for exercise in outline.exercises:
                for place in places_of(exercise.tags):
                    asked[place] = asked.get(place, 0) + 1
    assert asked == {module.id: 2 for module in COURSE.modules if module.id != "placement"}
    for language in COURSE.languages:
        first = open_course(bundled_course(), language=language).lesson(LESSONS[0])
        assert "placement" in {link.target for link in lesson_links(first.text)}


def test_the_readme_counts_the_course() -> None:
    """It may lag a little behind, and never promises more than there is."""
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    said = re.search(r"(\d+) lessons with (\d+) exercises, .*: (\d+) modules", readme)
    assert said, readme
    modules = [module for module in COURSE.modules if module.id != "placement"]
    exercises = sum(len(outline.exercises) for outline in COURSE.lessons())
    for promised, there in zip(
        map(int, said.groups()), (len(LESSONS), exercises, len(modules)), strict=True
    ):
        assert there * 0.95 <= promised <= there
