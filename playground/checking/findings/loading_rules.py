"""Exceptions of loader options, and of what is asked of a result or of an attribute's path."""

from playground.checking.findings.rule import Rule

_RESULT = "(?P<type>ScalarResult|CursorResult|ChunkedIteratorResult|MappingResult|IteratorResult)"

LOADING: tuple[Rule, ...] = (
    Rule(
        "option-needs-attribute",
        ("ArgumentError",),
        r"Strings are not accepted for attribute names in loader options|"
        r"expected ORM mapped attribute for loader strategy argument",
    ),
    Rule(
        "option-of-other-class",
        ("ArgumentError",),
        r"referenced in option (?P<option>\w+\([\w.]+\)) does not apply to any of the root "
        r"entities in this query, e\.g\. (?P<root>[\w()]+)",
    ),
    Rule(
        "option-of-other-class",
        ("ArgumentError",),
        r"attribute \"(?P<option>[\w.]+)\" does not link from relationship \"(?P<root>[\w.]+)\"",
    ),
    Rule(
        "option-on-column",
        ("LoaderStrategyException",),
        r"Can't apply .* to property \"(?P<attribute>[\w.]+)\", which is a \"column property\"",
    ),
    Rule(
        "option-on-relationship",
        ("LoaderStrategyException",),
        r"Can't apply .* to property \"(?P<attribute>[\w.]+)\", which is a \"relationship",
    ),
    Rule(
        "option-without-object",
        ("ArgumentError",),
        r"Query has only expression-based entities; attribute loader option "
        r"(?P<option>\w+\([\w.]+\))",
    ),
    Rule(
        "option-value",
        ("LoaderStrategyException",),
        r"Can't find strategy \(\('(?P<option>lazy)', '(?P<name>\w+)'\),",
    ),
    Rule(
        "options-need-options", ("ArgumentError",), r"ExecutionOption Core or ORM object expected"
    ),
    Rule(
        "options-need-options",
        ("TypeError",),
        r"options\(\) argument after \* must be an iterable, not \w*Load\b",
    ),
    Rule(
        "option-path",
        ("AttributeError",),
        r"associated with (?P<owner>[\w.]+) has an attribute '(?P<name>\w+)'",
    ),
    Rule(
        "result-has-no-method",
        ("AttributeError",),
        rf"'{_RESULT}' object has no attribute '(?P<method>\w+)'",
    ),
)
