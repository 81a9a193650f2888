"""What a course says of itself before any lesson is read; it is kept in the cache of outlines."""

from pathlib import Path

import msgspec

from playground.course.fields import Title
from playground.course.model import Fault, Place


class HeaderModule(msgspec.Struct, frozen=True):
    """One module as `course.yaml` names it; the folder may turn out not to be there."""

    id: str
    title: Title
    folder: Path
    place: Place


class Header(msgspec.Struct, frozen=True):
    """What `course.yaml` says."""

    id: str
    title: Title
    revision: int
    languages: tuple[str, ...]
    """The course's own first."""
    strict_proof: bool
    modules: tuple[HeaderModule, ...]
    translations: Place
    """Where `translations:` stands."""
    faults: tuple[Fault, ...] = ()
