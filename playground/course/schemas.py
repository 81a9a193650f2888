"""JSON Schemas of the files of a course, from the structs that read them, for editors."""

from pathlib import Path
from typing import Any

import msgspec

from playground.course.checks import ALWAYS, CHECKS, COMBINATORS, CheckKind
from playground.course.files import CourseFile, DatabaseFile, LessonFile, TranslationFile

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_FILES: dict[str, type[msgspec.Struct]] = {
    "course": CourseFile,
    "lesson": LessonFile,
    "translation": TranslationFile,
    "database": DatabaseFile,
}
_CHECK = "Check"


def schema() -> dict[str, dict[str, Any]]:
    """A JSON Schema for each kind of file: `course`, `lesson`, `translation`, `database`."""
    return {kind: _schema_of(kind, struct) for kind, struct in _FILES.items()}


def _schema_of(kind: str, struct: type[msgspec.Struct]) -> dict[str, Any]:
    options = {check.options for check in CHECKS.values()} if kind == "lesson" else set()
    types = [struct, *sorted(options, key=lambda option: option.__name__)]
    _refs, definitions = msgspec.json.schema_components(types, schema_hook=_of_path)
    definitions.pop("Place", None)
    definitions.pop("Combined", None)
    if _CHECK in definitions:
        definitions[_CHECK] = _check_entry(definitions)
    root = definitions.pop(struct.__name__)
    whole = {
        "$schema": _DIALECT,
        **root,
        "title": f"playground {kind}",
        "$defs": definitions,
    }
    plain: dict[str, Any] = _plain(msgspec.json.decode(msgspec.json.encode(whole)))
    return plain


def _of_path(kind: type) -> dict[str, Any]:
    if kind is Path:
        return {"type": "string"}
    raise NotImplementedError(kind)


def _check_entry(definitions: dict[str, Any]) -> dict[str, Any]:
    """One check's name with its options, and what may stand beside it."""
    written = definitions[_CHECK]["properties"]
    beside = {
        "on": {**written["on"], "description": "Variants it applies to; every one without it."},
        "points": {"type": "number", "minimum": 0},
        "says": {"type": "string", "description": "The author's own message."},
    }
    checks = {name: _check_options(name, kind, definitions) for name, kind in CHECKS.items()}
    return {
        "title": _CHECK,
        "type": "object",
        "properties": {**checks, **beside},
        "additionalProperties": False,
        "oneOf": [{"required": [name]} for name in CHECKS],
    }


def _check_options(name: str, kind: CheckKind, definitions: dict[str, Any]) -> dict[str, Any]:
    if name in COMBINATORS:
        one = {"$ref": f"#/$defs/{_CHECK}"}
        return {"description": kind.holds, "anyOf": [one, {"type": "array", "items": one}]}
    options = definitions[kind.options.__name__]
    forms: list[dict[str, Any]] = [{"$ref": f"#/$defs/{kind.options.__name__}"}]
    required = options.get("required", [])
    if not set(required) - {kind.first}:
        forms.append(options["properties"][kind.first])
    if not required:
        forms.append({"type": "null"})
    if name in ALWAYS:
        forms.append({"const": "off"})
    return {"description": kind.holds, "anyOf": forms}


def _plain(value: Any) -> Any:
    """Without our own marks: a list marked `x-single` may be written as one text."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    plain = {key: _plain(item) for key, item in value.items() if key != "x-single"}
    if not value.get("x-single"):
        return plain
    shared = {key: plain.pop(key) for key in ("default", "description") if key in plain}
    return {**shared, "anyOf": [plain.pop("items"), {**plain, "items": _plain(value["items"])}]}
