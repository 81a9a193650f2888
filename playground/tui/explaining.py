"""The explanation of a verdict, as parts of a text: what differs, on which data, and what to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from playground.texts import _, ngettext
from playground.tui.cells import fit, width
from playground.tui.words import emphasised
from playground.visible import cell_text, kind_of, visible

if TYPE_CHECKING:
    from playground.checking import Counterexample, Difference, Verdict
    from playground.running import Row

WIDEST = 28
"""Cells of a column in a small table."""
MOST = 12
"""Rows of a small table."""
Part = Content | str
"""`Content` is drawn as it is, a `str` is Markdown."""


def text_table(
    columns: Sequence[str], rows: Sequence[Row], sign: str = "", style: str = ""
) -> Content:
    """A small table in plain characters, each row with `sign` before it."""
    shown = rows[:MOST]
    names = [visible(name) for name in columns]
    sizes = [
        min(
            WIDEST, max([width(name), *(width(cell_text(row[i])) for row in shown if i < len(row))])
        )
        for i, name in enumerate(names)
    ]
    margin = f"{sign} " if sign else "  "
    head = "  ".join(fit(name, size) for name, size in zip(names, sizes, strict=True))
    lines = [Content.styled("  " + head, "$quiet")]
    for row in shown:
        cells = [
            fit(cell_text(cell), size, right=kind_of(cell) == "number")
            for cell, size in zip(row, sizes, strict=False)
        ]
        lines.append(Content.styled(margin + "  ".join(cells), style))
    if not rows:
        lines.append(Content.styled("  " + _("no rows"), "$quiet"))
    if len(rows) > MOST:
        more = ngettext("… and {count} more row", "… and {count} more rows", len(rows) - MOST)
        lines.append(Content.styled("  " + more.format(count=len(rows) - MOST), "$quiet"))
    return Content("\n").join(lines)


def explanation(verdict: Verdict) -> list[Part]:
    """Everything that is known about why the verdict is what it is."""
    parts: list[Part] = []
    for number, finding in enumerate(verdict.findings):
        where = _("line {line}: ").format(line=finding.line) if finding.line else ""
        style = "bold" if number == 0 else ""
        parts.append(
            Content.assemble((where, "$quiet"), emphasised(finding.message).stylize_before(style))
        )
        if finding.explanation:
            parts.append(finding.explanation)
    if verdict.difference is not None:
        parts += _difference(verdict.difference)
    if verdict.counterexample is not None:
        parts += _counterexample(verdict.counterexample)
    parts += _checks(verdict)
    parts += _notes(verdict)
    return parts or [Content(_("There is nothing more to say: the answer is right."))]


def _notes(verdict: Verdict) -> list[Part]:
    from playground.checking import note_texts

    return [Content.styled(text, "$quiet") for text in note_texts(verdict)]


def _difference(difference: Difference) -> list[Part]:
    where = (
        _("Table {table}").format(table=difference.table)
        if difference.table
        else _("Rows on the data {variant}").format(variant=difference.variant)
    )
    counts = _("{where}: {expected} asked for, {got} came.").format(
        where=where, expected=difference.expected_total, got=difference.got_total
    )
    parts: list[Part] = [Content.styled(counts, "bold")]
    if difference.missing:
        parts.append(Content(_("Asked for, and missing:")))
        parts.append(text_table(difference.columns, difference.missing, "−", "$error"))
    if difference.extra:
        parts.append(Content(_("Came, and not asked for:")))
        parts.append(text_table(difference.columns, difference.extra, "+", "$warning"))
    return parts


def _counterexample(example: Counterexample) -> list[Part]:
    parts: list[Part] = [Content.styled(_("The smallest data on which it differs"), "bold")]
    for name, table in example.tables.items():
        parts.append(
            Content.assemble(
                (visible(name), "$primary"), "\n", text_table(table.columns, table.rows)
            )
        )
    for title, rows in ((_("Asked for:"), example.expected), (_("Came:"), example.got)):
        if rows is not None:
            parts.append(Content.assemble(title, "\n", text_table(rows.columns, rows.rows)))
    return parts


def _checks(verdict: Verdict) -> list[Part]:
    if len(verdict.checks) < 2:
        return []
    lines = [Content.styled(_("Checks"), "bold")]
    for check in verdict.checks:
        sign, style = ("✓", "$success") if check.passed else ("✗", "$error")
        said = f"  {visible(check.message)}" if check.message else ""
        lines.append(
            Content.assemble(
                (f"{sign} ", style), check.check, (f" · {check.variant}", "$quiet"), said
            )
        )
    if verdict.of != 1:
        lines.append(
            Content(
                _("{points} of {of} points").format(
                    points=f"{verdict.points:g}", of=f"{verdict.of:g}"
                )
            )
        )
    return [Content("\n").join(lines)]
