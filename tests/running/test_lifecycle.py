"""Children come and go; nothing is left behind."""

import gc
import os
import select
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Literal

import pytest

from playground.running import BuildError, Job, Limits, Runner, Runners, World, isolation_level

from .conftest import SEED, SHOP

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def descriptors() -> int:
    gc.collect()
    return len(list(Path("/proc/self/fd").iterdir()))


def children() -> set[int]:
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid():
            found.add(int(path.parent.name))
    return found


def directories() -> set[str]:
    mine = f"playground-{os.getpid()}-*"
    return {str(path) for parent in ("/dev/shm", "/tmp") for path in Path(parent).glob(mine)}


@linux
@pytest.mark.parametrize("way", ["zygote", "spawned"])
def test_nothing_leaks(way: str, shop: bytes) -> None:
    before = (descriptors(), children(), directories(), threading.active_count())
    runs = 60 if way == "zygote" else 4
    with Runner(SHOP, way=way) as runner:
        for number in range(runs):
            code = ("select(Customer)", "1/0", "import os; os._exit(0)", "open('x', 'w')")[
                number % 4
            ]
            runner.run(Job(code, shop, state=number % 5 == 0))
        inside = next(iter(directories() - before[2]))
        assert len(list(Path(inside).iterdir())) <= 3
        assert descriptors() < before[0] + 30
    after = (descriptors(), children(), directories(), threading.active_count())
    assert after == before


def test_pages(each_runner: Runner, shop: bytes) -> None:
    code = "text('WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT 70000) SELECT i, i * 2 FROM n')"
    live = each_runner.open(Job(code, shop))
    try:
        assert live.run.result.total == 70_000
        assert live.run.result.rows[:2] == [(0, 0), (1, 2)]
        assert live.page(0, 2) == [(0, 0), (1, 2)]
        assert live.page(499, 3) == [(499, 998), (500, 1000), (501, 1002)]
        assert live.page(69_999, 10) == [(69_999, 139_998)]
        assert live.page(70_000, 10) == []
        assert live.page(-1, 10) == []
        assert len(live.page(0, 70_000)) == 10_000
        assert each_runner.run(Job("1", shop)).status == "ok"
    finally:
        live.close()
    assert live.page(1000, 5) == []
    assert live.page(0, 1) == [(0, 0)]


def test_wide_rows_go_through_the_spool_file(runner: Runner, shop: bytes) -> None:
    live = runner.open(Job("[(n, 'x' * 2000) for n in range(30_000)]", shop))
    assert live.page(29_998, 5) == [(29_998, "x" * 2000), (29_999, "x" * 2000)]
    live.close()


def test_whole_results_come_at_once(runner: Runner, shop: bytes) -> None:
    run = runner.run(Job("[(n, str(n)) for n in range(5000)]", shop, whole=True))
    assert run.result.rows == [(n, str(n)) for n in range(5000)]
    assert len(runner.run(Job("list(range(5000))", shop)).result.rows) == 500


def test_a_child_that_lies_about_pages_is_ended(runner: Runner, shop: bytes) -> None:
    code = (
        "import sys\n"
        "sandbox = sys.modules['sandbox.child.spool']\n"
        "sandbox.Spool.page = lambda self, start, count: b'[[1]]' if start == 0 else b'[[1, 2, 3]]'\n"
        "list(range(1000))"
    )
    live = runner.open(Job(code, shop))
    if live.run.status == "ok":
        assert live.page(900, 5) == []
    live.close()


def test_a_child_that_does_not_answer_for_a_page_is_ended(
    runner: Runner, shop: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from playground.running import live as module

    monkeypatch.setattr(module, "_PAGE_SECONDS", 0.3)
    code = (
        "import sys\n"
        "def page(self, start, count):\n"
        "    while start: pass\n"
        "    return b'[' + b','.join(b'[1]' for _ in range(500)) + b']'\n"
        "sys.modules['sandbox.child.spool'].Spool.page = page\n"
        "list(range(1000))"
    )
    live = runner.open(Job(code, shop))
    assert live.run.status == "ok"
    assert live.page(900, 5) == []
    live.close()


def test_cancel_at_any_moment(each_runner: Runner, shop: bytes) -> None:
    cancel = threading.Event()
    timer = threading.Timer(0.2, cancel.set)
    timer.start()
    run = each_runner.run(
        Job("print('x')\nwhile True: pass", shop, limits=Limits(seconds=60)), cancel=cancel
    )
    assert run.status == "cancelled"
    cancel.set()
    assert each_runner.run(Job("while True: pass", shop), cancel=cancel).status == "cancelled"
    assert each_runner.run(Job("1", shop)).status == "ok"


def test_one_attempt_on_several_databases(runner: Runner, shop: bytes) -> None:
    other = runner.build("session.add(Customer(id=9, name='Zoe'))", database=shop)
    job = Job("session.scalars(select(func.count(Customer.id))).all()", b"")
    runs = runner.run_each(job, [shop, other, shop])
    assert [run.result and run.result.rows for run in runs] == [[(3,)], [(4,)], [(3,)]]


def test_runs_in_many_threads(runner: Runner, shop: bytes) -> None:
    with ThreadPoolExecutor(8) as pool:
        runs = list(pool.map(lambda n: runner.run(Job(f"{n}", shop)), range(40)))
    assert [run.result.rows for run in runs] == [[(n,)] for n in range(40)]


class Watched(threading.Event):
    """Is never set; tells when a run that could be cancelled is under way."""

    def __init__(self) -> None:
        super().__init__()
        self.looked_at = threading.Event()

    def is_set(self) -> bool:
        self.looked_at.set()
        return super().is_set()


def test_close_ends_what_is_under_way(shop: bytes) -> None:
    runner = Runner(SHOP)
    with ThreadPoolExecutor(1) as pool:
        endless = Job("while True: pass", shop, limits=Limits(seconds=60))
        cancel = Watched()
        future = pool.submit(runner.run, endless, cancel=cancel)
        assert cancel.looked_at.wait(30)
        live = Runner(SHOP)
        live.close()
        runner.close()
        assert future.result().status in ("cancelled", "sandbox-error")
    assert runner.run(Job("1", shop)).status == "sandbox-error"


def zygote_of(runner: Runner) -> int:
    zygote = runner._spares._zygote
    assert zygote is not None
    return zygote._process.pid


@linux
def test_a_killed_zygote_is_replaced(shop: bytes) -> None:
    with Runner(SHOP, way="zygote") as runner:
        assert runner.run(Job("1", shop)).status == "ok"
        os.kill(zygote_of(runner), signal.SIGKILL)
        assert runner.run(Job("1 + 1", shop)).result.rows == [(2,)]
        os.kill(zygote_of(runner), signal.SIGKILL)
        assert runner.run(Job("1 + 2", shop)).result.rows == [(3,)]


@pytest.mark.parametrize("way", ["zygote", "spawned"])
@linux
def test_spares_that_all_died_cost_no_honest_run(
    shop: bytes, way: Literal["zygote", "spawned"]
) -> None:
    with Runner(SHOP, way=way, spares=4) as runner:
        runner.warm()
        children = list(runner._spares._ready)
        for child in children:
            child.wait_ready()
        for child in children:
            os.kill(child.pid, signal.SIGKILL)
        assert runner.run(Job("1 + 1", shop)).result.rows == [(2,)]
        assert [run.status for run in runner.run_each(Job("1", shop), [shop, shop])] == ["ok", "ok"]


@linux
def test_a_zygote_lost_during_a_run_is_retried_once(shop: bytes) -> None:
    with Runner(SHOP, way="zygote", level="B") as runner:
        run = runner.run(
            Job("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nwhile True: pass", shop)
        )
        assert run.status == "sandbox-error"
        assert runner.run(Job("1", shop)).status == "ok"


@linux
def test_children_end_with_their_owner(shop: bytes, tmp_path: Path) -> None:
    program = """
import os, signal
from playground.running import *
runner = Runner(World("none"))
runner.warm()
print(runner.run(Job("import os; os.getpid()", b"")).status, runner._spares._zygote._process.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    status, pid = done.stdout.split()
    assert status == "ok"
    with suppress(ProcessLookupError), os.fdopen(os.pidfd_open(int(pid)), "rb", 0) as zygote:
        assert select.select([zygote], [], [], 30)[0], "the zygote outlived its owner"
    with Runner(World("none")):
        left = [path for path in Path("/dev/shm").glob("playground-*") if f"-{pid}-" in path.name]
        assert not left


def test_a_world_that_cannot_load_is_told() -> None:
    for way in ("auto", "spawned"):
        with (
            Runner(World("bad", "import nowhere"), way=way) as runner,
            pytest.raises(
                BuildError,
                match=r"models.py, line 1: ModuleNotFoundError: No module named 'nowhere'",
            ),
        ):
            runner.run(Job("1", b""))
    with (
        Runner(World("bad", "while True: x = (")) as runner,
        pytest.raises(BuildError, match="SyntaxError"),
    ):
        runner.describe()


def test_build_tells_why_it_failed(runner: Runner) -> None:
    with pytest.raises(BuildError, match=r"NameError: name 'nope' is not defined \(line 2\)"):
        runner.build("x = 1\nnope")
    with pytest.raises(BuildError, match="IntegrityError"):
        runner.build("Base.metadata.create_all(engine)\nsession.add(Order(customer_id=9))")


def test_build_is_given_files_and_a_database(runner: Runner, shop: bytes) -> None:
    image = runner.build(
        "session.add(Customer(name=open('name.txt').read()))",
        database=shop,
        files={"name.txt": b"Zoe"},
    )
    assert [row[1] for row in runner.state(image).table("customers").rows] == [
        "Ana",
        "Bo",
        "Čára",
        "Zoe",
    ]


def test_the_same_seed_gives_the_same_image(runner: Runner, shop: bytes) -> None:
    assert runner.build(SEED) == shop


def test_runners_keep_one_per_world() -> None:
    with Runners() as runners:
        first = runners.of(World("a"))
        assert runners.of(World("a")) is first
        assert runners.of(World("b")) is not first


def test_no_secret_in_environment_or_arguments(
    runner: Runner, shop: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "x")
    with Runner(SHOP) as fresh:
        run = fresh.run(
            Job(
                "import os, sys\n(sorted(set(os.environ) - {'LC_ALL', 'TMPDIR', 'SQLITE_TMPDIR', 'MALLOC_ARENA_MAX', 'OPENBLAS_NUM_THREADS'}), sys.argv)",
                shop,
            )
        )
        assert [cell.text for cell in run.result.rows[0]] == [
            '["PYTEST_DISABLE_PLUGIN_AUTOLOAD"]',
            '[""]',
        ]


def test_importing_the_face_loads_no_sqlalchemy() -> None:
    program = "import sys, playground.running; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0


def test_the_level_is_told() -> None:
    level = isolation_level()
    assert level.name in ("A", "B")
    assert level.promises
    assert bool(level.missing) == (level.name == "B")
    with Runner(World("none")) as runner:
        assert runner.run(Job("1", b"")).isolation == level.name


def test_what_is_preloaded(runner: Runner) -> None:
    told = runner.describe()
    names = {name.name: name for name in told.names}
    assert names["Customer"].kind == "model"
    assert (
        names["Customer"].members[:3] == ("orders", "id", "name")
        or "orders" in names["Customer"].members[:3]
    )
    assert names["engine"].kind == "engine"
    assert names["session"].kind == "session"
    assert names["select"].kind == "function"
    assert "scalars" in names["session"].members
    customers, orders = told.tables
    assert (customers.name, customers.model) == ("customers", "Customer")
    assert orders.columns[1].foreign_keys == ("customers.id",)


def test_what_is_preloaded_is_asked_of_a_child_once(shop: bytes) -> None:
    with Runner(SHOP) as fresh:
        told = fresh.describe()
        assert fresh.run(Job("1", shop)).status == "ok"
        assert fresh.describe() is told
