"""The one entry of the child: a program as JSON, the mutants as one JSON text in pieces."""

import json

from .edits import program_mutants


def answer(request: str) -> list[str]:
    """The mutants of a program, as one JSON text in pieces that no display limit cuts."""
    text = json.dumps(program_mutants(json.loads(request)))
    return [text[start : start + 8000] for start in range(0, len(text), 8000)]
