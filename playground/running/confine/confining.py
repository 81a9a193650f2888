"""Putting the layers on a process, in the order that lets each be put on, and checking them."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sys
import threading
from functools import lru_cache

from . import landlock, seccomp
from .importing import remember_folders
from .kernel import (
    PR_GET_NO_NEW_PRIVS,
    PR_SET_NO_NEW_PRIVS,
    PR_SET_PDEATHSIG,
    drop_capabilities,
    known_machine,
    machine,
    prctl,
    syscall,
)
from .limits import close_others, lower_limits
from .plan import Capabilities, ConfinementError, Plan, Stage
from .readable import DEVICES
from .rooting import enter_own_root

_roots: set[str] = set()
"""What the spares of this zygote allow themselves: see `_roots_beside`."""
_spares: set[str] = set()
"""The directory that this process holds to since it got ready as a spare."""


@lru_cache(maxsize=4)
def probe(max_landlock_abi: int | None = None) -> Capabilities:
    """What the running system offers, by four system calls; never raises and starts nothing.
    A process asks once; those forked from it inherit the answer.

    `max_landlock_abi` pretends that the kernel's Landlock is that old (0: has none).
    """
    linux = sys.platform == "linux"
    known = linux and known_machine()
    version = landlock.abi(max_landlock_abi) if known else 0
    filters = known and seccomp.available()
    privileges = known and _has_no_new_privs()
    needed = {
        "linux": linux,
        "architecture": known or not linux,
        "landlock": version > 0 or not known,
        "seccomp": filters or not known,
        "no-new-privs": privileges or not known,
    }
    missing = tuple(name for name, present in needed.items() if not present)
    return Capabilities(
        level="B" if missing else "A",
        system=sys.platform,
        machine=machine(),
        landlock_abi=version,
        seccomp=filters,
        no_new_privs=privileges,
        missing=missing,
    )


def _has_no_new_privs() -> bool:
    try:
        prctl(PR_GET_NO_NEW_PRIVS)
    except OSError:
        return False
    return True


def apply(plan: Plan) -> None:
    """Confine this process for good, as `plan` says; all or, with ConfinementError, not enough.

    After an error the process must end at once: some layers may be on, and no foreign code may
    run in it. It must have no second thread, since Landlock would not bind it.
    """
    _demand_one_thread()
    capabilities = probe(plan.max_landlock_abi)
    if capabilities.missing:
        raise ConfinementError(f"missing: {', '.join(capabilities.missing)}")
    try:
        _apply_layers(plan, capabilities.landlock_abi)
        _verify(plan.stage)
    except (OSError, ValueError) as error:
        raise ConfinementError(str(error)) from error


def limit(plan: Plan) -> None:
    """Close descriptors and lower limits alone: what level B has, on POSIX systems.

    Does nothing on Windows; raises ConfinementError where the system refuses.
    """
    if sys.platform == "win32":
        return
    try:
        close_others(plan.keep)
        lower_limits(plan)
    except (OSError, ValueError) as error:
        raise ConfinementError(str(error)) from error


def _demand_one_thread() -> None:
    if threading.active_count() > 1:
        raise ConfinementError("the process has more than one thread")
    try:
        tasks = os.listdir("/proc/self/task")  # noqa: PTH208 - pathlib costs a zygote its import
    except OSError:  # no /proc, or confined already: then the zygote was looked at
        return
    if len(tasks) > 1:
        raise ConfinementError("the process has more than one thread")


def _apply_layers(plan: Plan, version: int) -> None:
    close_others(plan.keep)
    scoped = landlock.scopes_signals(version)
    if plan.stage == "zygote":
        remember_folders(plan.readable)
        _volunteer_for_the_kernel()
        if plan.own_root:
            enter_own_root(plan.readable, plan.directory)
        _enclose(plan, version)
        lower_limits(plan)
        _roots.update(_roots_beside(plan.directory, plan.readable))
        seccomp.program(machine(), False, scoped)  # its children find it in the cache
        seccomp.install(plan.stage, scoped_signals=scoped)
    elif plan.stage == "spare":
        _settle_in(plan.directory)
        _enclose(plan, version)
        _spares.add(plan.directory)
    elif plan.directory in _spares:
        lower_limits(plan)
        seccomp.install(plan.stage, scoped_signals=scoped)
    else:
        raise ConfinementError(f"{plan.directory} is no spare's directory")


def _enclose(plan: Plan, version: int) -> None:
    """The layers that know the directory and no limit: files, privileges."""
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    if plan.die_with_parent:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    _restrict_files(plan, version)
    drop_capabilities()


def _settle_in(directory: str) -> None:
    """Make the private directory the working directory and the place for temporary files."""
    os.chdir(directory)
    os.environ.update(TMPDIR=directory, SQLITE_TMPDIR=directory)
    if "tempfile" in sys.modules:
        vars(sys.modules["tempfile"])["tempdir"] = None  # it looks again


def _volunteer_for_the_kernel() -> None:
    """Ask to be the first to go where the whole machine runs out of memory. No promise."""
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:  # noqa: PTH123
        file.write("1000")


def _restrict_files(plan: Plan, version: int) -> None:
    rules = landlock.Ruleset(version)
    if plan.stage == "zygote":
        devices = [path for path in plan.readable if path in DEVICES]
        rules.allow_present(devices, landlock.DEVICE)
        rules.allow_present(set(plan.readable) - set(devices), landlock.READ)
        rules.allow(plan.directory, landlock.FOLDER_OF_FOLDERS)
    else:
        if not _roots:
            raise ConfinementError("a spare comes from a confined zygote")
        rules.allow_present(_roots, landlock.READ | landlock.DEVICE)
        rules.allow(plan.directory, landlock.FLAT_FOLDER)
    rules.enforce()
    rules.close()


def _roots_beside(directory: str, readable: tuple[str, ...]) -> set[str]:
    """The fewest folders that hold all of `readable` and not `directory`.

    A spare obeys its zygote's rules beside its own: its own need only keep it out of the other
    runs' directories, and a handful of rules costs a tenth of the full list.
    """
    own = os.path.realpath(directory).split("/")[1:]
    return {_root_beside(own, _real_path(path)) for path in readable}


def _real_path(path: str) -> str:
    """As `os.path.realpath` says, which is slow and asked for hundreds of files of a few folders."""
    folder, _, name = path.rpartition("/")
    return os.path.realpath(path) if os.path.islink(path) else f"{_real_folder(folder)}/{name}"  # noqa: PTH114


@lru_cache(maxsize=64)
def _real_folder(folder: str) -> str:
    return os.path.realpath(folder or "/").rstrip("/")


def _root_beside(own: list[str], path: str) -> str:
    parts = path.split("/")[1:]
    for depth in range(1, len(parts)):
        if parts[:depth] != own[:depth]:
            return "/" + "/".join(parts[:depth])
    return path


def _verify(stage: Stage) -> None:
    """Try what must be refused, so that no kernel's silence passes for a layer."""
    if prctl(PR_GET_NO_NEW_PRIVS) != 1:
        raise ConfinementError("no_new_privs did not hold")
    try:
        os.close(os.open("/", os.O_RDONLY | os.O_CLOEXEC))
    except PermissionError:
        pass
    else:
        raise ConfinementError("Landlock did not hold")
    if stage != "spare" and _call_is_possible():
        raise ConfinementError("seccomp did not hold")


def _call_is_possible() -> bool:
    try:
        syscall("unshare", 0)  # asks for nothing, which any process may
    except OSError as error:
        return error.errno != errno.EPERM
    return True
