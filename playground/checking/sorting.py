"""ORDER BY in the text of a statement: how many keys it has, and one more put behind them.

Words and brackets are told apart, nothing is parsed: an ORDER BY inside brackets is another query's.
"""

import re

_PIECE = re.compile(
    r"""'(?:[^']|'')*' | "(?:[^"]|"")*" | `[^`]*` | \[[^]]*] | --[^\n]* | /\*.*?\*/
      | [(),] | \b(?:order\s+by|limit|offset|union|intersect|except)\b""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)


def order_keys(sql: str) -> int:
    """The number of keys that the rows of a statement are sorted by; 0 where they are not."""
    found = _last_order(sql)
    return found[0] if found is not None else 0


def with_key(sql: str, key: str) -> str | None:
    """The statement sorted by `key` as well, after its own keys; None where that cannot be written."""
    found = _last_order(sql)
    if found is None:
        return None
    _keys, end = found
    return f"{sql[:end].rstrip()}, {key} {sql[end:]}".rstrip()


def _last_order(sql: str) -> tuple[int, int] | None:
    """Keys of the outermost ORDER BY and where it ends; None without one, and for a compound."""
    depth, keys, end = 0, 0, len(sql)
    for piece in _PIECE.finditer(sql):
        text = piece[0].lower()
        if text == "(":
            depth += 1
        elif text == ")":
            depth -= 1
        elif depth:
            continue
        elif text.startswith("order"):
            keys, end = 1, len(sql)
        elif text in ("union", "intersect", "except"):
            return None  # such a query sorts by what it gives alone
        elif keys and text in ("limit", "offset"):
            end = min(end, piece.start())
        elif keys and text == "," and end == len(sql):
            keys += 1
    return (keys, end) if keys else None
