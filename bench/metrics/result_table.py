"""First paint of a result of 100,000 rows, against one of 1,000; memory it takes."""

import asyncio
import statistics
import time
from pathlib import Path

from textual.app import App, ComposeResult

from bench.measure import Measurement
from playground.running import Row
from playground.tui.themes import THEMES, theme_named
from playground.tui.widgets.table import PAGE, ResultTable, Rows

COLUMNS = [f"column_{number}" for number in range(8)]
ROUNDS = 15
SCROLLS = 60


class TableApp(App[None]):
    """The result table, fed with rows that are made when they are asked for."""

    def __init__(self) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = theme_named("")

    def compose(self) -> ComposeResult:
        """Nothing else."""
        yield ResultTable()

    def on_result_table_page_wanted(self, message: ResultTable.PageWanted) -> None:
        """Answers at once."""
        self.query_one(ResultTable).put_page(message.generation, message.start, page(message.start))


def page(start: int) -> list[Row]:
    """A page of rows of eight cells."""
    return [
        (
            number,
            f"name {number}",
            number / 7,
            None,
            f"text of row {number}",
            number % 2 == 0,
            "x",
            number,
        )
        for number in range(start, start + PAGE)
    ]


def measure() -> list[Measurement]:
    """Two rows: time and memory."""
    paints, growth = asyncio.run(_measure())
    few, many = statistics.median(paints[1_000]), statistics.median(paints[100_000])
    rows = [Measurement("first paint, 100k rows", many, few, "ms", "our own 1k rows", 2)]
    if growth is not None:
        rows.append(
            Measurement("memory of 100k rows, scrolled", growth, 0, "MB", "growth in the app", 10)
        )
    return rows


async def _measure() -> tuple[dict[int, list[float]], float | None]:
    app = TableApp()
    paints: dict[int, list[float]] = {1_000: [], 100_000: []}
    async with app.run_test(size=(140, 40)) as pilot:
        table = app.query_one(ResultTable)
        first = page(0)
        for number in range(ROUNDS + 2):
            for total, costs in paints.items():
                start = time.perf_counter()
                table.show(Rows(COLUMNS, first, total))
                await pilot.pause()
                if number >= 2:
                    costs.append((time.perf_counter() - start) * 1000)
        before = _resident_mb()
        table.show(Rows(COLUMNS, first, 100_000))
        for number in range(SCROLLS):
            table.scroll_to(y=number * 100_000 // SCROLLS, animate=False)
            await pilot.pause()
        after = _resident_mb()
    return paints, None if before is None or after is None else after - before


def _resident_mb() -> float | None:
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return None
    return pages * 4096 / 1_000_000
