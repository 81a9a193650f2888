"""What a child may say, decoded strictly: a frame that is anything else is no answer.

On the wire every struct is a JSON list, so no key can be there twice; types are exact, integers
have 64 bits, NaN and infinities, lone surrogates, trailing bytes and deeper nesting are refused.
Nothing here raises anything but `InvalidFrame`, whatever the bytes.
"""

from typing import Annotated, Any, Literal, TypeVar

import msgspec

from .preloaded import Preloaded
from .run import (
    CaughtWarning,
    Cell,
    Column,
    Kind,
    Result,
    Row,
    RunError,
    Special,
    State,
    Statement,
    Table,
)

FRAME_LIMIT = 160 * 1024 * 1024
"""Bytes of one frame; a longer one is refused before it is read."""
_VALUES_LIMIT = 10_000_000
"""Values of one frame: each becomes some fifty bytes of this process, however short it is said."""
_LISTED_TEXT = 21_000_000
"""Characters of all statements with their parameters; a child of ours lists a little less."""

_Integer = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
_Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
_Line = Annotated[int, msgspec.Meta(ge=0, le=2**31)]
# A child of ours sends nothing longer: what looks at these texts need not expect it.
_Name = Annotated[str, msgspec.Meta(max_length=1_000)]
_Text = Annotated[str, msgspec.Meta(max_length=10_000)]
_Message = Annotated[str, msgspec.Meta(max_length=20_000)]
_Sql = Annotated[str, msgspec.Meta(max_length=1_000_000)]
_Lines = Annotated[list[_Line], msgspec.Meta(max_length=100)]
_T = TypeVar("_T")


class InvalidFrame(Exception):  # noqa: N818  (what the frame is; the learner sees a status)
    """The bytes are not what was asked for."""


class _Special(msgspec.Struct, array_like=True, forbid_unknown_fields=True, frozen=True):
    type: _Name
    text: _Text
    length: _Count | None


_WireCell = None | bool | _Integer | float | _Text | _Special
_WireRow = tuple[_WireCell, ...]
_Pairs = Annotated[list[tuple[_Name, _WireCell]], msgspec.Meta(max_length=100)]


class _Strict(msgspec.Struct, array_like=True, forbid_unknown_fields=True, frozen=True):
    pass


class _Statement(_Strict, frozen=True):
    sql: _Sql
    names: list[str] | None
    values: list[_WireCell] | None
    many: _Count | None
    kind: Kind
    line: _Line | None
    lazy_load: _Name | None
    rows: _Count | None
    elapsed_ms: float | _Count | None
    connection: _Count


class _Error(_Strict, frozen=True):
    type: _Name
    code: _Name | None
    message: _Message
    line: _Line | None
    lines: _Lines
    orig: _Name | None
    context: _Pairs


class _Warning(_Strict, frozen=True):
    category: _Name
    message: _Message
    line: _Line | None


class _Result(_Strict, frozen=True):
    columns: Annotated[list[_Text], msgspec.Meta(max_length=10_000)]
    total: _Count
    truncated: bool
    types: list[_Name | None]
    statement: _Count | None
    frame: bool
    rows: list[_WireRow]


class _Answer(_Strict, frozen=True):
    status: Literal["ok", "error", "timeout", "memory", "output", "exited-early"]
    statements: Annotated[list[_Statement], msgspec.Meta(max_length=20_000)]
    dropped: _Count
    error: _Error | None
    warnings: Annotated[list[_Warning], msgspec.Meta(max_length=100)]
    committed: bool
    database: str | None
    result: _Result | None


class _Column(_Strict, frozen=True):
    name: str
    type: str
    nullable: bool
    default: str | None
    primary_key: _Count


class _Table(_Strict, frozen=True):
    name: str
    columns: list[_Column]
    foreign_keys: list[str]
    constraints: list[str]
    indexes: list[str]
    total: _Count
    rows: list[_WireRow]
    digest: str


class Answer(msgspec.Struct, frozen=True):
    """A child's answer, as far as it can be told from bytes: a claim."""

    status: Literal["ok", "error", "timeout", "memory", "output", "exited-early"]
    statements: list[Statement]
    dropped: int
    error: RunError | None
    warnings: list[CaughtWarning]
    committed: bool
    database: str | None
    """Name of the database file, relative to the private directory; untrusted."""
    result: Result | None


_answer = msgspec.json.Decoder(_Answer)
_rows = msgspec.json.Decoder(list[_WireRow])
_tables = msgspec.json.Decoder(list[_Table] | None)
_described = msgspec.json.Decoder(Preloaded)
_anything = msgspec.json.Decoder()


def decode_answer(frame: bytes) -> Answer:
    """The one answer of a run."""
    answer = _decoded(_answer, frame)
    if sum(map(_text_of, answer.statements)) > _LISTED_TEXT:
        raise InvalidFrame("the statements are too long")
    return Answer(
        answer.status,
        [_statement(statement) for statement in answer.statements],
        answer.dropped,
        _error(answer.error) if answer.error else None,
        [CaughtWarning(item.category, item.message, item.line) for item in answer.warnings],
        answer.committed,
        answer.database,
        _result(answer.result, len(answer.statements)) if answer.result else None,
    )


def decode_page(frame: bytes, *, columns: int, count: int) -> list[Row]:
    """At most `count` rows of exactly `columns` cells."""
    return _checked_rows(_decoded(_rows, frame), columns, count)


def decode_state(frame: bytes) -> State | None:
    """The tables that a reader saw; None where it could read none."""
    tables = _decoded(_tables, frame)
    return None if tables is None else State([_table(table) for table in tables])


def decode_preloaded(frame: bytes) -> Preloaded:
    """What a child says its namespace holds."""
    return _decoded(_described, frame)


def decode_answered(frame: bytes) -> Any:
    """What a program of ours answered, as plain data."""
    return _decoded(_anything, frame)


def decode_sign(frame: bytes) -> dict[str, Any]:
    """A small frame of the time before any learner's code: `pid`, `ready`, `started`, `failed`."""
    try:
        return msgspec.json.decode(frame, type=dict[str, int | bool | str])
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise InvalidFrame(str(error)) from None


def _decoded(decoder: "msgspec.json.Decoder[_T]", frame: bytes) -> _T:
    if frame.count(b",") > _VALUES_LIMIT:
        raise InvalidFrame("too many values")
    try:
        return decoder.decode(frame)
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise InvalidFrame(str(error)) from None


def _checked_rows(rows: list[Any], columns: int, count: int) -> list[Row]:
    if len(rows) > count or any(len(row) != columns for row in rows):
        raise InvalidFrame("rows do not fit what was asked for")
    return [tuple([_cell(value) for value in row]) for row in rows]


def _cell(value: Any) -> Cell:
    kind = type(value)
    if kind is _Special:
        return Special(value.type, value.text, value.length)
    if kind is float and value - value != 0:
        raise InvalidFrame("a number is not finite")
    return value  # type: ignore[no-any-return]


def _statement(item: _Statement) -> Statement:
    return Statement(
        item.sql,
        _parameters(item.names, item.values),
        item.many,
        item.kind,
        item.line,
        item.lazy_load,
        item.rows,
        None if item.elapsed_ms is None else float(item.elapsed_ms),
        item.connection,
    )


def _text_of(item: _Statement) -> int:
    """Characters of a statement with its parameters, each of which counts as twenty at least."""
    values = sum(20 + _length(cell) for cell in item.values or ())
    return len(item.sql) + values + sum(map(len, item.names or ()))


def _length(cell: _WireCell) -> int:
    if isinstance(cell, str):
        return len(cell)
    return len(cell.text) if isinstance(cell, _Special) else 0


def _parameters(names: Any, values: Any) -> list[Cell] | dict[str, Cell] | None:
    if names is None:
        return None if values is None else [_cell(value) for value in values]
    if values is None or len(names) != len(values):
        raise InvalidFrame("parameters do not fit their names")
    return _mapping(zip(names, values, strict=True))


def _mapping(pairs: Any) -> dict[str, Cell]:
    mapping: dict[str, Cell] = {}
    for name, value in pairs:
        if name in mapping:
            raise InvalidFrame("a name is there twice")
        mapping[name] = _cell(value)
    return mapping


def _error(item: _Error) -> RunError:
    context = _mapping(item.context)
    return RunError(item.type, item.code, item.message, item.line, item.lines, item.orig, context)


def _result(item: _Result, statements: int) -> Result:
    if item.statement is not None and item.statement >= statements:
        raise InvalidFrame("no such statement")
    if len(item.types) != len(item.columns) or len(item.rows) > item.total:
        raise InvalidFrame("the parts of a result do not fit")
    rows = _checked_rows(item.rows, len(item.columns), item.total)
    return Result(
        item.columns, rows, item.total, item.truncated, item.types, item.statement, item.frame
    )


def _table(item: _Table) -> Table:
    columns = [
        Column(column.name, column.type, column.nullable, column.default, column.primary_key)
        for column in item.columns
    ]
    return Table(
        item.name,
        columns,
        item.foreign_keys,
        item.constraints,
        item.indexes,
        item.total,
        _checked_rows(item.rows, len(columns), item.total),
        item.digest,
    )
