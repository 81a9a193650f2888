"""`mapping`: what SQLAlchemy's mapper says of the answer's classes."""

import json
from dataclasses import replace
from typing import Any

from playground.checking.case import HOLDS, Case, Judgement, fails
from playground.checking.findings.exceptions import error_clues
from playground.course import MappingOptions, RelationshipOptions
from playground.running import Job, Run

_DIRECTIONS = {
    "ONETOMANY": "one-to-many",
    "MANYTOONE": "many-to-one",
    "MANYTOMANY": "many-to-many",
}
_INSPECT = """
import json as _json
from sqlalchemy import inspect as _inspect
from sqlalchemy.orm import class_mapper as _class_mapper, configure_mappers as _configure
_configure()
def _playground_mapping(classes):
    found = {}
    for name in classes:
        cls = globals().get(name)
        if not isinstance(cls, type) or not hasattr(cls, "__mapper__"):
            continue
        mapper = _class_mapper(cls)
        found[name] = {
            "parent": mapper.inherits.class_.__name__ if mapper.inherits else None,
            "relationships": {
                key: {
                    "target": r.mapper.class_.__name__,
                    "direction": r.direction.name,
                    "uselist": r.uselist,
                    "back_populates": r.back_populates,
                    "cascade": sorted(r.cascade),
                    "lazy": str(r.lazy),
                }
                for key, r in mapper.relationships.items()
            },
        }
    return found
"""


def evaluate(case: Case, options: MappingOptions) -> Judgement:
    """Relationships and inheritance are as listed; what is not listed is free."""
    classes = {name.partition(".")[0] for name in options.relationships}
    run = _inspected(case, sorted(classes | set(options.inheritance)))
    if run.status == "error":
        return Judgement(False, tuple(error_clues(replace(case, run=run))))
    found = _mapping(run)
    for name, wanted in options.relationships.items():
        owner, _, attribute = name.partition(".")
        given = found.get(owner, {}).get("relationships", {}).get(attribute)
        if given is None:
            return fails("mapping-differs", what=name, got="–", expected="relationship()")
        judgement = _relationship(name, wanted, given)
        if not judgement.passed:
            return judgement
    for name, parent in options.inheritance.items():
        got = found.get(name, {}).get("parent")
        if got != parent:
            return fails("mapping-differs", what=name, got=got or "–", expected=parent)
    return HOLDS


def _relationship(name: str, wanted: RelationshipOptions, given: dict[str, Any]) -> Judgement:
    given = given | {"direction": _DIRECTIONS.get(str(given.get("direction")))}
    for option in ("target", "direction", "uselist", "back_populates", "lazy"):
        asked = getattr(wanted, option)
        if option == "uselist" and asked is None and wanted.direction in _TO_MANY:
            asked = True
        if asked is not None and given.get(option) != asked:
            got = given.get(option)
            return fails("mapping-differs", what=f"{name}, {option}", got=got, expected=asked)
    cascade = set(given.get("cascade", []))
    for option in wanted.cascade or ():
        parts = _ALL if option == "all" else {option}
        if not parts <= cascade:
            shown = ", ".join(sorted(cascade))
            return fails("mapping-differs", what=f"{name}, cascade", got=shown, expected=option)
    return HOLDS


_TO_MANY = ("one-to-many", "many-to-many")
_ALL = {"save-update", "merge", "refresh-expire", "expunge", "delete"}


def _inspected(case: Case, classes: list[str]) -> Run:
    """Another run of the answer, which tells of its classes."""
    return case.runner.run(
        Job(
            code=case.answer.text,
            database=case.variant.image(),
            setup=case.exercise.setup,
            after=f"{case.exercise.after}\n{_INSPECT}\n_json.dumps(_playground_mapping({classes!r}))",
            whole=True,
        )
    )


def _mapping(run: Run) -> dict[str, Any]:
    """What a run told of the answer's classes; empty if it did not."""
    if run.status != "ok" or run.result is None or not run.result.rows:
        return {}
    try:
        found = json.loads(str(run.result.rows[0][0]))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
