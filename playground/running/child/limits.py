"""What a child takes on itself before code runs in it that nobody vouches for.

At level A the kernel confines it (`confine`), in steps: a zygote before it loads a course's models,
a spare while nobody waits, a run when its limits are known. At level B only POSIX limits are set,
where there are any. A layer that level A promises and that cannot be put on ends the process.
"""

import os
import sys
from typing import Any

from .. import confine
from . import packages

_ZYGOTE_MEMORY = 4_000_000_000
_OPEN_FILES = 256


class Confinement:
    """The steps of one process and those forked from it."""

    def __init__(self, arguments: dict[str, Any]) -> None:
        self.confined: bool = arguments["level"] == "A"
        self.forked = arguments["way"] == "zygote"
        self.folder: str = arguments["folder"]
        """For a zygote the folder that holds all private directories, else the private one."""
        self._space = confine.address_space()
        self._readable: tuple[str, ...] = ()

    def before_models(self, keep: tuple[int, ...]) -> None:
        """Before a course's models are loaded: all but fork, in a process that may never fork."""
        if not self.confined:
            return
        self._readable = confine.readable_paths()
        packages.remember(self._readable)
        plan = confine.Plan(
            "zygote",
            self.folder,
            readable=self._readable,
            keep=keep,
            memory_bytes=self._space + _ZYGOTE_MEMORY,
            file_bytes=_ZYGOTE_MEMORY,
            open_files=_OPEN_FILES,
        )
        _apply(plan)

    def when_spare(self, directory: str, keep: tuple[int, ...]) -> None:
        """In a child before its job is known: its own directory, and no other."""
        if self.confined:
            # A forked child reads what its zygote reads; a single one must name it again.
            readable = () if self.forked else self._readable
            _apply(confine.Plan("spare", directory, readable, keep, die_with_parent=self.forked))

    def before_code(self, job: dict[str, Any], directory: str, keep: tuple[int, ...]) -> None:
        """Before the first line of the learner's."""
        plan = confine.Plan(
            "run",
            directory,
            keep=keep,
            memory_bytes=self._space + job["memory_mb"] * 1_000_000,
            cpu_seconds=int(job["seconds"] * 4) + 5,
            file_bytes=job["file_bytes"],
            open_files=_OPEN_FILES,
        )
        if self.confined:
            _apply(plan)
        else:
            confine.limit(plan)


def _apply(plan: confine.Plan) -> None:
    try:
        confine.apply(plan)
    except confine.ConfinementError as error:
        _give_up(error)


def _give_up(error: Exception) -> None:
    sys.stderr.write(f"confinement failed: {error}")
    sys.stderr.flush()
    os._exit(1)
