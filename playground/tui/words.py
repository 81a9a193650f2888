"""Short texts of lessons with the few marks of Markdown that they use."""

import re

from textual.content import Content

from playground.tui.cells import width
from playground.visible import visible

_SOFT_BREAK = re.compile(r"(?<=[^\n])\n(?![\n\-|]|\*(?!\*)|\d+\.|    |\Z)")
_FENCED = re.compile(r"^```\w*\n(.*?)\n?^```[ ]*$", re.MULTILINE | re.DOTALL)

Parts = list[Content | str | tuple[str, str]]


def emphasised(text: str) -> Content:
    """The few marks of Markdown that tasks use: `**word**`, code between backticks, fenced code.

    Lines of a paragraph run together; lists, indented and fenced code keep theirs.
    """
    parts: Parts = []
    for index, piece in enumerate(_FENCED.split(visible(text.strip(), multiline=True))):
        if index % 2:
            parts.append((piece.rstrip("\n"), "$syntax-function"))
        else:
            parts += _flowing(piece)
    return Content.assemble(*parts)


def _flowing(text: str) -> Parts:
    """A text without fenced code."""
    parts: Parts = []
    for index, piece in enumerate(_SOFT_BREAK.sub(" ", text).split("`")):
        if index % 2:
            parts.append((piece, "$syntax-function"))
            continue
        for place, words in enumerate(piece.split("**")):
            parts.append((words, "bold") if place % 2 else words)
    return parts


def hanging(content: Content, room: int, indent: int = 4) -> Content:
    """Lines that are wider than `room`, broken so that their rest stands `indent` further in."""
    lines: list[Content] = []
    for line in content.split("\n", allow_blank=True):
        own = len(line.plain) - len(line.plain.lstrip(" "))
        margin = ""
        while width(line.plain) + len(margin) > room:
            cut = _break(line.plain, room - len(margin))
            lines.append(Content.assemble(margin, line[:cut]))
            line = line[cut:]
            line = line[len(line.plain) - len(line.plain.lstrip(" ")) :]
            margin = " " * min(own + indent, room // 2)
        lines.append(Content.assemble(margin, line))
    return Content("\n").join(lines)


def _break(text: str, room: int) -> int:
    """Where to break code so that what comes before takes at most `room` cells, at least 1 character.

    After a blank, a comma or an opening bracket, or before the dot of a chain, if near enough.
    """
    most = 1
    while most < len(text) and width(text[: most + 1]) <= room:
        most += 1
    for cut in range(most, max(most // 2, text.find(text.lstrip()[:1]) + 1), -1):
        if text[cut - 1] in " ,(" or text[cut - 1 : cut + 1] == ").":
            return cut
    return most


def first_line(task: str) -> str:
    """The task's first sentence or line, for a narrow screen."""
    said = _FENCED.sub("", task).strip() or task.strip()
    text = " ".join(said.split("\n\n")[0].split())
    return visible(text.replace("**", "").replace("`", ""))
