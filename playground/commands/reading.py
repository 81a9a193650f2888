"""Texts of lessons and tasks as lines of a terminal: filled to its width, code as it is."""

import re
import shutil
import sys
import textwrap
from collections.abc import Iterator

from playground.course import fenced
from playground.texts import _

MOST_WIDE = 100
"""Longer lines are hard to read."""
_ITEM = re.compile(r" *(?:[-*]|\d+\.) +")
_STANDS = re.compile(r" *[#|>]")
"""Headings, rows of tables and quotations stay lines of their own."""
_LINK = re.compile(r"\[([^\]]+)\]\(lesson:([^)\s]+)\)")


def width() -> int | None:
    """How wide texts are filled; None where nobody's terminal shows them."""
    if not sys.stdout.isatty():
        return None
    return min(MOST_WIDE, shutil.get_terminal_size().columns)


def readable(markdown: str, wide: int | None) -> Iterator[str]:
    """The lines of a text without the marks of its code blocks; what one prints stands below it.

    Paragraphs and list items are filled to `wide` columns; with None they keep their lines. A link
    to a lesson tells the command that goes there.
    """
    paragraph: list[str] = []
    for line, prose in _marked(markdown.strip("\n")):
        apart = not prose or not line.strip() or _STANDS.match(line)
        if apart or _ITEM.match(line):
            yield from _filled(paragraph, wide)
            paragraph = []
        if apart:
            yield line
        else:
            paragraph.append(line)
    yield from _filled(paragraph, wide)


def _marked(text: str) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it is prose."""
    blocks = {fence.line - 1: fence for fence in fenced(text)}
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        number += 1
        block = blocks.get(number)
        if block is None:
            yield _LINK.sub(r"\1 (:go \2)", lines[number - 1]), True
            continue
        code = block.code.split("\n")[:-1]
        prints = "output" in block.words
        if prints:
            yield "", False
            yield "    " + _("Output:"), False
        for line in code:
            yield ("      " if prints else "    ") + line, False
        number += len(code) + 1


def _filled(paragraph: list[str], wide: int | None) -> list[str]:
    if wide is None or not paragraph:
        return paragraph
    first = paragraph[0]
    item = _ITEM.match(first)
    return textwrap.wrap(
        " ".join([first.rstrip(), *(line.strip() for line in paragraph[1:])]),
        wide,
        subsequent_indent=" " * (item.end() if item else 0),
        break_long_words=False,
        break_on_hyphens=False,
    )
