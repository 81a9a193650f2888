"""Short texts of lessons with the few marks of Markdown that they use.

Tasks stand in the first picture, for which no Markdown parser is loaded.
"""

import re
from dataclasses import replace

from textual.content import Content

from playground.tui.pieces import CODE, Piece, table, unbroken
from playground.visible import visible

_FENCE = re.compile(r"\s*```")
_ITEM = re.compile(r"(\s*)([-*]|\d+[.)])\s+(?=\S)")
_MARKS = re.compile(
    r"`([^`]+)`"
    r"|\*\*(?=\S)(.+?)(?<=\S)\*\*(?!\*)"
    r"|(?<![\w*(])\*(?=[^\s*])((?:[^*]|\*\*)+?)(?<=\S)\*(?![\w*])"
)
"""Code, bold and italic."""
_ROW = re.compile(r"\s*\|")
_CELL = re.compile(r"(?<!\\)\|")
"""Between two cells of a row."""


def emphasised(text: str) -> Content:
    """A text with its emphasis, each paragraph and list item on one line."""
    return unbroken(pieces(text))


def pieces(text: str) -> list[Piece]:
    """A text as pieces: paragraphs, list items, lines of code and rows of tables.

    Lines of a paragraph or an item run together; indented and fenced code keeps its lines.
    """
    reader = _Reader()
    fenced = False
    for line in visible(text.strip(), multiline=True).split("\n"):
        if _FENCE.match(line):
            reader.end()
            fenced = not fenced
        elif fenced:
            reader.code.append(line)
        else:
            reader.read(line)
    reader.end()
    return reader.pieces


class _Reader:
    """Collects the lines of a paragraph or an item until it ends."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.code: list[str] = []
        """Lines of fenced code that stand for a piece each."""
        self._said: list[str] = []
        self._rows: list[str] = []
        """Lines of a table."""
        self._first = self._rest = ""
        self._apart = False
        """Whether an empty line stands before what comes next."""

    def read(self, line: str) -> None:
        """One line that is not fenced."""
        said = line.strip()
        item = _ITEM.match(line)
        if not said:
            self.end()
            self._apart = True
            self._first = self._rest  # a paragraph that goes on in the item
        elif item is not None:
            self.end()
            bullet = "• " if item[2] in "-*" else f"{item[2]} "
            self._first, self._rest = item[1] + bullet, item[1] + " " * len(bullet)
            self._said = [line[item.end() :].strip()]
        elif _ROW.match(line):
            if not self._rows:
                self.end()
            self._rows.append(said)
        elif line.startswith("    ") and not self._said and not self._rest:
            self._add(Content.styled(line, CODE), code=True)
        else:
            if not line.startswith(" ") and not self._said:
                self._first = self._rest = ""
            self._said.append(said)

    def end(self) -> None:
        """End what was begun."""
        if self._said:
            self._add(_inline(" ".join(self._said)), self._first, self._rest)
            self._said = []
        while self.code and not self.code[-1].strip():
            self.code.pop()
        for line in self.code:
            self._add(Content.styled(line, CODE), code=True)
        self.code = []
        cells = [
            [_inline(cell.strip()) for cell in _CELL.split(row.strip("|"))] for row in self._rows
        ]
        for piece in table(cells[:1] + cells[2:]):
            self.pieces.append(replace(piece, tight=piece.tight or self._close()))
        self._rows = []

    def _close(self) -> bool:
        """Whether what comes next stands close to what is before it."""
        close = bool(self.pieces) and not self._apart
        self._apart = False
        return close

    def _add(
        self, content: Content, first: str = "", rest: str = "", *, code: bool = False
    ) -> None:
        self.pieces.append(Piece(content, first, rest, self._close(), code=code))


def _inline(text: str, style: str = "") -> Content:
    """`**word**`, `*word*`, and code between backticks."""
    parts: list[Content | tuple[str, str]] = []
    end = 0
    for mark in _MARKS.finditer(text):
        parts.append((text[end : mark.start()], style))
        end = mark.end()
        code, bold, italic = mark.groups()
        if code:
            parts.append((code, f"{style} {CODE}".strip()))
        else:
            parts.append(_inline(bold or italic, f"{style} {'bold' if bold else 'italic'}".strip()))
    return Content.assemble(*parts, (text[end:], style))


def first_line(task: str) -> str:
    """The task's first words up to an empty line or code, for a narrow screen."""
    whole = pieces(task)
    said: list[Piece] = []
    for piece in whole:
        if said and (piece.code or not piece.tight):
            break
        if not piece.code:
            said.append(piece)
    return " ".join(unbroken(said or whole).plain.split())
