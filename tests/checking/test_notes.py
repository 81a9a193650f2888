"""What is said of a verdict's notes, in the app and in plain lines."""

import re
from pathlib import Path

import pytest
from textual.content import Content

from playground.checking import Difference, Verdict, note_texts
from playground.commands.printing import difference_lines, verdict_lines
from playground.tui.explaining import explanation

DOCUMENT = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
FINDINGS_TOO = {"solution-seen"}
"""Notes that are also said as a finding."""


def verdict(*notes: str) -> Verdict:
    return Verdict("lesson/exercise", "pass", 1, 1, notes=list(notes))


def documented() -> set[str]:
    _before, _head, table = DOCUMENT.partition("The notes of a pass:")
    return set(re.findall(r"^\| `([a-z-]+)`", table.partition("\n#")[0], re.MULTILINE))


@pytest.mark.parametrize("note", sorted(documented() - FINDINGS_TOO))
def test_every_note_has_a_sentence(note: str) -> None:
    (sentence,) = note_texts(verdict(note))
    assert sentence.endswith(".")
    assert sentence in list(verdict_lines(verdict(note)))
    plain = [
        part.plain if isinstance(part, Content) else part for part in explanation(verdict(note))
    ]
    assert sentence in plain


def test_a_table_without_rows_to_show_has_no_heading() -> None:
    """Tables may differ in a column's type alone."""
    said = difference_lines(Difference("small", ["id"], [], [], 0, 0, table="books"))
    assert list(said) == []


def test_an_unknown_note_is_not_shown() -> None:
    assert note_texts(verdict("solution-seen", "of-tomorrow")) == []
