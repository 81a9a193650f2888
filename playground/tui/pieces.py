"""Pieces of text with margins, and how they become lines: words end at blanks, code between tokens."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from playground.tui.cells import width

CODE = "$syntax-function"
"""The style of code in prose."""


@dataclass(frozen=True)
class Piece:
    """A paragraph, a heading, one row of a table or a line of code, with its margins."""

    content: Content
    first: str = ""
    """Stands before its first line: a list's bullet, a quotation's bar."""
    rest: str = ""
    """Stands before its other lines."""
    tight: bool = False
    """No empty line above it."""
    cells: tuple[Content, ...] = ()
    """Of a row of a table: what stands in each column; `content` is all of it on one line."""
    columns: tuple[tuple[int, int], ...] = ()
    """Of a row of a table: for each column, the width of its longest word and that of its longest
    cell."""
    code: bool = False
    """Whether it is a line of code, whose indent stays."""


def drawn(pieces: Sequence[Piece], cells: int, margins: str = "$quiet") -> Content:
    """Pieces broken into lines of at most `cells`, their margins in a style of their own."""
    lines: list[Content | str] = []
    for piece in pieces:
        if lines and not piece.tight:
            lines.append("")
        room = max(8, cells - width(piece.rest))
        for index, line in enumerate(_broken(piece, room) or [Content("")]):
            margin = piece.rest if index else piece.first
            lines.append(Content.assemble((margin, margins), line))
    return Content("\n").join(lines)


def unbroken(pieces: Sequence[Piece]) -> Content:
    """Pieces as they are, each on one line however long."""
    parts: list[Content | str] = []
    for piece in pieces:
        if parts:
            parts.append("\n" if piece.tight else "\n\n")
        parts += [piece.first, piece.content]
    return Content.assemble(*parts)


def _broken(piece: Piece, room: int) -> list[Content]:
    if piece.code:
        return hanging(piece.content, room).split("\n", allow_blank=True)
    if piece.cells:
        return _row(piece, room)
    return wrapped(piece.content, room)


def table(rows: Sequence[Sequence[Content]], margin: str = "") -> Iterator[Piece]:
    """A table as a piece for each of its rows, the first of which is its head."""
    count = max(map(len, rows), default=0)
    columns = tuple(
        (
            max(width(word) for cell in column for word in cell.plain.split() or [""]),
            max(cell.cell_length for cell in column),
        )
        for column in ([row[place] for row in rows if place < len(row)] for place in range(count))
    )
    for number, row in enumerate(rows):
        cells = tuple(row) if number else tuple(cell.stylize_before("bold") for cell in row)
        line = Content("  ").join(cells)
        yield Piece(line, margin, margin, tight=number > 0, cells=cells, columns=columns)


def _row(piece: Piece, room: int) -> list[Content]:
    """The lines of a table's row, each cell broken within its column."""
    sizes = _sizes(piece.columns, room - _GAP * (len(piece.columns) - 1))
    broken = [wrapped(cell, max(1, size)) for cell, size in zip(piece.cells, sizes, strict=False)]
    lines = []
    for place in range(max(map(len, broken))):
        parts: list[Content | str] = []
        for cell, size in zip(broken, sizes, strict=False):
            line = cell[place] if place < len(cell) else Content("")
            parts += [line, " " * (size - line.cell_length + _GAP)]
        lines.append(Content.assemble(*parts).rstrip())
    return lines


def _sizes(columns: Sequence[tuple[int, int]], room: int) -> list[int]:
    """How wide columns are in `room` cells: the widest give way, as long as their words stay whole."""
    sizes = [wanted for _word, wanted in columns]
    for least in ([word for word, _wanted in columns], [1] * len(columns)):
        while sum(sizes) > room:
            spare = [size if size > few else 0 for size, few in zip(sizes, least, strict=True)]
            if not any(spare):
                break
            sizes[spare.index(max(spare))] -= 1
    return sizes


def wrapped(content: Content, room: int) -> list[Content]:
    """Lines of at most `room` cells that end at blanks.

    A text in the quotes of code is kept whole if it fits; what is wider than a line is broken
    between tokens.
    """
    return [
        line[start:end]
        for line in content.split("\n", allow_blank=True)
        for start, end in _cuts(_glued(line, room), room)
    ]


def _cuts(text: str, room: int) -> Iterator[tuple[int, int]]:
    """Where each line of `text` begins and ends."""
    start = end = 0
    for word in _WORD.finditer(text):
        begin, stop = word.span()
        if width(text[start:stop]) <= room:
            end = stop
            continue
        if end > start:
            # What is too wide for any line begins in this one, if it has a place to be broken.
            cut = None
            if width(word[0]) > room:
                cut = _between_tokens(text[start:stop], room, begin - start + _LEAST)
            yield start, end if cut is None else start + cut
            start = begin if cut is None else start + cut
        while width(text[start:stop]) > room:
            cut = start + code_break(text[start:stop], room)
            yield start, cut
            start = cut
        end = stop
    yield start, end


def _glued(line: Content, room: int) -> str:
    """The text of a line, with other characters for the blanks inside literals in code."""
    plain = line.plain
    for span in line.spans:
        if CODE not in str(span.style):
            continue
        for literal in _LITERAL.finditer(line.plain, span.start, span.end):
            begin, end = literal.span()
            whole = plain[:begin] + literal[0].replace(" ", _GLUE) + plain[end:]
            word = whole[whole.rfind(" ", 0, begin) + 1 :].partition(" ")[0]
            plain = whole if width(word) <= room else plain
    return plain


def hanging(content: Content, room: int, indent: int = 4) -> Content:
    """Lines that are wider than `room`, broken so that their rest stands `indent` further in."""
    lines: list[Content] = []
    for line in content.split("\n", allow_blank=True):
        own = len(line.plain) - len(line.plain.lstrip(" "))
        margin = ""
        while width(line.plain) + len(margin) > room:
            cut = code_break(line.plain, room - len(margin))
            lines.append(Content.assemble(margin, line[:cut]))
            line = line[cut:]
            line = line[len(line.plain) - len(line.plain.lstrip(" ")) :]
            margin = " " * min(own + indent, room // 2)
        lines.append(Content.assemble(margin, line))
    return Content("\n").join(lines)


def code_break(text: str, room: int) -> int:
    """Where to break code so that what comes before takes at most `room` cells, at least 1 character.

    After a blank, a comma or an opening bracket, or before the dot of a chain, if near enough; else
    between tokens. Only a token that is itself too wide is broken.
    """
    most = _most(text, room)
    indent = text.find(text.lstrip()[:1]) + 1
    for cut in range(most, max(most // 2, indent), -1):
        if text[cut - 1] in " ,(" or text[cut - 1 : cut + 1] == ").":
            return cut
    return _between_tokens(text, room, indent) or most


def _between_tokens(text: str, room: int, least: int) -> int | None:
    """The last place behind `least` characters where no token is broken, and the rest begins well."""
    for cut in range(_most(text, room), least, -1):
        if _BOUNDARY.match(text, cut - 1):
            return cut
    return None


def _most(text: str, room: int) -> int:
    """How many characters of `text` take at most `room` cells; at least 1."""
    most = 1
    while most < len(text) and width(text[: most + 1]) <= room:
        most += 1
    return most


_GAP = 2
"""Cells between the columns of a table."""
_WORD = re.compile(r"[^ ]+")
_LEAST = 3
"""Characters of a broken word that are worth the end of a line."""
_LITERAL = re.compile(r"""(["'])[^"'\n]*\1""")
_BOUNDARY = re.compile(
    r"""[ ,]|[^\W\d](?=[.<>+\-*/|&%])|[^\w."'`](?=[\w"'`])|[)\]}](?=[.<>+\-*/|&%])"""
)
"""A character behind which code may be broken: no token goes on there, and the rest begins well."""
_GLUE = "\ue000"
"""Stands for a blank that no line may end at while lines are broken: it is in no text, being private."""
