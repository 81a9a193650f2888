"""Every statement that any engine of the run hands to its driver, and the line that caused it.

Listeners on SQLAlchemy's `Engine` class see the engines that the learner makes as well. BEGIN,
COMMIT and ROLLBACK are what SQLAlchemy asks of the driver (`Engine` events `begin`, `commit`, `rollback`); it asks nothing under AUTOCOMMIT, so nothing is
listed there. Savepoints reach the driver as statements and are listed as such.
"""

import contextlib
import sqlite3
import sys
import time
from collections.abc import Iterator
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.engine.cursor import CursorFetchStrategy

from . import keywords
from .cells import Cells

ANSWER = "answer.py"
"""File name under which the learner's own text is compiled."""
_LOAD_OPTIONS = "_sa_orm_load_options"
_INFO = "playground_connection"
_KNOWN_KINDS = 500
_TEXT_KEPT = 20_000_000
"""Characters of SQL and parameters that are listed; what comes beyond is counted only."""
_LONGEST = 1_000_000
"""Characters of one statement that is listed: what reads the list is not made for more."""
_LONGEST_NAME = 1_000
_SPACE_OF_PARAMETER = 20
_COUNTED = frozenset({"insert", "update", "delete"})
_SMALL = frozenset({int, float, bool, type(None)})
_REFUSED_PRAGMAS = frozenset(
    {"writable_schema", "max_page_count", "temp_store_directory", "data_store_directory"}
)
_FRAMES_OF_EXECUTION = 3
"""Frames of SQLAlchemy's that stand between a listener and whoever executes, at the least."""
_FRAMES_OF_LAZY_LOAD = 11
"""The same for what a lazy load executes. Each frame that is looked at costs as much as all else."""


class Recorded:
    """One statement, as it is being filled in."""

    names: list[str] | None = None
    parameters: Any = None
    many: int | None = None
    lazy_load: str | None = None
    rows: int | None = None
    seconds: float | None = None
    started = 0.0
    gives_rows = False
    compiled: Any = None

    def __init__(self, sql: str, kind: str, line: int | None, connection: int) -> None:
        self.sql = sql
        self.kind = kind
        self.line = line
        self.connection = connection

    def types(self) -> list[str | None]:
        """SQLAlchemy's type names of the columns of its rows, where it knows them."""
        columns = getattr(self.compiled, "_result_columns", None) or []
        names = [type(column[3]).__name__ for column in columns]
        return [None if name == "NullType" else name for name in names]

    def wire(self, cells: Cells) -> list[Any]:
        """As a list, in the field order that `wire` expects."""
        return [
            self.sql,
            self.names,
            cells.row(self.parameters) if type(self.parameters) is tuple else self.parameters,
            self.many,
            self.kind,
            self.line,
            self.lazy_load,
            self.rows,
            None if self.seconds is None else round(self.seconds * 1000, 3),
            self.connection,
        ]


class Capture:
    """Records while `active`; one for the whole life of a child."""

    def __init__(self) -> None:
        self.active = False
        self.marks = True
        """Whether what SQLAlchemy asks about transactions is listed."""
        self.statements: list[Recorded] = []
        self.dropped = 0
        self.line: int | None = None
        """Line to give where no frame of the learner's text is on the stack."""
        self.limit = 20_000
        self.cells = Cells(10_000_000)
        self._kinds: dict[str, str] = {}
        self._room = _TEXT_KEPT
        self._connections = 0
        self._changed: int | None = None
        self._changes_kept = False

    def start(self, limit: int, cells: Cells) -> None:
        """Begin to record, from nothing."""
        self.limit = limit
        self.cells = cells
        self.active = True

    def reset(self) -> None:
        """Forget what was recorded, and stop."""
        self.active = False
        self.statements = []
        self.dropped = 0
        self.line = None
        self._room = _TEXT_KEPT
        self._connections = 0
        self._changed = None
        self._changes_kept = False

    @property
    def committed(self) -> bool:
        """Whether the last change was committed (or needed no commit)."""
        return self._changed is not None and self._changes_kept

    @contextlib.contextmanager
    def suppressed(self) -> Iterator[None]:
        """Within it, what is sent is ours: neither listed nor counted."""
        before, self.active = self.active, False
        try:
            yield
        finally:
            self.active = before

    def listen(self) -> None:
        """Attach to the classes; before any engine is made."""
        event.listen(Engine, "before_cursor_execute", self._before, retval=True)
        event.listen(Engine, "after_cursor_execute", self._after)
        event.listen(Engine, "connect", _refuse_pragmas)
        event.listen(Engine, "begin", self._begin)
        event.listen(Engine, "commit", self._commit)
        event.listen(Engine, "rollback", self._rollback)

    def mark(self, sql: str, connection: int = 1) -> None:
        """List a transaction mark."""
        line = learner_line(sys._getframe(1))
        mark = Recorded(sql, "transaction", self.line if line is None else line, connection)
        if len(self.statements) < self.limit:
            self.statements.append(mark)
        else:
            self.dropped += 1

    def mark_at(self, index: int, sql: str) -> None:
        """List a transaction mark before what is already listed from `index` on."""
        if len(self.statements) < self.limit:
            line = self.statements[index].line if index < len(self.statements) else self.line
            self.statements.insert(index, Recorded(sql, "transaction", line, 1))

    def note_change(self, connection: int, *, kept: bool) -> None:
        """Remember who changed data last, and whether that needs no commit any more."""
        self._changed = connection
        self._changes_kept = kept

    def note_end(self, connection: int, *, committed: bool) -> None:
        """Remember that a connection's transaction ended."""
        if self._changed == connection and committed:
            self._changes_kept = True

    def last_select(self, rows: int) -> int | None:
        """Index of the last listed statement that gave rows of itself, if it gave `rows` of them."""
        for index in range(len(self.statements) - 1, -1, -1):
            statement = self.statements[index]
            if statement.gives_rows and statement.lazy_load is None:
                return index if statement.rows == rows else None
        return None

    def _kind(self, sql: str) -> str:
        if len(self._kinds) > _KNOWN_KINDS:
            self._kinds.clear()
        kind = self._kinds[sql] = keywords.kind_of(sql)
        return kind

    def _connection_number(self, connection: Any) -> int:
        info = connection.info
        number = info.get(_INFO)
        if number is None:
            self._connections += 1
            number = info[_INFO] = self._connections
        return int(number)

    def _before(
        self, connection: Any, cursor: Any, sql: str, parameters: Any, context: Any, many: bool
    ) -> tuple[str, Any]:
        if self.active:
            self._record(connection, sql, parameters, context, many)
        return sql, parameters

    def _record(self, connection: Any, sql: str, parameters: Any, context: Any, many: bool) -> None:
        kind = self._kinds.get(sql) or self._kind(sql)
        number = connection.info.get(_INFO) or self._connection_number(connection)
        loads = context is not None and _LOAD_OPTIONS in context.execution_options
        lazy_load = _lazy_load(context) if loads else None
        # One frame more than those of SQLAlchemy's: the listener's own.
        frames = _FRAMES_OF_LAZY_LOAD if lazy_load else _FRAMES_OF_EXECUTION
        line = learner_line(sys._getframe(frames + 1))
        statement = Recorded(sql, kind, self.line if line is None else line, number)
        statement.lazy_load = lazy_load
        if many and isinstance(parameters, list):  # a batch of INSERT … RETURNING has one set
            statement.many = len(parameters)
            parameters = parameters[0] if parameters else ()
        parameters = parameters or ()
        self._room -= len(sql) + _SPACE_OF_PARAMETER * len(parameters)
        if self._room < 0 or len(sql) > _LONGEST or len(self.statements) >= self.limit:
            self.dropped += 1
        else:
            self.statements.append(statement)
            self._set_parameters(statement, parameters)
            if self._room < 0:
                self.statements.pop()
                self.dropped += 1
        if context is not None:
            context.playground_statement = statement
        statement.started = time.perf_counter()

    def _after(
        self, connection: Any, cursor: Any, sql: str, parameters: Any, context: Any, many: bool
    ) -> None:
        now = time.perf_counter()
        statement = getattr(context, "playground_statement", None)
        if statement is None:
            return
        statement.seconds = now - statement.started
        if cursor.description is not None:
            statement.gives_rows = True
            statement.compiled = context.compiled
            _count_rows(context, statement, parameters)
        elif statement.kind in _COUNTED:
            statement.rows = cursor.rowcount if cursor.rowcount >= 0 else None
        if statement.kind in keywords.CHANGES:
            self.note_change(statement.connection, kept=not _in_transaction(connection))
        elif statement.kind == "transaction":
            word = keywords.first_keyword(sql)
            # Releasing the outermost savepoint of a transaction that it began commits it.
            released = word == "release" and not _in_transaction(connection)
            self.note_end(statement.connection, committed=released or word in ("commit", "end"))

    def _begin(self, connection: Any) -> None:
        if self.active and self.marks and not _autocommits(connection):
            self.mark("BEGIN", self._connection_number(connection))

    def _commit(self, connection: Any) -> None:
        if self.active and self.marks and not _autocommits(connection):
            number = self._connection_number(connection)
            self.mark("COMMIT", number)
            self.note_end(number, committed=True)

    def _rollback(self, connection: Any) -> None:
        if self.active and self.marks and not _autocommits(connection):
            number = self._connection_number(connection)
            self.mark("ROLLBACK", number)
            self.note_end(number, committed=False)

    def _set_parameters(self, statement: Recorded, parameters: Any) -> None:
        if not parameters:
            return
        if type(parameters) is tuple and _SMALL.issuperset(map(type, parameters)):
            statement.parameters = parameters  # made into cells when the answer is sent
            return
        if isinstance(parameters, dict):
            statement.names = [str(name) for name in parameters]
            parameters = parameters.values()
        statement.parameters = self.cells.row(parameters)
        self._room -= sum(map(_length, statement.parameters)) + sum(map(len, statement.names or ()))


def _length(cell: Any) -> int:
    """Characters of a parameter as it is listed."""
    if type(cell) is str:
        return len(cell)
    return len(cell[1]) if type(cell) is list else 0


def learner_line(frame: Any) -> int | None:
    """`f_lineno` of the innermost frame of the learner's own text, from `frame` outwards.

    Under SQLAlchemy's asyncio layer the caller's frames are those of the parent greenlet.
    """
    line = _line_from(frame)
    module = sys.modules.get("greenlet")
    greenlet = module.getcurrent() if module and line is None else None
    while greenlet is not None and line is None:
        greenlet = greenlet.parent
        line = _line_from(greenlet.gr_frame) if greenlet is not None else None
    return line


def _line_from(frame: Any) -> int | None:
    while frame is not None:
        if frame.f_code.co_filename == ANSWER:
            return int(frame.f_lineno)
        frame = frame.f_back
    return None


class _CountingFetch(CursorFetchStrategy):
    """Counts the rows that pass from the driver's cursor to a result."""

    __slots__ = ("statement",)

    def __init__(self, statement: Recorded) -> None:
        self.statement = statement

    def fetchone(self, result: Any, dbapi_cursor: Any, hard_close: bool = False) -> Any:
        row = CursorFetchStrategy.fetchone(self, result, dbapi_cursor, hard_close)
        self.statement.rows = (self.statement.rows or 0) + (row is not None)
        return row

    def fetchmany(self, result: Any, dbapi_cursor: Any, size: int | None = None) -> Any:
        return self._counted(CursorFetchStrategy.fetchmany(self, result, dbapi_cursor, size))

    def fetchall(self, result: Any, dbapi_cursor: Any) -> Any:
        return self._counted(CursorFetchStrategy.fetchall(self, result, dbapi_cursor))

    def yield_per(self, result: Any, dbapi_cursor: Any, num: int) -> None:
        """Keep counting: the driver's cursor streams by itself, no buffer is needed."""

    def _counted(self, rows: Any) -> Any:
        self.statement.rows = (self.statement.rows or 0) + len(rows)
        return rows


def _count_rows(context: Any, statement: Recorded, parameters: Any) -> None:
    batches = getattr(context.compiled, "_insertmanyvalues", None)
    strategy = context.cursor_fetch_strategy
    if batches is not None and batches.num_positional_params_counted:
        # The rows that a batch returns are fetched past every strategy; each set gives one.
        statement.rows = len(parameters) // batches.num_positional_params_counted
    elif type(strategy) is CursorFetchStrategy:
        context.cursor_fetch_strategy = _CountingFetch(statement)  # unknown until one is fetched
    else:
        buffered = getattr(strategy, "_rowbuffer", None)
        statement.rows = len(buffered) if buffered is not None else None


def _refuse_pragmas(connection: Any, _record: Any) -> None:
    """Deny the pragmas that damage a database file or lead out of it, on a connection of sqlite3."""
    if isinstance(connection, sqlite3.Connection):  # not one that another thread serves
        connection.set_authorizer(_authorize)


def _authorize(action: int, name: str | None, *_rest: str | None) -> int:
    refused = action == sqlite3.SQLITE_PRAGMA and str(name).lower() in _REFUSED_PRAGMAS
    return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK


def _autocommits(connection: Any) -> bool:
    return bool(connection._is_autocommit_isolation())


def _in_transaction(connection: Any) -> bool:
    driver = connection.connection.driver_connection
    return bool(getattr(driver, "in_transaction", True))


def _lazy_load(context: Any) -> str | None:
    """`Class.attribute` of what loads itself by this execution, None for every other one.

    The ORM says so in an execution option of its own. Loads that a lazy load brings with it
    (`selectin` of what it loaded) inherit that option: their path does not begin at the object.
    """
    options = context.execution_options.get(_LOAD_OPTIONS)
    if options is None:
        return None
    if options._lazy_loaded_from is not None:
        path = context.invoked_statement._compile_options._current_path
        owner = options._lazy_loaded_from.mapper
        if len(path) >= 2 and owner.isa(path[-2].mapper):
            return f"{path[-2].class_.__name__}.{path[-1].key}"[:_LONGEST_NAME]
    elif options._refresh_state is not None:
        return _loading_column()
    return None


def _loading_column() -> str | None:
    """The attribute whose reading makes a column load itself; None for an explicit refresh."""
    frame = sys._getframe(2)
    while frame is not None and frame.f_code.co_filename != ANSWER:
        if frame.f_code.co_name == "get" and frame.f_code.co_filename.endswith("attributes.py"):
            attribute = frame.f_locals.get("self")
            key = getattr(attribute, "key", None)
            owner = getattr(attribute, "class_", None)
            if key and owner is not None:
                return f"{owner.__name__}.{key}"[:_LONGEST_NAME]
        frame = frame.f_back  # type: ignore[assignment]
    return None
