"""This side of the analyst: asks the child, gives trees, remembers what it was told."""

import contextlib
import threading
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from playground.checking.analyst.tree import Node, build
from playground.checking.mutants import program_mutants
from playground.running import BuildError, Cell, NoAnswer, Runners, Special, World, packaged_world


class AnalystError(Exception):
    """The child did not answer; the message tells why."""


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

    def read(self, source: str | None, texts: list[str]) -> None:
        """Read a Python text and SQL texts in one go, for `python` and `sql`. Raises AnalystError."""
        with self._lock:
            request: dict[str, Any] = {}
            if source is not None and source not in self._sources:
                request["python"] = source
            unknown = list(dict.fromkeys(text for text in texts if text not in self._queries))
            if unknown:
                request["sql"] = unknown
            answers = self._ask(request) if request else {}
            if source is not None and "python" in answers:
                self._sources[source] = _source(answers["python"])
            for text, rows in zip(unknown, answers.get("sql", []), strict=True):
                self._queries[text] = build(rows) if rows else None

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
        answer = self._ask({"ranked": sql})["ranked"]
        if answer is None:
            raise LookupError(sql)
        return None if answer.get("free") else msgspec.convert(answer, Ranked)

    def repairs(self, sql: str, solution: str, constants: list[Cell]) -> list[Repair]:
        """Queries that differ from `sql` in one thing. Raises AnalystError.

        `solution` and `constants` (values that it binds) are what they may borrow from.
        """
        plain = [cell if not isinstance(cell, Special) else cell.text for cell in constants]
        request = {"sql": sql, "solution": solution, "constants": plain}
        return msgspec.convert(self._ask({"repairs": request})["repairs"], list[Repair])

    def touched(self, sql: str) -> str | None:
        """The query for the rows that an UPDATE or DELETE touches. Raises AnalystError."""
        answer = self._ask({"touched": sql})["touched"]
        return answer if isinstance(answer, str) else None

    def mutants(self, program: str) -> list[tuple[str, str]]:
        """Wrong programs made of a right one: what changed, and the text. None where it cannot be
        read."""
        return program_mutants(program, self._runners)

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """What the child answers, by the names of the questions."""
        key = repr(request)
        if key in self._unanswered:
            raise AnalystError(self._unanswered[key])
        try:
            answers = self._runners.of(_world()).ask(request)
        except NoAnswer as error:
            self._unanswered[key] = str(error)
            raise AnalystError(str(error)) from None
        if not isinstance(answers, dict) or set(answers) != set(request):
            raise AnalystError("the child answered something else")
        return answers


def prepare(runners: Runners) -> None:
    """Have a child ready that reads answers: the first one takes a while to load its parsers."""
    with contextlib.suppress(NoAnswer, BuildError):  # the first check will tell
        runners.of(_world()).ask({"python": ""})


@cache
def _world() -> World:
    """What the child holds ready: its program, and with it the SQL parser, loaded once."""
    return packaged_world("analyst", _CHILD, _MODULES)


_CHILD = Path(__file__).parent / "child"
_MODULES = (
    "trees",
    "ranks",
    "changing",
    "conditions",
    "shapes",
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
