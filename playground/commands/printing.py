"""Runs and verdicts as plain lines: no colour, no boxes, no cursor; fit for a pipe or a voice."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from playground.running import Result, Run, Statement
from playground.texts import _, ngettext
from playground.visible import cell_text, parameter_text, visible

if TYPE_CHECKING:
    from playground.checking import (
        Counterexample,
        Difference,
        Finding,
        Plan,
        Verdict,
        Written,
    )
    from playground.databases import ColumnSchema, TableSchema

SHOWN_ROWS = 50
SHOWN_CELL = 60


def run_lines(run: Run, rows: int = SHOWN_ROWS) -> Iterator[str]:
    """A run: every statement between its transaction marks, the output, the rows, the error."""
    number = 0
    for statement in run.statements:
        if statement.kind == "transaction":
            yield visible(statement.sql)
        else:
            number += 1
            yield from statement_lines(number, statement)
    for warning in run.warnings:
        yield _("Warning: {message}").format(message=visible(warning.message))
    if run.output:
        yield _("Output:")
        yield from ("  " + line for line in visible(run.output, multiline=True).splitlines())
    if run.result is not None:
        yield from result_lines(run.result, rows)
    elif run.status == "ok":
        yield _("No result.")
    yield from status_lines(run)


def statement_lines(number: int, statement: Statement) -> Iterator[str]:
    """One statement: what it is about, then its text and parameters."""
    facts = []
    if statement.line is not None:
        facts.append(_("line {line}").format(line=statement.line))
    if statement.lazy_load:
        facts.append(_("lazy load of {attribute}").format(attribute=statement.lazy_load))
    if statement.many is not None:
        facts.append(
            ngettext("{count} parameter set", "{count} parameter sets", statement.many).format(
                count=statement.many
            )
        )
    if statement.rows is not None:
        facts.append(
            ngettext("{count} row", "{count} rows", statement.rows).format(count=statement.rows)
        )
    heading = _("SQL {number}").format(number=number)
    yield ", ".join([heading, *facts]) + ":"
    yield from ("  " + line.strip() for line in visible(statement.sql, multiline=True).splitlines())
    if statement.parameters:
        values = statement.parameters
        if isinstance(values, dict):
            shown = ", ".join(f"{name}={parameter_text(value)}" for name, value in values.items())
        else:
            shown = ", ".join(parameter_text(value) for value in values)
        yield "  " + _("parameters: {values}").format(values=shown)


def result_lines(result: Result, limit: int = SHOWN_ROWS) -> Iterator[str]:
    """A table as aligned columns, NULL as such."""
    shown = result.rows[:limit]
    if not result.total:
        yield _("No rows. Columns: {names}").format(
            names=", ".join(visible(name) for name in result.columns)
        )
        return
    if result.truncated:
        yield _("Rows: {shown} of more than {total}").format(shown=len(shown), total=result.total)
    else:
        yield _("Rows: {shown} of {total}").format(shown=len(shown), total=result.total)
    yield from table_lines(result.columns, shown)


def table_lines(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """Columns side by side, two spaces between them; without names, the rows alone."""
    grid = [[_clip(visible(name)) for name in columns]] if columns else []
    grid += [[_clip(cell_text(cell)) for cell in row] for row in rows]  # type: ignore[arg-type]
    widths = [max(map(_width, cells)) for cells in zip(*grid, strict=True)]
    for row in grid:
        padded = (
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        )
        yield ("  " + "  ".join(padded)).rstrip()


def schema_lines(table: "TableSchema", referring: Sequence[str]) -> Iterator[str]:
    """A table: its columns with keys, types and what they refer to; then who refers to it."""
    name = table.name if table.model is None else f"{table.name} ({table.model})"
    rows = ngettext("{count} row", "{count} rows", table.rows).format(count=table.rows)
    yield f"{visible(name)}, {rows}"
    yield from table_lines((), [_column_cells(column) for column in table.columns])
    if referring:
        names = visible(", ".join(referring))
        yield "  " + _("is referred to by {names}").format(names=names)


def _column_cells(column: "ColumnSchema") -> list[str]:
    keys = ("PK" if column.primary_key else "", "FK" if column.references else "")
    facts = [_("may be NULL")] if column.nullable and not column.primary_key else []
    if column.references:
        facts.append(_("refers to {name}").format(name=column.references))
    return [" ".join(filter(None, keys)), column.name, column.type, ", ".join(facts)]


def plan_lines(plan: "Plan") -> Iterator[str]:
    """The steps of a plan, each below the one that it is a part of."""
    if plan.trouble:
        yield _("The database tells no plan: {reason}").format(reason=visible(plan.trouble))
    elif not plan.steps:
        yield _("Nothing is searched for: this statement has no plan.")
    for step in plan.steps:
        yield f"{'  ' * (step.depth + 1)}{visible(step.text)}"


def written_lines(written: "Sequence[Written]") -> Iterator[str]:
    """A statement as each system writes it."""
    if not written:
        yield _("It could not be told how other systems write this statement.")
    for each in written:
        yield f"{each.system}:"
        text = visible(each.trouble or each.sql, multiline=True)
        yield from ("  " + line.strip() for line in text.splitlines())


def status_lines(run: Run) -> Iterator[str]:
    """How a run ended, where it did not end well."""
    if run.error is not None and run.status == "error":
        place = _(" in line {line}").format(line=run.error.line) if run.error.line else ""
        yield _("Error{place}: {type}: {message}").format(
            place=place, type=run.error.type, message=visible(run.error.message, multiline=True)
        )
    elif run.status != "ok":
        yield status_sentence(run)


def status_sentence(run: Run) -> str:
    """One sentence for a status other than `ok` and `error`."""
    limit = run.limit or ""
    sentences = {
        "timeout": _("Stopped: it ran longer than {limit}."),
        "memory": _("Stopped: it needed more memory than {limit}."),
        "output": _("Stopped: it printed or returned more than {limit}."),
        "crashed": _("The process that ran the code crashed."),
        "exited-early": _("The code ended the process before it gave a result."),
        "invalid-result": _("What came back from the run is not a result."),
        "sandbox-error": _("The run failed for a reason of ours, not of your code. Try again."),
        "cancelled": _("Cancelled."),
    }
    return sentences.get(run.status, run.status).format(limit=limit)


def verdict_lines(verdict: "Verdict", *, explain: bool = True) -> Iterator[str]:
    """A verdict: the word, the leading reason, what differs, the way on."""
    yield _outcome(verdict)
    for finding in verdict.findings[:1]:
        yield from finding_lines(finding, explain=explain)
    if verdict.counterexample is not None:
        yield from counterexample_lines(verdict.counterexample)
    elif verdict.difference is not None:
        yield from difference_lines(verdict.difference)
    yield from _check_lines(verdict)
    if verdict.notes:
        from playground.checking import note_texts

        yield from note_texts(verdict)


def _check_lines(verdict: "Verdict") -> Iterator[str]:
    """What failed beside the leading reason: each message once, with every variant it holds for."""
    said = {finding.message for finding in verdict.findings[:1]}
    variants: dict[tuple[str, str], list[str]] = {}
    for check in verdict.checks:
        if not check.passed and check.message and check.message not in said:
            variants.setdefault((check.check, check.message), []).append(check.variant)
    for (name, message), where in variants.items():
        yield _("Check {check} on {variant}: {message}").format(
            check=name, variant=", ".join(where), message=message
        )


def finding_lines(finding: "Finding", *, explain: bool) -> Iterator[str]:
    """A reason, with its line and (on demand) its explanation."""
    if finding.line is not None:
        yield _("Line {line}: {message}").format(line=finding.line, message=finding.message)
    else:
        yield finding.message
    if explain and finding.explanation:
        yield from (
            "  " + line
            for line in visible(finding.explanation, multiline=True).strip().splitlines()
        )


def difference_lines(difference: "Difference") -> Iterator[str]:
    """The rows that are missing and those that are too many."""
    if difference.table and (difference.missing or difference.extra):
        yield _("In table {table}:").format(table=difference.table)
    for title, rows in (
        (_("Missing rows:"), difference.missing),
        (_("Rows that should not be there:"), difference.extra),
    ):
        if rows:
            yield title
            yield from table_lines(_names_for(rows[0], difference.columns), rows[:5])


def _names_for(row: Sequence[object], columns: Sequence[str]) -> Sequence[str]:
    """The names of the expected columns, or none where an answer came with more or fewer."""
    return columns if len(row) == len(columns) else ()


def counterexample_lines(example: "Counterexample") -> Iterator[str]:
    """A small database on which the answer differs."""
    yield _("On this small database the answer differs:")
    for name, table in example.tables.items():
        yield visible(name) + ":"
        yield from table_lines(table.columns, table.rows)
    for title, rows in ((_("Asked for:"), example.expected), (_("Came:"), example.got)):
        if rows is not None:
            yield title
            yield from table_lines(rows.columns, rows.rows)


def _outcome(verdict: "Verdict") -> str:
    words = {
        "pass": _("Pass."),
        "fail": _("Not yet right."),
        "error": _("The answer did not run to its end."),
        "skipped": _("Skipped."),
        "course-fault": _("The exercise itself is broken: this is not your fault."),
        "sandbox-fault": _("The check failed for a reason of ours, not of your answer."),
    }
    word = words[verdict.verdict]
    if verdict.of and verdict.verdict in ("pass", "fail"):
        word += " " + _("Points: {points:g} of {of:g}.").format(
            points=verdict.points, of=verdict.of
        )
    return word


def _clip(text: str) -> str:
    return text if len(text) <= SHOWN_CELL else text[: SHOWN_CELL - 1] + "…"


def _width(text: str) -> int:
    """Cells that a terminal uses for the text."""
    return sum(
        0 if unicodedata.combining(character) else 2 if wide else 1
        for character in text
        for wide in (unicodedata.east_asian_width(character) in "WF",)
    )
