"""The JSON Schemas of the files of a course, by which editors complete and validate them."""

import json
from typing import Any

from playground.course import CHECKS, schema


def refs(value: Any) -> set[str]:
    """All references within a schema."""
    if isinstance(value, dict):
        own = {value["$ref"]} if "$ref" in value else set()
        return own.union(*map(refs, value.values()))
    return set().union(*map(refs, value)) if isinstance(value, list) else set()


def test_there_is_one_for_each_kind_of_file() -> None:
    schemas = schema()
    assert set(schemas) == {"course", "lesson", "translation", "database"}
    assert json.loads(json.dumps(schemas)) == schemas


def test_every_reference_leads_somewhere() -> None:
    for kind, whole in schema().items():
        for ref in refs(whole):
            assert ref.removeprefix("#/$defs/") in whole["$defs"], (kind, ref)


def test_unknown_names_are_refused_and_known_ones_listed() -> None:
    lesson = schema()["lesson"]
    assert lesson["additionalProperties"] is False
    assert lesson["required"] == ["format", "id", "title", "exercises"]
    exercise = lesson["$defs"]["ExerciseFile"]
    assert {"id", "task", "solution", "also_accept", "mistakes"} <= exercise["properties"].keys()


def test_a_check_entry_knows_every_check() -> None:
    check = schema()["lesson"]["$defs"]["Check"]
    assert set(check["properties"]) == {*CHECKS, "on", "points", "says"}
    assert {"const": "off"} in check["properties"]["result"]["anyOf"]
    assert {"const": "off"} not in check["properties"]["sql"]["anyOf"]


def test_a_list_of_names_may_be_one_name() -> None:
    uses = schema()["lesson"]["$defs"]["SqlOptions"]["properties"]["uses"]
    assert uses["anyOf"] == [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]


def test_our_own_marks_do_not_leak() -> None:
    assert "x-single" not in json.dumps(schema())
