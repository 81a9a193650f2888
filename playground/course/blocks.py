"""What stands in a lesson's Markdown beside prose: blocks of code and links to other lessons.

Only fences and inline links are looked for (CommonMark 0.31, sections 4.5 and 6.3), line by line,
so that no Markdown parser has to be loaded.
"""

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

_FENCE = re.compile(r"(?P<indent>[ ]*)(?P<fence>`{3,}|~{3,})(?P<info>.*)")
_LINK = re.compile(r"\]\(\s*<?lesson:(?P<target>[^)>\s]*)")
_INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")


class Fenced(msgspec.Struct, frozen=True):
    """Any fenced block."""

    info: str
    """All that stands behind the opening fence."""
    code: str
    """Ends with a newline unless it is empty."""
    line: int
    """Line of the text, from 1, on which the code begins."""

    @property
    def words(self) -> list[str]:
        """The words of the info string: the language first, then marks such as `run`."""
        return self.info.split()


class Block(msgspec.Struct, frozen=True):
    """A block of Python or SQL."""

    language: Literal["python", "sql"]
    code: str
    run: bool
    """Marked `run`: it can go to the editor, and the proof runs it."""
    output: str | None
    """What it must print, where an `output` block follows it; else None."""
    line: int
    """Line of the text, from 1, on which the code begins."""


class LessonLink(msgspec.Struct, frozen=True):
    """A link `[words](lesson:lesson-id)` or `[words](lesson:lesson-id/exercise-id)`."""

    target: str
    line: int


def fenced(text: str) -> list[Fenced]:
    """All fenced blocks of a Markdown text, in order."""
    return [part for part in _parts(text) if isinstance(part, Fenced)]


def blocks(text: str) -> list[Block]:
    """The blocks of Python and SQL of a lesson's text, each with the output that must follow it."""
    found: list[Block] = []
    before: Block | None = None
    for fence in fenced(text):
        words = fence.words
        if "output" in words:
            if before is not None:
                found[-1] = msgspec.structs.replace(before, output=fence.code)
            before = None
        elif words and words[0] in ("python", "sql"):
            language: Literal["python", "sql"] = "python" if words[0] == "python" else "sql"
            before = Block(language, fence.code, "run" in words[1:], None, fence.line)
            found.append(before)
        else:
            before = None
    return found


def misplaced(text: str) -> Iterator[tuple[Fenced, Literal["output", "run"]]]:
    """Blocks whose mark means nothing: `output` after no runnable block, `run` of another language."""
    runnable = False
    for fence in fenced(text):
        words = fence.words
        if "output" in words:
            if not runnable:
                yield fence, "output"
            runnable = False
        else:
            runnable = "run" in words[1:]
            if runnable and words[0] not in ("python", "sql"):
                yield fence, "run"


def lesson_links(text: str) -> list[LessonLink]:
    """The links to lessons and exercises of a Markdown text; code is not looked at."""
    return [
        LessonLink(link["target"], line)
        for line, prose in (part for part in _parts(text) if not isinstance(part, Fenced))
        for link in _LINK.finditer(_INLINE_CODE.sub("", prose))
    ]


def _parts(text: str) -> Iterator[Fenced | tuple[int, str]]:
    """Fenced blocks, and (line number, text) of the lines between them."""
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        opening = _FENCE.fullmatch(lines[number].rstrip("\r"))
        if opening is None or ("`" in opening["info"] and opening["fence"][0] == "`"):
            yield number + 1, lines[number]
            number += 1
            continue
        start = number + 1
        end = next((n for n in range(start, len(lines)) if _closes(opening, lines[n])), len(lines))
        code = [_dedented(line, len(opening["indent"])) for line in lines[start:end]]
        if end == len(lines) and code and not code[-1]:
            code.pop()
        yield Fenced(opening["info"].strip(), "".join(f"{line}\n" for line in code), start + 1)
        number = end + 1


def _closes(opening: re.Match[str], line: str) -> bool:
    mark = line.strip()
    fence = opening["fence"]
    return len(mark) >= len(fence) and set(mark) == {fence[0]}


def _dedented(line: str, indent: int) -> str:
    return line[min(indent, len(line) - len(line.lstrip(" "))) :]
