"""Many jobs, on all processors, their runs in order."""

import itertools
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from functools import cache
from multiprocessing.util import Finalize

from .job import Job, World
from .run import Run
from .runner import Runner
from .runners import Runners

_AHEAD = 4
"""Jobs per processor that are given out before the first of them is asked for."""
_LOOK_SECONDS = 0.1


def run_many(
    runner: Runner,
    jobs: Iterable[Job],
    executor: Executor | None = None,
    *,
    cancel: threading.Event | None = None,
    start: int = 0,
    ahead: int | None = None,
) -> Iterator[Run]:
    """The runs of jobs on a runner's world, each as `Runner.run` gives it, in the jobs' order.

    Args:
        runner: what runs them where `executor` is none, or threads of this process.
        jobs: taken as they are needed; `ahead` of what was asked for (four per processor) and
            no more, so that memory does not grow with their number.
        executor: where the runs are watched; a process elsewhere makes a runner of its own.
        cancel: once set, the iterator ends before the first run that did not come to its end.
        start: how many jobs to leave out: those whose runs came before it was cancelled.
    """
    own = ThreadPoolExecutor(os.cpu_count()) if executor is None else None
    at_work = own or executor
    assert at_work is not None
    cancel = cancel or threading.Event()
    submit = _submitter(runner, at_work, cancel)
    waiting = itertools.islice(jobs, start, None)
    futures: deque[Future[Run]] = deque()
    try:
        while True:
            room = (ahead or _AHEAD * (os.cpu_count() or 1)) - len(futures)
            if not cancel.is_set():
                futures.extend(submit(job) for job in itertools.islice(waiting, max(room, 0)))
            if not futures or not _is_done(futures[0], cancel):
                return
            run = futures.popleft().result()
            if run.status == "cancelled":
                return
            yield run
    finally:
        for future in futures:
            future.cancel()
        if own is not None:
            own.shutdown()


def _submitter(
    runner: Runner, executor: Executor, cancel: threading.Event
) -> Callable[[Job], Future[Run]]:
    if isinstance(executor, ThreadPoolExecutor):
        return lambda job: executor.submit(runner.run, job, cancel=cancel)
    return lambda job: executor.submit(run_elsewhere, runner.world, job)


def _is_done(future: "Future[Run]", cancel: threading.Event) -> bool:
    """Wait until a future is done; False where it was cancelled first."""
    while not cancel.is_set():
        if wait([future], _LOOK_SECONDS).done:
            return True
    return future.done() and not future.cancelled()


def run_elsewhere(world: World, job: Job) -> Run:
    """One run in whatever process this is, by a runner that it keeps for the next ones."""
    return _runners().of(world).run(job)


@cache
def _runners() -> Runners:
    runners = Runners()
    Finalize(runners, runners.close, exitpriority=10)
    return runners
