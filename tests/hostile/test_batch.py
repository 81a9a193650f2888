"""A class of answers of which some are attacks: the honest ones are judged as if there were none."""

import random
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from playground.running import Job, Limits, Run, Runner
from tests.hostile.arena import QUICK, Arena, held, peak_memory
from tests.hostile.test_claims import LIARS, POISON
from tests.hostile.test_endings import ENDINGS
from tests.hostile.test_exhaustion import BOUNDED, ENDLESS, FLOODS, MEMORY

ATTACKS = [
    *ENDLESS.values(),
    *MEMORY.values(),
    *BOUNDED.values(),
    *FLOODS.values(),
    *LIARS.values(),
    *POISON.values(),
    *(code for code, _ in ENDINGS.values()),
]


def honest(number: int) -> str:
    """An answer of its own kind: some read, some write, some fail, some compute."""
    return [
        f"select(Song.title).where(Song.id <= {number % 4})",
        f"session.add(Song(title='{number}'))\nsession.commit()\nselect(Song.id, Song.title)",
        f"session.scalars(select(Song)).all()[{number % 5}].title",
        f"[(song.id * {number},) for song in session.scalars(select(Song))]",
        f"print({number})\nsession.execute(text('DELETE FROM songs WHERE id = {number % 4}'))",
    ][number % 5]


def told(run: Run) -> tuple[Any, ...]:
    """What a run gave, without what differs from time to time."""
    error = (run.error.type, run.error.message) if run.error else None
    rows = run.result.rows if run.result else None
    return run.status, rows, run.output, error, run.state, run.committed


def judged(runner: Runner, codes: Iterable[str], database: bytes) -> list[tuple[Any, ...]]:
    """The class, two at a time."""
    jobs = [
        Job(code, database, limits=Limits(seconds=1.0, memory_mb=300), state=True) for code in codes
    ]
    with ThreadPoolExecutor(2) as pool:
        return [told(run) for run in pool.map(runner.run, jobs)]


def expect_the_same(arena: Arena, honest_count: int, attack_count: int) -> None:
    """The honest answers of a mixed class give what they give alone."""
    chance = random.Random(7)
    alone = [honest(number) for number in range(honest_count)]
    mixed = [(code, True) for code in alone]
    for attack in chance.sample(ATTACKS, attack_count):
        mixed.insert(chance.randrange(len(mixed)), (attack, False))
    expected = judged(arena.runner, alone, arena.database)
    found = judged(arena.runner, (code for code, _ in mixed), arena.database)
    kept = [run for run, (_, is_honest) in zip(found, mixed, strict=True) if is_honest]
    assert kept == expected


def test_a_small_class(quick_arena: Arena) -> None:
    expect_the_same(quick_arena, 45, 5)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_a_class_of_five_hundred(quick_arena: Arena) -> None:
    expect_the_same(quick_arena, 450, 50)


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_ten_thousand_runs(quick_arena: Arena) -> None:
    """Nothing wears out or leaks: every hundredth run is an attack, every honest one right."""
    chance = random.Random(11)
    quick = [code for code, _ in ENDINGS.values()] + list(POISON.values())
    expected = [told(quick_arena.run(honest(number))) for number in range(60)]
    before, memory = [len(things) for things in held()], peak_memory()
    for number in range(10_000):
        if number % 100 == 99:
            quick_arena.run(chance.choice(quick), QUICK)
        else:
            assert told(quick_arena.run(honest(number % 60))) == expected[number % 60]
    for now, then in zip(held(), before, strict=True):
        assert len(now) <= then + 10  # spares come and go
    assert peak_memory() - memory < 50_000_000
