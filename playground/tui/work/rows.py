"""Rows: pages for the table, filter, copies and files."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.content import Content

from playground.texts import _
from playground.tui import messages

if TYPE_CHECKING:
    from playground.running import Row
    from playground.study import LiveRun
    from playground.tui.screens.lesson import LessonScreen
    from playground.tui.statements import Entry

BATCH = 2_000
"""Rows read at a time for a filter or a file."""
MOST_FILTERED = 100_000
MOST_COPIED = 10_000


def read_page(screen: "LessonScreen", generation: int, start: int) -> None:
    """Read a page that the table wants."""
    from playground.tui.widgets.table import PAGE

    live = screen.state.live
    if live is None:
        return

    def work() -> None:
        rows = live.page(start, PAGE)
        screen.post_message(messages.PageRead(generation, start, list(rows)))

    screen.do_in_thread(f"page-{start}", work)


def _all_rows(
    screen: "LessonScreen", most: int
) -> "tuple[list[str], Callable[[], list[Row]]] | None":
    """The columns and a function (for a thread) that reads up to `most` rows."""
    run, live = screen.state.run, screen.state.live
    if run is None or run.result is None:
        return None
    result = run.result
    if live is None:
        return result.columns, lambda: list(result.rows)

    def read(live: "LiveRun" = live) -> "list[Row]":
        rows: list[Row] = []
        total = min(result.total, most)
        while len(rows) < total:
            page = live.page(len(rows), min(BATCH, total - len(rows)))
            if not page:
                break
            rows += page
        return rows

    return result.columns, read


def filter_rows(screen: "LessonScreen") -> object:
    """Ask for the text that rows must contain."""
    return screen.rows.open_filter()


def apply_filter(screen: "LessonScreen", text: str) -> None:
    """Look for `text` in all rows, in a thread."""
    found = _all_rows(screen, MOST_FILTERED)
    if found is None or screen.state.run is None:
        return
    if not text:
        screen.rows.show_run(screen.state.run)
        return
    _columns, read = found
    wanted = text.casefold()

    def work() -> None:
        from playground.visible import cell_text

        rows = read()
        kept = [row for row in rows if any(wanted in cell_text(cell).casefold() for cell in row)]
        screen.post_message(messages.Filtered(text, kept, len(rows)))

    screen.do_in_thread("filter", work)


def show_filtered(screen: "LessonScreen", message: messages.Filtered) -> None:
    """Show the rows that passed."""
    from playground.tui.widgets.table import Rows

    run = screen.state.run
    if run is None or run.result is None:
        return
    rows = Rows(run.result.columns, message.rows, len(message.rows))
    screen.rows.show_rows(rows, among=message.among)


def copy(screen: "LessonScreen") -> None:
    """Copy what the focus is on."""
    text = _text_in_focus(screen)
    if text:
        screen.copier(text)
    else:
        screen.notify(_("There is nothing to copy here."), markup=False)


def _text_in_focus(screen: "LessonScreen") -> str:
    from playground.visible import plain_cell

    focused = screen.focused
    if focused is screen.timeline:
        entry = screen.timeline.chosen
        return entry.statement.sql if entry is not None else ""
    if focused is screen.rows.table:
        found = screen.rows.table.cell()
        return plain_cell(found[1]) if found is not None else ""
    if focused is screen.rows.output:
        return screen.rows.output.text
    view = screen.state.view
    if (
        focused is not None
        and focused.id == "task"
        and view is not None
        and view.exercise is not None
    ):
        return view.exercise.task
    if focused is not None and focused.id == "lesson" and view is not None:
        return view.lesson.text
    return screen.answer.answer


def _read_rows(screen: "LessonScreen", purpose: str, most: int) -> None:
    found = _all_rows(screen, most)
    if found is None:
        return
    columns, read = found
    screen.do_in_thread(
        "rows", lambda: screen.post_message(messages.RowsRead(purpose, columns, read()))
    )


def copy_rows(screen: "LessonScreen") -> None:
    """Copy rows as Markdown."""
    _read_rows(screen, "copy", MOST_COPIED)


def save_csv(screen: "LessonScreen") -> None:
    """Save rows as CSV."""
    _read_rows(screen, "csv", 10**9)


def save_markdown(screen: "LessonScreen") -> None:
    """Save rows as Markdown."""
    _read_rows(screen, "markdown", 10**9)


def deliver(screen: "LessonScreen", message: messages.RowsRead) -> None:
    """Give rows that were read to the clipboard or to a file."""
    from playground.tui.export import as_csv, as_markdown, folder_for_files, free_name

    if message.purpose == "copy":
        screen.copier(as_markdown(message.columns, message.rows))
        return
    make = as_csv if message.purpose == "csv" else as_markdown
    ending = "csv" if message.purpose == "csv" else "md"
    text = make(message.columns, message.rows)
    folder = folder_for_files()
    screen.app.deliver_text(
        io.StringIO(text),
        save_directory=folder,
        save_filename=free_name(folder, f"rows.{ending}"),
        encoding="utf-8",
        name="rows",
    )


def open_cell(screen: "LessonScreen", column: str, cell: object) -> None:
    """Show a whole cell."""
    from playground.running import Special
    from playground.tui.screens.text import TextModal
    from playground.visible import visible, whole_cell

    text = whole_cell(cell)  # type: ignore[arg-type]  # a message carries it as an object
    title = visible(column)
    if isinstance(cell, Special):
        title = f"{title} ─ {cell.type}"
        if cell.length is not None:
            text += "\n" + _("… cut; the whole has {count} characters.").format(count=cell.length)
    screen.app.push_screen(TextModal(title, Content(text), copier=screen.copier))


def open_statement(screen: "LessonScreen", entry: "Entry") -> None:
    """Show a whole statement, formatted, with its parameters."""
    from playground.tui.code import sql_content
    from playground.tui.screens.text import TextModal, room_in
    from playground.tui.statements import facts, parameters_text
    from playground.visible import visible

    statement = entry.statement
    parts = [sql_content(statement.sql, room_in(screen.size.width))]
    values = parameters_text(statement)
    if values:
        parts.append(Content.styled(f"← {values}", "$syntax-number"))
    known = facts(entry)
    if known:
        parts.append(Content.styled(visible(known), "$quiet"))
    screen.app.push_screen(
        TextModal(_("Statement"), *parts, copies=statement.sql, copier=screen.copier)
    )
