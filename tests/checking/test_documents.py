"""The JSON of a verdict is what `docs/json.md` says."""

import json
from pathlib import Path
from typing import Any

from playground.checking import verdict_as_json

DOCUMENT = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")


def test_every_field_is_documented(ask: Any) -> None:
    shape = verdict_as_json(ask("select(Tag.id)", "select(Tag.id).where(Tag.id > 1)"))
    assert json.loads(json.dumps(shape)) == shape
    for part in (
        shape,
        shape["checks"][0],
        shape["findings"][0],
        shape["run"],
        shape["run"]["statements"][0],
    ):
        for name in part:
            assert f"`{name}`" in DOCUMENT, name
