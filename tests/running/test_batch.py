"""Many jobs at once: in order, with flat memory, whatever their children do."""

import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest

from playground.running import Job, Limits, Run, Runner, run_many
from tests.running.test_series import told

HOSTILE = (
    "import os\nos._exit(0)",
    "import os\nos.abort()",
    "while True: pass",
    "raise SystemExit",
    "x = [0] * 10**10",
    "while True: print('x' * 1000)",
)
QUICK = Limits(seconds=1.0, output_bytes=100_000)


def honest(number: int) -> str:
    return [
        f"select(Customer.name).where(Customer.id <= {number % 4})",
        f"session.add(Customer(name='{number}'))\nsession.commit()\nselect(Customer)",
        f"print({number})\n{number} * 2",
        f"session.get(Customer, {number}).name",
    ][number % 4]


def jobs(count: int, shop: bytes, hostile: int = 0) -> Iterator[Job]:
    """So many honest jobs, with a hostile one after every `count // hostile` of them."""
    for number in range(count):
        yield Job(honest(number), shop, limits=Limits(seconds=20.0))
        if hostile and number % (count // hostile) == 0:
            code = HOSTILE[number // (count // hostile) % len(HOSTILE)]
            yield Job(code, shop, limits=QUICK)


def of_honest(runs: list[Run], count: int, hostile: int) -> list[Run]:
    places = [n for n, job in enumerate(jobs(count, b"", hostile)) if job.limits != QUICK]
    return [told(runs[place]) for place in places]


def test_runs_come_in_order_whatever_the_workers(runner: Runner, shop: bytes) -> None:
    one_by_one = [told(runner.run(job)) for job in jobs(20, shop)]
    assert [told(run) for run in run_many(runner, jobs(20, shop))] == one_by_one
    with ThreadPoolExecutor(1) as executor:
        assert [told(run) for run in run_many(runner, jobs(20, shop), executor)] == one_by_one


def test_workers_may_be_processes(runner: Runner, shop: bytes) -> None:
    with ProcessPoolExecutor(1, get_context("spawn")) as executor:
        runs = list(run_many(runner, jobs(4, shop), executor))
    assert [told(run) for run in runs] == [told(runner.run(job)) for job in jobs(4, shop)]


def test_hostile_jobs_change_no_other(runner: Runner, shop: bytes) -> None:
    mixed = list(run_many(runner, jobs(36, shop, 6)))
    assert len(mixed) == 42
    assert of_honest(mixed, 36, 6) == [told(run) for run in run_many(runner, jobs(36, shop))]


def test_no_more_jobs_are_taken_than_needed(runner: Runner, shop: bytes) -> None:
    taken = []

    def endless() -> Iterator[Job]:
        while True:
            taken.append(1)
            yield Job("1", shop)

    runs = run_many(runner, endless(), ahead=3)
    for number in range(1, 6):
        next(runs)
        assert len(taken) <= number + 3
    runs.close()  # type: ignore[attr-defined]


def test_cancelled_and_resumed(runner: Runner, shop: bytes) -> None:
    cancel = threading.Event()
    first = []
    for run in run_many(runner, jobs(30, shop), cancel=cancel):
        first.append(told(run))
        if len(first) == 7:
            cancel.set()
    assert 7 <= len(first) < 30
    rest = [told(run) for run in run_many(runner, jobs(30, shop), start=len(first))]
    assert first + rest == [told(run) for run in run_many(runner, jobs(30, shop))]


def test_cancel_ends_what_is_under_way(runner: Runner, shop: bytes) -> None:
    cancel = threading.Event()
    threading.Timer(0.3, cancel.set).start()
    endless = [Job("while True: pass", shop, limits=Limits(seconds=60.0))] * 3
    assert list(run_many(runner, endless, cancel=cancel)) == []


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_a_class_of_five_hundred(runner: Runner, shop: bytes) -> None:
    mixed = list(run_many(runner, jobs(450, shop, 50)))
    assert len(mixed) == 500
    assert of_honest(mixed, 450, 50) == [told(run) for run in run_many(runner, jobs(450, shop))]
