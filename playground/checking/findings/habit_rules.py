"""Exceptions of names and types that Python lacks, and of results that are taken for something else."""

from playground.checking.findings.rule import Rule

HABITS: tuple[Rule, ...] = (
    Rule(
        "module-not-class",
        ("AttributeError",),
        r"^module '(?P<module>datetime|decimal|enum|json|random|time)' has no attribute '(?P<name>\w+)'",
    ),
    Rule(
        "python-type-needed",
        ("MappedAnnotationError", "ArgumentError"),
        r"inside the '(?P<name>\w+)' attribute Mapped annotation .* Python type",
    ),
    Rule("base-needed", ("TypeError",), r"^(?P<type>DeclarativeBase)\(\) takes no arguments"),
    Rule(
        "base-needed",
        ("TypeError",),
        r"^function\(\) argument 'code' must be code, not str",
    ),
    Rule(
        "string-condition",
        ("AttributeError",),
        r"'str' object has no attribute '_compiler_dispatch'",
    ),
    Rule("string-column", ("ArgumentError",), r"Textual column expression '(?P<text>.*?)'"),
    Rule("class-needed", ("ArgumentError",), r"^Expected mapped class or mapper, got"),
    Rule("bytes-needed", ("TypeError",), r"^(?P<type>str)ing argument without an encoding"),
    Rule("object-deleted", ("ObjectDeletedError",)),
    Rule("many-not-one", ("AttributeError",), r"^'list' object has no attribute '(?P<name>\w+)'"),
    Rule("result-still-open", ("OperationalError",), r"SQL statements in progress"),
    Rule("row-cannot-change", ("AttributeError",), r"^can't set attribute$"),
    Rule("values-by-name", ("AttributeError",), r"^Neither '\w+' object .* an attribute 'items'"),
    Rule(
        "value-called",
        ("TypeError",),
        r"^'(?P<type>int|float|str|list|tuple|dict|Table|Engine|Session|Connection|MetaData|"
        r"ReadOnlyColumnCollection)' object is not "
        r"callable",
    ),
    Rule(
        "execution-option",
        ("TypeError",),
        r"(?:execute|_execute_internal|scalars?)\(\) got an unexpected keyword argument "
        r"'(?P<name>synchronize_session|populate_existing|yield_per|stream_results)'",
    ),
    Rule(
        "relationship-compared",
        ("NotImplementedError",),
        r"^<built-in function \w+>",
    ),
)
"""Those to try before what is said of a session's arguments and of attributes in general."""
