"""What opening and finding can end in."""

import difflib
from collections.abc import Iterable

from playground.course.model import Fault
from playground.texts import _


class CourseError(Exception):
    """Files that cannot be read; `faults` say where and why, to their author."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class UnknownName(KeyError):  # noqa: N818  (it names what was asked for, not a failure)
    """No lesson or exercise has that name."""

    def __init__(self, name: str, nearest: list[str]) -> None:
        super().__init__(name)
        self.name = name
        self.nearest = nearest
        """The most alike names that there are, best first; may be empty."""

    def __str__(self) -> str:
        return _("There is no {name}.").format(name=self.name)


def nearest(name: str, known: Iterable[str], count: int = 3) -> list[str]:
    """The names of `known` most like `name`, best first, at most `count`."""
    spellings: dict[str, str] = {}
    for spelling in known:
        spellings.setdefault(spelling.lower(), spelling)
    found = difflib.get_close_matches(name.lower()[:200], spellings, n=count, cutoff=0.5)
    return [spellings[key] for key in found]


def unknown_name(name: str, known: list[str]) -> str:
    """Says that a name is not known here, with the nearest known one, else with all."""
    close = nearest(name, known, 1)
    if close:
        return _("“{name}” is not known here. Did you mean “{near}”?").format(
            name=name, near=close[0]
        )
    return _("“{name}” is not known here. Known are: {known}.").format(
        name=name, known=", ".join(known)
    )
