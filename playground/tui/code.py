"""Read-only code in our colours: lesson blocks, SQL that was sent, solutions.

Pygments only splits text into words here, on clipped text; nothing is parsed, let alone run.
Imported after the first paint.
"""

from functools import lru_cache

import sqlparse
from pygments.lexer import Lexer
from pygments.lexers.python import PythonLexer
from pygments.lexers.sql import SqlLexer
from pygments.token import Token, _TokenType
from sqlparse.exceptions import SQLParseError
from textual.content import Content, Span

from playground.tui.pieces import hanging
from playground.visible import visible

CLIP = 3_000
"""Characters of a statement that are formatted and coloured before one asks for all."""

_STYLES: dict[_TokenType, str] = {
    Token.Keyword: "$syntax-keyword",
    Token.Operator.Word: "$syntax-keyword",
    Token.Name.Builtin: "$syntax-function",
    Token.Name.Function: "$syntax-function",
    Token.Name.Class: "$syntax-function",
    Token.Literal.String: "$syntax-string",
    Token.Literal.Number: "$syntax-number",
    Token.Keyword.Constant: "$syntax-number",
    Token.Comment: "$syntax-comment",
}


@lru_cache(maxsize=2)
def _lexer(language: str) -> Lexer | None:
    if language == "sql":
        return SqlLexer(stripnl=False)
    return PythonLexer(stripnl=False) if language in ("python", "py", "pycon") else None


def coloured(code: str, language: str) -> Content:
    """`code` with every character made visible, coloured where the language is known."""
    code = visible(code.rstrip("\n"), multiline=True)
    lexer = _lexer(language)
    if lexer is None or len(code) > 10 * CLIP:
        return Content(code)
    spans: list[Span] = []
    start = 0
    for kind, text in lexer.get_tokens(code):
        end = start + len(text)
        style = _style_of(kind)
        if style:
            spans.append(Span(start, min(end, len(code)), style))
        start = end
    return Content(code, spans=spans)


def _style_of(kind: _TokenType | None) -> str:
    while kind is not None:
        if kind in _STYLES:
            return _STYLES[kind]
        kind = kind.parent
    return ""


@lru_cache(maxsize=512)
def formatted_sql(sql: str, width: int = 80) -> str:
    """A statement broken into lines of about `width`, as people write SQL; as it came if that fails."""
    if "\n" not in sql and len(sql) <= min(60, width):
        return sql
    try:
        shaped = sqlparse.format(sql, reindent=True, indent_width=2, wrap_after=max(20, width - 12))
        return str(shaped).strip()
    except (SQLParseError, RecursionError):
        return sql


@lru_cache(maxsize=512)
def sql_content(sql: str, width: int) -> Content:
    """A statement formatted and coloured for a pane of `width`; `sql` is already clipped."""
    return hanging(coloured(formatted_sql(sql, width), "sql"), width)
