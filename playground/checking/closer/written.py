"""How other systems write a statement: by SQLAlchemy's own dialects, else translated from its text."""

import threading
from functools import cache
from pathlib import Path

import msgspec

from playground.running import Cell, Job, Run, Runner

DIALECTS = {
    "PostgreSQL": ("postgresql", "postgres"),
    "MySQL": ("mysql", "mysql"),
    "Oracle": ("oracle", "oracle"),
    "SQL Server": ("mssql", "tsql"),
}
"""By system, its names for SQLAlchemy and for sqlglot."""


class Written(msgspec.Struct, frozen=True):
    """A statement as one system writes it."""

    system: str
    sql: str
    trouble: str = ""
    """Why it cannot be written so; then `sql` is empty."""
    translated: bool = False
    """Whether it was translated from the text that was sent, for want of SQLAlchemy's own object."""


def written_by_others(
    runner: Runner, job: Job, sql: str, *, cancel: threading.Event | None = None
) -> tuple[Written, ...]:
    """The statement of that text, which `job` sends, as other systems write it.

    Python is run once more, as only its own process has the statement as an object; what is sent
    as a text, or not sent again, is translated. Empty where it was cancelled. Raises `BuildError`.
    """
    found: list[Written] = []
    if job.language == "python":
        noting = msgspec.structs.replace(
            job,
            setup=f"{job.setup}\n{_program()}\n_note({sql!r})",
            after=f"{job.after}\n_written({_names(0)!r})",
            whole=True,
        )
        found = _read(runner.run(noting, cancel=cancel), translated=False)
    if not found and not (cancel is not None and cancel.is_set()):
        code = f"{_program()}\n_translated({sql!r}, {_names(1)!r})"
        found = _read(runner.run(Job(code, b"", whole=True), cancel=cancel), translated=True)
    return tuple(found)


@cache
def _program() -> str:
    return (Path(__file__).parent / "program.py").read_text(encoding="utf-8")


def _names(place: int) -> dict[str, str]:
    return {system: names[place] for system, names in DIALECTS.items()}


def _read(run: Run, *, translated: bool) -> list[Written]:
    """What a child says is a claim: only rows of the known systems count."""
    rows = run.result.rows if run.status == "ok" and run.result is not None else []
    told: dict[Cell, tuple[Cell, ...]] = {row[0]: tuple(row) for row in rows if len(row) == 3}
    return [
        Written(system, str(told[system][1]), str(told[system][2]), translated)
        for system in DIALECTS
        if system in told
    ]
