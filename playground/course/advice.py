"""What to write instead, where YAML stops: the sign that stopped it, and the line put right."""

import re
import textwrap
from collections.abc import Iterator

import msgspec

from playground.texts import _

_ENTRY = re.compile(r"(?P<lead> *(?:- +)*)(?:(?P<key>[^\W\d][\w.-]*) *: +)?(?P<value>[^\s#].*?)\s*")
_CLOSED = re.compile(
    r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|\[[^\[\]{}]*\]|\{[^\[\]{}]*\}|[|>][-+0-9]*)(?:\s+\#.*)?"""
)
_BARE_KEY = re.compile(r" *(?:- +)*(?P<key>[a-z_]+): *")
_TIGHT_KEY = re.compile(r"(?P<key> *(?:- +)*[a-z_]+):(?P<value>[^\s:/].*)")
_TEXTS = {
    "about", "after", "answer", "because", "code", "given", "mutant", "says", "setup", "solution",
    "starter", "task", "text", "title",
}  # fmt: skip
"""Fields that hold text of several lines."""
_NAME = re.compile(r"[^\W\d][\w.-]*:")
_OPENING = "[{\"'"
_NEVER_FIRST = "`@%"
_OWN_SIGNS = "*&!|>,?\"']}"


class Problem(msgspec.Struct, frozen=True):
    """What the parser says; positions are (line, column) from 0, None where it does not know."""

    text: str
    position: tuple[int, int] | None
    context: tuple[int, int] | None


class Advice(msgspec.Struct, frozen=True):
    """What the author is told, and the line quoted so that the rest of the file can be read."""

    position: tuple[int, int]
    """Line and column from 1."""
    message: str
    repaired_line: int = 0
    repaired: str | None = None
    """None where quoting one line would not help."""


def advise(problem: Problem, lines: list[str]) -> Advice:
    """Find the line that is meant and say how to write it."""
    row, column = problem.position or problem.context or (0, 0)
    row = max(0, min(row, len(lines) - 1))
    begun_above = not lines[row].strip() or "':'" in problem.text
    if begun_above and problem.context is not None:
        row, column = problem.context
    line = lines[row]
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return _tab(line, row)
    if line.startswith("---"):
        message = _("One file holds one document. Remove this line and what follows it.")
        return Advice((row + 1, 1), message)
    simple = _no_space(row, lines) or _text_without_bar(row, lines)
    if simple is not None:
        return simple
    for candidate in _candidates(row, problem, lines):
        entry = _ENTRY.fullmatch(lines[candidate])
        if entry is None or not (entry["key"] or "-" in entry["lead"]):
            continue
        sign = _stopping_sign(entry["value"], problem)
        if sign:
            here = candidate == row
            at = column if here else entry.start("value")
            repaired = _quoted(entry) if here and _stands_alone(candidate, entry, lines) else None
            return Advice((candidate + 1, at + 1), _explain(sign, entry), candidate, repaired)
    return Advice((row + 1, column + 1), _misplaced(row, lines) or _unexplained(problem))


def _misplaced(row: int, lines: list[str]) -> str | None:
    """Says that a line is indented as nothing above it is, if that is so."""
    own = _indent(lines[row])
    enclosing = [_levels(lines[above]) for above in _enclosing(row, lines)]
    if not enclosing or own in set().union(*enclosing):
        return None
    if own > max(enclosing[0]):
        return _(
            "This line is indented more than the one above, so that YAML takes both for one text."
            " Indent it alike, or write the text after |."
        )
    return _(
        "This line begins after {count} spaces; those around it begin after {others}."
        " Indent it as one of them."
    ).format(count=own, others=", ".join(str(level) for level in sorted(set().union(*enclosing))))


def _levels(line: str) -> set[int]:
    """Where what belongs to a line may begin: under it, or under what follows its dash."""
    dashes = re.match(r" *(?:- +)*", line)
    return {_indent(line), dashes.end() if dashes else 0}


def _unexplained(problem: Problem) -> str:
    return (
        _("YAML cannot be read here: {problem}.").format(problem=problem.text)
        + " "
        + _("Look at the indentation here and just above, and at the quotes.")
    )


def _enclosing(row: int, lines: list[str]) -> Iterator[int]:
    """The line above, and from there up each line that is indented less than all before it."""
    least: int | None = None
    for above in range(row - 1, -1, -1):
        if lines[above].strip() and (least is None or _indent(lines[above]) < least):
            least = _indent(lines[above])
            yield above


def after_bar(prefix: str, text: str) -> str:
    """The lines that hold `text` after `|`, as an author would write them; `prefix` is `- key:`."""
    lead = re.match(r" *(?:- +)*", prefix)
    indent = " " * (len(lead[0]) if lead else 0)
    if prefix.rstrip().endswith(":"):
        indent += "  "
    first, _break, rest = text.strip().partition("\n")
    body = textwrap.indent(f"{first}\n{textwrap.dedent(rest)}".rstrip(), indent)
    return f"{prefix.rstrip()} |\n{body}"


def _no_space(row: int, lines: list[str]) -> Advice | None:
    """Where a value follows its colon without a space."""
    key = _TIGHT_KEY.fullmatch(lines[row])
    if key is None:
        return None
    repaired = f"{key['key']}: {key['value']}"
    message = _("A space is wanted after the colon:") + "\n" + repaired
    return Advice((row + 1, key.end("key") + 2), message, row, repaired)


def _text_without_bar(row: int, lines: list[str]) -> Advice | None:
    """Where lines of text follow `solution:` and the like, without the | that begins them."""
    above = next(
        (n for n in _enclosing(row, lines) if _indent(lines[n]) < _indent(lines[row])), None
    )
    key = _BARE_KEY.fullmatch(lines[above]) if above is not None else None
    if above is None or key is None or key["key"] not in _TEXTS:
        return None
    repaired = lines[above].rstrip() + " |"
    message = _("Text of several lines is written after |:") + "\n" + repaired
    return Advice((above + 1, key.start("key") + 1), message, above, repaired)


def _tab(line: str, row: int) -> Advice:
    start = len(line) - len(line.lstrip())
    repaired = line[:start].replace("\t", "    ") + line[start:]
    message = _("A tab cannot indent YAML. Write spaces:") + "\n" + repaired
    return Advice((row + 1, line.index("\t") + 1), message, row, repaired)


def _candidates(row: int, problem: Problem, lines: list[str]) -> list[int]:
    """The line of the problem, the one that it continues, the one where the parser began."""
    found = [row]
    indent = _indent(lines[row]) if lines[row].strip() else 1
    found += [above for above in _enclosing(row, lines) if _indent(lines[above]) < indent][:1]
    if problem.context is not None and problem.context[0] < len(lines):
        found.append(problem.context[0])
    return found


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _stopping_sign(value: str, problem: Problem) -> str | None:
    """The sign of a value that YAML stumbles over, None where it has none."""
    first = value[0]
    if first in _NEVER_FIRST:
        return first
    if "escape" in problem.text:
        return "\\"
    if _CLOSED.fullmatch(value) or _NAME.fullmatch(value):
        return None
    if first in "[{" or first in _OWN_SIGNS:
        return first
    if value.startswith("- "):
        return "- "
    if re.search(r":(?:\s|$)", value):
        return ": "
    return " #" if re.search(r"\s#", value) else None


def _explain(sign: str, entry: re.Match[str]) -> str:
    if sign in _OPENING:
        head = _(
            "YAML takes {sign} for the start of a list, a mapping or a quotation, which is not closed"
            " or goes on after its end. Where text is meant, write it after |:"
        )
    elif sign == " #":
        head = _(
            "In plain text, YAML takes {sign} and all behind it as a comment. Write it after |:"
        )
    else:
        head = _("YAML stops at {sign} in plain text. Write the text after |:")
    put_right = after_bar(entry.string[: entry.start("value")], entry["value"])
    return head.format(sign=f"“{sign}”") + "\n" + put_right


def _stands_alone(row: int, entry: re.Match[str], lines: list[str]) -> bool:
    """Whether the value ends with its line, so that quoting the line quotes all of it."""
    if entry["value"][0] in _OPENING + "|>":
        return False
    start = entry.end("lead") if entry["key"] else entry.end("lead") - 2
    following = next((line for line in lines[row + 1 :] if line.strip()), "")
    return _indent(following) <= start


def _quoted(entry: re.Match[str]) -> str:
    start = entry.start("value")
    return entry.string[:start] + "'" + entry["value"].replace("'", "''") + "'"
