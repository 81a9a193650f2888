"""The check `tests`: the answer is tests, judged by what they say of right and wrong programs."""

import json
from collections.abc import Callable
from threading import Event
from typing import Any

import pytest

from playground.checking import Verdict, as_run, check
from playground.checking.analyst.analysis import Analysis
from playground.checking.mutants import program_mutants
from playground.course import CHECKS, Check, CourseError, Exercise, lack, open_course
from playground.running import Runners
from tests.course.conftest import LESSON

pytestmark = pytest.mark.skipif(bool(lack(("needs:pytest",))), reason="pytest for learners")

PROGRAM = """\
class Base(DeclarativeBase):
    pass

class Account(Base):
    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    cents: Mapped[int]

def transfer(session, source, target, cents):
    first, second = session.get(Account, source), session.get(Account, target)
    if first.cents < cents:
        raise ValueError("too little")
    first.cents -= cents
    second.cents += cents
"""
FIXTURE = """\
import pytest

@pytest.fixture
def bank():
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all([Account(id=1, cents=100), Account(id=2, cents=7)])
        yield session

"""
MOVES = """\
def test_it_moves(bank):
    transfer(bank, 1, 2, 100)
    assert bank.get(Account, 1).cents == 0
    assert bank.get(Account, 2).cents == 107

"""
REFUSES = """\
def test_it_refuses(bank):
    with pytest.raises(ValueError):
        transfer(bank, 1, 2, 101)
"""
GOOD = FIXTURE + MOVES + REFUSES

Try = Callable[..., Verdict]


@pytest.fixture
def judged(ask: Any) -> Try:
    """`judged(answer, kill=n)` checks tests of the program; `database` has several variants."""

    def one(answer: str, *, kill: int = 6, program: str = PROGRAM, **more: Any) -> Verdict:
        verdict: Verdict = ask(
            GOOD, answer, checks=[{"tests": {"kill": kill}}], setup=program, once=True, **more
        )
        return verdict

    return one


def leading(verdict: Verdict) -> tuple[str, str]:
    return verdict.findings[0].id, verdict.findings[0].message


def test_tests_that_notice_what_is_wrong_pass_and_their_outcomes_are_the_rows(judged: Try) -> None:
    verdict = judged(GOOD)
    assert verdict.verdict == "pass"
    assert verdict.run is not None
    assert verdict.run.result is not None
    assert verdict.run.result.rows == [
        ("test_it_moves", "passed", "", None),
        ("test_it_refuses", "passed", "", None),
    ]


def test_a_test_that_notices_too_little_hears_of_what_it_lets_pass(judged: Try) -> None:
    verdict = judged(FIXTURE + REFUSES)
    name, message = leading(verdict)
    assert (verdict.verdict, name) == ("fail", "tests-kill-too-few")
    assert "6 are asked" in message
    assert "`first.cents -= cents` is left out" in message


@pytest.mark.parametrize("answer", [FIXTURE + MOVES, GOOD])
def test_what_is_named_is_in_what_the_tests_use_and_can_be_noticed(
    judged: Try, answer: str
) -> None:
    idle = "def close(session):\n    session.rollback()\n\ndef transfer("
    flush = "session.flush()\n    if first.cents < cents:"
    program = PROGRAM.replace("def transfer(", idle).replace("if first.cents < cents:", flush)
    name, message = leading(judged(answer, kill=40, program=program))
    assert name == "tests-kill-too-few"
    assert "rollback" not in message
    assert ("flush" in message) == (answer == GOOD)  # which no test can notice


def test_a_test_that_asserts_nothing_notices_only_what_raises(judged: Try) -> None:
    verdict = judged(FIXTURE + "def test_it(bank):\n    transfer(bank, 1, 2, 100)\n")
    assert leading(verdict)[0] == "tests-kill-too-few"


def test_a_changed_condition_is_told_by_its_old_and_new_words(judged: Try) -> None:
    careless = GOOD.replace("transfer(bank, 1, 2, 100)", "transfer(bank, 1, 2, 60)").replace(
        "cents == 0", "cents == 40"
    )
    _name, message = leading(judged(careless.replace("107", "67"), kill=40))
    assert "`first.cents <= cents` stands in place of `first.cents < cents`" in message


def test_a_test_that_fails_on_the_right_program_is_told_with_its_line(judged: Try) -> None:
    verdict = judged(GOOD.replace("== 107", "== 108"))
    name, message = leading(verdict)
    assert (verdict.verdict, name) == ("fail", "test-fails-on-good")
    assert "`test_it_moves`" in message
    assert "AssertionError" in message
    line = GOOD.splitlines().index("    assert bank.get(Account, 2).cents == 107") + 1
    assert verdict.findings[0].line == line


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (MOVES, "there is no fixture 'bank'"),
        (FIXTURE.replace("Base.metadata", "Base.metdata") + MOVES, "AttributeError"),
        (FIXTURE + "def test_it(bank):\n    nothing()\n", "NameError"),
    ],
)
def test_what_is_around_a_test_may_fail_too(judged: Try, answer: str, said: str) -> None:
    name, message = leading(judged(answer))
    assert name == "test-fails-on-good"
    assert said in message


@pytest.mark.parametrize("answer", [FIXTURE, "x = 1", "def check_it():\n    assert True\n"])
def test_without_a_test_there_is_nothing_to_judge(judged: Try, answer: str) -> None:
    assert leading(judged(answer))[0] == "no-tests"


def test_what_cannot_be_run_is_an_error_as_ever(judged: Try) -> None:
    verdict = judged("def test_it(:\n    pass\n")
    assert verdict.verdict == "error"
    assert leading(verdict)[0] == "syntax-error"


def test_an_endless_loop_in_a_wrong_program_is_noticed(judged: Try) -> None:
    program = "def count(n):\n    while n > 0:\n        n -= 1\n    return n\n"
    answer = "def test_it():\n    assert count(3) == 0\n"
    assert judged(answer, program=program, kill=3).verdict == "pass"


def test_wrong_programs_that_cannot_be_loaded_do_not_count(judged: Try) -> None:
    program = "size = 1\nassert size == 1\nrows = [size, 2]\ndef last():\n    return rows[-1]\n"
    verdict = judged("def test_it():\n    assert last() == 2\n", program=program, kill=50)
    _name, message = leading(verdict)
    assert not message.startswith("Of 0 ")
    assert "assert" not in message


def test_a_check_that_is_cancelled_tries_no_more_wrong_programs(
    runners: Runners, databases: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancel = Event()

    def mutants(_self: Analysis, _program: str) -> list[tuple[str, str]]:
        cancel.set()
        return [("a → b", "while True: pass")] * 50

    monkeypatch.setattr(Analysis, "mutants", mutants)
    checks = (Check("tests", CHECKS["tests"].options(kill=50)),)
    exercise = Exercise("one", "lesson", "", "", setup=PROGRAM, solution=GOOD, checks=checks)
    verdict = check(exercise, GOOD, databases("none"), runners, cancel=cancel)
    assert (verdict.verdict, verdict.findings[0].id) == ("sandbox-fault", "cancelled")


def test_tests_must_pass_on_every_variant(ask: Any) -> None:
    program = (
        "def good(session):\n"
        "    return session.scalar(select(func.count(Review.id)).where(Review.rating >= 4))\n"
    )
    right = (
        "def test_it():\n"
        "    ratings = [review.rating for review in session.scalars(select(Review))]\n"
        "    assert good(session) == len([n for n in ratings if n is not None and n >= 4])\n"
    )
    checks = [{"tests": {"kill": 2}}]
    assert ask(right, right, checks=checks, setup=program).verdict == "pass"
    by_heart = "def test_it():\n    assert good(session) == 28\n"
    assert ask(right, by_heart, checks=checks, setup=program, once=True).verdict == "pass"
    hidden = ask(right, by_heart, checks=checks, setup=program)
    assert leading(hidden)[0] in ("other-data", "test-fails-on-good")
    assert [c.variant for c in hidden.checks if not c.passed] == ["nulls"]


def test_neither_the_tests_nor_what_they_leave_is_compared_with_the_solution_s(judged: Try) -> None:
    """Other names, another number of tests, tables made in the run's own database."""
    own = GOOD.replace("test_it_", "test_that_it_").replace(
        'create_engine("sqlite://")', "globals()['engine']"
    )
    once = own.replace("yield session", "yield session\n        session.rollback()")
    assert judged(once + "\ndef test_more():\n    pass\n", database="none").verdict == "pass"


def test_expected_answers_never_reach_the_child(judged: Try) -> None:
    spy = FIXTURE + (
        "def test_it(bank):\n    import gc\n"
        "    assert not [s for s in gc.get_objects() if isinstance(s, str) and 'it_' + 'moves' in s]\n"
    )
    assert leading(judged(spy))[0] == "tests-kill-too-few"


def test_a_program_that_cannot_be_read_has_no_mutants(runners: Runners) -> None:
    assert program_mutants("def (", runners) == []
    assert program_mutants("x = 1 < 2", runners)


def test_only_an_exercise_with_tests_runs_otherwise() -> None:
    plain = Exercise("one", "lesson", "", "", after="x")
    assert as_run(plain) is plain
    tests = Check("tests", CHECKS["tests"].options(kill=1))
    assert as_run(Exercise("one", "lesson", "", "", checks=(tests,))).after


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("setup: x = 1", "needs:pytest"),
        ('tags: ["needs:pytest"]', "setup:"),
        ('tags: ["needs:pytest"]\n    setup: x = 1', None),
    ],
)
def test_an_exercise_with_tests_says_what_it_needs(tmp_path: Any, more: str, said: str) -> None:
    lines = f"title: Unrated\n    checks: [{{tests: {{kill: 2}}}}]\n    {more}"
    file = tmp_path / "a.yaml"
    file.write_text(LESSON.lstrip().replace("title: Unrated", lines), "utf-8")
    if said is None:
        assert open_course(file).read_all() == []
        return
    with pytest.raises(CourseError) as raised:
        open_course(file)
    (fault,) = raised.value.faults
    assert said in fault.message
    assert json.dumps(fault.place.line)
