"""Markdown as plain pieces to draw: lines of prose with their margins, and blocks of code.

A lesson is a handful of widgets this way, not one for each paragraph and list item.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from textual.content import Content
from textual.style import Style

from playground.tui.cells import fit, width
from playground.visible import visible

Styled = Content | str | tuple[str, str]
_OPENED = {"strong_open": "bold", "em_open": "italic", "s_open": "strike"}
_CLOSED = {"strong_close", "em_close", "s_close", "link_close"}
_WIDEST_COLUMN = 40


@dataclass(frozen=True)
class Piece:
    """A paragraph, a heading or one row of a table, with the margins of what it stands in."""

    content: Content
    first: str = ""
    """Stands before its first line: a list's bullet, a quotation's bar."""
    rest: str = ""
    """Stands before its other lines."""
    tight: bool = False
    """No empty line above it."""
    hang: int = 0
    """How many cells further in its other lines stand: the last column of a table's row."""


@dataclass(frozen=True)
class Code:
    """A fenced block."""

    code: str
    info: str


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def parts(markdown: str) -> list[list[Piece] | Code]:
    """Runs of prose and blocks of code, in order."""
    result: list[list[Piece] | Code] = []
    for part in _Reader(_parser().parse(markdown)).read():
        if isinstance(part, Piece) and result and isinstance(result[-1], list):
            result[-1].append(part)
        else:
            result.append([part] if isinstance(part, Piece) else part)
    return result


def drawn(pieces: Sequence[Piece], cells: int, margins: str = "$quiet") -> Content:
    """Prose broken into lines of at most `cells`, its margins in a style of their own."""
    lines: list[Content | str] = []
    for piece in pieces:
        if lines and not piece.tight:
            lines.append("")
        room = max(8, cells - width(piece.rest))
        for index, line in enumerate(_broken(piece, room) or [Content("")]):
            margin = piece.rest if index else piece.first
            lines.append(Content.assemble((margin, margins), line))
    return Content("\n").join(lines)


def _broken(piece: Piece, room: int) -> list[Content]:
    lines = _wrapped(piece.content, room)
    if len(lines) < 2 or not 0 < piece.hang <= room // 2:
        return lines
    rest = piece.content[len(lines[0].plain) :]
    rest = rest[len(rest.plain) - len(rest.plain.lstrip(" ")) :]
    margin = " " * piece.hang
    others = _wrapped(rest, room - piece.hang)
    return [lines[0], *(Content.assemble(margin, line) for line in others)]


def _wrapped(content: Content, room: int) -> list[Content]:
    """Lines that end at blanks, but at none inside a text in the quotes of code if it fits."""
    plain = content.plain
    for span in content.spans:
        if span.style != _CODE:
            continue
        for literal in _LITERAL.finditer(content.plain, span.start, span.end):
            begin, end = literal.span()
            whole = plain[:begin] + literal[0].replace(" ", _GLUE) + plain[end:]
            word = whole[whole.rfind(" ", 0, begin) + 1 :].partition(" ")[0]
            plain = whole if width(word) <= room else plain
    lines = Content(plain, spans=list(content.spans)).wrap(room)
    return [Content(line.plain.replace(_GLUE, " "), spans=list(line.spans)) for line in lines]


_CODE = "$syntax-function"
_LITERAL = re.compile(r"""(["'])[^"'\n]*\1""")
_GLUE = "\ue000"
"""Stands for a blank that no line may end at while lines are broken: it is in no text, being private."""


class _Reader:
    """Walks the parser's tokens once, remembering the lists and quotations it is in."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._margins: list[str] = []
        self._bullets: list[int | None] = []
        """Of each open list, the next number; None for bullets."""
        self._bullet = ""
        """The bullet that the next piece begins with."""
        self._tight = False
        """Whether the paragraph is one of a list without empty lines."""
        self._list_begins = False
        """Whether an outermost list was opened and has no piece yet."""
        self._heading = ""
        self._table: list[list[Content]] = []

    def read(self) -> Iterator[Piece | Code]:
        """The parts, one after the other."""
        for token in self._tokens:
            match token.type:
                case "inline" if self._table:
                    self._table[-1].append(inline(token.children or []))
                case "inline":
                    yield self._piece(inline(token.children or []))
                case "fence" | "code_block":
                    yield Code(token.content, token.info)
                case "html_block":
                    yield self._piece(Content(visible(token.content.strip(), multiline=True)))
                case "hr":
                    yield self._piece(Content.styled("─" * 20, "$quiet"))
                case "table_close":
                    yield from self._rows()
                case _:
                    self._nest(token)

    def _nest(self, token: Token) -> None:
        match token.type:
            case "paragraph_open":
                self._tight = token.hidden
            case "heading_open":
                self._heading = "bold $primary" if token.tag == "h1" else "bold"
            case "heading_close":
                self._heading = ""
            case "bullet_list_open":
                self._open_list(None)
            case "ordered_list_open":
                self._open_list(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                self._bullets.pop()
            case "list_item_open":
                self._begin_item()
            case "blockquote_open":
                self._margins.append("▎ ")
            case "list_item_close" | "blockquote_close":
                self._margins.pop()
                self._bullet = ""
            case "table_open":
                self._table = [[]]
            case "tr_open":
                self._table.append([])

    def _open_list(self, number: int | None) -> None:
        self._list_begins = not self._bullets
        self._bullets.append(number)

    def _begin_item(self) -> None:
        number = self._bullets[-1]
        self._bullet = "• "
        if number is not None:
            self._bullet = f"{number}. "
            self._bullets[-1] = number + 1
        self._margins.append(" " * len(self._bullet))

    def _piece(self, content: Content) -> Piece:
        tight, self._tight = self._tight and not self._list_begins, False
        self._list_begins = False
        rest = "".join(self._margins)
        first = rest
        if self._bullet:
            first = "".join(self._margins[:-1]) + self._bullet
        self._bullet = ""
        if self._heading:
            content = content.stylize_before(self._heading)
        return Piece(content, first, rest, tight)

    def _rows(self) -> Iterator[Piece]:
        table = [row for row in self._table if row]
        self._table = []
        count = max((len(row) for row in table), default=0)
        widths = [
            min(
                _WIDEST_COLUMN,
                max((row[i].cell_length for row in table if i < len(row)), default=0),
            )
            for i in range(count)
        ]
        for index, row in enumerate(table):
            cells = [_in_column(cell, size) for cell, size in zip(row, widths, strict=False)]
            line = Content("  ").join(cells)
            if index == 0:
                line = line.stylize_before("bold")
            margin = "".join(self._margins)
            fits = all(c.cell_length <= size for c, size in zip(row[:-1], widths, strict=False))
            hang = sum(size + 2 for size in widths[: len(row) - 1]) if fits else 0
            yield Piece(line, margin, margin, tight=index > 0, hang=hang)


def _in_column(cell: Content, size: int) -> Content:
    if cell.cell_length > size:
        return cell
    return Content.assemble(cell, fit("", size - cell.cell_length))


def inline(tokens: Sequence[Token]) -> Content:
    """Text with emphasis, code and links."""
    result: list[Styled] = []
    styles: list[str] = []
    links: list[Style] = []
    for token in tokens:
        if token.type in _OPENED:
            styles.append(_OPENED[token.type])
        elif token.type == "link_open":
            styles.append("underline $primary")
            links.append(Style.from_meta({"@click": f"follow({str(token.attrGet('href'))!r})"}))
        elif token.type in _CLOSED:
            styles.pop()
            if token.type == "link_close":
                links.pop()
        else:
            piece = Content.styled(_text(token), " ".join([*styles, *_own_style(token)]))
            result.append(piece.stylize(links[-1]) if links else piece)
    return Content.assemble(*result)


def _own_style(token: Token) -> list[str]:
    return [_CODE] if token.type == "code_inline" else []


def _text(token: Token) -> str:
    if token.type == "softbreak":
        return " "
    if token.type == "hardbreak":
        return "\n"
    return visible(token.content)
