"""A run in its documented JSON (see `docs/json.md`): versioned and bounded."""

from typing import Any

import msgspec

from playground.running.run import Run

FORMAT = 1
MAX_ROWS = 10_000
MAX_TEXT = 10_000


def run_as_json(run: Run) -> dict[str, Any]:
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
