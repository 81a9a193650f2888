"""What becomes of each change that a run sent."""

import pytest

from playground.checking.findings.fates import fates
from playground.running import Kind, Statement

CHANGE, DDL, FAILED = "INSERT", "CREATE", "failed"


def sent(*words: str) -> list[Statement]:
    """Statements by their words; a mark of SQLAlchemy's took no time, and neither did what failed."""
    return [statement(n, word) for n, word in enumerate(words)]


def statement(line: int, word: str) -> Statement:
    kinds: dict[str, Kind] = {CHANGE: "insert", FAILED: "insert", DDL: "ddl"}
    kind = kinds.get(word, "transaction")
    mark = word in ("BEGIN", "COMMIT", "ROLLBACK", FAILED)
    return Statement(
        sql=word, parameters=None, many=None, kind=kind, line=line, lazy_load=None, rows=None,
        elapsed_ms=None if mark else 0.1, connection=1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        (("BEGIN", CHANGE, "COMMIT"), {1: "committed"}),
        (("BEGIN", CHANGE, "ROLLBACK"), {1: "taken-back"}),
        (("BEGIN", CHANGE), {1: "open"}),
        (("BEGIN", CHANGE, "COMMIT", "BEGIN", CHANGE), {1: "committed", 4: "open"}),
        (("BEGIN", CHANGE, FAILED, "ROLLBACK"), {1: "taken-back"}),
        (("BEGIN", FAILED, "ROLLBACK"), {}),
        (("BEGIN", "SAVEPOINT a", CHANGE, "RELEASE SAVEPOINT a"), {2: "committed"}),
        (("BEGIN", CHANGE, "SAVEPOINT a", CHANGE, "RELEASE SAVEPOINT a"), {1: "open", 3: "open"}),
        (
            ("BEGIN", CHANGE, "SAVEPOINT a", CHANGE, "ROLLBACK TO SAVEPOINT a", "COMMIT"),
            {1: "committed", 3: "taken-back"},
        ),
        (("BEGIN", DDL, "ROLLBACK"), {1: "committed"}),
        (("BEGIN", CHANGE, DDL, "ROLLBACK"), {1: "taken-back", 2: "taken-back"}),
        ((CHANGE,), {0: "committed"}),
    ],
)
def test_the_end_of_each_change(words: tuple[str, ...], ends: dict[int, str]) -> None:
    assert {fate.change.line: fate.end for fate in fates(sent(*words))} == ends
