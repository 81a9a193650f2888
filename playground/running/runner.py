"""The one entry: run a job in a child that can do no harm, and say how it went."""

import contextlib
import json
import os
import threading
import time
import weakref
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from . import outcome, scratch
from .channel import ChildEnded, DeadlinePassed, OutputFull
from .isolation import isolation_level
from .job import Job, Limits, World
from .live import PAGE, LiveRun
from .outcome import Ended
from .preloaded import Preloaded
from .process import Child, SandboxTrouble, WorldFailed
from .run import Isolation, Run, State
from .spares import Spares, Way
from .watch import CancelRequested, DirectoryFull, Watch
from .wire import FRAME_LIMIT, InvalidFrame, decode_answer, decode_preloaded, decode_state

BUILD_LIMITS = Limits(seconds=60.0, memory_mb=1024, statements=0)
"""What a course's own models and seeds may take."""
STATE_ROWS = 10_000
"""Rows of a table that a `State` shows; its digest covers all."""
_START_SECONDS = 30.0
_READER_LIMITS = Limits(seconds=30.0, memory_mb=1024)
_FILE_BYTES = 160 * 1024 * 1024
"""What one file of a run may hold, beyond the database that it was given."""
_DIRECTORY_BYTES = 400 * 1024 * 1024
_DIRECTORY_FILES = 500
_READER_FILE_BYTES = 2 * 1024 * 1024 * 1024
_SPOOL_BYTES = 100 * 1024 * 1024
_IMAGE_BYTES = 1024 * 1024 * 1024
_GRACE = 0.25
"""Seconds that a run out of time is given to say what it has sent so far."""


class BuildError(Exception):
    """A course's own code failed: its models cannot be loaded, or its seed raised."""


class Runner:
    """Runs jobs on one world. Thread-safe; use it as a context manager, or `close` it."""

    def __init__(
        self,
        world: World,
        *,
        way: Way = "auto",
        spares: int = 2,
        level: Isolation | None = None,
    ) -> None:
        """`way` is how children are made, `spares` how many are kept ready ahead of need.

        `level` asks for less isolation than there is (to test it); None takes the best.
        """
        self.world = world
        self.isolation: Isolation = level or isolation_level().name
        """The level that runs have here."""
        self._spares = Spares(world, way, self.isolation, spares)
        self._children: set[Child] = set()
        self._kept: weakref.WeakSet[LiveRun] = weakref.WeakSet()
        self._changed = threading.Condition()
        self._closing = threading.Event()

    def __enter__(self) -> "Runner":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def warm(self) -> None:
        """Have the spares made, so that the first run finds one; returns before they are ready.

        A world that cannot load is told by the first run.
        """
        self._spares.refill()

    def run(self, job: Job, *, cancel: threading.Event | None = None) -> Run:
        """Run a job to its end.

        Nothing that the job's code does raises here; trouble of our own gives the status
        `sandbox-error` after one retry. Raises `BuildError` where the world cannot load.
        """
        live = self.open(job, cancel=cancel)
        live.close()
        return live.run

    def run_each(
        self, job: Job, databases: Sequence[bytes], *, cancel: threading.Event | None = None
    ) -> list[Run]:
        """The same attempt on several images, in their order; `job.database` is not looked at.

        Each has a child of its own, so that no run sees what another left; as many go on side by
        side as there are processors.
        """
        jobs = [msgspec.structs.replace(job, database=database) for database in databases]
        with ThreadPoolExecutor(max(1, min(len(jobs), os.cpu_count() or 1))) as pool:
            return list(pool.map(lambda each: self.run(each, cancel=cancel), jobs))

    def open(self, job: Job, *, cancel: threading.Event | None = None) -> LiveRun:
        """Run a job and keep its child, out of processor time, to give further rows."""
        watch = Watch(cancel, self._closing)
        try:
            try:
                return self._attempt(job, watch)
            except SandboxTrouble:
                return self._attempt(job, watch)
        except SandboxTrouble as trouble:
            return LiveRun(outcome.sandbox_error(self.isolation, str(trouble)))
        finally:
            self._spares.refill()

    def build(
        self, code: str, *, database: bytes = b"", files: Mapping[str, bytes] | None = None
    ) -> bytes:
        """Run author code on a database and return the image that it leaves.

        The code has a run's namespace; the preloaded session is committed at its end. `files`
        are laid into its working directory first, by plain names. Raises `BuildError`.
        """
        job = Job(code=code, database=database, limits=BUILD_LIMITS)
        try:
            child = self._start(job, files=files, commit=True)
            try:
                ended = self._receive(child, job, Watch(self._closing))
                if ended.status != "ok":
                    raise BuildError(outcome.reason(ended))
                child.kill(wait=True)
                return self._ask("image", directory=child.directory, limit=_IMAGE_BYTES)
            finally:
                self._release(child)
        except SandboxTrouble as trouble:
            raise BuildError(str(trouble)) from None

    def describe(self) -> Preloaded:
        """What the namespace of a run holds. Raises `BuildError` where the world cannot load."""
        try:
            return decode_preloaded(self._ask("describe"))
        except (SandboxTrouble, InvalidFrame) as trouble:
            raise BuildError(str(trouble)) from None

    def state(self, database: bytes) -> State:
        """The tables of a database image, read by a child. Raises `BuildError` if it is none."""
        directory = self._spares.new_directory()
        try:
            scratch.write_new(directory, scratch.DATABASE, database)
            state = self._read_state(directory, scratch.DATABASE)
        except SandboxTrouble as trouble:
            raise BuildError(str(trouble)) from None
        finally:
            scratch.remove(directory)
        if state is None:
            raise BuildError("This is no SQLite database.")
        return state

    def close(self) -> None:
        """End every child and wait for it; runs under way end as `cancelled`."""
        self._closing.set()
        for live in list(self._kept):
            live.close()
        with self._changed:
            self._changed.wait_for(lambda: not self._children, timeout=_START_SECONDS)
        self._spares.close()

    def _attempt(self, job: Job, watch: Watch) -> LiveRun:
        child = self._start(job)
        kept: Child | None = None
        try:
            ended = self._receive(child, job, watch)
            state = None
            if job.state and ended.answer is not None:
                child.kill(wait=True)
                state = self._read_state(child.directory, ended.answer.database)
            run = outcome.as_run(ended, self.isolation, state)
            if not job.state and run.result and run.result.total > len(run.result.rows):
                child.freeze()
                kept = child
        finally:
            if kept is None:
                self._release(child)
        live = LiveRun(run, kept, self._release)
        if kept is not None:
            self._kept.add(live)
        return live

    def _start(
        self, job: Job, *, files: Mapping[str, bytes] | None = None, commit: bool = False
    ) -> Child:
        """A child in which the job's code is about to begin. Raises `SandboxTrouble`."""
        child = self._taken()
        try:
            scratch.write_new(child.directory, scratch.DATABASE, job.database)
            for name, data in (files or {}).items():
                scratch.write_new(child.directory, name, data)
            child.channel.output_limit = job.limits.output_bytes
            order = _job_order(job, commit=commit)
            self._send(child, order | {"mark": child.channel.mark.decode()})
        except (SandboxTrouble, OSError) as error:
            self._release(child)
            raise SandboxTrouble(str(error)) from None
        return child

    def _taken(self) -> Child:
        try:
            child = self._spares.take()
        except WorldFailed as error:
            raise BuildError(str(error)) from None
        with self._changed:
            self._children.add(child)
        return child

    def _release(self, child: Child) -> None:
        """End a child, and remove what it left."""
        with self._changed:
            if child not in self._children:
                return
            self._children.discard(child)
        self._spares.discard(child)
        with self._changed:
            self._changed.notify_all()

    def _send(self, child: Child, order: dict[str, Any]) -> None:
        """Give a child its order, and see that it has taken its limits on."""
        deadline = time.monotonic() + _START_SECONDS
        try:
            child.order_sent = time.monotonic()
            child.channel.send(json.dumps(order).encode(), deadline=deadline)
        except (ChildEnded, DeadlinePassed) as error:
            raise SandboxTrouble(f"a spare took no order: {error!r}") from None
        child.expect("started", deadline)

    def _receive(self, child: Child, job: Job, watch: Watch) -> Ended:
        """Wait for a run's answer, or for what comes instead of it."""
        limits, channel, start = job.limits, child.channel, child.order_sent
        deadline = time.monotonic() + limits.seconds
        most = _DIRECTORY_BYTES + len(job.database)
        watch.limit_files(child.directory, child.pid, bytes_=most, files=_DIRECTORY_FILES)
        try:
            frame = channel.receive(deadline=deadline, watch=watch)
            channel.collect()
            if not channel.silent:
                raise InvalidFrame("more than one frame")
            return outcome.answered(decode_answer(frame), _since(start), channel.text(), limits)
        except InvalidFrame:
            return Ended("invalid-result", _since(start), channel.text())
        except CancelRequested:
            return Ended("cancelled", _since(start), channel.text())
        except OutputFull:
            limit = outcome.megabytes(limits.output_bytes)
            return Ended("output", _since(start), channel.text(), limit=limit)
        except DirectoryFull:
            limit = outcome.megabytes(_DIRECTORY_BYTES)
            return Ended("memory", _since(start), channel.text(), limit=limit)
        except DeadlinePassed:
            return self._out_of_time(child, job, start)
        except ChildEnded:
            return self._vanished(child, job, start)

    def _out_of_time(self, child: Child, job: Job, start: float) -> Ended:
        """The time is up: take what the child can say within the grace, and no more."""
        channel, answer = child.channel, None
        elapsed = _since(start)
        if child.nudge():
            with contextlib.suppress(ChildEnded, DeadlinePassed, InvalidFrame, OutputFull):
                frame = channel.receive(deadline=time.monotonic() + _GRACE)
                answer = decode_answer(frame)
        limit = outcome.seconds(job.limits.seconds)
        return Ended("timeout", elapsed, channel.text(), answer, limit)

    def _vanished(self, child: Child, job: Job, start: float) -> Ended:
        """The child closed its channel: because it ended, or to hide what it does."""
        elapsed = _since(start)
        code = child.wait_end(_GRACE)
        child.channel.collect()
        output = child.channel.text()
        if child.lost:
            raise SandboxTrouble("the zygote was lost during the run")
        if code is None:
            return Ended("invalid-result", elapsed, output)
        return outcome.vanished(code, elapsed, output, job.limits)

    def _read_state(self, directory: Path, name: str | None) -> State | None:
        """The tables of a database that an ended run left; None where there is none to read."""
        if name is None or not _is_plain(name):
            return None
        try:
            return decode_state(self._ask("state", directory=directory, file=name))
        except (SandboxTrouble, InvalidFrame):
            return None

    def _ask(
        self,
        task: str,
        *,
        directory: Path | None = None,
        file: str = scratch.DATABASE,
        limit: int = FRAME_LIMIT,
    ) -> bytes:
        """The one frame that a clean child answers to a task of ours. Raises `SandboxTrouble`."""
        child = self._taken()
        try:
            if directory is not None:
                scratch.move(directory, child.directory)
            order = _order(task, _READER_LIMITS, _READER_FILE_BYTES)
            self._send(child, order | {"file": file, "rows": STATE_ROWS})
            deadline = time.monotonic() + _READER_LIMITS.seconds
            return child.channel.receive(deadline=deadline, limit=limit)
        except (ChildEnded, DeadlinePassed, InvalidFrame, OutputFull) as error:
            raise SandboxTrouble(f"no answer to {task}: {error!r}") from None
        finally:
            self._release(child)


def _since(start: float) -> float:
    return round((time.monotonic() - start) * 1000, 3)


def _is_plain(name: str) -> bool:
    """Whether it names a file of the directory itself, whatever the system's separators."""
    return 0 < len(name) < 200 and name.isprintable() and not set(name) & set("/\\:\0")


def _order(task: str, limits: Limits, file_bytes: int) -> dict[str, Any]:
    return {
        "task": task,
        "seconds": limits.seconds,
        "memory_mb": limits.memory_mb,
        "file_bytes": file_bytes,
        "cell_bytes": limits.cell_bytes,
        "rows": limits.rows,
        "statements": limits.statements,
        "spool_bytes": _SPOOL_BYTES,
        "page": PAGE,
    }


def _job_order(job: Job, *, commit: bool) -> dict[str, Any]:
    return _order("run", job.limits, _FILE_BYTES + len(job.database)) | {
        "code": job.code,
        "language": job.language,
        "setup": job.setup,
        "after": job.after,
        "whole": job.whole,
        "state": job.state,
        "commit": commit,
    }
