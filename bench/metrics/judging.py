"""What verdicts cost: a check on all variants, the smallest counterexample, a proof with mutants."""

import subprocess
import sys
import time

from bench.bundled import shop
from bench.measure import Measurement, interleaved, rested, timed
from playground.authoring.mutants import mutate
from playground.checking import check
from playground.course import Exercise, bundled_course, open_course
from playground.databases import Database
from playground.running import Job, Runners

ROUNDS = 7
MUTANT_ROUNDS = 3
SOLUTION = (
    "select(Product.name, func.count(OrderItem.order_id)).outerjoin(Product.order_items)"
    ".where(Product.price_cents >= 500).group_by(Product.id)"
    ".order_by(Product.price_cents.desc(), Product.id).limit(5)"
)
WRONG = SOLUTION.replace(">= 500", "> 500")
"""Right on the data that is seen, wrong where a price is 500."""
PROVED = "where/port-the-filter"
_COLD = """
import sqlalchemy, sqlalchemy.orm
from sqlalchemy import create_engine, text
with create_engine("sqlite://").connect() as connection:
    connection.execute(text("SELECT 1")).all()
"""


def measure() -> list[Measurement]:
    """Three rows; each answer has a text of its own, so that no verdict is remembered."""
    exercise = Exercise(id="bench", lesson="bench", title="", task="", solution=SOLUTION)
    with shop() as (database, runners):
        return [*_checks(exercise, database, runners), _proof(database, runners)]


def _checks(exercise: Exercise, database: Database, runners: Runners) -> list[Measurement]:
    runner = runners.of(database.world)

    job = Job(SOLUTION, database.visible.image(), whole=True)

    def judge(answer: str, verdict: str) -> None:
        given = check(exercise, f"# {time.time_ns()}\n{answer}", database, runners)
        assert given.verdict == verdict, given
        assert (given.counterexample is not None) == (verdict == "fail")

    costs = interleaved(
        {
            "run": rested(timed(lambda: runner.run(job))),
            "right": rested(timed(lambda: judge(SOLUTION, "pass"))),
            "wrong": rested(timed(lambda: judge(WRONG, "fail"))),
        },
        ROUNDS,
    )
    return [
        Measurement(
            f"a right answer checked on {len(database.variants)} variants",
            costs["right"], costs["run"], "ms", "one run, spare ready", 5.0,
        ),
        Measurement(
            "a wrong answer, with reason and counterexample",
            costs["wrong"], 0, "ms", "", 1000.0,
        ),
    ]  # fmt: skip


def _proof(database: Database, runners: Runners) -> Measurement:
    """Of an exercise of the course: none of its mutants survives, which would be proved once more."""
    lesson, _, name = PROVED.partition("/")
    exercise = open_course(bundled_course()).lesson(lesson).exercise(name)
    assert exercise is not None
    made = 0

    def mutated() -> float:
        nonlocal made
        start = time.perf_counter()
        made = mutate(exercise, database, runners).made
        return (time.perf_counter() - start) * 1000 / made

    cold = timed(
        lambda: subprocess.run([sys.executable, "-c", _COLD], check=True, capture_output=True)
    )
    costs = interleaved({"mutated": mutated, "cold": cold}, MUTANT_ROUNDS)
    return Measurement(
        "proof of an exercise, per mutant", costs["mutated"], costs["cold"], "ms",
        "a cold process per mutant", 0.02, f"{made} mutants",
    )  # fmt: skip
