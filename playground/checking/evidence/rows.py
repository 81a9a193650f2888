"""Whether rows that are claimed to be a statement's are among those that it gives."""

from collections.abc import Iterator

import msgspec

from playground.checking.compare import any_arrangement, readings_of
from playground.checking.kinds import row_key
from playground.checking.match import Policy, RowKey, same, unmatched
from playground.running import Result

_MOST_COMPARED = 2_000_000
"""Pairs of rows that are compared to find some in the order of others."""


def agree(claimed: Result, given: Result) -> bool | None:
    """Whether the rows agree; None where their columns are too different to tell, or it takes long.

    All rows in any order agree, and so does a part in the statement's own order: not all rows
    need have been fetched. Rows of objects may lack repetitions, and columns that made others.
    """
    if not claimed.rows:
        return not given.rows
    options = list(_projections(claimed, given))
    found = [_same_rows(claimed, each) for each in options]
    if True in found or None in found:
        return True if True in found else None
    if len(claimed.columns) == len(given.columns):
        return any_arrangement(claimed, given, Policy()) is not None
    return False if options else None


def _projections(claimed: Result, given: Result) -> Iterator[Result]:
    """What was given in the columns that are claimed: by their places, and by their names."""
    width = len(claimed.columns)
    if width == len(given.columns):
        yield given
    if all(name in given.columns for name in claimed.columns):
        yield _in_columns(given, [given.columns.index(name) for name in claimed.columns])


def _in_columns(result: Result, places: list[int]) -> Result:
    return msgspec.structs.replace(
        result,
        columns=[result.columns[place] for place in places],
        rows=[tuple(row[place] for place in places) for row in result.rows],
    )


def _same_rows(claimed: Result, given: Result) -> bool | None:
    """Whether the rows agree; None where that takes too long to find out."""
    readings = readings_of(claimed, given)
    said = [row_key(row, readings) for row in claimed.rows]
    came = [row_key(row, readings) for row in given.rows]
    tolerance = Policy().tolerance
    if unmatched(said, came, tolerance)[0]:
        return False
    distinct = list(dict.fromkeys(came))
    if any(
        len(said) == len(rows) and not any(unmatched(said, rows, tolerance))
        for rows in (came, distinct)
    ):
        return True
    return _stand_together(said, came, tolerance)


def _stand_together(said: list[RowKey], came: list[RowKey], tolerance: float) -> bool | None:
    """Whether rows stand one after another somewhere among others; None where it takes too long."""
    left = _MOST_COMPARED
    for start in range(len(came) - len(said) + 1):
        place = 0
        while place < len(said) and same(came[start + place], said[place], tolerance):
            place += 1
        if place == len(said):
            return True
        left -= place + 1
        if left < 0:
            return None
    return False
