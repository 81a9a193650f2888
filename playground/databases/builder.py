"""Fills a database from its author's files. This file's *text* runs in a child, on its own.

The author's code may fail in any way; whatever it raises becomes one `BuildFault` whose text is a
JSON object, so that the trusted side need not understand tracebacks.
"""

import importlib.util
import json
import sqlite3
import sys
import traceback
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Engine, MetaData
from sqlalchemy.orm import Session

MARK = "playground-build-fault "


class BuildFault(Exception):  # noqa: N818  (it tells the author's fault)
    """Text: `MARK` and a JSON object of `file`, `line` (or null), `reason` and its `details`.

    The reasons are `raised`, `no-seed`, `no-module`; their words are the parent's.
    """

    def __init__(self, file: str, line: int | None, reason: str, **details: str) -> None:
        fault = {"file": file, "line": line, "reason": reason, "details": details}
        super().__init__(MARK + json.dumps(fault))


def build(engine: Engine, request: dict[str, Any]) -> None:
    """Fill the database of `engine` as `request` says.

    `models` and `seed` name Python files of the working directory, `script` a SQL file; `options`
    go to the seed. `beside` is the name that the files beside the database (`-wal`, `-journal`)
    have there. `emptied` asks for the tables without their rows. All of them may be missing.

    Raises:
        BuildFault: for whatever the author's files do wrong.
    """
    sys.path.insert(0, str(Path.cwd()))
    Path(str(engine.url.database)).touch()
    if "beside" in request:
        merge(str(engine.url.database), request["beside"])
    if "script" in request:
        run_script(str(engine.url.database), request["script"])
    if request.get("emptied"):
        empty(str(engine.url.database))
    models = load(request["models"]) if "models" in request else None
    if "seed" in request:
        fill(engine, models, request["seed"], request.get("options", {}))
    engine.dispose()


def load(file: str) -> ModuleType:
    """The module that `file` defines, importable under its own name from then on."""
    name = Path(file).stem
    held = sys.modules.get(name)
    if held is not None and held.__spec__ is None:  # the process was made with these models
        return held
    spec = importlib.util.spec_from_file_location(name, Path(file).resolve())
    if spec is None or spec.loader is None:
        raise BuildFault(file, None, "no-module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise fault_of(error, file) from error
    return module


def fill(engine: Engine, models: ModuleType | None, file: str, options: dict[str, Any]) -> None:
    """Create the models' tables and let the seed put rows into them."""
    seed = getattr(load(file), "seed", None)
    if not callable(seed):
        raise BuildFault(file, None, "no-seed")
    try:
        for metadata in metadatas(models):
            metadata.create_all(engine)
        with Session(engine) as session:
            seed(session, **options)
            session.commit()
    except (Exception, SystemExit) as error:
        raise fault_of(error, file) from error
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM")


def metadatas(models: ModuleType | None) -> list[MetaData]:
    """The metadata of every base, table, registry and `MetaData` that the models name, each once."""
    found: dict[int, MetaData] = {}
    for value in vars(models).values() if models else ():
        metadata = value if isinstance(value, MetaData) else getattr(value, "metadata", None)
        if isinstance(metadata, MetaData):
            found[id(metadata)] = metadata
    return list(found.values())


def run_script(database: str, file: str) -> None:
    """Run a SQL script statement by statement, so that an error has a line."""
    connection = sqlite3.connect(database, isolation_level=None)
    line, statement = 1, ""
    try:
        for part in Path(file).read_text(encoding="utf-8").split(";"):
            statement += part + ";"
            if sqlite3.complete_statement(statement):
                connection.execute(statement)
                line += statement.count("\n")
                statement = ""
        if statement.removesuffix(";").strip():
            connection.execute(statement.removesuffix(";"))
        if connection.in_transaction:
            connection.execute("COMMIT")
    except (sqlite3.Error, ValueError) as error:
        blank = statement[: len(statement) - len(statement.lstrip())].count("\n")
        raise BuildFault(file, line + blank, "raised", error=str(error)) from error
    finally:
        connection.close()


def merge(database: str, beside: str) -> None:
    """Take what stood beside a database file into the file itself."""
    for suffix in ("-wal", "-journal"):
        content = Path(beside + suffix).read_bytes()
        if content:
            Path(database + suffix).write_bytes(content)
    connection = sqlite3.connect(database, isolation_level=None)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.execute("PRAGMA journal_mode=DELETE").fetchall()
        connection.execute("PRAGMA schema_version").fetchall()
    except sqlite3.Error as error:
        raise BuildFault("", None, "raised", error=str(error)) from error
    finally:
        connection.close()


def empty(database: str) -> None:
    """Take all rows out of a database; what it declares stays."""
    connection = sqlite3.connect(database, isolation_level=None)
    try:
        declared = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
        for name in (name for kind, name, _sql in declared if kind == "trigger"):
            connection.execute(f"DROP TRIGGER {quoted(name)}")
        for kind, name, sql in declared:
            if (
                kind == "table"
                and not name.startswith("sqlite_")
                and " VIRTUAL " not in sql.upper()
            ):
                connection.execute(f"DELETE FROM {quoted(name)}")
        connection.execute("VACUUM")
    except sqlite3.Error as error:
        raise BuildFault("", None, "raised", error=str(error)) from error
    finally:
        connection.close()


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def fault_of(error: BaseException, file: str) -> BuildFault:
    """What the author is told: the innermost line of their own files, the exception in words."""
    here = Path.cwd().resolve()
    line: int | None = None
    if isinstance(error, SyntaxError) and error.filename:
        file, line = Path(error.filename).name, error.lineno
    else:
        for frame in traceback.extract_tb(error.__traceback__):
            path = Path(frame.filename).resolve()
            if path.parent == here and path.is_file():
                file, line = path.name, frame.lineno
    text = "".join(traceback.format_exception_only(error)).strip().splitlines()
    said = text[-1] if isinstance(error, SyntaxError) else text[0]
    return BuildFault(file, line, "raised", error=said)
