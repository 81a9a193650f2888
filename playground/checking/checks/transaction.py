"""`transaction`: how the driver's own transactions ended, and what a new connection sees."""

from playground.checking.case import HOLDS, Case, Judgement, fails
from playground.checking.checks.state import table_difference
from playground.course import TransactionOptions
from playground.running import State, Statement

_CHANGES = ("insert", "update", "delete", "ddl")


def evaluate(case: Case, options: TransactionOptions) -> Judgement:
    """The last change was committed, or taken back, as asked; a savepoint was set, and all of it
    was one transaction, if asked."""
    sent = case.run.statements
    last = max((i for i, s in enumerate(sent) if s.kind in _CHANGES), default=None)
    line = sent[last].line if last is not None else None
    if options.ends == "committed" and not _committed(case, last):
        return fails("not-committed", line)
    if options.ends == "rolled_back" and not _rolled_back(case, sent, last):
        return fails("not-rolled-back", line)
    if options.savepoint and not any(_is(s, "SAVEPOINT") for s in sent):
        return fails("savepoint-missing", line)
    if options.one and last is not None:
        begun = [s for s in sent[:last] if _is(s, "BEGIN")]
        if len(begun) > 1:
            return fails("several-transactions", begun[1].line)
    return HOLDS


def _committed(case: Case, last: int | None) -> bool:
    """A COMMIT came after the last change, and a new connection sees a change if one was asked."""
    if last is None or not case.run.committed:
        return False
    asks_change = _differs(case, case.expected.run.state)
    return not asks_change or _differs(case, case.run.state)


def _rolled_back(case: Case, sent: list[Statement], last: int | None) -> bool:
    """The answer itself sent ROLLBACK after its last change, and nothing of that is seen."""
    if last is None or case.run.committed:
        return False
    return any(_is(s, "ROLLBACK") and s.line is not None for s in sent[last + 1 :])


def _differs(case: Case, after: State | None) -> bool:
    """Whether a state is another than before the run."""
    before = case.expected.initial
    if after is None:
        return False
    names = {table.name for each in (before, after) for table in each.tables}
    return any(
        table_difference(case, name, before.table(name), after.table(name)) is not None
        for name in names
    )


def _is(statement: Statement, word: str) -> bool:
    return statement.kind == "transaction" and statement.sql.upper().startswith(word)
