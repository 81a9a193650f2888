"""Short texts of lessons with the few marks of Markdown that they use."""

import re

from textual.content import Content

from playground.tui.cells import visible

_SOFT_BREAK = re.compile(r"(?<!\n)\n(?![\n\-*|]|\d+\.|    )")


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


def hanging(content: Content, width: int, indent: int = 4) -> Content:
    """Lines that are too long, broken so that their rest stands `indent` further in below them."""
    lines: list[Content] = []
    for line in content.split("\n", allow_blank=True):
        if line.cell_length <= width:
            lines.append(line)
            continue
        own = len(line.plain) - len(line.plain.lstrip())
        margin = " " * min(own + indent, width // 2)
        first, *rest = line.wrap(width)
        lines.append(first)
        remainder = line[len(first.plain) :]
        pieces = remainder.wrap(width - len(margin)) if rest else []
        lines += [Content.assemble(margin, piece) for piece in pieces]
    return Content("\n").join(lines)


def first_line(task: str) -> str:
    """The task's first sentence or line, for a narrow screen."""
    text = " ".join(task.strip().split("\n\n")[0].split())
    return visible(text.replace("**", "").replace("`", ""))
