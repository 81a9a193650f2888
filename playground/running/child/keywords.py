"""What kind of statement a text of SQL is, by its first keyword."""

import re

_LEADING = re.compile(r"(?:\s+|--[^\n]*(?:\n|\Z)|/\*.*?(?:\*/|\Z)|\(|;)*([A-Za-z]+)", re.DOTALL)
_TOKEN = re.compile(
    r"--[^\n]*|/\*.*?(?:\*/|\Z)|'(?:[^']|'')*(?:'|\Z)|\"(?:[^\"]|\"\")*(?:\"|\Z)|`[^`]*(?:`|\Z)"
    r"|\[[^\]]*(?:\]|\Z)|[A-Za-z_]+|[()]",
    re.DOTALL,
)
_KINDS = {
    "select": "select",
    "values": "select",
    "insert": "insert",
    "replace": "insert",
    "update": "update",
    "delete": "delete",
    "create": "ddl",
    "alter": "ddl",
    "drop": "ddl",
    "begin": "transaction",
    "commit": "transaction",
    "end": "transaction",
    "rollback": "transaction",
    "savepoint": "transaction",
    "release": "transaction",
    "pragma": "pragma",
}
CHANGES = frozenset({"insert", "update", "delete", "ddl"})


def first_keyword(sql: str) -> str:
    """The first keyword in lower case, behind comments and parentheses; '' if there is none."""
    match = _LEADING.match(sql)
    return match[1].lower() if match else ""


def kind_of(sql: str) -> str:
    """One of the kinds of `playground.running.run.Kind`."""
    word = first_keyword(sql)
    if word == "with":
        word = _behind_ctes(sql)
    return _KINDS.get(word, "other")


def _behind_ctes(sql: str) -> str:
    depth = 0
    for match in _TOKEN.finditer(sql):
        token = match[0].lower()
        if token == "(":
            depth += 1
        elif token == ")":
            depth -= 1
        elif depth == 0 and token in {"select", "insert", "replace", "update", "delete", "values"}:
            return token
    return "with"
