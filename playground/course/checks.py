"""The one table of checks: it feeds the reader, the JSON Schema and the docs.

`playground.checking` has an evaluator for each name. The rules are those of the lesson format,
"Checks". The first field of an options struct is what a bare value stands for.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from playground.course.fields import Code, Count, Lines, Names
from playground.course.model import Check

StatementKind = Literal[
    "select", "insert", "update", "delete", "ddl", "transaction", "pragma", "other"
]
JsonValue = Any


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Of one check. Defaults are left out of digests, so that a new option changes none of them."""


class ResultOptions(Options, frozen=True):
    """How the rows are compared: `floats` is the relative tolerance, `from: statement` refuses
    rows that were computed in Python."""

    order: Literal["auto", "any", "exact"] = "auto"
    columns: Literal["positions", "names", "any-order"] = "positions"
    floats: Annotated[float, Meta(ge=0)] = 1e-9
    types: Literal["kinds", "exact"] = "kinds"
    from_: Literal["anywhere", "statement"] = msgspec.field(name="from", default="anywhere")


class StateOptions(Options, frozen=True):
    """Which tables are compared (all without it); which columns, `column` or `table.column`, are
    not."""

    tables: Names = ()
    ignore: Names = ()


class UnchangedOptions(Options, frozen=True):
    """Which tables must be as they were; all without it."""

    tables: Names = ()


class StatementsOptions(Options, frozen=True):
    """How many statements may be sent; `selects`, `lazy_loads` and `by_kind` (such as
    `{insert: 1}`) are maxima, 0 means none."""

    max: Count | None = None
    min: Count | None = None
    selects: Count | None = None
    lazy_loads: Count | None = None
    by_kind: dict[StatementKind, Count] = {}


class SqlOptions(Options, frozen=True):
    """Constructs, functions or tables of the emitted SQL."""

    uses: Names = ()
    forbids: Names = ()


class ParametersOptions(Options, frozen=True):
    """Values that must travel as bound parameters; whether literals are refused at all."""

    bound: tuple[JsonValue, ...] = ()
    no_literals: bool = False


class CodeOptions(Options, frozen=True):
    """Names, calls or constructs (`for`, `with`, `print of a constant` …) of the answer's own syntax
    tree."""

    uses: Names = ()
    forbids: Names = ()


class TransactionOptions(Options, frozen=True):
    """How the transaction must have ended, whether a savepoint must have been used, and whether
    all up to the last change must have been `one` transaction."""

    ends: Literal["committed", "rolled_back"] | None = None
    savepoint: bool = False
    one: bool = False


class ErrorOptions(Options, frozen=True):
    """The exception that must come: its class, SQLAlchemy's code, and whether it is handled."""

    type: str
    code: str | None = None
    handled: bool = False


class WarningsOptions(Options, frozen=True):
    """`none`, or the warnings that must come, as their classes or parts of their messages."""

    expected: Literal["none"] | tuple[str, ...] = "none"


class SchemaOptions(Options, frozen=True):
    """What must be there afterwards, by table; `types` by table and column. In `keys`, `column` is
    part of the primary key and `column -> table.column` a foreign key; constraints are written
    `UNIQUE (a, b)` or `CHECK (a > 0)`, indexes `name (a, b)` or `(a, b)`, with ` UNIQUE` or
    ` WHERE a > 0` after it where the index is that; `…` stands for more columns or any condition."""

    tables: Names = ()
    columns: dict[str, Names] = {}
    types: dict[str, dict[str, str]] = {}
    keys: dict[str, Names] = {}
    constraints: dict[str, Names] = {}
    indexes: dict[str, Names] = {}


class RelationshipOptions(Options, frozen=True):
    """What the mapper must say of one relationship; what is left out is free, but that one of a
    `direction` to many holds a list unless `uselist` says otherwise."""

    target: str | None = None
    direction: Literal["one-to-many", "many-to-one", "many-to-many"] | None = None
    uselist: bool | None = None
    back_populates: str | None = None
    cascade: Names | None = None
    lazy: str | None = None


class MappingOptions(Options, frozen=True):
    """Relationships by `Class.attribute`, each with what must be so of `target`, `direction`,
    `uselist`, `back_populates`, `cascade`, `lazy` (a `direction` to many means a list, unless
    `uselist` says otherwise); inheritance as class to parent class."""

    relationships: dict[str, RelationshipOptions] = {}
    inheritance: dict[str, str] = {}


class BehaviourOptions(Options, frozen=True, kw_only=True):
    """Code run after the answer: `given` prepares, each `when` gives a value, `then` has them."""

    given: Code = ""
    when: Annotated[
        tuple[Code, ...], Meta(extra={"single": "item"}, extra_json_schema={"x-single": True})
    ]
    then: tuple[JsonValue, ...]


class PlanOptions(Options, frozen=True):
    """What the query plan must say; `true` means any index, every table."""

    uses_index: bool | Names = False
    no_scan: bool | Names = False
    no_sort: bool = False


class CompilesOptions(Options, frozen=True):
    """Parts of the statement's text as compiled for a dialect."""

    dialect: Literal["sqlite", "postgresql", "mysql", "mariadb", "oracle", "mssql"]
    contains: Names = ()
    lacks: Names = ()


class OutputOptions(Options, frozen=True):
    """The lines that must be printed; those of the solution without it."""

    lines: Lines = ()


class DataFrameOptions(Options, frozen=True):
    """What of a data frame must be as the solution's."""

    columns: bool = True
    types: bool = True
    rows: bool = True


class TestsOptions(Options, frozen=True):
    """How many mutated programs the learner's own test must fail on."""

    kill: Annotated[int, Meta(ge=1)]


class Combined(Options, frozen=True):
    """Checks under a combinator."""

    checks: tuple[Check, ...]


class CheckKind(msgspec.Struct, frozen=True):
    """One row of the table."""

    options: type[Options]
    holds: str
    """When it holds, in one line of English, for the docs."""

    @property
    def first(self) -> str:
        """The name, as written in YAML, of the option that a bare value stands for."""
        return self.options.__struct_encode_fields__[0]


CHECKS: dict[str, CheckKind] = {
    "result": CheckKind(ResultOptions, "the rows equal the solution's"),
    "state": CheckKind(
        StateOptions, "tables and all their rows equal those after the solution's run"
    ),
    "unchanged": CheckKind(UnchangedOptions, "the tables are as they were"),
    "statements": CheckKind(StatementsOptions, "the numbers of statements sent are within"),
    "sql": CheckKind(SqlOptions, "the emitted SQL, parsed, has them or not"),
    "parameters": CheckKind(ParametersOptions, "the values travelled as bound parameters"),
    "code": CheckKind(CodeOptions, "the syntax tree of the answer has them or not"),
    "transaction": CheckKind(
        TransactionOptions,
        "the driver's own transactions ended so, with a savepoint, or in one, if asked",
    ),
    "error": CheckKind(ErrorOptions, "the named exception was raised, or raised and handled"),
    "warnings": CheckKind(WarningsOptions, "the warnings are as listed"),
    "schema": CheckKind(SchemaOptions, "reflection finds them"),
    "mapping": CheckKind(MappingOptions, "the mapper says so"),
    "behaviour": CheckKind(
        BehaviourOptions, "the values that `when` gives are those of `then`, compared outside"
    ),
    "plan": CheckKind(PlanOptions, "the query plan says so"),
    "compiles": CheckKind(CompilesOptions, "the statement compiled for that dialect does"),
    "output": CheckKind(OutputOptions, "these lines are printed"),
    "data_frame": CheckKind(DataFrameOptions, "the data frame is as the solution's"),
    "tests": CheckKind(
        TestsOptions, "the learner's own test passes on the good program and fails on mutated ones"
    ),
    "all_of": CheckKind(Combined, "every one of the checks holds"),
    "any_of": CheckKind(Combined, "at least one of the checks holds"),
    "not": CheckKind(Combined, "not all of the checks hold"),
}

ALWAYS = ("result", "state")
"""They apply to every exercise with a solution unless they are `off`."""
COMBINATORS = ("all_of", "any_of", "not")
