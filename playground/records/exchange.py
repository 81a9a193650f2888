"""Records as one JSON file, to take along, keep safe, or merge into another store.

`{"format": 1, "program": "playground", "exported": TIME, "attempts": [...], "drafts": [...],
"hints": [...], "solutions": [...], "passes": [...], "places": [...], "settings": [...]}`; the
entries have the fields of the structs of `data`. Times are ISO 8601 with their zone. The file is
plain ASCII: every other character, lone surrogates included, is a JSON escape. Whose records they
are is not in it: an import gives them to the learner who imports.
"""

import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any

import msgspec
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from playground.records.data import (
    Attempt,
    Draft,
    Hints,
    Pass,
    Setting,
    Solution,
    Standing,
    now,
)
from playground.records.models import (
    AttemptRow,
    Base,
    DraftRow,
    HintsRow,
    PassRow,
    PlaceRow,
    SettingRow,
    SolutionRow,
)
from playground.records.tables import plain, upsert
from playground.texts import _, ngettext

FORMAT = 1
MAX_FAULTS = 20
"""So many faults of a file are told; one can mend the rest later."""

_EXERCISE = ("course", "lesson", "exercise")
_SECTIONS: dict[str, tuple[type[msgspec.Struct], type[Base], tuple[str, ...]]] = {
    "attempts": (Attempt, AttemptRow, ("key",)),
    "drafts": (Draft, DraftRow, _EXERCISE),
    "hints": (Hints, HintsRow, _EXERCISE),
    "solutions": (Solution, SolutionRow, _EXERCISE),
    "passes": (Pass, PassRow, _EXERCISE),
    "places": (Standing, PlaceRow, ("course",)),
    "settings": (Setting, SettingRow, ("name",)),
}
"""Section of the file -> its entries, their table, and the fields that tell two entries apart."""

Entries = dict[str, list[Any]]


class ImportFileError(Exception):
    """The file is no export; `faults` says what is wrong, a sentence each. Nothing was changed."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def collect(session: Session, learner: str) -> Entries:
    """Everything that the store holds of a learner, by section."""
    return {
        section: [
            plain(kind, row)
            for row in session.scalars(
                select(model).where(model.learner == learner).order_by(*_order(model))  # type: ignore[attr-defined]
            )
        ]
        for section, (kind, model, _key) in _SECTIONS.items()
    }


def write(entries: Entries) -> bytes:
    """The entries as the text of an export file."""
    head = {"format": FORMAT, "program": "playground", "exported": now()}
    return json.dumps(msgspec.to_builtins({**head, **entries}), indent=1).encode("ascii") + b"\n"


def read(data: bytes) -> Entries:
    """The entries of an export file.

    Raises:
        ImportFileError: with everything that is wrong with it (at most `MAX_FAULTS`).
    """
    try:
        found = json.loads(data, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise ImportFileError([_("This is not JSON: {reason}.").format(reason=error)]) from error
    if not isinstance(found, dict) or found.get("program") != "playground":
        raise ImportFileError([_("This is not a file that `playground progress export` wrote.")])
    if found.get("format") != FORMAT:
        raise ImportFileError(
            [
                _("This file has format {found}; this version reads format {known}.").format(
                    found=json.dumps(found.get("format")), known=FORMAT
                )
            ]
        )
    faults: list[str] = []
    entries = {
        section: list(_typed(section, found.get(section, []), kind, faults))
        for section, (kind, _model, _key) in _SECTIONS.items()
    }
    if faults:
        raise ImportFileError(_shortened(faults))
    return entries


def merge(session: Session, learner: str, entries: Entries) -> dict[str, int]:
    """Add what the store does not have yet; of two entries for one thing the newer stands.

    Doing it twice changes nothing more. Gives the number of entries taken, by section.
    """
    taken = {}
    for section, (kind, model, key) in _SECTIONS.items():
        have = _present(session, learner, kind, model, key)
        fresh = [
            entry
            for entry in _newest(entries.get(section, []), key)
            if _is_news(entry, have.get(_key(entry, key)))
        ]
        if section == "attempts":
            rows = [{"learner": learner, **msgspec.structs.asdict(entry)} for entry in fresh]
            if rows:
                session.execute(insert(model), rows)
        else:
            for entry in fresh:
                values = msgspec.structs.asdict(entry)
                names = {name: values.pop(name) for name in key}
                upsert(session, model, {"learner": learner, **names}, values)
        taken[section] = len(fresh)
    return taken


def _is_news(entry: Any, present: Any) -> bool:
    """Whether an entry says more than what the store has under its key."""
    if present is None:
        return True
    if isinstance(entry, Attempt):
        return False
    if isinstance(entry, Hints):
        return bool(entry.opened > present.opened)
    return bool(entry.at >= present.at and entry != present)


def _newest(entries: list[Any], key: tuple[str, ...]) -> list[Any]:
    """One entry for each key, the newest: a file made by hand may have several."""
    found: dict[tuple[str, ...], Any] = {}
    for entry in entries:
        other = found.get(_key(entry, key))
        if other is None or entry.at >= other.at:
            found[_key(entry, key)] = entry
    return list(found.values())


def _present(
    session: Session,
    learner: str,
    kind: type[msgspec.Struct],
    model: Any,
    key: tuple[str, ...],
) -> dict[tuple[str, ...], msgspec.Struct]:
    rows = session.scalars(select(model).where(model.learner == learner))
    return {_key(row, key): plain(kind, row) for row in rows}


def _key(entry: Any, key: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(getattr(entry, name) for name in key)


def _order(model: Any) -> list[Any]:
    if model is AttemptRow:
        return [AttemptRow.at, AttemptRow.id]
    return list(model.__table__.primary_key)


def _typed(
    section: str, found: object, kind: type[msgspec.Struct], faults: list[str]
) -> Iterator[msgspec.Struct]:
    if not isinstance(found, list):
        faults.append(_("{place} is not a list.").format(place=section))
        return
    for index, value in enumerate(found):
        try:
            entry: Any = msgspec.convert(value, kind)
            # The store keeps UTC, which the first and the last day of the calendar may not have.
            yield msgspec.structs.replace(entry, at=entry.at.astimezone(UTC))
        except (msgspec.ValidationError, OverflowError) as error:
            place = f"{section}[{index}]"
            faults.append(_("{place}: {reason}.").format(place=place, reason=error))


def _refuse(constant: str) -> float:
    raise ValueError(constant)


def _shortened(faults: list[str]) -> list[str]:
    more = len(faults) - MAX_FAULTS
    if more <= 0:
        return faults
    rest = ngettext("and {count} more fault", "and {count} more faults", more).format(count=more)
    return [*faults[:MAX_FAULTS], rest]
