"""This side of the analyst: asks the child, gives trees, remembers what it was told."""

import json
import threading
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from playground.checking.analyst.tree import Node, build
from playground.checking.mutants import program_mutants
from playground.running import Cell, Job, Run, Runners, Special, World, packaged_world


class AnalystError(Exception):
    """The child did not answer; `run` tells how it ended."""

    def __init__(self, run: Run) -> None:
        super().__init__(run.error.message if run.error else run.status)
        self.run = run


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
    """Answers about texts, each asked of the child once. Safe to share between threads."""

    def __init__(self, runners: Runners) -> None:
        self._runners = runners
        self._lock = threading.Lock()
        self._sources: dict[str, PythonSource] = {}
        self._queries: dict[str, Node | None] = {}

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
        job = Job(code=f"answer({json.dumps(request)!r})", database=b"", whole=True)
        run = self._runners.of(_world()).run(job)
        if run.status != "ok" or run.result is None:
            raise AnalystError(run)
        try:
            answers = json.loads("".join(str(row[0]) for row in run.result.rows))
        except (ValueError, RecursionError) as error:
            raise AnalystError(run) from error
        if not isinstance(answers, dict) or set(answers) != set(request):
            raise AnalystError(run)
        return answers


@cache
def _world() -> World:
    """What the child holds ready: its program, and with it the SQL parser, loaded once."""
    return packaged_world("analyst", _CHILD, _MODULES)


_CHILD = Path(__file__).parent / "child"
_MODULES = ("trees", "ranks", "changing", "conditions", "shapes", "repairs", "touched", "entry")
"""In the order in which they import each other."""


def _source(answer: Any) -> PythonSource:
    if "error" in answer:
        return PythonSource(message=answer["error"]["message"], line=answer["error"]["line"])
    return PythonSource(tree=build(answer["nodes"]))
