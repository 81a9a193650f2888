"""What the notes of a verdict say; the ids themselves are for programs (`docs/json.md`)."""

from playground.checking.verdict import Verdict
from playground.texts import N_, _

_NOTES = {
    "rows-computed-in-python": N_(
        "The rows were made in Python; the database could have made them."
    ),
    "replayed": N_(
        "The statements were sent again by themselves, and gave the same rows and the same database."
    ),
    "claimed": N_(
        "Only the answer itself tells which statements were sent: sending them again confirmed nothing."
    ),
}


def note_texts(verdict: Verdict) -> list[str]:
    """The notes in sentences; those that are findings too are not said again."""
    return [_(_NOTES[note]) for note in verdict.notes if note in _NOTES]
