"""Short texts of lessons with the few marks of Markdown that they use."""

import re

from textual.content import Content

from playground.tui.cells import width
from playground.visible import visible

_SOFT_BREAK = re.compile(r"(?<!\n)\n(?![\n\-|]|\*(?!\*)|\d+\.|    )")


def emphasised(text: str) -> Content:
    """The few marks of Markdown that tasks use: `**word**` and code between backticks.

    Lines of a paragraph run together; lists and indented code keep theirs.
    """
    parts: list[Content | str | tuple[str, str]] = []
    flowing = _SOFT_BREAK.sub(" ", visible(text.strip(), multiline=True))
    for index, piece in enumerate(flowing.split("`")):
        if index % 2:
            parts.append((piece, "$syntax-function"))
            continue
        for place, words in enumerate(piece.split("**")):
            parts.append((words, "bold") if place % 2 else words)
    return Content.assemble(*parts)


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
    text = " ".join(task.strip().split("\n\n")[0].split())
    return visible(text.replace("**", "").replace("`", ""))
