"""Files, processes, the network and the kernel: what a run may not reach."""

import functools
from pathlib import Path

import pytest

import playground
from playground.course import bundled_course
from playground.running import Job
from tests.hostile.arena import Arena
from tests.running.confine import forbidden

CALLS = {name: (forbidden.call(*parts), "EPERM") for name, parts in forbidden.SYSTEM_CALLS.items()}
EVERYTHING = {
    **forbidden.FILES,
    **forbidden.PROCESSES,
    **forbidden.LIMITS,
    **forbidden.NETWORK,
    **CALLS,
}


@functools.cache
def outcomes(arena: Arena) -> dict[str, str]:
    return arena.outcomes({name: snippet for name, (snippet, _) in EVERYTHING.items()})


@pytest.mark.parametrize("name", EVERYTHING)
def test_it_is_refused(arena: Arena, name: str) -> None:
    expected = EVERYTHING[name][1]
    assert outcomes(arena)[name] in ((expected,) if isinstance(expected, str) else expected)


def test_nothing_outside_was_changed(arena: Arena) -> None:
    outcomes(arena)
    assert arena.secret.read_text() == "the solution"
    assert sorted(path.name for path in arena.secrets.iterdir()) == [
        "grades.csv",
        "other.db",
        "solution.py",
    ]


def test_the_working_directory_is_private_and_gone_afterwards(quick_arena: Arena) -> None:
    code = "import os\nopen('mine', 'w').close()\nresult = [(os.getcwd(), ' '.join(sorted(os.listdir('.'))))]"
    first, second = quick_arena.attack(code), quick_arena.attack(code)
    assert first.result is not None
    assert second.result is not None
    (one, listed), (other, _) = first.result.rows[0], second.result.rows[0]
    assert one != other
    assert "mine" in str(listed)
    assert not quick_arena.secrets.joinpath(str(one)).exists()


def test_another_runs_directory_is_closed(arena: Arena) -> None:
    code = "import os\nopen('mine', 'w').close()\nresult = [(os.getcwd(),)] * 900"
    live = arena.runner.open(Job(code=code, database=arena.database))
    try:
        assert live.run.result is not None
        other = str(live.run.result.rows[0][0])
        assert Path(other, "mine").exists()
        tries = {
            "list": f"import os\nos.listdir({other!r})",
            "read": f"open({other!r} + '/mine').read()",
            "write": f"open({other!r} + '/yours', 'w')",
            "remove": f"import os\nos.remove({other!r} + '/mine')",
        }
        assert set(arena.outcomes(tries).values()) <= set(forbidden.CLOSED)
    finally:
        live.close()


@pytest.mark.parametrize(
    "name", ["attach", "load_extension", "temp_store_directory", "write as text", "vacuum into"]
)
def test_sql_reaches_no_other_file(quick_arena: Arena, name: str) -> None:
    other = quick_arena.secrets / "other.db"
    code = {
        "attach": f"session.execute(text(\"ATTACH '{other}' AS other\")).all()",
        "load_extension": f"session.execute(text(\"SELECT load_extension('{other}')\")).all()",
        "temp_store_directory": (
            f"session.execute(text(\"PRAGMA temp_store_directory = '{quick_arena.secrets}'\"))\n"
            "session.execute(text('PRAGMA temp_store = 1'))\n"
            "session.execute(text('CREATE TEMP TABLE big AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL"
            " SELECT i + 1 FROM n WHERE i < 50000) SELECT i, hex(randomblob(50)) h FROM n'))"
        ),
        "write as text": f"session.execute(text(\"ATTACH '{quick_arena.secrets}/new.db' AS other\"))",
        "vacuum into": f"session.execute(text(\"VACUUM INTO '{quick_arena.secrets}/new.db'\"))",
    }[name]
    run = quick_arena.attack(code)
    assert run.status == "error"
    assert len(list(quick_arena.secrets.iterdir())) == 3


@pytest.mark.parametrize(
    "pragma",
    [
        "writable_schema = 1",
        "max_page_count = 2",
        "temp_store_directory = '/'",
        "Writable_Schema(ON)",
    ],
)
@pytest.mark.parametrize("engine", ["engine", "create_engine('sqlite:///own.db')"])
def test_pragmas_that_lead_astray_are_refused(quick_arena: Arena, pragma: str, engine: str) -> None:
    run = quick_arena.attack(f'with {engine}.connect() as c: c.execute(text("PRAGMA {pragma}"))')
    assert run.error is not None
    assert "not authorized" in run.error.message


def test_the_lessons_and_the_program_are_closed(quick_arena: Arena) -> None:
    program = Path(playground.__file__).parent
    lessons = next(bundled_course().rglob("*.yaml"))
    closed = {
        path: f"open({str(path)!r}).read()" for path in map(str, (program / "cli.py", lessons))
    }
    closed |= {
        f"list {path}": f"import os\nos.listdir({str(path)!r})"
        for path in (program, lessons.parent)
    }
    assert set(quick_arena.outcomes(closed).values()) <= set(forbidden.CLOSED)


def test_only_its_own_descriptors_are_open(arena: Arena) -> None:
    code = """
        import os
        def is_open(number):
            try: os.fstat(number)
            except OSError: return False
            return True
        result = [(number,) for number in range(1024) if is_open(number)]
    """
    run = arena.attack(code)
    assert run.result is not None
    assert len(run.result.rows) <= 8


def test_nothing_of_the_trusted_side_is_in_its_memory(quick_arena: Arena) -> None:
    secret = "".join(["the expected ", "answer of ", "the trusted side"])
    code = """
        import gc, sys
        half = "the expected " + "answer of "
        found = [o for o in gc.get_objects() if isinstance(o, dict) and any(
            isinstance(v, str) and v.startswith(half) for v in list(o.values()))]
        frame, depth = sys._getframe(), 0
        while frame:
            depth += any(isinstance(v, str) and v.startswith(half) and v != half for v in frame.f_locals.values())
            frame = frame.f_back
        modules = [m for m in sys.modules if m == 'playground' or m.startswith('playground.')]
        result = [(len([f for f in found if f is not globals()]), depth, ' '.join(modules))]
    """
    run = quick_arena.attack(code)
    assert secret
    assert run.result is not None
    assert run.result.rows == [(0, 0, "")]


def test_the_environment_is_empty_of_ours(
    quick_arena: Arena, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "import os\nresult = [(' '.join(sorted(os.environ)),)]"
    run = quick_arena.attack(code)
    assert run.result is not None
    names = str(run.result.rows[0][0]).split()
    assert not [
        name for name in names if name.startswith("PLAYGROUND") or name in ("HOME", "PATH", "USER")
    ]
