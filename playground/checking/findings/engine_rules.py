"""Exceptions of engines, sessions, events and asyncio, and of what works with them."""

from playground.checking.findings.rule import Rule

_WITHOUT_AWAIT = r"'(?P<type>Async\w+)' object (?:does not support the context manager|is not iter)"
_PLAIN = r"'(?P<type>\w+)' object does not support the asynchronous context manager"

ENGINES: tuple[Rule, ...] = (
    # engines and their drivers
    Rule("pool-exhausted", ("TimeoutError",), "", "3o7r"),
    Rule(
        "unknown-dialect",
        ("NoSuchModuleError",),
        r"Can't load plugin: sqlalchemy\.dialects:(?P<name>[\w.]+)",
    ),
    Rule("bad-url", ("ArgumentError",), r"Expected string or URL object, got"),
    Rule("bad-url", ("ValueError",), r"invalid literal for int\(\) with base 10"),
    Rule(
        "engine-execute",
        ("AttributeError",),
        r"'Engine' object has no attribute '(?:commit|rollback|scalars?|add)'",
    ),
    Rule("engine-execute", ("TypeError",), r"'Engine' object does not support the context manager"),
    Rule(
        "option-value",
        ("ArgumentError",),
        r"Invalid value '(?P<name>[^']*)' for (?P<option>isolation_level)\..*?are (?P<near>.+)$",
    ),
    # sessions and connections
    Rule("session-without-engine", ("UnboundExecutionError",)),
    Rule("session-without-engine", ("AttributeError",), r"'str' object has no attribute 'connect'"),
    Rule(
        "sessionmaker-not-called",
        ("AttributeError", "TypeError"),
        r"'(?:async_)?sessionmaker' object (?:has no attribute|does not support the)",
    ),
    Rule(
        "with-needed",
        ("AttributeError",),
        r"'(?:_GeneratorContextManager|SessionTransaction)' object has no attribute '(?P<method>\w+)'",
    ),
    Rule(
        "connection-is-no-session",
        ("AttributeError",),
        r"'(?P<type>(?:Async)?Connection)' object has no attribute "
        r"'(?P<method>add|add_all|delete|get|query|merge|flush|refresh)'",
    ),
    Rule(
        "method-not-called",
        ("TypeError",),
        r"'(?:method|function|type)' object does not support the (?:asynchronous )?context",
    ),
    Rule(
        "method-not-called",
        ("ValueError",),
        r"a coroutine was expected, got <function (?P<name>\w+)",
    ),
    Rule(
        "legacy-option", ("ArgumentError",), r"^(?P<option>autocommit)=True is no longer supported"
    ),
    Rule(
        "legacy-option",
        ("ArgumentError",),
        r"The '(?P<option>future)' parameter passed to .* may only be set to True",
    ),
    # asyncio
    Rule(
        "await-missing",
        ("AttributeError", "TypeError"),
        r"'coroutine' object (?:has no attribute|is not|does not)",
    ),
    Rule("await-needless", ("TypeError",), r"object (?P<type>\w+) can't be used in 'await'"),
    Rule("lazy-load-in-async", ("MissingGreenlet",)),
    Rule("lazy-load-in-async", (), "", "xd2s"),
    Rule("async-with-needed", ("TypeError",), _WITHOUT_AWAIT),
    Rule(
        "async-with-needed",
        ("AsyncContextNotStarted",),
        r"^(?P<type>\w+) context has not been started",
    ),
    Rule("async-needless", ("TypeError",), _PLAIN),
    Rule("async-needless", ("TypeError",), r"object with __aiter__ method, got (?P<type>\w+)"),
    Rule(
        "async-engine-needed", ("InvalidRequestError",), r"asyncio extension requires an async dr"
    ),
    Rule("async-engine-needed", ("ArgumentError",), r"AsyncEngine expected, got"),
    Rule("async-query", ("AttributeError",), r"'AsyncSession' object has no attribute 'query'"),
    Rule(
        "run-sync-needed",
        ("AttributeError",),
        r"'Async(?:Engine|Connection)' object has no attribute '_run_ddl_visitor'",
    ),
    # events
    Rule("unknown-event", ("InvalidRequestError",), r"No such event '(?P<name>\w+)' for target"),
    Rule(
        "listener-arguments",
        ("TypeError",),
        r"(?<![\w.])(?P<function>[\w.]+)\(\) (?:takes (?:from )?\d.* given|missing \d+ required positional)",
    ),
    Rule(
        "missing-argument",
        ("TypeError",),
        r"^(?P<function>[\w.]+)\(\) missing \d+ required (?:positional|keyword-only) arguments?: "
        r"(?P<text>.+)$",
    ),
    # options
    Rule("case-takes-pairs", ("ArgumentError",), r"\"whens\" argument to case\(\)"),
    Rule(
        "case-takes-pairs",
        ("NotImplementedError", "ValueError", "TypeError"),
        r"Operator 'getitem' is not supported|values to unpack|cannot unpack non-iterable",
    ),
    Rule(
        "unknown-option",
        ("TypeError",),
        r"^(?P<function>[\w.]+)\(\) got an unexpected keyword argument '(?P<name>\w+)'",
    ),
    Rule(
        "unknown-option",
        ("TypeError",),
        r"Invalid argument\(s\) '(?P<name>\w+)'.* sent to (?P<function>create_engine)\(\)",
    ),
    Rule("unknown-option", ("TypeError",), r"named <dialectname>_<argument>, got '(?P<name>\w+)'"),
    # what works with SQLAlchemy
    Rule("type-not-here", ("CompileError",), r"can't render element of type (?P<type>\w+)"),
    Rule("not-json", (), r"Object of type (?P<type>\w+) is not JSON serializable"),
    Rule("pandas-needs-connection", ("AttributeError",), r"'Session' object has no .*'cursor'"),
    Rule("pandas-needs-connection", ("TypeError",), r"Query must be a string unless using sqlal"),
)
