"""Exceptions of what stands where a statement, an expression, a value or an object belongs."""

from playground.checking.findings.rule import Rule

_RESULT = "(?:ScalarResult|CursorResult|ChunkedIteratorResult|MappingResult|IteratorResult)"

OBJECTS: tuple[Rule, ...] = (
    Rule(
        "engine-needed", ("AttributeError",), r"'(?!Async)\w+' object has no .*'_run_ddl_visitor'"
    ),
    Rule(
        "table-arguments",
        ("AttributeError",),
        r"(?:^'(?:Engine|str)' object|^Neither 'Column' object).* has an? attribute 'schema'|"
        r"^'(?:Engine|str)' object has no attribute 'schema'",
    ),
    Rule("no-rows-returned", ("ResourceClosedError",), r"does not return rows"),
    Rule(
        "class-given-to-session",
        ("UnmappedInstanceError",),
        r"Class 'sqlalchemy\.orm\.decl_api\.\w+' is not mapped",
    ),
    Rule(
        "class-needed",
        ("NoInspectionAvailable", "AttributeError"),
        r"No inspection system is available for object|'Table' object has no attribute 'is_mapper'",
    ),
)
"""Those to try before what is said of sessions and results in general."""

EXPRESSIONS: tuple[Rule, ...] = (
    # statements and results
    Rule(
        "statement-expected", ("ArgumentError",), r"^Executable SQL or text\(\) construct expected"
    ),
    Rule(
        "statement-holds-no-rows",
        ("TypeError",),
        r"'(?:Select|CompoundSelect|TextClause)' object is not (?:iterable|subscriptable)|"
        r"object of type '(?:Select|CompoundSelect|TextClause)' has no len\(\)",
    ),
    Rule("sql-parameters", ("ArgumentError",), r"^mapping or list expected for parameters"),
    # expressions
    Rule("table-expected", ("ArgumentError",), r"^subject table for an INSERT, UPDATE or DELETE"),
    Rule(
        "class-as-expression",
        ("ArgumentError",),
        r"expected, got <class '(?:\w+\.)*(?P<class>\w+)'>\.?$",
    ),
    Rule(
        "relationship-and-value", ("ArgumentError",), r"^Mapped instance expected for relationship"
    ),
    Rule(
        "expression-expected",
        ("ArgumentError",),
        r"(?:expression|role|element|literal value)(?: or ORM relationship attribute)? expected, "
        r"got (?P<text>.*?)\.?$",
    ),
    Rule("column-cut", ("NotImplementedError",), r"^Operator 'getitem' is not supported"),
    Rule("type-class-needed", ("TypeError",), r"'\.type' attribute is not a TypeEngine class"),
    Rule(
        "option-value",
        ("CompileError",),
        r"^(?P<name>\w+) is not a valid (?P<option>extract) argument",
    ),
    Rule(
        "frame-bounds",
        ("ArgumentError",),
        r"^2-tuple expected for range/rows|^Integer or None expected for values in rows|"
        r"^only one of 'rows', 'range_'",
    ),
    Rule("number-for-date", ("TypeError",), r"^fromisoformat: argument must be str"),
    Rule(
        "parameter-type",
        ("ProgrammingError", "InterfaceError"),
        r"Error binding parameter .*type '(?:\w+\.)*(?P<type>\w+)' is not supported|raised RecursionError",
    ),
    # objects and keys
    Rule(
        "key-parts",
        ("InvalidRequestError",),
        r"Incorrect number of values in identifier .* primary key columns are (?P<text>.+)$",
    ),
    Rule(
        "not-persistent",
        ("InvalidRequestError",),
        r"^Instance .* is not (?:persistent within this Session|persisted|present in this Session)",
    ),
    Rule(
        "unknown-attribute",
        ("AttributeError",),
        r"^'(?P<class>[A-Z]\w*)' object has no attribute '(?P<name>\w+)'",
    ),
    # transactions
    Rule(
        "transaction-already-begun", ("InvalidRequestError",), r"already initialized a SQLAlchemy"
    ),
    Rule(
        "transaction-ended", ("InvalidRequestError",), r"^This (?:nested )?transaction is inactive"
    ),
    Rule("session-busy", ("IllegalStateChangeError",), r"^Method '(?P<method>\w+)\(\)'"),
    Rule(
        "database-file",
        ("DatabaseError", "OperationalError"),
        r"file is not a database|unable to open",
    ),
    # rows and lists
    Rule(
        "result-is-no-list",
        ("TypeError",),
        rf"'{_RESULT}' object is not subscriptable|object of type '{_RESULT}' has no len",
    ),
    Rule("row-by-name", ("TypeError",), r"^tuple indices must be integers or slices, not str"),
    Rule(
        "unpacked-otherwise",
        ("ValueError", "TypeError"),
        r"values to unpack|^cannot unpack non-iterable",
    ),
    Rule("index-outside", ("IndexError",), r"index out of range"),
    Rule("list-of-objects", ("TypeError",), r"^'(?P<class>[A-Z]\w*)' object is not iterable"),
    Rule("unknown-key", ("KeyError",), r"^'(?P<name>\w+)'$"),
    Rule("parameter-unknown", ("ArgumentError",), r"bound parameter named '(?P<parameter>\w+)'"),
    # calls
    Rule("keywords-needed", ("TypeError",), r"^__init__\(\) takes 1 positional argument but"),
    Rule(
        "too-many-arguments",
        ("TypeError",),
        r"^(?P<function>[\w.]+)\(\) takes .* positional arguments? but .* (?:was|were) given",
    ),
)
