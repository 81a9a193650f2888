"""The value of a run as a table: what counts as rows, and how they are fetched.

The rules are those of LESSON-FORMAT, "What the learner's code may be, and what its result is".
"""

import itertools
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Result, Row, ScalarResult, TextClause
from sqlalchemy.engine import MappingResult
from sqlalchemy.orm import Query, Session
from sqlalchemy.sql.ddl import ExecutableDDLElement

from . import keywords, layout
from .capture import Capture, Recorded
from .cells import TEXT_LIMIT, Cells
from .namespace import Namespace
from .spool import Spool

_CHUNK = 1000
_MOST_CELLS = 7_000_000
"""Cells of a result that are kept; the trusted side refuses frames of more."""
_MOST_COLUMNS = 10_000
_LONGEST_TYPE = 1_000
_LIST_LIKE: tuple[type, ...] = (
    list,
    set,
    frozenset,
    deque,
    range,
    Iterator,
    type({}.keys()),
    type({}.values()),
    type({}.items()),
)


class Table:
    """The rows of a value, spooled."""

    def __init__(self, columns: list[str], types: list[str | None]) -> None:
        if len(columns) > _MOST_COLUMNS:
            raise ValueError(f"a table of {len(columns)} columns: it can have {_MOST_COLUMNS}")
        self.columns = [name[:TEXT_LIMIT] for name in columns]
        self.types = [kind and kind[:_LONGEST_TYPE] for kind in types]
        self.spool = Spool()
        self.truncated = False
        self.statement: int | None = None
        self.frame = False

    def head(self) -> list[Any]:
        """All but the rows, in the field order of the trusted side's wire form."""
        return [
            self.columns,
            self.spool.total,
            self.truncated,
            self.types,
            self.statement,
            self.frame,
        ]


class ValueReader:
    """Makes tables of values, within the limits of one run."""

    def __init__(
        self, namespace: Namespace, capture: Capture, cells: Cells, *, rows: int, spool_bytes: int
    ) -> None:
        self.namespace = namespace
        self.capture = capture
        self.cells = cells
        self.rows = rows
        self.spool_bytes = spool_bytes

    def read(self, value: Any, *, fetched: bool) -> Table | None:
        """The value as a table; None where it has no rows to show.

        `fetched` tells that the value's expression only fetches what a statement gave, so that
        its rows may be that statement's own.
        """
        if layout.is_executable(value):
            return self.execute(value)
        if isinstance(value, Query):
            return self._query(value)
        if isinstance(value, (Result, ScalarResult, MappingResult)):
            return self._result(value)
        if value is None:
            return None
        columns, items = _tabular(value)
        if columns is not None:
            table = self._spool(layout.of_rows(columns, []), items)
            table.frame = hasattr(value, "columns")
            return table
        table = self._items(list(itertools.islice(items, self.rows + 1)))
        if fetched:
            table.statement = self.capture.last_select(table.spool.total)
            self._adopt_types(table)
        return table

    def execute(self, statement: Any) -> Table | None:
        """Execute a statement where the learner's `session` points; commit it if it writes."""
        session = self.namespace.bound_session() or Session(self.namespace.bound_engine())
        first = len(self.capture.statements)
        described = _descriptions(statement)
        streams = bool(described) and not layout.has_entities(described)
        options = {"yield_per": _CHUNK} if streams else {}
        result: Any = session.execute(statement, execution_options=options)
        if getattr(result, "_unique_filter_state", None) is not None:
            result = result.unique()  # joined eager loading of collections asks for it
        table = self._result(result, described)
        if table is not None:
            table.statement = self._index_of_rows(first)
            self._adopt_types(table)
        if _writes(statement):
            session.commit()
        return table

    def _query(self, query: Any) -> Table:
        first = len(self.capture.statements)
        described = query.column_descriptions
        items = query.all()
        rows = [tuple(item) if isinstance(item, Row) else (item,) for item in items]
        names = [description["name"] or layout.VALUE for description in described]
        table = self._spool(layout.of_rows(names, rows, described), rows)
        table.statement = self._index_of_rows(first)
        self._adopt_types(table)
        return table

    def _result(self, result: Any, described: Any = None) -> Table | None:
        if not _returns_rows(result):
            return None
        statement = self._statement_of(result)
        names, chunks = _chunks(result)
        if not names:
            return None
        if described is not None and len(described) != len(names):
            described = None
        first = next(chunks, [])
        if any(layout.state_of(value) for row in first for value in row):
            first = list(itertools.chain(first, itertools.chain.from_iterable(chunks)))
        made = layout.of_rows(names, first, described)
        table = self._spool(made, itertools.chain(first, itertools.chain.from_iterable(chunks)))
        table.statement = statement
        self._adopt_types(table)
        return table

    def _items(self, items: list[Any]) -> Table:
        made, rows = layout.of_items(items)
        return self._spool(made, rows)

    def _spool(self, made: layout.Layout, rows: Iterable[Sequence[Any]]) -> Table:
        table = Table(made.columns, made.types)
        spool, cells = table.spool, self.cells
        most = min(self.rows, _MOST_CELLS // max(len(made.columns), 1))
        for values in rows:
            if spool.total >= most or spool.bytes > self.spool_bytes:
                table.truncated = True
                break
            if made.spreads:
                with self.capture.suppressed():
                    values = made.row(values)
            spool.add(cells.row(values))
        spool.flush()
        return table

    def _index_of_rows(self, first: int) -> int | None:
        statements = self.capture.statements
        for index in range(first, len(statements)):
            statement = statements[index]
            if statement.gives_rows and statement.lazy_load is None:
                return index
        return None

    def _statement_of(self, result: Any) -> int | None:
        real = getattr(result, "_real_result", None) or result
        raw = getattr(real, "raw", None) or real
        recorded = getattr(getattr(raw, "context", None), "playground_statement", None)
        return self._index(recorded)

    def _index(self, recorded: Recorded | None) -> int | None:
        if recorded is None:
            return None
        for index, statement in enumerate(self.capture.statements):
            if statement is recorded:
                return index
        return None

    def _adopt_types(self, table: Table) -> None:
        """Types that the statement knows, where the rows themselves did not tell them."""
        if table.statement is None:
            return
        known = self.capture.statements[table.statement].types()
        if len(known) == len(table.types):
            pairs = zip(table.types, known, strict=True)
            table.types = [own or other for own, other in pairs]


def is_spent(value: Any) -> bool:
    """Whether it is a result whose rows were fetched, or whose connection is closed."""
    if not isinstance(value, (Result, ScalarResult, MappingResult)):
        return False
    real: Any = getattr(value, "_real_result", None) or value
    raw = getattr(real, "raw", None) or real
    connection = getattr(raw, "connection", None)
    return bool(getattr(real, "_soft_closed", False) or (connection and connection.closed))


def _descriptions(statement: Any) -> Any:
    try:
        return statement.column_descriptions
    except (AttributeError, NotImplementedError):
        return None


def _returns_rows(result: Any) -> bool:
    # `CursorResult.returns_rows` says the same, but the ORM's results of bulk DML lack it.
    return bool(getattr(getattr(result, "_metadata", None), "returns_rows", True))


def _writes(statement: Any) -> bool:
    if isinstance(statement, TextClause):
        return keywords.kind_of(statement.text) in keywords.CHANGES
    return bool(getattr(statement, "is_dml", False)) or isinstance(statement, ExecutableDDLElement)


def _chunks(result: Any) -> tuple[list[str], Iterator[list[Any]]]:
    """Column names of a result and its rows, fetched a chunk at a time."""
    if isinstance(result, ScalarResult):
        keys = list(getattr(result._metadata, "keys", ())) or [layout.VALUE]
        return [str(keys[0])], ([(item,) for item in part] for part in result.partitions(_CHUNK))
    if isinstance(result, MappingResult):
        names = [str(key) for key in result.keys()]  # noqa: SIM118  (a method of results)
        return names, ([tuple(row.values()) for row in part] for part in result.partitions(_CHUNK))
    # `keys()` leaves out what has no name, such as an aliased class.
    names = [layout.VALUE if key is None else str(key) for key in result._metadata._keys]
    return names, (list(part) for part in result.partitions(_CHUNK))


def _tabular(value: Any) -> tuple[list[str] | None, Any]:
    """Column names where the value knows them (a data frame), and its items."""
    module = type(value).__module__.partition(".")[0]
    if module == "pandas" and hasattr(value, "itertuples"):
        return [str(name) for name in value.columns], value.itertuples(index=False, name=None)
    if module == "pandas" and hasattr(value, "to_frame"):
        return _tabular(value.to_frame())
    if module == "polars" and hasattr(value, "iter_rows"):
        return [str(name) for name in value.columns], value.iter_rows()
    if isinstance(value, _LIST_LIKE):
        return None, value
    if isinstance(value, Mapping) and not all(isinstance(key, str) for key in value):
        return None, value.items()
    return None, [value]
