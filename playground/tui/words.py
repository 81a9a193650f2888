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
