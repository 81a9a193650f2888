"""A YAML file as a tree of nodes with places, read strictly; what is wrong becomes faults.

The rules are those of the lesson format, "YAML, strictly". Only the tree is made here: no type is
guessed beyond `plain_value`, and nothing is expanded.
"""

import math
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from playground.course.advice import Problem, advise
from playground.course.model import Fault, Place
from playground.texts import _

if TYPE_CHECKING or yaml.__with_libyaml__:
    from yaml._yaml import CParser as _Parser
else:  # slower, the same tree
    from playground.course.pure import PureParser as _Parser

MOST_BYTES = 1 << 20
"""Of one file."""
MOST_DEPTH = 60
"""Of lists and mappings in each other."""
MOST_REPAIRS = 20
"""How many unreadable lines of one file are reported before the rest is left."""
_GROWTH = 10_000
"""Nodes that aliases may add to a file."""
_TEXT = 100
"""Characters of a text that count as one node more."""
_NOT_TEXT = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,400})")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,400})(?:\.[0-9]{1,400})?(?:[eE][+-]?[0-9]{1,4})?")
_WORDS = {"true": True, "false": False, "null": None, "": None}

Node = yaml.Node


class _TooDeep(yaml.MarkedYAMLError):
    """The nesting passes `MOST_DEPTH`."""


class _Composer(_Parser):
    """Composes the tree without resolving tags: an implicit tag is the empty text."""

    _depth = 0

    def resolve(self, kind: type[Node], value: Any, implicit: Any) -> str:
        """No tag for what the author did not tag."""
        return ""

    def descend_resolver(self, parent: Node | None, index: Any) -> None:
        """Called by the parser on the way into each node."""
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise _TooDeep(problem_mark=parent.start_mark if parent is not None else None)

    def ascend_resolver(self) -> None:
        """Called by the parser on the way out of each node."""
        self._depth -= 1


class Source:
    """One file: its lines, its root node where it could be read, and its faults so far."""

    def __init__(self, file: Path, data: bytes | None = None) -> None:
        """Reads `file`, or takes `data` as its bytes. Never raises for what the file holds."""
        self.file = file
        self._faults: list[Fault] = []
        self._stopped: dict[int, Fault] = {}
        """What the parser stopped at, by line."""
        self.lines: list[str] = []
        self.root: Node | None = None
        text = self._decode(self._read() if data is None else data)
        if text is not None:
            self.lines = re.split(r"\r\n|[\r\n\x85\u2028\u2029]", text)
            self.root = self._compose()
            if "&" in text:
                self._refuse_growth()

    @property
    def faults(self) -> list[Fault]:
        """All that is wrong so far, from top to bottom."""
        return sorted([*self._stopped.values(), *self._faults])

    def withdraw(self, line: int) -> None:
        """Forget what the parser stopped at on a line: another fault says it better."""
        self._stopped.pop(line, None)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong so far; a warning is nothing wrong."""
        return not self._stopped and all(fault.warning for fault in self._faults)

    def fault(self, node: Node | None, message: str, *, warning: bool = False) -> None:
        """Report something at a node (at the file's start without one)."""
        self.fault_at(self.place(node), message, warning=warning)

    def fault_at(self, place: Place, message: str, *, warning: bool = False) -> None:
        """Report something at a place of this file."""
        self._faults.append(Fault(place, message, warning))

    def place(self, node: Node | None) -> Place:
        """Where a node begins."""
        return Place(self.file) if node is None else self.place_of(node.start_mark)

    def place_of(self, mark: "yaml.Mark | None") -> Place:
        """A parser's mark as a place."""
        return (
            Place(self.file) if mark is None else Place(self.file, mark.line + 1, mark.column + 1)
        )

    def content_place(self, node: Node) -> Place:
        """Where a node's own first character stands: below the `|` of a block text."""
        place = self.place(node)
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            line = place.line
            while line < len(self.lines) - 1 and not self.lines[line].strip():
                line += 1
            text = self.lines[line] if line < len(self.lines) else ""
            return Place(self.file, place.line + 1, len(text) - len(text.lstrip()) + 1)
        return place

    def _read(self) -> bytes | None:
        try:
            status = self.file.stat()
            if not stat.S_ISREG(status.st_mode):
                self.fault(None, _("This is no file."))
                return None
            if status.st_size > MOST_BYTES:
                return b" " * (MOST_BYTES + 1)
            with self.file.open("rb") as stream:
                return stream.read(MOST_BYTES + 1)
        except OSError as error:
            self.fault(None, _("It cannot be read: {reason}.").format(reason=error.strerror))
            return None

    def _decode(self, data: bytes | None) -> str | None:
        if data is None:
            return None
        if len(data) > MOST_BYTES:
            self.fault(None, _("The file is larger than 1 MiB; a file of a course is not."))
            return None
        try:
            text = data.decode("utf-8").removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            before = data[: error.start].decode("utf-8", "replace")
            self._fault_after(before, _("This is not UTF-8 text. Save the file as UTF-8."))
            return None
        wrong = _NOT_TEXT.search(text)
        if wrong:
            self._fault_after(
                text[: wrong.start()],
                _("The character U+{code:04X} is not allowed here. Remove it.").format(
                    code=ord(wrong[0])
                ),
            )
            return None
        return text

    def _fault_after(self, before: str, message: str) -> None:
        lines = re.split(r"\r\n|[\r\n]", before)
        self.fault_at(Place(self.file, len(lines), len(lines[-1]) + 1), message)

    def _compose(self) -> Node | None:
        """The tree; each line that YAML cannot read is reported, quoted, and read again."""
        lines = list(self.lines)
        for _attempt in range(MOST_REPAIRS):
            try:
                return _Composer("\n".join(lines)).get_single_node()
            except _TooDeep as error:
                self._too_deep(error.problem_mark)
                return None
            except yaml.MarkedYAMLError as error:
                problem = Problem(
                    error.problem or str(error),
                    _position(error.problem_mark),
                    _position(error.context_mark),
                )
            except yaml.YAMLError as error:
                problem = Problem(str(error), None, None)
            except RecursionError:
                self._too_deep(None)
                return None
            advice = advise(problem, lines)
            place = Place(self.file, *advice.position)
            self._stopped[place.line] = Fault(place, advice.message)
            if advice.repaired is None or lines[advice.repaired_line] == advice.repaired:
                return None
            lines[advice.repaired_line] = advice.repaired
        return None

    def _too_deep(self, mark: "yaml.Mark | None") -> None:
        message = _("This is nested more than {most} levels deep.").format(most=MOST_DEPTH)
        self.fault_at(self.place_of(mark), message)

    def _refuse_growth(self) -> None:
        if self.root is None:
            return
        distinct, expanded = _sizes(self.root)
        if expanded is None or expanded > distinct + _GROWTH:
            self.fault(self.root, _("An alias here repeats far too much. Write it out."))
            self.root = None


def _position(mark: "yaml.Mark | None") -> tuple[int, int] | None:
    return None if mark is None else (mark.line, mark.column)


def _children(node: Node) -> Iterator[Node]:
    if isinstance(node, yaml.SequenceNode):
        yield from node.value
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key
            yield value


def _sizes(root: Node) -> tuple[int, int | None]:
    """(nodes, nodes with every alias written out); None for a node that holds itself.

    A long text counts as several.
    """
    sizes: dict[int, int] = {}
    own: list[int] = []
    open_nodes: set[int] = set()

    def size(node: Node) -> int | None:
        known = sizes.get(id(node))
        if known is not None:
            return known
        if id(node) in open_nodes:
            return None
        open_nodes.add(id(node))
        total = 1 + (len(node.value) // _TEXT if isinstance(node, yaml.ScalarNode) else 0)
        own.append(total)
        for child in _children(node):
            grown = size(child)
            if grown is None:
                return None
            total += grown
        open_nodes.discard(id(node))
        sizes[id(node)] = total
        return total

    expanded = size(root)
    return sum(own), expanded


def plain_value(node: yaml.ScalarNode) -> str | int | float | bool | None:
    """The value of a scalar: a plain one may be a JSON literal, all else is text.

    `no`, `12:30`, `010`, `~` and dates are text, because JSON has no such literals.
    """
    text: str = node.value
    if node.style:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _NUMBER.fullmatch(text):
        number = float(text)
        return number if math.isfinite(number) else text
    return text


def pairs(source: Source, node: yaml.MappingNode) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    """The entries of a mapping as name -> (key, value); what is no name or comes twice is a fault."""
    found: dict[str, tuple[Node, Node]] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            source.fault(key, _("A name is wanted before the colon, not a list or a mapping."))
        elif key.value in found:
            first = source.place(found[key.value][0]).line
            source.fault(
                key,
                _("“{name}” stands here twice; the first is on line {line}. Remove one.").format(
                    name=key.value, line=first
                ),
            )
        else:
            found[key.value] = (key, value)
    return found
