"""The one entry of the child: a question as JSON, the mutants as one JSON text in pieces."""

import json
from typing import Any

from .changes import script_mutants
from .edits import program_mutants, python_mutants
from .queries import query_mutants


def answer(request: str) -> list[str]:
    """What is asked, as one JSON text in pieces that no display limit cuts."""
    asked: dict[str, Any] = json.loads(request)
    if "python" in asked:
        result: Any = python_mutants(asked["python"], asked["tables"])
    elif "program" in asked:
        result = program_mutants(asked["program"])
    elif "script" in asked:
        result = script_mutants(asked["script"], asked["tables"])
    else:
        result = query_mutants(asked["sql"], asked["parameters"], asked["tables"])
    text = json.dumps(result)
    return [text[start : start + 8000] for start in range(0, len(text), 8000)]
