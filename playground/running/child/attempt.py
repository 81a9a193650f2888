"""One attempt from its text to its answer frame."""

import contextlib
import mmap
import os
import sqlite3
import sys
import warnings
from typing import Any

from sqlalchemy.engine import Connection

from . import errors, keywords, layout, script
from .capture import ANSWER, Capture, learner_line
from .cells import Cells, CellTooLarge
from .frames import Wire, encode
from .namespace import Namespace
from .program import RESULT, Program, compile_text
from .value import Table, ValueReader, is_spent

_MAX_WARNINGS = 100
_BALLAST_BYTES = 2_000_000
"""Address space that is let go when memory is out, to answer with. Pages of it are never touched."""
_IN_MEMORY = "memory.db"
"""Where an in-memory database is written for the reader of the final state."""


class Attempt:
    """Runs one job in this process and says how it went."""

    def __init__(self, job: dict[str, Any], namespace: Namespace, capture: Capture) -> None:
        self.job = job
        self.namespace = namespace
        self.capture = capture
        self.cells = Cells(job["cell_bytes"])
        self.values = ValueReader(
            namespace, capture, self.cells, rows=job["rows"], spool_bytes=job["spool_bytes"]
        )
        self.status = "ok"
        self.error: list[Any] | None = None
        self.table: Table | None = None
        self.warnings: list[Any] = []
        self.answering = False
        self.database: str | None = None
        """The file that holds the final database, once the answer was sent."""
        self._ballast: mmap.mmap | None = None

    def run(self) -> None:
        """Run the job to its end, whatever that is."""
        self._ballast = mmap.mmap(-1, _BALLAST_BYTES)
        self.namespace.install()
        self._record_warnings()
        self.capture.start(self.job["statements"], self.cells)
        try:
            if self.job["language"] == "sql":
                self._run_sql()
            else:
                self._run_python()
        except CellTooLarge:
            self.status = "output"
        except SystemExit as error:
            self._exited(error)
        except BaseException as error:  # noqa: BLE001  (a learner's code may raise anything)
            self._failed(error)
        finally:
            self.capture.active = False
            self._drop_ballast()
        self._flush()

    def answer(self, wire: Wire) -> None:
        """Send the one answer frame."""
        self.answering = True
        self.database = self._database_file() if self.job["state"] else None
        head = [
            self.status,
            [statement.wire(self.cells) for statement in self.capture.statements],
            self.capture.dropped,
            self.error,
            self.warnings,
            self.capture.committed,
            self.database,
        ]
        parts = [encode(head)[:-1], b","]
        if self.table is None:
            parts.append(b"null]")
        else:
            parts += [encode(self.table.head())[:-1], b",[", *self._rows(), b"]]]"]
        if self.job["mark"]:
            os.write(2, self.job["mark"].encode())
        wire.send(*parts)

    def answer_late(self, wire: Wire) -> None:
        """Answer with what there is and end: the time is up (a signal handler calls this)."""
        if self.answering:
            return
        self.capture.active = False
        self.status = "timeout"
        self.table = None
        self._flush()
        self.answer(wire)
        os._exit(0)

    def _rows(self) -> list[bytes]:
        assert self.table is not None
        if self.job["whole"]:
            return self.table.spool.everything()
        return [self.table.spool.page(0, self.job["page"])[1:-1]]

    def _run_python(self) -> None:
        names = self.namespace.names
        if self.job["setup"]:
            setup = compile_text(self.job["setup"], "setup.py")
            _execute(setup, names)
        program = compile_text(self.job["code"])
        after = compile_text(self.job["after"], "after.py") if self.job["after"] else None
        value = _execute(program, names)
        self.capture.line = program.line
        if after is not None:
            value, program = self._run_after(after, value, program)
        if value is None and program.expression is not None:
            value, program = self._result_variable(), program._replace(fetched=False)
        elif program.expression is None:
            value = self._result_variable()
        if value is not None:
            self.table = self.values.read(value, fetched=program.fetched)
        if self.job["commit"]:
            self.namespace.session.commit()

    def _result_variable(self) -> Any:
        """What `result` is bound to, unless its rows were read already or can be no more."""
        value = self.namespace.names.get(RESULT)
        return None if is_spent(value) else value

    def _run_after(self, after: Program, value: Any, program: Program) -> tuple[Any, Program]:
        """Run `after`; its value, where it has one, stands for the answer's own."""
        if layout.is_executable(value):
            self.table = self.values.read(value, fetched=False)
            value = None
        self.capture.line = None
        shown = _execute(after, self.namespace.names)
        if shown is None:
            self.capture.line = program.line
            return value, program
        self.table = None
        return shown, after

    def _run_sql(self) -> None:
        """Statement by statement on one connection of the preloaded engine."""
        with contextlib.ExitStack() as stack:
            with self.capture.suppressed():
                connection = stack.enter_context(self.namespace.engine.connect())
            for piece in script.split(self.job["code"].removeprefix("\ufeff")):
                self.capture.line = piece.line
                table = self._send(connection, piece.sql)
                self.table = table or self.table
            if _driver(connection).in_transaction:
                self.capture.mark("COMMIT")
                self.capture.note_end(1, committed=True)
            with self.capture.suppressed():
                connection.commit()

    def _send(self, connection: Connection, sql: str) -> Table | None:
        """One statement; a BEGIN that the driver makes of itself is listed before it."""
        driver = _driver(connection)
        before, first = driver.in_transaction, len(self.capture.statements)
        marks, self.capture.marks = self.capture.marks, False
        try:
            result = connection.exec_driver_sql(sql)
            table = self.values.read(result, fetched=False)
        finally:
            self.capture.marks = marks
            explicit = keywords.first_keyword(sql) in ("begin", "savepoint")
            if driver.in_transaction and not before and not explicit:
                self.capture.mark_at(first, "BEGIN")
        if table is not None:
            table.statement = first if not driver.in_transaction or before else first + 1
        return table

    def _failed(self, error: BaseException) -> None:
        memory = (
            isinstance(error, MemoryError)
            or "out of memory" in errors.message_of(error)[:200].lower()
        )
        if memory:
            self._drop_ballast()
        self.status = "memory" if memory else "error"
        self.table = None
        self.error = errors.describe(error, self.cells)
        if self.error[3] is None:
            self.error[3] = self.capture.line
        error.__traceback__ = None

    def _drop_ballast(self) -> None:
        if self._ballast is not None:
            self._ballast.close()
            self._ballast = None

    def _exited(self, error: SystemExit) -> None:
        self.status = "exited-early"
        if error.code is not None and not isinstance(error.code, int):
            print(error.code, file=sys.stderr)  # noqa: T201  (what Python itself does with it)

    def _record_warnings(self) -> None:
        warnings.resetwarnings()
        warnings.simplefilter("default")
        for ignored in (ResourceWarning, ImportWarning, PendingDeprecationWarning):
            warnings.simplefilter("ignore", ignored)
        warnings.showwarning = self._show_warning

    def _show_warning(
        self,
        message: Any,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: Any = None,
        line: str | None = None,
    ) -> None:
        if len(self.warnings) < _MAX_WARNINGS:
            number = lineno if filename == ANSWER else learner_line(sys._getframe(1))
            said = errors.message_of(message)
            self.warnings.append([category.__name__, said, number or self.capture.line])

    def _flush(self) -> None:
        for stream in (sys.stdout, sys.stderr):
            # RuntimeError: a signal handler may have come in the middle of a write.
            with contextlib.suppress(OSError, ValueError, AttributeError, RuntimeError):
                stream.flush()

    def _database_file(self) -> str | None:
        """The file that `engine` is bound to, relative to the private directory."""
        engine = self.namespace.bound_engine()
        if engine.dialect.name != "sqlite":
            engine = self.namespace.engine
        name = engine.url.database
        if name and name != ":memory:" and not name.startswith("file:"):
            return os.path.relpath(name)
        return self._write_memory_database(engine)

    def _write_memory_database(self, engine: Any) -> str | None:
        session = self.namespace.bound_session()
        try:
            if session is not None:
                session.close()
            with contextlib.closing(engine.raw_connection()) as connection:
                image = _image(connection.driver_connection)
        except Exception:  # noqa: BLE001  (a learner's engine and its listeners may raise anything)
            return None
        if image is None:
            return None
        with open(_IN_MEMORY, "wb") as file:  # noqa: PTH123  (relative to the private directory)
            file.write(image)
        return _IN_MEMORY


def _image(driver: Any) -> bytes | None:
    """The bytes of an in-memory database; None where the driver cannot say."""
    if not isinstance(driver, sqlite3.Connection):
        return None
    (pages,) = driver.execute("PRAGMA page_count").fetchone()
    return driver.serialize() if pages else b""  # an empty one cannot be serialised


def _execute(program: Program, names: dict[str, Any]) -> Any:
    exec(program.body, names)  # noqa: S102
    return eval(program.expression, names) if program.expression is not None else None


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
