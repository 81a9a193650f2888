"""Export and import: whole, versioned, merged, checked."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from playground.records import ImportFileError, Records, Standing
from playground.records.data import now

from .conftest import EXERCISE, attempt
from .test_records import NASTY

SECTIONS = {"attempts", "drafts", "hints", "solutions", "passes", "places", "settings"}


@pytest.fixture
def full(records: Records) -> Records:
    """Records with something in every section."""
    records.keep(attempt(NASTY, "error", finding="syntax-error"), EXERCISE)
    records.see_solution(EXERCISE)
    records.keep_draft(EXERCISE, NASTY)
    records.open_hints(EXERCISE, 2)
    other = attempt("y", "pass", type(EXERCISE)("course", "a", "b", "d"))
    records.keep(other, type(EXERCISE)("course", "a", "b", "d"))
    records.keep_standing(Standing("course", "a", "b", "", now()))
    records.set_setting("theme", "nord")
    return records


@pytest.fixture
def second(tmp_path: Path, opened: Callable[..., Records]) -> Records:
    return opened(f"sqlite:///{tmp_path.as_posix()}/second.db")


def without_time(data: bytes) -> dict[str, Any]:
    found = json.loads(data)
    del found["exported"]
    assert isinstance(found, dict)
    return found


def test_an_export_is_plain_versioned_json(full: Records) -> None:
    data = full.export()
    data.decode("ascii")
    found = json.loads(data)
    assert found["format"] == 1
    assert found["program"] == "playground"
    assert set(found) > SECTIONS
    assert all(found[section] for section in SECTIONS)
    assert set(found["attempts"][0]) == {
        "key", "course", "lesson", "exercise", "digest", "at", "answer", "verdict", "points", "of",
        "finding", "elapsed_ms",
    }  # fmt: skip


def test_import_brings_all_of_it_and_twice_is_once(
    full: Records, any_url: str, opened: Callable[..., Records]
) -> None:
    other = opened(any_url, "ann")
    data = full.export()
    taken = other.import_(data)
    assert set(taken) == SECTIONS
    assert taken["attempts"] == 2
    assert without_time(other.export()) == without_time(data)
    assert set(other.import_(data).values()) == {0}
    assert without_time(other.export()) == without_time(data)


def test_import_merges(full: Records, second: Records) -> None:
    second.keep(attempt("z", "pass"), EXERCISE)
    second.open_hints(EXERCISE, 3)
    second.import_(full.export())
    assert len(second.attempts(EXERCISE)) == 2
    assert second.hints_opened(EXERCISE) == 3
    assert second.mark(EXERCISE).state == "passed"


def changed(data: bytes, section: str, **fields: object) -> bytes:
    found = json.loads(data)
    found[section].sort(key=lambda entry: entry.get("exercise") != EXERCISE.exercise)
    found[section][0].update(fields)
    return json.dumps(found).encode()


def test_of_two_drafts_the_newer_stands(full: Records) -> None:
    older = changed(full.export(), "drafts", text="old", at="2001-01-01T00:00:00Z")
    full.import_(older)
    assert full.draft(EXERCISE) == NASTY
    newer = changed(full.export(), "drafts", text="new", at="2201-01-01T00:00:00Z")
    full.import_(newer)
    assert full.draft(EXERCISE) == "new"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b"null",
        b"[" * 100_000,
        b'{"program": "playground", "format": 2}',
        b'{"program": "playground", "format": 1, "drafts": {}}',
        b'{"program": "playground", "format": 1, "drafts": [3]}',
        b'{"program": "playground", "format": 1, "drafts": NaN}',
    ],
)
def test_what_is_no_export_is_refused(data: bytes, records: Records) -> None:
    with pytest.raises(ImportFileError) as caught:
        records.import_(data)
    assert caught.value.faults


@pytest.mark.parametrize(
    ("section", "fields", "word"),
    [
        ("attempts", {"verdict": "sandbox-fault"}, "verdict"),
        ("attempts", {"points": -1}, "points"),
        ("attempts", {"points": "1"}, "points"),
        ("attempts", {"at": "yesterday"}, "at"),
        ("attempts", {"at": "0001-01-01T00:00:00+14:00"}, "attempts[0]"),
        ("attempts", {"at": "2020-01-01T00:00:00"}, "at"),
        ("attempts", {"key": "k" * 33}, "key"),
        ("drafts", {"text": None}, "text"),
        ("drafts", {"exercise": "x" * 181}, "exercise"),
        ("hints", {"opened": 10**12}, "opened"),
    ],
)
def test_a_wrong_entry_is_named_and_nothing_is_changed(
    section: str, fields: dict[str, object], word: str, full: Records, second: Records
) -> None:
    with pytest.raises(ImportFileError) as caught:
        second.import_(changed(full.export(), section, **fields))
    (fault,) = caught.value.faults
    assert fault.startswith(f"{section}[0]")
    assert word in fault
    assert second.attempts(EXERCISE) == []
    assert second.draft(EXERCISE) is None


def test_many_faults_are_told_together(records: Records) -> None:
    data = {"program": "playground", "format": 1, "drafts": [1] * 30, "places": 3}
    with pytest.raises(ImportFileError) as caught:
        records.import_(json.dumps(data).encode())
    assert len(caught.value.faults) == 21
    assert "11 more" in caught.value.faults[-1]
