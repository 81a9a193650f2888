"""This side of the analyst: asks the child, gives trees, remembers what it was told."""

import contextlib
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from playground.checking.analyst.tree import Node, build
from playground.checking.mutants import program_mutants
from playground.running import BuildError, Cell, NoAnswer, Runners, Special, World, packaged_world


class AnalystError(Exception):
    """The child did not answer; the message tells why."""

    def __init__(self, message: str, *, ours: bool = False) -> None:
        super().__init__(message)
        self.ours = ours
        """Whether nothing says that it is the text's fault: the machine is busy, say."""


class PythonSource(msgspec.Struct, frozen=True):
    """What was read of a Python text: its tree, or where and why it has none."""

    tree: Node | None = None
    message: str | None = None
    line: int | None = None

    @property
    def empty(self) -> bool:
        """Whether it holds nothing but comments and blank lines."""
        return self.tree is not None and not self.tree.children


class Ranked(msgspec.Struct, frozen=True):
    """A query rewritten so that its last column ranks the rows by its sort keys."""

    sql: str
    sorted: bool
    offset: int | str
    """Rows that OFFSET skips, or the name (`p2`) of the parameter that tells."""


class Repair(msgspec.Struct, frozen=True):
    """A query that differs from a learner's in one thing."""

    finding: str
    """The mistake, if this query gives what was asked."""
    sql: str
    facts: dict[str, str]


class Analysis:
    """Answers about texts, each asked of the child once, and not again where there was none.

    Safe to share between threads.
    """

    def __init__(self, runners: Runners) -> None:
        self._runners = runners
        self._lock = threading.Lock()
        self._sources: dict[str, PythonSource] = {}
        self._queries: dict[str, Node | None] = {}
        self._unanswered: dict[str, str] = {}
        """Why there was no answer, by what was asked."""
        self._trouble = ""
        """Why nothing can be asked any more; empty while all is well."""
        self._too_long = _NEVER_TOO_LONG
        """Characters of the shortest SQL that the parser could not cope with, of those that are long."""

    def read(self, source: str | None, texts: list[str]) -> None:
        """Read a Python text and SQL texts, for `python` and `sql`.

        What cannot be read has no tree. Raises AnalystError where that is not the text's fault.
        """
        with self._lock:
            if source is not None and source not in self._sources:
                self._sources[source] = self._read_source(source)
            unknown = [text for text in dict.fromkeys(texts) if text not in self._queries]
            for some in _groups(unknown):
                self._queries.update(zip(some, self._read_queries(some), strict=True))

    def python(self, source: str) -> PythonSource:
        """The tree of a Python text. Raises AnalystError."""
        self.read(source, [])
        return self._sources[source]

    def sql(self, texts: list[str]) -> list[Node | None]:
        """The tree of each SQL text, None where it is no query or change. Raises AnalystError."""
        self.read(None, texts)
        return [self._queries[text] for text in texts]

    def ranked(self, sql: str) -> Ranked | None:
        """The query with its ranks; None where it neither sorts nor limits.

        Raises AnalystError, and LookupError where its sort keys cannot be told.
        """
        self._see_that_it_can_be_read(sql)
        answer = self._ask({"ranked": sql})["ranked"]
        if answer is None:
            raise LookupError(sql)
        return None if answer.get("free") else msgspec.convert(answer, Ranked)

    def repairs(self, sql: str, solution: str, constants: list[Cell]) -> list[Repair]:
        """Queries that differ from `sql` in one thing. Raises AnalystError.

        `solution` and `constants` (values that it binds) are what they may borrow from.
        """
        plain = [cell if not isinstance(cell, Special) else cell.text for cell in constants]
        self._see_that_it_can_be_read(sql)
        request = {"sql": sql, "solution": solution, "constants": plain}
        return msgspec.convert(self._ask({"repairs": request})["repairs"], list[Repair])

    def touched(self, sql: str) -> str | None:
        """The query for the rows that an UPDATE or DELETE touches. Raises AnalystError."""
        self._see_that_it_can_be_read(sql)
        answer = self._ask({"touched": sql})["touched"]
        return answer if isinstance(answer, str) else None

    def mutants(self, program: str) -> list[tuple[str, str]]:
        """Wrong programs made of a right one: what changed, and the text. None where it cannot be
        read."""
        return program_mutants(program, self._runners)

    def _read_source(self, source: str) -> PythonSource:
        try:
            return _source(self._ask({"python": source})["python"])
        except AnalystError as error:
            if error.ours:
                raise
            return PythonSource(message=str(error))

    def _read_queries(self, texts: list[str]) -> list[Node | None]:
        """The trees of some texts; one that the child cannot cope with takes no other with it."""
        if any(len(text) >= self._too_long for text in texts):
            return [None] * len(texts)
        try:
            answers = self._ask({"sql": texts})["sql"]
        except AnalystError as error:
            if error.ours:
                raise
            if len(texts) > 1:
                return [tree for text in texts for tree in self._read_queries([text])]
            if len(texts[0]) >= _LONG:
                self._too_long = len(texts[0])
            return [None]
        return [build(rows) if rows else None for rows in answers]

    def _see_that_it_can_be_read(self, sql: str) -> None:
        if len(sql) >= self._too_long:
            raise AnalystError("the text is too long for the parser")

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """What the child answers, by the names of the questions."""
        key = repr(request)
        if self._trouble:
            raise AnalystError(self._trouble, ours=True)
        if key in self._unanswered:
            raise AnalystError(self._unanswered[key])
        try:
            answers = self._runners.of(_world()).ask(request)
        except NoAnswer as error:
            if error.ours:
                self._trouble = str(error)
            else:
                self._unanswered[key] = str(error)
            raise AnalystError(str(error), ours=error.ours) from None
        if not isinstance(answers, dict) or set(answers) != set(request):
            raise AnalystError("the child answered something else", ours=True)
        return answers


def _groups(texts: list[str]) -> Iterator[list[str]]:
    """Texts to ask for together: the short ones some at a time, a long one by itself."""
    short: list[str] = []
    for text in texts:
        if len(text) >= _LONG:
            yield [text]
            continue
        short.append(text)
        if len(short) == _AT_ONCE:
            yield short
            short = []
    if short:
        yield short


def prepare(runners: Runners) -> None:
    """Have a child ready that reads answers: the first one takes a while to load its parsers."""
    with contextlib.suppress(NoAnswer, BuildError):  # the first check will tell
        runners.of(_world()).ask({"python": ""})


@cache
def _world() -> World:
    """What the child holds ready: its program, and with it the SQL parser, loaded once."""
    return packaged_world("analyst", _CHILD, _MODULES)


_LONG = 5_000
"""Characters of SQL above which a text is read by itself."""
_AT_ONCE = 50
_NEVER_TOO_LONG = 2**62
_CHILD = Path(__file__).parent / "child"
_MODULES = (
    "trees",
    "ranks",
    "changing",
    "conditions",
    "shapes",
    "ties",
    "values",
    "names",
    "subqueries",
    "parts",
    "borrowed",
    "repairs",
    "touched",
    "entry",
)
"""In the order in which they import each other."""


def _source(answer: Any) -> PythonSource:
    if "error" in answer:
        return PythonSource(message=answer["error"]["message"], line=answer["error"]["line"])
    return PythonSource(tree=build(answer["nodes"]))
