"""Markdown as plain pieces to draw: lines of prose with their margins, and blocks of code.

A lesson is a handful of widgets this way, not one for each paragraph and list item.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from textual.content import Content
from textual.style import Style

from playground.tui.pieces import CODE, Piece, table
from playground.visible import visible

Styled = Content | str | tuple[str, str]
_OPENED = {"strong_open": "bold", "em_open": "italic", "s_open": "strike"}
_CLOSED = {"strong_close", "em_close", "s_close", "link_close"}


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
        rows = [row for row in self._table if row]
        self._table = []
        yield from table(rows, "".join(self._margins))


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
    return [CODE] if token.type == "code_inline" else []


def _text(token: Token) -> str:
    if token.type == "softbreak":
        return " "
    if token.type == "hardbreak":
        return "\n"
    return visible(token.content)
