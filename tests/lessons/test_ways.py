"""Every exercise is solved in at least two ways, where there is more than one.

That these answers pass is what the proof shows; here it is told that they are there, and differ.
"""

import ast
import re

import pytest

from playground.course import Exercise, bundled_course, open_course

COURSE = open_course(bundled_course())
EXERCISES = [
    exercise
    for outline in COURSE.lessons()
    for exercise in COURSE.lesson(outline.id).exercises
    if exercise.kind == "code"
]
ONE_WAY = {
    "injection/be-the-attacker": "The answer is one text that is typed into a search.",
}
"""Exercises that can be solved in one way only, each with the reason."""


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.ref)
def test_an_exercise_is_solved_in_two_ways_unless_there_is_a_reason(exercise: Exercise) -> None:
    answers = [exercise.solution, *exercise.also_accept]
    ways = {way(answer) for answer in answers}
    if exercise.ref in ONE_WAY:
        assert len(ways) == 1, f"{exercise.ref} has a second way now: take it off the list"
    else:
        assert len(ways) > 1, f"{exercise.ref}: {len(answers)} answers, all in one way"


def test_no_reason_is_kept_for_what_is_gone() -> None:
    assert set(ONE_WAY) <= {exercise.ref for exercise in EXERCISES}
    assert all(ONE_WAY.values())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("names = session.scalars(select(Tag.name))", "rows = session.scalars(select(Tag.name))"),
        ("for t in tags:\n    print(t.id)", "for tag in tags:\n    print(tag.id)"),
        ('text("SELECT 1")', "text('select  1')"),
        ("SELECT id FROM tags", "select id\nfrom tags"),
    ],
)
def test_other_names_of_its_own_make_no_other_way(one: str, other: str) -> None:
    assert way(one) == way(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("select(Tag.name)", 'text("SELECT name FROM tags")'),
        ("session.scalars(select(Tag))", "session.execute(select(Tag))"),
        (
            'text("SELECT max(id) FROM tags")',
            'text("SELECT id FROM tags ORDER BY id DESC LIMIT 1")',
        ),
        ("Column(unique=True)", "UniqueConstraint()"),
    ],
)
def test_what_is_called_makes_a_way(one: str, other: str) -> None:
    assert way(one) != way(other)


def way(answer: str) -> frozenset[str]:
    """What an answer makes use of: the names that are not its own, and the words of its SQL."""
    try:
        tree = ast.parse(answer)
    except SyntaxError:
        return _words(answer)
    own: set[str] = set()
    used: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                own.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                own.add(name)
            case ast.arg(arg=name):
                own.add(name)
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
                used.add(name)
            case ast.Constant(value=str(sql)) if _is_sql(sql):
                used |= _words(sql)
    return frozenset(used - own)


def _is_sql(value: str) -> bool:
    """Whether a text of an answer is SQL, and not a value."""
    return (
        re.match(r"\s*(?:select|insert|update|delete|with|create|pragma)\b", value, re.I)
        is not None
    )


def _words(sql: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z_]+", sql.casefold()))
