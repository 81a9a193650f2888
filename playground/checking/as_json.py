"""A verdict in its documented JSON (see `docs/json.md`): versioned and bounded."""

from typing import Any

import msgspec

from playground.checking.verdict import Verdict
from playground.running import run_as_json

FORMAT = 1


def verdict_as_json(verdict: Verdict) -> dict[str, Any]:
    """A verdict in the shape of `check --json`."""
    raw = msgspec.to_builtins(verdict)
    example = raw["counterexample"]
    return {
        "format": FORMAT,
        "exercise": raw["exercise"],
        "verdict": raw["verdict"],
        "points": raw["points"],
        "of": raw["of"],
        "checks": raw["checks"],
        "findings": [
            {name: finding[name] for name in ("id", "message", "line")}
            for finding in raw["findings"]
        ],
        "notes": raw["notes"],
        "counterexample": example
        and {name: example[name] for name in ("tables", "expected", "got")},
        "run": run_as_json(verdict.run) if verdict.run is not None else None,
    }
