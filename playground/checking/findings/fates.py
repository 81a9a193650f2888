"""What became of each change that a run sent: committed, taken back by a rollback, or left open."""

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from playground.checking.analyst.tree import Node
from playground.checking.case import Case
from playground.checking.checks.state import table_difference
from playground.running import Cell, Row, Statement

CHANGES = ("insert", "update", "delete", "ddl")


class Fate(msgspec.Struct, frozen=True):
    """One change and its end."""

    change: Statement
    end: Literal["committed", "taken-back", "open"]
    by: Statement | None = None
    """The ROLLBACK that took it back."""
    after_failure: bool = False
    """Whether that ROLLBACK followed a statement that failed."""


class _Transaction:
    """What is open on one connection; the savepoints by name, each with where it was set.

    SQLite's driver begins by itself, at the first INSERT, UPDATE or DELETE: until then DDL is
    committed at once, and releasing the outermost savepoint commits.
    """

    def __init__(self, begun: bool) -> None:
        self.begun = begun
        self.changes: list[Statement] = []
        self.savepoints: list[tuple[str, int]] = []
        self.failed = False

    def change(self, statement: Statement) -> Iterator[Fate]:
        """Take a change in, or tell that it is committed at once."""
        self.failed = statement.elapsed_ms is None
        if statement.kind == "ddl" and not self.begun and not self.savepoints:
            yield Fate(statement, "committed")
            return
        self.begun = self.begun or not self.savepoints
        if not self.failed:
            self.changes.append(statement)

    def ended(self, statement: Statement, words: list[str]) -> Iterator[Fate]:
        """The changes that a COMMIT, a ROLLBACK or a savepoint ends."""
        if words[0] == "SAVEPOINT":
            self.savepoints.append((words[-1], len(self.changes)))
        elif words[0] == "ROLLBACK":
            place = self._place(words[-1])
            kept = self.savepoints[place][1] if place is not None else 0
            yield from (
                Fate(each, "taken-back", statement, self.failed) for each in self.changes[kept:]
            )
            del self.changes[kept:]
            self.failed = False
        elif words[0] in ("COMMIT", "END") or self._released(words[-1]):
            yield from (Fate(each, "committed") for each in self.changes)
            self.changes = []

    def _released(self, name: str) -> bool:
        """Let a savepoint go with those inside it; whether that commits."""
        place = self._place(name)
        if place is not None:
            del self.savepoints[place:]
        return not self.savepoints and not self.begun

    def _place(self, name: str) -> int | None:
        """Which of the savepoints the latest one of a name is."""
        places = [n for n, (each, _) in enumerate(self.savepoints) if each == name]
        return places[-1] if places else None


def fates(statements: Sequence[Statement]) -> list[Fate]:
    """The end of every change that did not fail, in the order in which they ended."""
    found: list[Fate] = []
    running: dict[int, _Transaction] = {}
    for statement in statements:
        open_one = running.get(statement.connection)
        words = statement.sql.upper().split()
        if statement.kind in CHANGES:
            if open_one is not None:
                found += open_one.change(statement)
            elif statement.elapsed_ms is not None:
                found.append(Fate(statement, "committed"))
        elif statement.kind == "transaction" and words[0] == "BEGIN":
            running[statement.connection] = _Transaction(statement.elapsed_ms is not None)
        elif statement.kind == "transaction" and open_one is not None:
            found += open_one.ended(statement, words)
            if words[0] in ("COMMIT", "END") or words == ["ROLLBACK"]:
                del running[statement.connection]
    return found + [Fate(each, "open") for left in running.values() for each in left.changes]


def by_learner(fate: Fate, tree: Node | None) -> bool:
    """Whether the learner's text took a change back, rather than never committed it.

    That is a `rollback()`, a block of `begin()` that was left by an exception, or the failure of
    another statement; a connection that is closed rolls back too, and that is a missing commit.
    """
    if fate.by is None or fate.by.line is None:
        return False
    if tree is None or fate.after_failure:
        return True
    return any(
        str(node.get("attr")).startswith(("rollback", "begin")) and node.line == fate.by.line
        for node in tree.find("Attribute")
    )


def lost(case: Case) -> Fate | None:
    """The change whose loss explains what the tables lack, None if no loss does."""
    ends = fates(case.run.statements)
    kept = [_said(fate.change) for fate in ends if fate.end == "committed"]
    gone = [f for f in ends if f.end != "committed" and _said(f.change) not in kept]
    if not gone:
        return None
    changes = [s for s in case.run.statements if s.kind in CHANGES and s.elapsed_ms is not None]
    if not kept or gone[-1].change is changes[-1]:
        return gone[-1]
    lacking = _lacking(case)
    return next((fate for fate in gone[::-1] if _would_give(fate.change, lacking)), None)


def _said(statement: Statement) -> tuple[str, str]:
    return statement.sql, repr(statement.parameters)


def _lacking(case: Case) -> list[tuple[str, Row]]:
    """Rows, each with its table, that were asked and are not there; or are there and should not."""
    wanted, got = case.expected.run.state, case.run.state
    if wanted is None or got is None:
        return []
    found: list[tuple[str, Row]] = []
    for table in wanted.tables:
        difference = table_difference(case, table.name, table, got.table(table.name))
        if difference is not None:
            found += [(table.name, row) for row in (*difference.missing, *difference.extra)]
    return found


def _would_give(change: Statement, lacking: list[tuple[str, Row]]) -> bool:
    """Whether all values that a change carries stand in one of these rows of its table."""
    given = change.parameters
    cells: list[Cell] = list(given.values()) if isinstance(given, dict) else list(given or [])
    values = {str(cell) for cell in cells if cell is not None}
    return bool(values) and any(
        table in change.sql and values <= {str(cell) for cell in row} for table, row in lacking
    )
