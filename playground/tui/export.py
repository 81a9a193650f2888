"""Rows as files: CSV and Markdown."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from playground.visible import Cell, plain_cell, without_formula

if TYPE_CHECKING:
    from playground.running import Row


def folder_for_files() -> Path:
    """Where files are saved: the folder of downloads, else the one that the app was started in."""
    from platformdirs import user_downloads_path

    downloads = user_downloads_path()
    try:
        downloads.mkdir(parents=True, exist_ok=True)
    except OSError:  # a read-only home, or a file of that name
        return Path.cwd()
    return downloads if os.access(downloads, os.W_OK) else Path.cwd()


def free_name(folder: Path, name: str) -> str:
    """`name`, or with a number (`rows-2.csv`) where the folder has a file of that name."""
    wanted, number = Path(name), 1
    while (folder / name).exists():
        number += 1
        name = f"{wanted.stem}-{number}{wanted.suffix}"
    return name


def as_csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """RFC 4180 CSV; NULL is an empty field, so that spreadsheets see none, and no formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([without_formula(plain_cell(name)) for name in columns])
    for row in rows:
        writer.writerow(["" if cell is None else _field(cell) for cell in row])
    return out.getvalue()


def _field(cell: Cell) -> str:
    text = plain_cell(cell)
    return text if isinstance(cell, int | float) else without_formula(text)


def as_markdown(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """A Markdown table; bars and line breaks in cells are escaped."""
    lines = [_line([plain_cell(name) for name in columns]), _line(["---"] * len(columns))]
    lines += [_line([plain_cell(cell) for cell in row]) for row in rows]
    return "\n".join(lines) + "\n"


def _line(cells: Iterable[str]) -> str:
    escaped = (
        cell.replace("\\", "\\\\").replace("|", "\\|").replace("\r", "").replace("\n", "<br>")
        for cell in cells
    )
    return f"| {' | '.join(escaped)} |"
