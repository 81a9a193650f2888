"""Rows that were changed and hold other values than asked: which column of which row."""

from collections.abc import Iterator

from playground.checking.case import Case, Clue
from playground.running import Cell, Row, Special, Table

_MOST_SHOWN = 40
"""Characters of a value that a message shows."""


def written_clues(case: Case, general: list[Clue]) -> Iterator[Clue]:
    """The first value that differs in a table whose rows are those that were asked."""
    wanted_state, got_state = case.expected.run.state, case.run.state
    if wanted_state is None or got_state is None:
        return
    for clue in general[:1]:
        name = clue.facts.get("table", "")
        if clue.id not in ("state-differs", "too-much-changed"):
            continue
        wanted, got = wanted_state.table(name), got_state.table(name)
        if wanted is not None and got is not None and not _cut(wanted) and not _cut(got):
            yield from _differing(case, clue, wanted, got)


def _cut(table: Table) -> bool:
    return table.total > len(table.rows)


def _differing(case: Case, clue: Clue, wanted: Table, got: Table) -> Iterator[Clue]:
    """What differs, where the same rows are there: it says which column, and in which row."""
    keys = [place for place, column in enumerate(wanted.columns) if column.primary_key]
    asked, came = ({_key(row, keys): row for row in table.rows} for table in (wanted, got))
    if not keys or asked.keys() != came.keys() or len(asked) != len(wanted.rows):
        return
    before = case.expected.initial.table(wanted.name)
    first = {_key(row, keys): row for row in before.rows} if before is not None else {}
    odd = [key for key in asked if asked[key] != came[key]]
    # A row that was to stay as it was, or that was not changed, is one too many or too few.
    changed = [key for key in odd if first.get(key) not in (asked[key], came[key])]
    if not changed or len(changed) < len(odd) / 2:
        return
    row = changed[0]
    place = next(p for p, cell in enumerate(asked[row]) if cell != came[row][p])
    names = [column.name for column in wanted.columns]
    facts = {"table": wanted.name, "column": names[place]}
    other = _other_column(first.get(row), asked[row], came[row])
    if other is not None:
        facts |= {"column": names[other[0]], "other": names[other[1]]}
        yield Clue("other-column-written", clue.line, facts)
    elif case.hidden:
        yield Clue("column-written-otherwise", clue.line, facts)
    else:
        cells = {"got": _shown(came[row][place]), "expected": _shown(asked[row][place])}
        yield Clue("written-otherwise", clue.line, facts | cells | {"key": _row(row)})


def _other_column(before: Row | None, asked: Row, came: Row) -> tuple[int, int] | None:
    """The column that was changed, and the one that was to be; None where a common one was."""
    if before is None:
        return None
    wanted = [place for place, cell in enumerate(before) if asked[place] != cell]
    changed = [place for place, cell in enumerate(before) if came[place] != cell]
    apart = wanted and changed and not set(wanted) & set(changed)
    return (changed[0], wanted[0]) if apart else None


def _key(row: Row, keys: list[int]) -> tuple[Cell, ...]:
    return tuple(row[place] for place in keys)


def _row(key: tuple[Cell, ...]) -> str:
    return ", ".join(_shown(cell) for cell in key)


def _shown(cell: Cell) -> str:
    text = cell.text if isinstance(cell, Special) else "NULL" if cell is None else repr(cell)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
