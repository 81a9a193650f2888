"""`docs/findings.md`, made of the catalogue: `python -m playground.checking.findings.document`."""

import sys

from playground.checking.findings.catalogue import FINDINGS, NEAR
from playground.checking.findings.kind import FindingKind

_HEAD = """# Findings

What a verdict says is wrong, one entry for each. The result is judged first; only a wrong answer
is given a reason, and one finding leads: the most specific that explains the difference. Lessons
name these ids under `mistakes:`. This page is made of the catalogue in
`playground/checking/findings/`.

"""


def document() -> str:
    """The page, in English."""
    return _HEAD + "\n".join(_entry(kind) for kind in FINDINGS.values())


def _entry(kind: FindingKind) -> str:
    lines = [f"## `{kind.id}`", "", f"**{kind.title}.** {_message(kind)}", ""]
    if kind.explanation:
        lines += [kind.explanation, ""]
    if kind.example:
        lines += ["```python", *kind.example.splitlines(), "```", ""]
    return "\n".join(lines)


def _message(kind: FindingKind) -> str:
    """What it says, with the places for facts as dots."""
    message = f"{kind.message} {NEAR}" if kind.near else kind.message
    return message.format_map(_Dots())


class _Dots(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "…"


if __name__ == "__main__":
    sys.stdout.write(document())
