"""Modules that somebody need not work through: a placement test showed that they are known.

An exercise with the tag `places:MODULE` is part of the test for that module. Once all of a course's
exercises with that tag are passed, the module's own are not required any more.
"""

from collections.abc import Callable, Iterable

from playground.course.model import Module

_PASSED = ("passed", "changed")
_PREFIX = "places:"


def places_of(tags: Iterable[str]) -> tuple[str, ...]:
    """The ids of the modules for whose test an exercise with these tags counts."""
    return tuple(tag.removeprefix(_PREFIX).strip() for tag in tags if tag.startswith(_PREFIX))


def known_modules(modules: Iterable[Module], state: Callable[[str], str]) -> frozenset[str]:
    """The ids of the modules that a placement test showed to be known.

    Args:
        modules: All of a course.
        state: Of the mark of the exercise of a reference (`lesson-id/exercise-id`).
    """
    shown: dict[str, bool] = {}
    for module in modules:
        for lesson in module.lessons:
            for exercise in lesson.exercises:
                for place in places_of(exercise.tags):
                    passed = state(f"{lesson.id}/{exercise.id}") in _PASSED
                    shown[place] = shown.get(place, True) and passed
    return frozenset(place for place, known in shown.items() if known)
