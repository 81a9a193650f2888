"""What a confined process may do, as plain data, and what the system offers for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Stage = Literal["zygote", "spare", "run"]
MEBIBYTE = 1024 * 1024


class ConfinementError(Exception):
    """A promised layer could not be put on: the process must end before any foreign code runs."""


@dataclass(frozen=True)
class Plan:
    """How one process is to be confined. Made of plain data, so that it can come as JSON."""

    stage: Stage
    """The three are taken one after another. `zygote`: all but fork, before a course's models are
    imported. `spare`: its own files, in a child forked since, or in the same process where there
    is no fork. `run`: the last limits and system calls, once the job is known."""
    directory: str
    """The only place to write: for a zygote the folder that holds its runs' private ones, later
    the run's own, which becomes its working directory and its place for temporary files."""
    readable: tuple[str, ...] = ()
    """Files and folders that a zygote may read, see `readable_paths`; the later stages name none
    and keep these."""
    keep: tuple[int, ...] = ()
    """Descriptors that stay open beside 0, 1 and 2."""
    memory_bytes: int | None = 1024 * MEBIBYTE
    """Address space of the whole process, interpreter and libraries included."""
    cpu_seconds: int | None = None
    """Processor time after which the kernel kills: a second line behind the wall clock."""
    file_bytes: int = 64 * MEBIBYTE
    """Size of any one file."""
    open_files: int = 256
    die_with_parent: bool = False
    """Whether the kernel kills the process when the *thread* that forked it ends."""
    own_root: bool = True
    """Whether a zygote takes a root that holds nothing else, where the system lets it."""
    max_landlock_abi: int | None = None
    """Newest Landlock interface to use, as if the kernel were an older one."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "readable", tuple(self.readable))
        object.__setattr__(self, "keep", tuple(self.keep))


@dataclass(frozen=True)
class Capabilities:
    """What the running system offers. `missing` is empty exactly when `level` is A."""

    level: Literal["A", "B"]
    system: str
    machine: str
    landlock_abi: int
    """0 where the kernel has none or forbids it."""
    seccomp: bool
    no_new_privs: bool
    missing: tuple[str, ...]
    """Ids of what keeps the level from being A: `linux`, `architecture`, `landlock`, `seccomp`,
    `no-new-privs`."""
