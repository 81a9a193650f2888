"""The documented JSON of `--json` (see `docs/json.md`): versioned, valid UTF-8, bounded."""

from typing import TYPE_CHECKING, Any

import msgspec

from playground.running import Run

if TYPE_CHECKING:
    from playground.checking import Verdict

FORMAT = 1
MAX_ROWS = 10_000
MAX_TEXT = 10_000


def run_shape(run: Run) -> dict[str, Any]:
    """A run in the shape of `run --json`."""
    raw = msgspec.to_builtins(run)
    result = raw["result"]
    if result is not None:
        rows = [[_cell(cell) for cell in row] for row in result["rows"][:MAX_ROWS]]
        result = {
            "columns": result["columns"],
            "rows": rows,
            "total": result["total"],
            "truncated": result["truncated"] or len(rows) < result["total"],
        }
    error = raw["error"]
    return {
        "format": FORMAT,
        "status": raw["status"],
        "isolation": raw["isolation"],
        "elapsed_ms": raw["elapsed_ms"],
        "statements": [
            statement | {"parameters": _parameters(statement["parameters"])}
            for statement in raw["statements"]
        ],
        "result": result,
        "output": raw["output"],
        "error": error and {name: error[name] for name in ("type", "code", "message", "line")},
        "warnings": raw["warnings"],
    }


def verdict_shape(verdict: "Verdict") -> dict[str, Any]:
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
        "run": run_shape(verdict.run) if verdict.run is not None else None,
    }


def _parameters(parameters: Any) -> Any:
    if isinstance(parameters, dict):
        return {name: _cell(value) for name, value in parameters.items()}
    if isinstance(parameters, list):
        return [_cell(value) for value in parameters]
    return parameters


def _cell(cell: Any) -> Any:
    """A cell, its text cut at `MAX_TEXT` characters with the length of the whole."""
    if isinstance(cell, str) and len(cell) > MAX_TEXT:
        return {"type": "str", "text": cell[:MAX_TEXT], "length": len(cell)}
    if isinstance(cell, dict):
        text = cell["text"]
        cut = {"type": cell["type"], "text": text[:MAX_TEXT]}
        length = cell.get("length") or (len(text) if len(text) > MAX_TEXT else None)
        return cut if length is None else cut | {"length": length}
    return cell
