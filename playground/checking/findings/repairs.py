"""What would mend a query: the one change after which it gives what was asked.

The mended queries are tried on several variants; only what mends it where it failed, and leaves
it right elsewhere, is said.
"""

import re
from collections.abc import Iterator, Sequence

from playground.checking.analyst.analysis import Repair
from playground.checking.case import Case, Clue, again_each
from playground.checking.findings.compared import Compared, compared, constants, value_differs
from playground.checking.replay import literal_parameters
from playground.running import Row, Run, Special, Statement

_CASES = 3
"""Variants of each sort, failed and not, on which a repair is tried."""
_LARGE = 1_000_000
"""Bytes of a database on which repairs are tried only if there is no smaller one."""
_SECONDS_EACH = 0.2
"""For one mended query on one variant; a usual one takes a millisecond."""
_SEVERAL = 2
"""Repairs that are told: the first leads, the second may be the better word."""


_SHAPE = frozenset(
    ("no-result", "missing-columns", "extra-columns", "column-names", "order-missing")
)
"""What is wrong in a way that no change of a condition mends."""


def repair_clues(
    cases: Sequence[Case], others: Sequence[Case], general: list[Clue]
) -> Iterator[Clue]:
    """What mends the answer's own query on the cases on which it failed.

    It must leave it right on the others. Raises AnalystError.
    """
    if any(clue.id in _SHAPE for clue in general):
        return
    cases, others = _telling(cases), _telling(others)
    by_value = value_differs(cases[0])
    first = compared(cases[0], by_value=by_value)
    if first is None:
        return
    unchanged = Repair("", first.sql, {})
    mends = cases[0].analysis.repairs(first.sql, first.solution_sql, first.constants)
    pairs = [(cases[0], first)]
    if any(clue.id == "wrong-order" for clue in general):
        # The rows are right, whatever of them Python chose: no other condition is the reason.
        mends = [repair for repair in mends if repair.finding not in _CONDITIONS]
    repairs = _mending(pairs, [unchanged, *mends])[0]
    for each in (*cases[1:], *others) if repairs else ():
        held = compared(each, by_value=by_value)
        if held is not None:
            pairs.append((each, held))
        elif by_value:
            repairs = []
    for (each, _held), mending in zip(pairs, [repairs, *_mending(pairs[1:], repairs)], strict=True):
        repairs = [repair for repair in repairs if repair in mending]
        if unchanged in repairs and each in cases:
            # The database gives the right rows, and SQLAlchemy makes other values of them.
            return
    asked_rows = any(held.asked.rows for _case, held in pairs)
    repairs = [each for each in repairs if each is not unchanged and _holds(each, first.statement)]
    for repair in _truest(repairs)[:_SEVERAL] if asked_rows else ():
        name = _name(cases[0], repair, first.statement)
        yield Clue(name, first.statement.line, _facts(repair, first.statement))


_CONDITIONS = frozenset(("missing-condition", "extra-condition", "condition-negated"))
"""What mends which rows come."""


def _telling(cases: Sequence[Case]) -> list[Case]:
    """Some of the cases, those first in which rows are asked: much that is wrong gives none.

    On large data many a mended query would take too long to be tried.
    """

    def key(case: Case) -> tuple[bool, bool]:
        result = case.expected.run.result
        return result is not None and not result.rows, len(case.variant.image()) > _LARGE

    return sorted(cases, key=key)[:_CASES]


def _truest(repairs: list[Repair]) -> list[Repair]:
    """Those of several repairs that are the reason, rather than another way to the same rows."""
    names = {repair.finding for repair in repairs}
    surplus = {each.finding for each in repairs if "more" in each.facts}
    if "extra-condition" in names - surplus and len(names) > 1:
        # As many conditions as the solution has: none is one too many.
        names.discard("extra-condition")
        repairs = [repair for repair in repairs if repair.finding in names]
    less = {name for truer, others in _LESS.items() if truer in names for name in others}
    return [repair for repair in repairs if repair.finding not in less]


def _holds(repair: Repair, statement: Statement) -> bool:
    """Whether a repair is the reason by what is compared: only a date alone is midnight."""
    if repair.finding != "date-for-moment":
        return True
    return _MIDNIGHT.fullmatch(_facts(repair, statement)["value"].strip("'")) is not None


_MIDNIGHT = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]00:00(?::00(?:\.0*)?)?)?")


_LESS = {
    "outer-join-undone": ("null-comparison", "not-equal-loses-null"),
    "outer-join-unneeded": (
        "null-comparison",
        "not-equal-loses-null",
        "null-rows-kept",
        "outer-join-side",
    ),
    "outer-join-side": ("inner-join-drops-rows",),
    "extra-condition": ("and-or-swapped", "boundary"),
    "and-or-swapped": ("missing-condition",),
    "wrong-constant": ("wrong-operator",),
    "order-direction": ("order-keys",),
    "count-nulls": ("null-comparison", "null-rows-kept"),
    "groups-merged": ("group-by-extra-column",),
    "window-function": ("order-direction", "order-keys", "boundary"),
}
"""Findings that are not the reason where another one mends too: of NULL where an outer join made it;
of the side that a join keeps where neither is to be kept; of how a condition is joined that nobody
asked for; of the order in a window of another function; of what the course's own query is known to
have, where the answer's has it otherwise."""


def _mending(pairs: Sequence[tuple[Case, Compared]], repairs: list[Repair]) -> list[list[Repair]]:
    """Those of the repairs that give what was asked, in each of some cases of one answer."""
    if not repairs:
        return [[]] * len(pairs)
    most = max((len(held.asked.rows) for _case, held in pairs), default=0) + 1
    programs: dict[str, list[int]] = {}
    for place, (_case, held) in enumerate(pairs):
        code = _PROGRAM.format(
            queries=repr([repair.sql for repair in repairs]),
            parameters=literal_parameters(held.statement),
            most=most,
            seconds=_SECONDS_EACH,
            nothing=repr((None,) * len(held.asked.columns)),
        )
        programs.setdefault(code, []).append(place)
    found: list[list[Repair]] = [[]] * len(pairs)
    for code, places in programs.items():
        some = [pairs[place] for place in places]
        runs = again_each([case for case, _held in some], code)
        for place, (case, held), run in zip(places, some, runs, strict=True):
            rows = _rows(run)
            found[place] = [
                repair
                for n, repair in enumerate(repairs)
                if n in rows and held.right(case, rows[n])
            ]
    return found


def _rows(run: Run) -> dict[int, list[Row]]:
    """The rows of each query that ran, by its place."""
    rows: dict[int, list[Row]] = {}
    if run.status != "ok" or run.result is None:
        return rows
    for number, *cells in run.result.rows:
        if isinstance(number, str):
            rows[int(number)] = []
        elif isinstance(number, int):
            rows[number].append(tuple(cells))
    return rows


_PROGRAM = """
import time as _time
_connection = session.connection()
_driver = _connection.connection.driver_connection
_driver.set_progress_handler(lambda: _time.monotonic() > _until, 2000)
_rows = []
for _number, _query in enumerate({queries}):
    _until = _time.monotonic() + {seconds}
    try:
        _found = _connection.exec_driver_sql(_query, {parameters}).fetchmany({most})
    except Exception:
        continue
    _rows.append((str(_number), *{nothing}))
    _rows += [(_number, *_row) for _row in _found if len(_row) == len({nothing})]
_driver.set_progress_handler(None, 0)
_rows
"""
"""Tries every query; a row with its number as text says that one ran.

A change in a recursive query can make it endless, so none runs longer than its time.
"""


def _facts(repair: Repair, statement: Statement) -> dict[str, str]:
    """The facts of a repair, with the value of a parameter in the place of its name."""
    text = repair.facts.get("value", "")
    place, bound = text.removeprefix(":p"), constants(statement)
    if place != text and place.isdigit() and int(place) <= len(bound):
        cell = bound[int(place) - 1]
        text = cell.text if isinstance(cell, Special) else repr(cell)
    return repair.facts | {"value": text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "…"}


_MOST_SHOWN = 60
"""Characters of a value that a message shows."""


def _name(case: Case, repair: Repair, statement: Statement) -> str:
    """The finding of a repair, in the words of the language that the answer is written in."""
    if repair.finding == "sql-and-or-precedence" and case.source.tree is not None:
        operators = {node.get("op") for node in case.source.tree.find("BinOp")}
        return "bitwise-precedence" if "BitOr" in operators else repair.finding
    if repair.finding == "like-pattern":
        texts = [str(value) for value in constants(statement)] + [statement.sql]
        return repair.finding if any("%" in text for text in texts) else "like-without-wildcard"
    return repair.finding
