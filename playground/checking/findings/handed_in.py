"""What was handed in, seen as a text: nothing, the starter, another language."""

import re
from collections.abc import Iterator

from playground.checking.case import Answer, Case, Clue

_SQL = re.compile(
    r"(?:select|with|insert|update|delete|create|drop|alter|values|begin|pragma)\s+[\w*(\"'`\[]",
    re.IGNORECASE,
)
_PYTHON = re.compile(
    r"(?:select|insert|update|delete|text)\s*\(|session\.|engine\.|from \w+(?:\.\w+)* import |"
    r"import \w+|with \w[.\w]*\(|\w+ = |print\(|for \w+ in "
)


def handed_in(case: Case) -> Iterator[Clue]:
    """Reasons that lie in the answer's text as a whole."""
    lines = code_lines(case.answer.text)
    if not lines:
        yield Clue("empty-answer")
    elif lines == code_lines(case.exercise.starter):
        yield Clue("unchanged-starter")
    elif case.run.status == "error":
        yield from _other_language(case, lines[0].strip())


def same_text(text: str, answer: Answer) -> bool:
    """Whether an answer is that text, but for comments and blank lines."""
    return code_lines(text) == code_lines(answer.text)


def code_lines(text: str) -> list[str]:
    """The lines that are neither blank nor a comment, without the space at their ends."""
    lines = (line.rstrip() for line in text.splitlines())
    return [line for line in lines if line and not line.lstrip().startswith(("#", "--"))]


def _other_language(case: Case, first: str) -> Iterator[Clue]:
    """An answer in Python that is SQL, or the other way round; it cannot have run."""
    error = case.run.error
    if error is None or case.exercise.language == "any":
        return
    if case.answer.language == "python" and error.type == "SyntaxError" and _SQL.match(first):
        yield Clue("other-language", facts={"got": "SQL", "asked": "Python"})
    if case.answer.language == "sql" and _PYTHON.match(first):
        yield Clue("other-language", facts={"got": "Python", "asked": "SQL"})
