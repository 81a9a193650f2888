"""`schema`: what a new connection finds of tables, columns, types, keys and indexes."""

import re
from collections.abc import Iterable

from playground.checking.case import HOLDS, Case, Judgement, fails
from playground.checking.checks.state import standard_type
from playground.course import SchemaOptions
from playground.running import State, Table


def evaluate(case: Case, options: SchemaOptions) -> Judgement:
    """Everything that is listed is there; more may be."""
    state = case.run.state or State(tables=[])  # what cannot be read holds nothing
    tables = {table.name: table for table in state.tables}
    named = (options.columns, options.types, options.keys, options.constraints, options.indexes)
    for name in dict.fromkeys([*options.tables, *(name for part in named for name in part)]):
        if name not in tables:
            return fails("table-missing", table=name)
        missing = _missing(tables[name], options)
        if missing is not None:
            return fails("schema-differs", table=name, what=missing)
    return HOLDS


def _missing(table: Table, options: SchemaOptions) -> str | None:
    """The first thing that is asked of a table and not there."""
    columns = {column.name: column for column in table.columns}
    for name in options.columns.get(table.name, ()):
        if name not in columns:
            return name
    for name, declared in options.types.get(table.name, {}).items():
        given = standard_type(columns[name].type) if name in columns else ""
        if _plain(given) != _plain(standard_type(declared)):
            return f"{name} {declared}"
    keys = [column.name for column in table.columns if column.primary_key]
    return (
        _not_in(options.keys.get(table.name, ()), [*keys, *table.foreign_keys])
        or _not_in(options.constraints.get(table.name, ()), table.constraints)
        or _without_index(options.indexes.get(table.name, ()), table.indexes)
    )


def _not_in(wanted: Iterable[str], given: list[str]) -> str | None:
    """The first wanted text that no given one is or, where more stands around it, holds."""
    plain = [_plain(text) for text in given]
    for text in wanted:
        asked = _plain(text)
        if not any(asked == one or (len(asked) > 2 and asked in one) for one in plain):
            return text
    return None


def _without_index(wanted: Iterable[str], given: list[str]) -> str | None:
    """The first wanted index that none of the given ones is."""
    for text in wanted:
        if not any(_is_index(_plain(text), _plain(one)) for one in given):
            return text
    return None


def _is_index(wanted: str, given: str) -> bool:
    """Whether an index has the wanted columns, uniqueness and condition, and name if one is wanted."""
    asked, there = _INDEX.fullmatch(wanted), _INDEX.fullmatch(given)
    if asked is None or there is None:
        return wanted == given
    return (
        asked["name"] in ("", there["name"])
        and _columns_fit(asked["columns"], there["columns"])
        and asked["unique"] == there["unique"]
        and (asked["where"] == there["where"] or (asked["where"] == _ANY and bool(there["where"])))
    )


def _columns_fit(wanted: str, given: str) -> bool:
    """Whether columns are those wanted; after `…` more may follow."""
    if not wanted.endswith(_ANY):
        return wanted == given
    first = wanted.removesuffix(_ANY).removesuffix(",")
    return not first or given == first or given.startswith(f"{first},")


_ANY = "…"
_INDEX = re.compile(
    r"(?P<name>[^(]*)\((?P<columns>.*?)\)(?P<unique>unique)?(?:where(?P<where>.*))?"
)
"""`name(a,b)uniquewhere…`, as `_plain` leaves it."""


def _plain(text: str) -> str:
    """Without what does not matter: case, quotes, space."""
    return re.sub(r"[\s\"`]+", "", text).casefold()
