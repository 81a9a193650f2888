"""The one entry of the child: a text, and the mutants of it."""

from typing import Any

from .changes import script_mutants
from .edits import program_mutants, python_mutants
from .queries import query_mutants


def answer(asked: dict[str, Any]) -> Any:
    """What is asked, as plain data."""
    if "python" in asked:
        return python_mutants(asked["python"], asked["tables"])
    if "program" in asked:
        return program_mutants(asked["program"])
    if "script" in asked:
        return script_mutants(asked["script"], asked["tables"])
    return query_mutants(asked["sql"], asked["parameters"], asked["tables"])
