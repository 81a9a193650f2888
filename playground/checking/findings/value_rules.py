"""Exceptions of values of one type where another is needed, in Python and in columns."""

from playground.checking.findings.rule import Rule

_PLAIN = r"(?P<type>int|float|str|bool|date|datetime|Decimal)"
_TYPE = r"(?:[\w.]+\.)?"

COLUMNS: tuple[Rule, ...] = (
    Rule("boolean-needed", (), r"\) Not a boolean value: (?P<text>[^\n]+)"),
    Rule("boolean-needed", (), r"\) Value (?P<text>[^\n]+) is not None, True, or False"),
    Rule("key-not-integer", ("IntegrityError",), r"datatype mismatch"),
)
"""Those of values that a column does not take."""

VALUES: tuple[Rule, ...] = (
    Rule(
        "moments-with-zone",
        ("TypeError",),
        r"offset-naive and offset-aware datetimes",
    ),
    Rule(
        "date-and-moment",
        ("TypeError",),
        r"^can't compare datetime\.datetime to datetime\.date|"
        r"'datetime\.date' and 'datetime\.datetime'|'datetime\.datetime' and 'datetime\.date'",
    ),
    Rule(
        "date-parts",
        ("TypeError", "ValueError"),
        r"^function missing required argument|^(?:year|month|day|hour|minute|second)\b.* "
        r"(?:must be in|is out of range)|object cannot be interpreted as an integer",
    ),
    Rule("module-called", ("TypeError",), r"^'module' object is not callable"),
    Rule("object-is-no-row", ("TypeError",), r"^'(?P<class>[A-Z]\w*)' object is not subscriptable"),
    Rule(
        "object-in-computation",
        ("TypeError",),
        r"^unsupported operand type\(s\) for \S+: '\w+' and '(?P<class>[A-Z]\w*)'|"
        r"not supported between instances of '(?P<owner>[A-Z]\w*)' and",
    ),
    Rule(
        "types-do-not-mix",
        ("TypeError",),
        rf"^unsupported operand type\(s\) for (?P<operator>\S+): '{_TYPE}(?P<left>\w+)' and "
        rf"'{_TYPE}(?P<right>\w+)'$",
    ),
    Rule(
        "types-do-not-mix",
        ("TypeError",),
        rf"^'(?P<operator>[<>=]+)' not supported between instances of '{_TYPE}(?P<left>\w+)' and "
        rf"'{_TYPE}(?P<right>\w+)'$",
    ),
    Rule(
        "types-do-not-mix",
        ("TypeError",),
        r"^can only concatenate (?P<left>\w+) \(not \"(?P<right>\w+)\"\) to",
    ),
    Rule(
        "value-is-no-list",
        ("TypeError",),
        rf"^'(?:datetime\.)?{_PLAIN}' object is not (?:subscriptable|iterable)",
    ),
    Rule("value-is-no-list", ("TypeError",), rf"^object of type '{_PLAIN}' has no len"),
    Rule(
        "pairs-needed",
        ("TypeError", "ValueError"),
        r"^(?:cannot convert )?dictionary update sequence element",
    ),
)
"""Those of Python's own operators and calls, after all that SQLAlchemy says."""
