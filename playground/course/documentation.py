"""The table of checks in Markdown, from the table that reads them.

`python -m playground.course.documentation docs/lesson-format.md` writes it into that page.
"""

import re
import sys
from pathlib import Path

import msgspec.inspect as mi

from playground.course.checks import CHECKS, COMBINATORS, CheckKind

_REGION = re.compile(r"(?<=<!-- checks -->\n).*?(?=<!-- /checks -->)", re.DOTALL)


def checks_table() -> str:
    """One row for each check: when it holds, its options (the first one first), what they say."""
    rows = [
        f"| `{name}` | {kind.holds} | {_options(name, kind)} | {_said(kind)} |"
        for name, kind in CHECKS.items()
    ]
    head = ["| check | holds when | options | what they say |", "|---|---|---|---|"]
    return "\n".join([*head, *rows]) + "\n"


def with_checks(page: str) -> str:
    """The page with the table between its marks."""
    return _REGION.sub(lambda _old: checks_table(), page)


def _options(name: str, kind: CheckKind) -> str:
    if name in COMBINATORS:
        return "checks"
    info = mi.type_info(kind.options)
    assert isinstance(info, mi.StructType)
    return ", ".join(f"`{field.encode_name}`{_choices(field)}" for field in info.fields)


def _choices(field: mi.Field) -> str:
    """The words that an option may be, where there are few; the default stands first."""
    members = field.type.types if isinstance(field.type, mi.UnionType) else (field.type,)
    words = [
        str(word)
        for member in members
        if isinstance(member, mi.LiteralType)
        for word in member.values
    ]
    words.sort(key=lambda word: word != field.default)
    return f" ({' / '.join(words)})" if words else ""


def _said(kind: CheckKind) -> str:
    return " ".join((kind.options.__doc__ or "").split())


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.write_text(with_checks(target.read_text(encoding="utf-8")), encoding="utf-8")
