"""The marks of exercises, as the commands print them."""

from collections.abc import Iterable

from playground.texts import N_, _, ngettext

SIGNS = {"passed": "+", "changed": "*", "seen": "o", "tried": "-"}
WORDS = {
    "passed": N_("passed"),
    "changed": N_("passed, changed since"),
    "seen": N_("solution seen"),
    "tried": N_("tried"),
}


def sign_of(state: str) -> str:
    """The sign before an exercise."""
    return SIGNS.get(state, " ")


def word_of(state: str) -> str:
    """The word behind an exercise, in brackets; empty where nothing was done."""
    return f" ({_(WORDS[state])})" if state in WORDS else ""


def counted(states: Iterable[str]) -> str:
    """How many of these exercises are passed, and how many were looked up: `3/5, 1 solution seen`."""
    states = list(states)
    passed = sum(state in ("passed", "changed") for state in states)
    return count_text(passed, len(states), states.count("seen"))


def count_text(passed: int, total: int, seen: int) -> str:
    """`3/5, 1 solution seen`; a solution that was seen is no pass."""
    text = f"{passed}/{total}"
    if seen:
        text += ", " + ngettext("{count} solution seen", "{count} solutions seen", seen).format(
            count=seen
        )
    return text
