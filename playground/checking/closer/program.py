"""Writes a statement as other systems do; its text is sent to a child.

It imports SQLAlchemy and sqlglot alone, and its names begin with an underscore: they come to stand
beside those of an answer.
"""

from typing import Any as _Any

_noted: list[_Any] = []


def _note(wanted: str) -> None:
    """Keep the first statement with the wanted text, as SQLAlchemy compiled it."""
    from sqlalchemy import Engine, event

    def keep(
        connection: _Any, cursor: _Any, sql: str, parameters: _Any, context: _Any, many: bool
    ) -> None:
        compiled = getattr(context, "compiled", None)
        if compiled is not None and not _noted and sql == wanted:
            _noted.append(compiled)

    event.listen(Engine, "before_cursor_execute", keep)


def _written(dialects: dict[str, str]) -> list[tuple[str, str, str]]:
    """(system, text, trouble) of the statement that was kept, for each of SQLAlchemy's dialects."""
    rows = []
    for compiled in _noted:
        for system, module in dialects.items():
            try:
                rows.append((system, _compiled(compiled, module), ""))
            except Exception as error:  # noqa: BLE001  (whatever a dialect says is what is told)
                rows.append((system, "", f"{type(error).__name__}: {error}"))
    return rows


def _compiled(compiled: _Any, module: str) -> str:
    from importlib import import_module

    dialect = import_module(f"sqlalchemy.dialects.{module}").dialect()
    if not hasattr(compiled, "column_keys"):  # DDL
        return str(compiled.statement.compile(dialect=dialect)).strip()
    text = compiled.statement.compile(
        dialect=dialect,
        column_keys=compiled.column_keys,
        compile_kwargs={"render_postcompile": True},
    )
    return str(text)


def _translated(sql: str, dialects: dict[str, str]) -> list[tuple[str, str, str]]:
    """(system, text, trouble) of a text of SQLite's, for each of sqlglot's dialects."""
    import sqlglot

    rows = []
    for system, dialect in dialects.items():
        try:
            text = ";\n".join(sqlglot.transpile(sql, "sqlite", dialect))
            rows.append((system, text, ""))
        except Exception as error:  # noqa: BLE001  (a parser of anything may fail in any way)
            rows.append((system, "", f"{type(error).__name__}: {error}"))
    return rows
