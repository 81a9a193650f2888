"""ORDER BY in the text of a statement: how many keys it has, and one more put behind them.

Words and brackets are told apart, nothing is parsed: an ORDER BY inside brackets is another query's.
"""

import re
from typing import NamedTuple

_PIECE = re.compile(
    r"""'(?:[^']|'')*' | "(?:[^"]|"")*" | `[^`]*` | \[[^]]*(?:]|\Z) | --[^\n]* | /\*.*?(?:\*/|\Z)
      | [(),] | \b(?:order\s+by|limit|offset|union|intersect|except)\b""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)


class _Order(NamedTuple):
    """The outermost ORDER BY of a statement."""

    keys: int
    start: int
    end: int
    compound: bool
    """Whether it sorts what several queries give together (UNION …)."""


def order_keys(sql: str) -> int:
    """The number of keys that the rows of a statement are sorted by; 0 where they are not."""
    found = _last_order(sql)
    return found.keys if found is not None else 0


def with_key(sql: str, key: str) -> str | None:
    """The statement sorted by `key` as well, after its own keys; None where it does not sort.

    A compound query may be sorted by its own columns alone, so it is sorted from around it.
    """
    found = _last_order(sql)
    if found is None:
        return None
    query, keys, rest = sql[: found.start], sql[found.start : found.end].rstrip(), sql[found.end :]
    if found.compound:
        query = f"SELECT * FROM ({query.rstrip()}) "
    return f"{query}{keys}, {key} {rest}".rstrip()


def _last_order(sql: str) -> _Order | None:
    """The outermost ORDER BY; None where there is none."""
    depth, keys, start, end, compound = 0, 0, 0, len(sql), False
    for piece in _PIECE.finditer(sql):
        text = piece[0].lower()
        if text == "(":
            depth += 1
        elif text == ")":
            depth -= 1
        elif depth:
            continue
        elif text.startswith("order"):
            keys, start, end = 1, piece.start(), len(sql)
        elif text in ("union", "intersect", "except"):
            compound = True
        elif keys and text in ("limit", "offset"):
            end = min(end, piece.start())
        elif keys and text == "," and end == len(sql):
            keys += 1
    return _Order(keys, start, end, compound) if keys else None
