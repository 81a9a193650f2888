"""The grades as files: `grades.csv` for a spreadsheet, `grades.jsonl` with the full verdicts."""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from playground.checking import verdict_as_json
from playground.classroom.grading import Grade
from playground.visible import json_line, visible, without_formula

HEADER = (
    "student",
    "exercise",
    "verdict",
    "points",
    "finding",
    "line",
    "isolation",
    "elapsed_ms",
    "note",
)


def write_grades(
    grades: Iterable[Grade], folder: Path, *, told: Callable[[Grade], None] = lambda grade: None
) -> None:
    """Write both files as the grades come; they take their names only when all is written.

    `told` is called with each grade once it is written.

    Raises:
        OSError: where the files cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    table, lines = folder / "grades.csv", folder / "grades.jsonl"
    table_part, lines_part = table.with_suffix(".csv.part"), lines.with_suffix(".jsonl.part")
    with (
        table_part.open("w", encoding="utf-8", errors="replace", newline="") as csv_file,
        lines_part.open("w", encoding="utf-8", errors="replace", newline="\n") as json_file,
    ):
        writer = csv.writer(csv_file, lineterminator="\n")
        writer.writerow(HEADER)
        for grade in grades:
            writer.writerow([_harmless(cell) for cell in _cells(grade)])
            json_file.write(json_line(_line(grade)) + "\n")
            told(grade)
    table_part.replace(table)
    lines_part.replace(lines)


def _cells(grade: Grade) -> list[Any]:
    return [
        grade.student,
        grade.exercise,
        grade.verdict,
        f"{grade.points:g}",
        grade.finding,
        grade.line,
        grade.isolation,
        f"{grade.elapsed_ms:g}",
        grade.note,
    ]


def _harmless(cell: Any) -> Any:
    """Text on one line, without control characters; where a spreadsheet would take it for a
    formula, with an apostrophe before it.

    See OWASP, "CSV Injection".
    """
    if not isinstance(cell, str):
        return cell
    return without_formula(visible(cell))


def _line(grade: Grade) -> dict[str, Any]:
    return {
        "format": 1,
        "student": visible(grade.student),
        "exercise": visible(grade.exercise),
        "verdict": grade.verdict,
        "isolation": grade.isolation,
        "elapsed_ms": grade.elapsed_ms,
        "note": visible(grade.note),
        "full": None if grade.whole is None else verdict_as_json(grade.whole),
    }
