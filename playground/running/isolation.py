"""Which level of isolation runs have here, and what it promises."""

from typing import Literal

import msgspec

from playground.texts import _


class Level(msgspec.Struct, frozen=True):
    """A level of isolation, told honestly."""

    name: Literal["A", "B"]
    promises: list[str]
    missing: list[str]
    """What level A would need that this system does not have."""


def isolation_level() -> Level:
    """The level that runs have on this system."""
    return Level("B", _supervised(), [])


def _supervised() -> list[str]:
    return [
        _("A run that takes too long is ended."),
        _("A run that prints without end is ended."),
        _("A run that takes too much memory is ended, where the system can count it."),
        _("A run that crashes takes nothing with it."),
    ]
