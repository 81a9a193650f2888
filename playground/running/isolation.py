"""Which level of isolation runs have here, and what it promises."""

import msgspec

from playground.texts import _

from .confine import probe
from .run import Isolation


class Level(msgspec.Struct, frozen=True):
    """A level of isolation, told honestly."""

    name: Isolation
    promises: list[str]
    missing: list[str]
    """What level A would need that this system does not have; empty at level A."""


def isolation_level() -> Level:
    """The level that runs have on this system. Cheap; starts nothing."""
    found = probe()
    if found.level == "A":
        return Level("A", _confined(), [])
    return Level("B", _supervised(), [_missing(name) for name in found.missing])


def _supervised() -> list[str]:
    return [
        _("A run that takes too long is ended."),
        _("A run that prints without end is ended."),
        _("A run that takes too much memory is ended, where the system can count it."),
        _("A run that crashes takes nothing with it."),
    ]


def _confined() -> list[str]:
    return [
        _("A run that takes too long, too much memory or prints without end is ended."),
        _("A run that crashes takes nothing with it."),
        _("A run reads nothing but Python and its libraries, and writes to its own folder alone."),
        _("A run has no network and starts no other program."),
    ]


def _missing(name: str) -> str:
    return {
        "linux": _("Confinement by the kernel is made for Linux."),
        "architecture": _("This kind of processor is not one that confinement is made for."),
        "landlock": _("The kernel has no Landlock, or forbids it here."),
        "seccomp": _("The kernel has no seccomp filters, or forbids them here."),
        "no-new-privs": _("The kernel cannot forbid new privileges."),
    }.get(name, name)
