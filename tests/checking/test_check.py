"""The one entry: what each kind of exercise and each sort of ending comes to."""

import threading
from pathlib import Path
from typing import Any

import pytest

from playground.checking import check
from playground.course import CHECKS, Check, Exercise, Option
from playground.databases import Databases
from playground.running import Runners
from tests.checking.conftest import ids

CLUB = """\
format: 1
title: A club
models: models.py
variants:
  small: {sql: members.sql}
"""
MEMBERS = """\
CREATE TABLE members (id INTEGER PRIMARY KEY, name TEXT NOT NULL, nickname TEXT NOT NULL);
INSERT INTO members VALUES (1, 'Anastasia', 'Ana');
"""
MODELS = """\
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Member(Base):
    __tablename__ = "members"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column("{column}")
"""


def exercise(**fields: Any) -> Exercise:
    return Exercise(id="exercise", lesson="lesson", title="", task="", **fields)


def test_a_right_answer_passes_on_every_variant(ask: Any) -> None:
    verdict = ask("select(Tag.name)", "text('SELECT name FROM tags')")
    assert verdict.verdict == "pass"
    assert (verdict.points, verdict.of) == (1, 1)
    assert {(each.check, each.variant) for each in verdict.checks} == {
        (name, variant) for name in ("result", "state") for variant in ("small", "nulls")
    }
    assert all(each.passed for each in verdict.checks)
    assert verdict.exercise == "lesson/exercise"
    assert verdict.run is not None
    assert verdict.run.statements


def test_rows_that_python_made_are_noted(ask: Any) -> None:
    verdict = ask("select(Tag.name)", "[tag.name for tag in session.scalars(select(Tag))]")
    assert verdict.verdict == "pass"
    assert verdict.notes == ["rows-computed-in-python"]


def test_rows_that_python_made_fail_where_a_statement_is_asked(ask: Any) -> None:
    verdict = ask(
        "select(Tag.name)",
        "[tag.name for tag in session.scalars(select(Tag))]",
        checks=[{"result": {"from": "statement"}}],
    )
    assert verdict.verdict == "fail"
    assert ids(verdict)[0] == "rows-not-from-statement"


def test_right_here_and_wrong_on_other_data(ask: Any) -> None:
    count = "select(func.count()).select_from(Order)"
    shown = ask(count, "1").run
    assert shown is not None
    right_here = ask(count, count).run.result.rows[0][0]
    verdict = ask(count, f"select(literal({right_here}))")
    assert verdict.verdict == "fail"
    assert ids(verdict)[0] == "other-data"
    assert verdict.difference.variant != "small"


def test_what_differs_is_told(ask: Any) -> None:
    verdict = ask("select(Tag.id, Tag.name)", "select(Tag.id, Tag.name).where(Tag.id > 1)")
    assert verdict.difference.columns == ["id", "name"]
    assert [row[0] for row in verdict.difference.missing] == [1]
    assert verdict.difference.extra == []
    assert verdict.difference.expected_total == verdict.difference.got_total + 1


@pytest.mark.parametrize("starter", ["select(Tag.id)", "# change this\nselect(Tag.id)\n"])
def test_the_starter_as_it_was(ask: Any, starter: str) -> None:
    verdict = ask("select(Tag.name)", "select(Tag.id)\n# later", starter=starter)
    assert verdict.verdict == "fail"
    assert ids(verdict)[0] == "unchanged-starter"


@pytest.mark.parametrize("answer", ["", "  \n", "# nothing yet"])
def test_nothing_to_check(ask: Any, answer: str) -> None:
    verdict = ask("select(Tag.name)", answer)
    assert (verdict.verdict, ids(verdict)[0]) == ("fail", "empty-answer")


def test_a_value_that_differs_is_told_but_none_of_hidden_data(ask: Any) -> None:
    verdict = ask("7", "5")
    assert ids(verdict)[0] == "other-value"
    assert verdict.findings[0].message == "The value is 5; 7 is asked for."
    count = "select(func.count()).select_from(Order)"
    shown = ask(count, count).run.result.rows[0][0]
    verdict = ask(count, f"select(literal({shown}))")
    assert ids(verdict)[:2] == ["other-data", "other-value"]
    assert verdict.findings[1].message == "The value is …; … is asked for."
    messages = [each.message for each in verdict.checks if not each.passed]
    assert set(messages) == {"The value is …; … is asked for."}


def _on_other_data(ask: Any, change: str) -> str:
    """Code that changes something wherever there are not as many orders as the learner sees."""
    count = ask("1", "select(func.count(Order.id))").run.result.rows[0][0]
    return f"if session.scalar(select(func.count(Order.id))) != {count}:\n    {change}\n"


@pytest.mark.parametrize(
    "change",
    [
        "session.execute(update(Customer).values(name='x')); session.commit()",
        "session.execute(text('CREATE TABLE more (a)')); session.commit()",
        "engine = create_engine('sqlite:///own.db')",
    ],
)
def test_a_change_on_other_data_alone_is_seen(ask: Any, change: str) -> None:
    answer = f"found = session.scalars(select(Tag.name)).all()\n{_on_other_data(ask, change)}found"
    verdict = ask("session.scalars(select(Tag.name)).all()", answer)
    assert verdict.verdict == "fail"
    assert not next(c for c in verdict.checks if c.variant == "nulls" and c.check == "state").passed


def test_a_change_that_is_asked_on_other_data_alone_is_missed(ask: Any) -> None:
    change = "session.execute(update(Customer).values(name='x')); session.commit()"
    solution = _on_other_data(ask, change)
    assert ask(solution, solution).verdict == "pass"
    verdict = ask(solution, "pass")
    assert verdict.verdict == "fail"
    assert "nothing-changed" in ids(verdict)


def test_a_change_on_other_data_that_is_taken_back_is_none(ask: Any) -> None:
    change = "session.execute(update(Customer).values(name='x')); session.rollback()"
    answer = f"found = session.scalars(select(Tag.name)).all()\n{_on_other_data(ask, change)}found"
    assert ask("session.scalars(select(Tag.name)).all()", answer).verdict == "pass"


def test_sql_answers(ask: Any) -> None:
    asked = {"language": "sql"}
    solution = "SELECT name FROM tags ORDER BY name"
    assert ask(solution, "select name from tags order by 1", **asked).verdict == "pass"
    assert ids(ask(solution, "SELECT name FROM tags", **asked))[0] == "order-missing"
    assert ids(ask(solution, "SELECT nme FROM tags", **asked))[0] == "unknown-column"
    assert ids(ask(solution, "", **asked))[0] == "empty-answer"
    assert ids(ask(solution, "select(Tag.name)", **asked))[0] == "other-language"
    assert ids(ask(solution, "SELECT 1", written_in="python", **asked)) == ["other-language"]


def test_any_language_is_seen_by_the_text(ask: Any) -> None:
    for answer in ("SELECT name FROM tags", "-- all\nselect name\nfrom tags", "select(Tag.name)"):
        assert ask("select(Tag.name)", answer, language="any").verdict == "pass"
    assert (
        ask(
            "SELECT name FROM tags", "select(Tag.name)", language="any", solution_language="sql"
        ).verdict
        == "pass"
    )


def test_a_broken_solution_is_the_courses_fault(ask: Any) -> None:
    verdict = ask("select(Nothing)", "select(Tag.name)")
    assert verdict.verdict == "course-fault"
    assert ids(verdict) == ["solution-failed"]


def test_a_check_that_cannot_be_made_is_the_courses_fault(runners: Runners, databases: Any) -> None:
    unknown = Check("clairvoyance", CHECKS["output"].options())
    exercise = Exercise("one", "lesson", "", "", solution="1", checks=(unknown,))
    verdict = check(exercise, "1", databases("shop"), runners)
    assert verdict.verdict == "course-fault"


def test_cancelled_is_nobodys_failure(runners: Runners, databases: Any) -> None:
    cancel = threading.Event()
    cancel.set()
    verdict = check(
        exercise(solution="select(Tag.id, 1234567)"),
        "select(Tag.id)",
        databases("shop"),
        runners,
        cancel=cancel,
    )
    assert verdict.verdict == "sandbox-fault"
    assert ids(verdict) == ["cancelled"]


@pytest.mark.parametrize(
    ("answer", "finding"),
    [
        ("while True: pass", "timeout"),
        ("import os; os._exit(0)", "exited-early"),
        ("x = 'a' * 10**11", "memory"),
        ("while True: print('x' * 10000)", "output-limit"),
        ("raise ValueError('no')", "exception"),
    ],
)
def test_every_ending_has_a_finding(ask: Any, answer: str, finding: str) -> None:
    verdict = ask("select(Tag.name)", answer)
    assert (verdict.verdict, ids(verdict)[0]) == ("error", finding)


def test_every_check_of_the_course_has_an_evaluator() -> None:
    from playground.checking.checks import EVALUATORS

    assert set(EVALUATORS) | {"tests"} == set(CHECKS)


UPDATE = "session.execute(update(Tag).where(Tag.id == 1).values(name='x')); session.commit()"
WEIGHED = [
    {"state": {"tables": ["tags"]}, "points": 2},
    {"unchanged": {"tables": ["orders"]}, "points": 1},
    {"transaction": "committed", "points": 1},
]


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        (UPDATE, 4),
        (UPDATE.replace("'x'", "'y'"), 2),
        ("", 0),
        (
            "session.execute(delete(OrderItem)); session.execute(delete(Payment)); session.execute(delete(Order)); "
            + UPDATE,
            3,
        ),
    ],
)
def test_points_add_up_and_what_the_starter_has_can_only_be_lost(
    ask: Any, answer: str, points: float
) -> None:
    verdict = ask(UPDATE, answer, checks=WEIGHED, points=4)
    assert (verdict.points, verdict.of) == (points, 4)
    assert (verdict.verdict == "pass") == (points == 4)


def test_an_author_has_the_last_word(ask: Any) -> None:
    from playground.course import Mistake

    verdict = ask(
        "select(Tag.name)",
        "select(Tag.id)",
        mistakes=(Mistake("select(Tag.id)  ", "wrong-column", says="Names, please."),),
    )
    assert verdict.findings[0].message == "Names, please."
    verdict = ask(
        "select(Tag.name)",
        "select(Tag.name)",
        checks=[{"code": {"uses": ["order_by"]}, "says": "Sort."}],
    )
    assert verdict.findings[0].message == "Sort."


def test_what_was_never_judged_has_no_words(ask: Any) -> None:
    """An answer that does not run to its end may well hold what a check asks for."""
    verdict = ask(
        "select(Tag.name)",
        "select(Tag.nome).order_by(Tag.id)",
        checks=[{"code": {"uses": ["order_by"]}, "says": "Sort."}],
    )
    assert verdict.verdict == "error"
    assert [check.message for check in verdict.checks if check.message] == []


def test_the_authors_words_stand_for_equal_rows_that_nothing_decides(ask: Any) -> None:
    verdict = ask(
        "select(Product.id).order_by(Product.stock, Product.id)",
        "select(Product.id).order_by(Product.stock)",
        checks=[{"result": {"columns": "positions"}, "says": "By number, too."}],
    )
    assert verdict.findings[0].id == "ties-undecided"
    assert verdict.findings[0].message == "By number, too."


# Quizzes

OPTIONS = (
    Option("The driver", right=True),
    Option("The ORM", says="It never speaks to the database."),
    Option("The engine", right=True),
)


@pytest.mark.parametrize(
    ("answer", "outcome", "finding"),
    [
        ("1,3", "pass", None),
        ("3 1", "pass", None),
        ("1", "fail", "quiz-incomplete"),
        ("1,2", "fail", "quiz-wrong"),
        ("", "fail", "quiz-unreadable"),
        ("7", "fail", "quiz-unreadable"),
        ("the engine?", "fail", "quiz-unreadable"),
    ],
)
def test_many_of_a_quiz(
    runners: Runners, databases: Any, answer: str, outcome: str, finding: str | None
) -> None:
    quiz = exercise(kind="quiz", choose="many", options=OPTIONS)
    verdict = check(quiz, answer, databases("shop"), runners)
    assert verdict.verdict == outcome
    assert ids(verdict)[:1] == ([finding] if finding else [])
    assert verdict.points == (1 if outcome == "pass" else 0)


def test_one_of_a_quiz_and_what_the_author_says(runners: Runners, databases: Any) -> None:
    quiz = exercise(kind="quiz", choose="one", options=OPTIONS[:2])
    assert check(quiz, "1", databases("shop"), runners).verdict == "pass"
    assert check(quiz, "the driver", databases("shop"), runners).verdict == "pass"
    assert ids(check(quiz, "1,2", databases("shop"), runners)) == ["quiz-unreadable"]
    wrong = check(quiz, "2", databases("shop"), runners)
    assert wrong.findings[0].message == "It never speaks to the database."


def test_the_text_of_a_quiz(runners: Runners, databases: Any) -> None:
    quiz = exercise(kind="quiz", choose="text", answers=("Primary key", "PK"))
    for answer in ("primary  KEY", " pk\n"):
        assert check(quiz, answer, databases("shop"), runners).verdict == "pass"
    assert ids(check(quiz, "foreign key", databases("shop"), runners)) == ["quiz-wrong"]


# Predictions


@pytest.mark.parametrize(
    ("sort", "code", "right", "wrong"),
    [
        ("count", "select(Tag.id).where(Tag.id <= 3)", "3", "4"),
        ("value", "select(literal(1.5))", "1.50", "1"),
        ("value", "select(literal('Ana'))", "'ana'", "Eva"),
        ("rows", "select(Tag.id, literal(None)).where(Tag.id <= 2).order_by(Tag.id)", "1, NULL\n(2, None)", "1, 2"),
        ("statements", "session.scalars(select(Tag)).all(); session.scalars(select(Tag)).all()", "2", "1"),
        ("sql", "select(Tag.id).where(Tag.id == 3)", "select tags.id from tags\nwhere tags.id = 3;", "select id from tags"),
        ("error", "session.execute('SELECT 1')", "ArgumentError", "none"),
        ("error", "session.execute(text('SELECT 1'))", "none", "ArgumentError"),
    ],
)  # fmt: skip
def test_predictions(
    runners: Runners, databases: Any, sort: str, code: str, right: str, wrong: str
) -> None:
    question = exercise(kind="predict", predict=sort, code=code)
    assert check(question, right, databases("shop"), runners).verdict == "pass"
    assert ids(check(question, wrong, databases("shop"), runners)) == ["prediction-wrong"]


def test_a_prediction_that_is_none(runners: Runners, databases: Any) -> None:
    question = exercise(kind="predict", predict="count", code="select(Tag.id)")
    assert ids(check(question, "many", databases("shop"), runners)) == ["prediction-unreadable"]
    assert ids(check(question, "", databases("shop"), runners)) == ["empty-answer"]


# Lines in order

LINES = "tag = session.get(Tag, 1)\ntag.name = 'x'\nsession.commit()\n"


def test_lines_in_order(runners: Runners, databases: Any) -> None:
    lines = exercise(kind="order", solution=LINES)
    first, second, third = LINES.splitlines()
    database = databases("shop")
    assert check(lines, LINES, database, runners).verdict == "pass"
    late = check(lines, f"{first}\n{third}\n{second}", database, runners)
    assert (late.verdict, ids(late)[0], late.findings[0].line) == (
        "fail",
        "lines-in-other-order",
        2,
    )
    early = check(lines, f"{second}\n{first}\n{third}", database, runners)
    assert (early.verdict, ids(early)[0]) == ("fail", "lines-in-other-order")
    assert ids(check(lines, first, database, runners)) == ["lines-differ"]


def test_another_order_that_does_the_same_is_right(runners: Runners, databases: Any) -> None:
    lines = exercise(kind="order", solution="a = select(Tag.id)\nb = 2\na")
    assert (
        check(lines, "b = 2\na = select(Tag.id)\na", databases("shop"), runners).verdict == "pass"
    )


def test_an_error_on_other_data_is_explained(ask: Any) -> None:
    count = ask("1", "select(func.count()).select_from(Order)").run.result.rows[0][0]
    answer = (
        f"n = session.scalar(select(func.count()).select_from(Order))\n"
        f"x = None if n != {count} else session.get(Tag, 1)\n"
        "[x.id]"
    )
    verdict = ask("select(literal(1))", answer)
    assert (verdict.verdict, ids(verdict)) == ("error", ["none-has-no-attribute", "other-data"])
    assert verdict.findings[0].line == 3
    assert verdict.run.status == "ok"


def test_what_runs_after_the_answer_gives_the_result(ask: Any) -> None:
    fields = {"after": "[(tag.id, tag.name) for tag in session.scalars(statement)]"}
    solution = "statement = select(Tag).order_by(Tag.id)"
    assert ask(solution, "statement = select(Tag)", **fields).verdict == "pass"
    wrong = ask(solution, "statement = select(Tag).where(Tag.id > 1)", **fields)
    assert (wrong.verdict, ids(wrong)[0]) == ("fail", "extra-condition")


def test_models_that_change_while_the_data_does_not_are_asked_anew(
    tmp_path: Path, runners: Runners
) -> None:
    folder = tmp_path / "databases" / "club"
    folder.mkdir(parents=True)
    (folder / "database.yaml").write_text(CLUB, "utf-8")
    (folder / "members.sql").write_text(MEMBERS, "utf-8")
    names = exercise(solution="select(Member.name)")
    for column in ("name", "nickname"):
        (folder / "models.py").write_text(MODELS.format(column=column), "utf-8")
        database = Databases(tmp_path, cache=tmp_path, runners=runners).open("club", beside=None)
        assert check(names, names.solution, database, runners).verdict == "pass"


NUMBERS = (
    "text('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
    "(SELECT CASE count(*) WHEN {count} THEN 3 ELSE {many} END FROM orders)) SELECT i FROM n')"
)


@pytest.mark.long
def test_many_rows_are_right_or_wrong_as_few_are(ask: Any) -> None:
    count = ask("1", "select(func.count(Order.id))").run.result.rows[0][0]
    many, more = (NUMBERS.format(count=count, many=n) for n in (120_000, 120_001))
    everywhere = NUMBERS.format(count=-1, many=120_000)
    assert ask(many, many).verdict == "pass"
    assert ids(ask(many, more))[:2] == ["other-data", "extra-rows"]
    assert ask(everywhere, everywhere).verdict == "pass"
    verdict = ask("select(Tag.id)", everywhere)
    assert (verdict.verdict, ids(verdict)[0]) == ("fail", "row-count")
    assert verdict.findings[0].message.startswith("Rows that came: 100000+.")
