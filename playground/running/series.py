"""One job on several databases, one after another, in as few children as can be."""

import contextlib
import os
import time
from collections.abc import Iterable
from pathlib import Path

import msgspec

from . import outcome, scratch
from .channel import ChildEnded, DeadlinePassed, OutputFull
from .children import BuildError, Children, tell
from .job import Job
from .orders import attempt_order, file_bytes
from .outcome import Ended
from .oversight import oversee
from .process import Child, SandboxTrouble, WorldFailed
from .reading import BESIDE, KnownStates, Reader, holds, is_plain
from .run import Isolation, Run, State
from .watch import ENDING, Watch
from .wire import InvalidFrame, decode_sign

_TIDY_SECONDS = 2.0
"""How long a child may take to put away what a run left; it has no time of the learner's for it."""
_HAND_OVER_SECONDS = 5.0
"""How long it may take to begin on the next database; one that does not is replaced."""
_SIGN_BYTES = 1000


class Series:
    """Runs of the same attempt, each as if it had a child of its own. Not thread-safe.

    A child goes on to the next database where it can tell that the run before left nothing behind;
    else, and where a run ended its child, another takes over. Use it as a context manager.
    """

    def __init__(
        self,
        children: Children,
        job: Job,
        isolation: Isolation,
        watch: Watch,
        known: KnownStates,
    ) -> None:
        self._children = children
        self._job = job
        self._isolation = isolation
        self._watch = watch
        self._known = known
        self._child: Child | None = None
        self._file_bytes = 0
        self._busy_ms = 0.0
        """How long the child has been running code."""
        self._claimed: list[str | None] = []
        """The name of the file that each run says to be its final database, till it is put by."""
        self._given: list[bytes] = []
        self._put_by: dict[int, str] = {}
        self._folder: Path | None = None
        self._reader = Reader(children)

    def __enter__(self) -> "Series":
        return self

    def __exit__(self, *_: object) -> None:
        self._end_child()
        self._reader.close()
        if self._folder is not None:
            scratch.remove(self._folder)

    def run(self, database: bytes, *, more: bool = False) -> Run:
        """Run the job on a database; `more` says that another will come. Reads no state.

        Raises `BuildError` where the world cannot load; trouble of our own is the status
        `sandbox-error` after one retry.
        """
        job = msgspec.structs.replace(self._job, database=database)
        self._given.append(database)
        try:
            try:
                ended = self._ended(job, more)
            except SandboxTrouble:
                self._end_child()
                self._children.spares.renew()
                ended = self._ended(job, more, last=True)
        except SandboxTrouble as trouble:
            self._end_child()
            self._claimed.append(None)
            return outcome.sandbox_error(self._isolation, str(trouble))
        finally:
            self._children.spares.refill()
        return outcome.as_run(ended, self._isolation)

    def states(self, places: Iterable[int]) -> list[State | None]:
        """The databases as those runs left them, read when nothing of the answer runs any more.

        `places` are the runs' numbers, from 0. None where a run left nothing that can be read.
        Raises `BuildError` (of ours) where there is no child to read them in.
        """
        self._end_child()
        try:
            return [self._state(place) for place in places]
        except SandboxTrouble as trouble:
            raise BuildError(str(trouble), ours=True) from None

    def untouched(self, place: int) -> bool:
        """Whether that run left the very bytes that it was given, of a file not yet read.

        It is told without a child, when nothing of the answer runs any more.
        """
        self._end_child()
        kept = self._put_by.get(place)
        if kept is None or self._folder is None:
            return False
        return holds(self._folder, kept, self._given[place])

    def _ended(self, job: Job, more: bool, *, last: bool = False) -> Ended:
        child = self._child
        if child is None or not self._hand_over(child, job, more):
            self._end_child()
            child = self._begin(job, more)
        kept_bytes = sum(map(len, self._given[:-1]))
        ended = oversee(
            child,
            job,
            self._watch,
            more=more,
            kept=self._folder,
            kept_bytes=kept_bytes,
            last=last,
        )
        goes_on = False
        if more and ended.answer is not None and ended.status in ("ok", "error"):
            try:
                goes_on = _is_tidy(child, self._watch)
            except InvalidFrame:
                ended = Ended("invalid-result", ended.elapsed_ms, ended.output)
        self._claimed.append(ended.answer.database if ended.answer is not None else None)
        self._busy_ms += ended.elapsed_ms
        if not goes_on or self._busy_ms > job.limits.seconds * 1000:
            self._end_child()
        return ended

    def _begin(self, job: Job, more: bool) -> Child:
        """A new child in which the job's code is about to begin. Raises `SandboxTrouble`."""
        child = self._child = self._children.take()
        self._file_bytes = file_bytes(job.database)
        self._busy_ms = 0.0
        try:
            scratch.write_new(child.directory, scratch.DATABASE, job.database)
        except OSError as error:
            raise SandboxTrouble(str(error)) from None
        child.channel.output_limit = job.limits.output_bytes
        self._children.start(child, attempt_order(job, mark=child.channel.mark, more=more))
        return child

    def _hand_over(self, child: Child, job: Job, more: bool) -> bool:
        """Give the next database to a child that has tidied up; whether it could be done.

        The new file is moved in as the finished ones are moved out: nothing is opened there.
        """
        if file_bytes(job.database) > self._file_bytes:
            return False
        try:
            self._put_files_by(child)
            if os.listdir(child.directory):  # noqa: PTH208  (a name is all that is wanted)
                return False
            folder = self._made_folder()
            scratch.write_new(folder, scratch.DATABASE, job.database)
            (folder / scratch.DATABASE).rename(child.directory / scratch.DATABASE)
            child.channel.forget_output()
            tell(child, {"more": more})
            child.expect("started", time.monotonic() + _HAND_OVER_SECONDS, self._watch)
        except (OSError, SandboxTrouble, WorldFailed, *ENDING):
            return False
        return True

    def _end_child(self) -> None:
        """End the child and keep the files of its last run."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill(wait=True)
        with contextlib.suppress(OSError):  # no room, or names that a run made unfit
            self._put_files_by(child)
        self._children.release(child)

    def _put_files_by(self, child: Child) -> None:
        """Move the last run's final database, if it names one, to where no run can reach it."""
        place = len(self._claimed) - 1
        name = self._claimed[place] if self._claimed else None
        if name is None or not self._job.state or not is_plain(name):
            return
        self._claimed[place] = None
        folder, kept = self._made_folder(), f"{place}.db"
        (child.directory / name).rename(folder / kept)
        self._put_by[place] = kept
        for suffix in BESIDE:
            with contextlib.suppress(FileNotFoundError):
                (child.directory / f"{name}{suffix}").rename(folder / f"{kept}{suffix}")

    def _made_folder(self) -> Path:
        if self._folder is None:
            self._folder = self._children.spares.new_directory()
        return self._folder

    def _state(self, place: int) -> State | None:
        kept = self._put_by.pop(place, None)
        if kept is None or self._folder is None:
            return None
        folder, given = self._folder, self._given[place]
        return self._known.of_file(folder, kept, given, lambda: self._reader.read(folder, kept))


def _is_tidy(child: Child, watch: Watch) -> bool:
    """Whether the child says that it is as it was before its run.

    Raises `InvalidFrame` where it says anything else than that, or that it is not.
    """
    deadline = time.monotonic() + _TIDY_SECONDS
    try:
        frame = child.channel.receive(deadline=deadline, watch=watch, limit=_SIGN_BYTES)
        sign = decode_sign(frame)
    except (ChildEnded, DeadlinePassed, OutputFull, *ENDING):
        return False
    if sign not in ({"tidy": True}, {"tidy": False}) or not child.channel.silent:
        raise InvalidFrame("more than one answer")
    return bool(sign["tidy"])
