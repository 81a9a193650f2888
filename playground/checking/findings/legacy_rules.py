"""Exceptions of what older releases of SQLAlchemy had, and of names that are elsewhere."""

from playground.checking.findings.rule import Rule

LEGACY: tuple[Rule, ...] = (
    # imports
    Rule(
        "import-not-there",
        ("ImportError",),
        r"^cannot import name '(?P<name>\w+)' from '(?P<module>[\w.]+)'",
    ),
    Rule(
        "missing-driver",
        ("ModuleNotFoundError", "ImportError"),
        r"No module named '(?P<name>psycopg2?|MySQLdb|pymysql|oracledb|cx_Oracle|pyodbc|mysql|asyncpg)",
    ),
    Rule("module-not-there", ("ModuleNotFoundError",), r"^No module named '(?P<name>[\w.]+)'"),
    # engines, connections, transactions
    Rule(
        "metadata-knows-no-engine",
        ("ArgumentError",),
        r"^expected schema argument to be a string, got <class '[\w.]*Engine'>",
    ),
    Rule(
        "metadata-knows-no-engine",
        ("TypeError",),
        r"^MetaData\.__init__\(\) got an unexpected keyword argument 'bind'",
    ),
    Rule("legacy-option", ("ArgumentError",), r"^unknown (?P<option>strategy):"),
    Rule("connection-closed", ("ResourceClosedError",), r"^This Connection is closed"),
    Rule(
        "transaction-ended-in-block",
        ("InvalidRequestError",),
        r"Can't operate on closed transaction inside context manager",
    ),
    # queries
    Rule(
        "removed-function",
        ("InvalidRequestError",),
        r"^The '(?:\w+\.)*(?P<name>\w+)\(\)' function is removed as of SQLAlchemy 2",
    ),
    Rule(
        "change-with-join", ("InvalidRequestError",), r"^Can't call Query\.update\(\) or Query\.d"
    ),
    Rule(
        "driver-takes-text",
        ("TypeError",),
        r"^execute\(\) argument 1 must be str, not (?P<type>\w+)",
    ),
    Rule(
        "method-not-called",
        ("AttributeError",),
        r"^'(?:method|function)' object has no attribute '(?P<asked>\w+)'",
    ),
    Rule("model-has-no-query", ("AttributeError",), r"^type object '(?P<class>\w+)' .*'query'$"),
    Rule(
        "get-after-filter",
        ("InvalidRequestError",),
        r"^Query\.get\(\) being called on a Query with existing",
    ),
    Rule(
        "get-needs-key",
        ("TypeError",),
        r"^Session\.get\(\) (?:missing 1 required|got an unexpected keyword)",
    ),
    Rule("unknown-option", ("ArgumentError",), r"^Additional keyword arguments are not accepted"),
    Rule(
        "statements-in-operator",
        ("TypeError",),
        r"^unsupported operand type\(s\) for (?P<operator>\S+): "
        r"'(?:Compound)?Select' and '(?:Compound)?Select'",
    ),
    Rule("scalar-has-no-columns", ("InvalidRequestError",), r"^Scalar Select .* has no columns"),
    Rule(
        "function-not-called",
        ("ArgumentError",),
        r"got <sqlalchemy\.sql\.functions\._FunctionGenerator",
    ),
    Rule(
        "extract-turned-round",
        ("CompileError",),
        r"^(?P<name>\w+\.\w+) is not a valid extract argument",
    ),
    Rule("between-needs-two", ("TypeError",), r"between\(\) missing 1 required .*'cright'"),
    Rule("label-needs-text", ("AttributeError",), r" has (?:no|an) attribute 'lower'$"),
    Rule("bindparams-by-name", ("AttributeError",), r"has no attribute '_orig_key'$"),
    Rule("type-class-needed", ("AttributeError",), r"has no attribute '_static_cache_key'$"),
    Rule("limit-needs-number", ("ValueError",), r"^invalid literal for int\(\) .*: (?P<text>.+)$"),
    Rule("limit-needs-number", ("TypeError",), r"^int\(\) argument must be .*, not '(?P<text>.+)'"),
    Rule(
        "text-needs-text",
        ("TypeError",),
        r"^expected string or bytes-like object, got '(?P<type>\w+)'",
    ),
    # changes
    Rule("bulk-takes-dictionaries", ("TypeError",), r"^'(?P<class>\w+)' object is not iterable"),
    Rule("bulk-takes-dictionaries", ("AttributeError",), r"no attribute '_sa_instance_state'$"),
    Rule("bulk-takes-dictionaries", ("AssertionError",), r"^$"),
    Rule("values-without-names", ("ArgumentError",), r"^Only a single dictionary/tuple or list"),
    Rule(
        "statement-given-to-session",
        ("UnmappedInstanceError",),
        r"Class 'sqlalchemy\.sql\.(?:\w+\.)*(?P<class>\w+)' is not mapped",
    ),
    # models and tables
    Rule("type-takes-no-arguments", ("TypeError",), r"^(?P<type>\w+)\(\) takes no arguments$"),
    Rule("table-not-name", ("AttributeError",), r"^'str' object has no attribute 'c'$"),
    Rule("table-arguments", ("TypeError",), r"^Table\(\) takes at least two positional"),
    Rule(
        "server-default-text",
        ("ArgumentError",),
        r"^Argument 'arg' is expected to be one of type .*, got '<class '(?P<type>\w+)'>'",
    ),
    Rule("default-function", ("ArgumentError",), r"^ColumnDefault Python function takes zero or"),
)
"""Those to try before what is said of options, attributes and calls in general."""
