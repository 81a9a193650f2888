"""The one entry of the analyst's child: questions by name, answers as one JSON text."""

import json
from collections.abc import Callable
from typing import Any

from .ranks import ranked
from .repairs import repairs
from .touched import touched
from .trees import python_tree, sql_trees


def answer(request: str) -> list[str]:
    """What is asked, by name, as one JSON text in pieces that no display limit cuts."""
    results = {name: _FUNCTIONS[name](value) for name, value in json.loads(request).items()}
    text = json.dumps(results)
    return [text[start : start + 8000] for start in range(0, len(text), 8000)]


_FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "python": python_tree,
    "sql": sql_trees,
    "ranked": ranked,
    "repairs": repairs,
    "touched": touched,
}
