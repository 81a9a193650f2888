"""Which characters of a Python or SQL text are keywords, names, strings … for the editor.

The text is parsed by tree-sitter where its grammar loads; without it the editor is plain. Spans
count in characters (tree-sitter counts bytes), one list per line.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from playground.tui.themes import SYNTAX

if TYPE_CHECKING:
    from tree_sitter import Node, Parser, Tree

Span = tuple[int, int, str]
"""First character, the one after the last, and one of `SYNTAX`."""
Spans = dict[int, list[Span]]
"""By line, counted from 0."""

MAX_LINES = 300
"""Longer texts stay plain: colouring would be felt at every pause in typing."""
MAX_CHARACTERS = 20_000

_PYTHON = {
    "comment": "comment",
    "integer": "number",
    "float": "number",
    "string_start": "string",
    "string_content": "string",
    "string_end": "string",
    "none": "number",
    "true": "number",
    "false": "number",
}
_SQL = {"comment": "comment", "marginalia": "comment", "literal": "string"}


@lru_cache(maxsize=2)
def _parser(language: str) -> "Parser | None":
    """The parser of a language, or None where its grammar cannot be loaded."""
    try:
        from tree_sitter import Language, Parser

        grammar = import_module(f"tree_sitter_{language}")
        return Parser(Language(grammar.language()))
    except (ImportError, OSError, ValueError, AttributeError):
        # Wheels are missing on some systems, and a grammar of another ABI is refused.
        return None


def colour(text: str, language: str) -> Spans:
    """The coloured spans of `text`; none where it is too long or no grammar loads."""
    if text.count("\n") >= MAX_LINES or len(text) > MAX_CHARACTERS:
        return {}
    parser = _parser(language)
    if parser is None:
        return {}
    encoded = text.encode("utf-8", "replace")
    kind_of = _sql_kind if language == "sql" else _python_kind
    lines = text.split("\n")
    spans: Spans = {}
    for node in _leaves(parser.parse(encoded)):
        kind = kind_of(node)
        if kind is not None:
            _add(spans, lines, node, kind)
    return spans


def _leaves(tree: "Tree") -> "Iterator[Node]":
    cursor = tree.walk()
    while True:
        node = cursor.node
        if node is not None and (node.child_count == 0 or node.type == "literal"):
            yield node
        elif cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return


def _python_kind(node: "Node") -> str | None:
    known = _PYTHON.get(node.type)
    if known is not None:
        return known
    if not node.is_named:
        return "keyword" if node.type.isalpha() else None
    if node.type != "identifier" or node.parent is None:
        return None
    parent = node.parent
    if parent.type == "attribute" and parent.parent is not None and parent.parent.type == "call":
        called = parent.parent.child_by_field_name("function") == parent
        last = parent.child_by_field_name("attribute") == node
        return "function" if called and last else None
    if parent.type == "call" and parent.child_by_field_name("function") == node:
        return "function"
    return "function" if parent.type in ("function_definition", "class_definition") else None


def _sql_kind(node: "Node") -> str | None:
    if node.type.startswith("keyword_"):
        return "keyword"
    if node.type == "literal":
        text = node.text or b""
        return "number" if text[:1].isdigit() else "string"
    parent = node.parent
    if node.type == "identifier" and parent is not None and parent.parent is not None:
        return "function" if parent.parent.type == "invocation" else None
    return _SQL.get(node.type)


def _add(spans: Spans, lines: list[str], node: "Node", kind: str) -> None:
    (first, start), (last, end) = node.start_point, node.end_point
    for row in range(first, min(last, len(lines) - 1) + 1):
        line = lines[row]
        in_characters = _characters(line)
        left = in_characters(start) if row == first else 0
        right = in_characters(end) if row == last else len(line)
        if right > left:
            spans.setdefault(row, []).append((left, right, kind))


def _characters(line: str) -> Callable[[int], int]:
    """How to turn a place in bytes of `line` into one in characters."""
    if line.isascii():
        return int
    encoded = line.encode("utf-8", "replace")
    return lambda place: len(encoded[:place].decode("utf-8", "ignore"))


def moved(
    spans: Spans, top: tuple[int, int], bottom: tuple[int, int], end: tuple[int, int]
) -> Spans:
    """The spans after the text from `top` to `bottom` became one that ends at `end`.

    They are right but for the new text itself, which stays plain until it is parsed: so that a
    key press need not wait for the parser.
    """
    result: Spans = {row: line for row, line in spans.items() if row < top[0]}
    head = [(a, min(b, top[1]), kind) for a, b, kind in spans.get(top[0], []) if a < top[1]]
    shift = end[1] - bottom[1]
    tail = [
        (max(a, bottom[1]) + shift, b + shift, kind)
        for a, b, kind in spans.get(bottom[0], [])
        if b > bottom[1]
    ]
    if head:
        result[top[0]] = head
    if tail:
        result[end[0]] = result.get(end[0], []) + tail
    down = end[0] - bottom[0]
    result.update({row + down: line for row, line in spans.items() if row > bottom[0]})
    return result


assert set(_PYTHON.values()) <= set(SYNTAX)
