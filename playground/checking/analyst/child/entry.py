"""The one entry of the analyst's child: questions by name, answers by the same names."""

from collections.abc import Callable
from typing import Any

from .ranks import ranked
from .repairs import repairs
from .touched import touched
from .trees import python_tree, sql_trees


def answer(questions: dict[str, Any]) -> dict[str, Any]:
    """What is asked, by name, as plain data."""
    return {name: _FUNCTIONS[name](value) for name, value in questions.items()}


_FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "python": python_tree,
    "sql": sql_trees,
    "ranked": ranked,
    "repairs": repairs,
    "touched": touched,
}
