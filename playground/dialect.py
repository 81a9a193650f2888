"""Whether an answer is written in SQL or in Python, where it may be either."""

import re

_BETWEEN = r"(?:\s|--[^\n]*+\n|/\*(?>.*?\*/))"
_VERBS = "select|insert|update|delete|create|drop|alter|values|begin|pragma|replace|explain"
# Python has a `with` of its own: SQL's names a query that follows in brackets.
_WITH = (
    rf'with{_BETWEEN}++(?:recursive{_BETWEEN}++)?["`\[]?\w+["`\]]?{_BETWEEN}*+'
    rf'(?:\([\w\s,"]*+\){_BETWEEN}*+)?as{_BETWEEN}*+'
    rf"(?:(?:not{_BETWEEN}++)?materialized{_BETWEEN}*+)?\("
)
_SQL = re.compile(rf"{_BETWEEN}*+(?:(?:{_VERBS})\b(?!\s*[(.=])|{_WITH})", re.IGNORECASE | re.DOTALL)


def looks_like_sql(text: str) -> bool:
    """Whether a text begins as SQL does and Python does not."""
    return _SQL.match(text) is not None
