"""The one entry: run a job in a child that can do no harm, and say how it went."""

import contextlib
import functools
import threading
import time
import weakref
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from . import outcome, scratch
from .answering import Answering
from .channel import ChildEnded, DeadlinePassed, OutputFull
from .children import BuildError, Children
from .isolation import isolation_level
from .job import Job, Limits, World
from .live import LiveRun
from .orders import READER_LIMITS, attempt_order, reader_order
from .oversight import oversee
from .preloaded import Preloaded
from .process import Child, SandboxTrouble
from .reading import BESIDE, KnownStates, Reader, is_plain
from .run import Isolation, Run, State
from .series import Series
from .spares import Spares, Way
from .watch import Watch
from .wire import FRAME_LIMIT, InvalidFrame, decode_preloaded

BUILD_LIMITS = Limits(seconds=60.0, memory_mb=1024, statements=0)
"""What a course's own models and seeds may take."""
_IMAGE_BYTES = 1024 * 1024 * 1024


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
        self._children = Children(self._spares)
        self._known = KnownStates()
        self._kept: weakref.WeakSet[LiveRun] = weakref.WeakSet()
        self._closing = threading.Event()
        self._described: Preloaded | None = None
        self._answering = Answering(self._children, self._closing)

    def __enter__(self) -> "Runner":
        return self

    def __exit__(self, *_: object) -> None:
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

        Each run is as one of its own; see `series`.
        """
        last = len(databases) - 1
        with self.series(job, cancel=cancel) as series:
            runs = [
                series.run(database, more=place < last) for place, database in enumerate(databases)
            ]
            if not job.state:
                return runs
            states = series.states(range(len(runs)))
        pairs = zip(runs, states, strict=True)
        return [msgspec.structs.replace(run, state=state) for run, state in pairs]

    def series(self, job: Job, *, cancel: threading.Event | None = None) -> Series:
        """The same attempt on one database after another, as its user asks for them.

        One child serves them all where it can; a context manager. `job.state` says whether
        states may be asked for, `job.database` is not looked at.
        """
        watch = Watch(cancel, self._closing)
        return Series(self._children, job, self.isolation, watch, self._known)

    def open(self, job: Job, *, cancel: threading.Event | None = None) -> LiveRun:
        """Run a job and keep its child, out of processor time, to give further rows."""
        watch = Watch(cancel, self._closing)
        try:
            try:
                return self._attempt(job, watch)
            except SandboxTrouble:
                self._spares.renew()
                return self._attempt(job, watch, last=True)
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
                ended = oversee(child, job, Watch(self._closing), last=True)
                if ended.status != "ok":
                    raise BuildError(outcome.reason(ended))
                child.kill(wait=True)
                return self._ask("image", of=child, limit=_IMAGE_BYTES)
            finally:
                self._children.release(child)
        except SandboxTrouble as trouble:
            raise BuildError(str(trouble), ours=True) from None

    def describe(self) -> Preloaded:
        """What the namespace of a run holds. Raises `BuildError` where the world cannot load.

        The world alone decides it, so a child is asked once.
        """
        try:
            if self._described is None:
                self._described = decode_preloaded(self._ask("describe"))
            return self._described
        except SandboxTrouble as trouble:
            raise BuildError(str(trouble), ours=True) from None
        except InvalidFrame as error:
            raise BuildError(str(error)) from None

    def ask(self, question: dict[str, Any]) -> Any:
        """What `answer`, in a world that holds a program of ours, says to a question.

        Both are plain data; see `answering`. Raises `NoAnswer` and `BuildError`.
        """
        return self._answering.ask(question)

    def state(self, database: bytes) -> State:
        """The tables of a database image, read by a child. Raises `BuildError` if it is none."""
        return self.state_each([database])[0]

    def state_each(self, databases: Sequence[bytes]) -> list[State]:
        """The tables of several images, read by one child. Raises `BuildError` if one is none."""
        try:
            directory = self._spares.new_directory()
        except OSError as error:
            raise BuildError(str(error), ours=True) from None
        reader = Reader(self._children)

        def read(database: bytes) -> State:
            scratch.write_new(directory, scratch.DATABASE, database)
            state = reader.read(directory, scratch.DATABASE, ours=True)
            if state is None:
                raise BuildError("This is no SQLite database.")
            return state

        try:
            return [self._known.of(each, functools.partial(read, each)) for each in databases]
        except (SandboxTrouble, OSError) as trouble:
            raise BuildError(str(trouble), ours=True) from None
        finally:
            reader.close()
            scratch.remove(directory)

    def close(self) -> None:
        """End every child and wait for it; runs under way end as `cancelled`."""
        self._closing.set()
        self._answering.close()
        for live in list(self._kept):
            live.close()
        self._children.wait_for_all()
        self._spares.close()

    def _attempt(self, job: Job, watch: Watch, *, last: bool = False) -> LiveRun:
        child = self._start(job)
        kept: Child | None = None
        try:
            ended = oversee(child, job, watch, last=last)
            state = None
            if job.state and ended.answer is not None:
                child.kill(wait=True)
                state = self._read_state(child, ended.answer.database, job.database)
            run = outcome.as_run(ended, self.isolation, state)
            if not job.state and run.result and run.result.total > len(run.result.rows):
                child.freeze()
                kept = child
        finally:
            if kept is None:
                self._children.release(child)
        live = LiveRun(run, kept, self._children.release)
        if kept is not None:
            self._kept.add(live)
        return live

    def _start(
        self, job: Job, *, files: Mapping[str, bytes] | None = None, commit: bool = False
    ) -> Child:
        """A child in which the job's code is about to begin. Raises `SandboxTrouble`."""
        child = self._children.take()
        try:
            scratch.write_new(child.directory, scratch.DATABASE, job.database)
            for name, data in (files or {}).items():
                scratch.write_new(child.directory, name, data)
            child.channel.output_limit = job.limits.output_bytes
            order = attempt_order(job, mark=child.channel.mark, commit=commit)
            self._children.start(child, order)
        except (SandboxTrouble, OSError) as error:
            self._children.release(child)
            raise SandboxTrouble(str(error)) from None
        return child

    def _read_state(self, ended: Child, name: str | None, given: bytes) -> State | None:
        """The tables of a database that an ended run left; None where there is none to read."""
        if name is None or not is_plain(name):
            return None
        try:
            directory = self._spares.new_directory()
        except OSError as error:
            raise SandboxTrouble(str(error)) from None
        reader = Reader(self._children)
        try:
            for each in (name, *(f"{name}{suffix}" for suffix in BESIDE)):
                with contextlib.suppress(OSError):
                    (ended.directory / each).rename(directory / each)
            return self._known.of_file(directory, name, given, lambda: reader.read(directory, name))
        finally:
            reader.close()
            scratch.remove(directory)

    def _ask(self, task: str, *, of: Child | None = None, limit: int = FRAME_LIMIT) -> bytes:
        """The one frame that a clean child answers to a task of ours. Raises `SandboxTrouble`.

        It is about the database that `of` left, which has ended.
        """
        child = self._children.take()
        try:
            if of is not None:
                scratch.move(of.directory, child.directory)
            self._children.start(child, reader_order(task, file=scratch.DATABASE))
            deadline = time.monotonic() + READER_LIMITS.seconds
            return child.channel.receive(deadline=deadline, limit=limit)
        except (ChildEnded, DeadlinePassed, InvalidFrame, OutputFull) as error:
            message = f"no answer to {task}: {error!r}"
            if of is not None and isinstance(error, ChildEnded):  # of what it found there
                raise BuildError(message) from None
            raise SandboxTrouble(message) from None
        finally:
            self._children.release(child)
