"""What the checks and the search for reasons look at."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Event

import msgspec

from playground.checking.analyst.analysis import Analysis, PythonSource
from playground.checking.analyst.tree import Node
from playground.checking.order import Order
from playground.checking.verdict import Difference
from playground.course import Exercise
from playground.databases import Database, Variant
from playground.running import Job, Language, Limits, Run, Runner, State, Statement


class Answer(msgspec.Struct, frozen=True):
    """What was handed in, and what it claims to be written in."""

    text: str
    language: Language


class Expected(msgspec.Struct, frozen=True):
    """What the solution gives on one variant; it never leaves this process."""

    run: Run
    order: Order
    initial: State = State(tables=[])
    """The database as it is before anything runs; without tables where nobody looks at it."""
    changes: bool = False
    """Whether the solution leaves other bytes than it was given, as far as anybody looked."""


_PARSED = ("select", "insert", "update", "delete")
"""Kinds of statements that the parser knows all of."""


@dataclass(frozen=True)
class Case:
    """One answer on one variant, beside what was asked."""

    exercise: Exercise
    answer: Answer
    database: Database
    variant: Variant
    expected: Expected
    run: Run
    analysis: Analysis
    schema: State
    """The visible variant before anything runs: its tables and columns are those of all."""
    runner: Runner
    """Runs more of the same world, where a check needs that."""
    cancel: Event | None = None
    """Once set, further runs end soon."""
    compiled: dict[str, str] = field(default_factory=dict)
    """The answer's statement for each dialect that was asked for, see `checks.compiles`."""
    plans: dict[int, list[str]] = field(default_factory=dict)
    """The plans of the answer's queries by their places in the run, see `checks.plan`."""

    def read(self) -> None:
        """Read the answer's text and what it sent at once, where both will be asked for.

        Raises AnalystError.
        """
        source = self.answer.text if self.answer.language == "python" else None
        self.analysis.read(source, [statement.sql for statement in self._sent])

    @property
    def _sent(self) -> list[Statement]:
        """Queries and changes, without PRAGMAs and transaction marks."""
        return [s for s in self.run.statements if s.kind not in ("transaction", "pragma")]

    @cached_property
    def source(self) -> PythonSource:
        """The answer's syntax tree; empty for SQL. Raises AnalystError."""
        if self.answer.language != "python":
            return PythonSource()
        return self.analysis.python(self.answer.text)

    @cached_property
    def queries(self) -> "list[Query]":
        """The queries and changes that the answer sent, parsed. Raises AnalystError."""
        trees = self.analysis.sql([statement.sql for statement in self._sent])
        pairs = zip(self._sent, trees, strict=True)
        return [Query(statement, tree) for statement, tree in pairs if tree is not None]

    @cached_property
    def unparsed(self) -> list[Statement]:
        """Those that cannot be parsed, so that nobody knows what they hold. Raises AnalystError."""
        known = {id(query.statement) for query in self.queries if query.tree.kind != "command"}
        return [s for s in self._sent if s.kind in _PARSED and id(s) not in known]

    @property
    def hidden(self) -> bool:
        """Whether the learner does not see this variant's data."""
        return not self.variant.visible

    def again(
        self,
        code: str,
        *,
        language: Language = "python",
        setup: str = "",
        after: str = "",
        seconds: float = Limits().seconds,
    ) -> Run:
        """Run other code on this case's data, from its untouched state."""
        return self.runner.run(
            Job(
                code=code,
                database=self.variant.image(),
                language=language,
                setup=setup,
                after=after,
                whole=True,
                limits=Limits(seconds=seconds),
            )
        )


def again_each(cases: Sequence[Case], code: str) -> list[Run]:
    """Run other code behind the setup on the data of each of some cases of one answer."""
    if not cases:
        return []
    job = Job(code=code, database=b"", setup=cases[0].exercise.setup, whole=True)
    return cases[0].runner.run_each(job, [case.variant.image() for case in cases])


class Query(msgspec.Struct, frozen=True):
    """A statement that was sent, with its syntax tree."""

    statement: Statement
    tree: Node


class Clue(msgspec.Struct, frozen=True):
    """That something was found: a finding's id with what its message needs."""

    id: str
    line: int | None = None
    facts: dict[str, str] = {}


class Judgement(msgspec.Struct, frozen=True):
    """Whether a check holds in a case, and if not, what it saw."""

    passed: bool
    clues: tuple[Clue, ...] = ()
    difference: Difference | None = None


HOLDS = Judgement(True)


def fails(clue: str, line: int | None = None, **facts: object) -> Judgement:
    """A judgement that does not hold, for one reason."""
    return Judgement(False, (Clue(clue, line, {name: str(fact) for name, fact in facts.items()}),))
