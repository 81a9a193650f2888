"""Which exception is which finding: a table, tried from top to bottom."""

from playground.checking.findings.engine_rules import ENGINES
from playground.checking.findings.expression_rules import EXPRESSIONS, OBJECTS
from playground.checking.findings.habit_rules import HABITS
from playground.checking.findings.legacy_rules import LEGACY
from playground.checking.findings.loading_rules import LOADING
from playground.checking.findings.mapping_rules import MAPPING
from playground.checking.findings.methods import RESULT
from playground.checking.findings.rule import Rule
from playground.checking.findings.value_rules import COLUMNS, VALUES

_TEXTUAL = r"Textual (?:SQL|column) expression '(?P<text>.*?)'"
_TEXTUAL_STATEMENT = (
    r"Textual SQL expression '\s*(?i:select|insert|update|delete|with|create|drop|alter|pragma)\b"
)
_NAME = r"(?P<name>[\w.]+)"
_STATEMENT = (
    "'(?P<kind>Select|Insert|Update|Delete|TextClause|TextualSelect|CompoundSelect|FromStatement)'"
)

RULES: tuple[Rule, ...] = (
    *OBJECTS,
    *LOADING,
    *MAPPING,
    *HABITS,
    *LEGACY,
    *COLUMNS,
    # text where a statement or a column is wanted
    Rule("raw-string-to-connection", ("ObjectNotExecutableError",), r"Not an executable object: '"),
    Rule("statement-has-no-all", ("ObjectNotExecutableError",), r"Not an executable object: \["),
    Rule("string-column", ("ArgumentError",), r"Textual column expression '(?P<text>.*?)'"),
    Rule("raw-string-to-session", ("ArgumentError",), _TEXTUAL_STATEMENT),
    Rule("string-condition", ("ArgumentError",), _TEXTUAL + r" should be explicitly declared.*"),
    Rule(
        "string-in-order-by",
        ("CompileError",),
        r"Can't resolve label reference .*? '(?P<text>.*?)'",
    ),
    Rule("order-method-not-called", ("ArgumentError",), r"<bound method .*?(?P<name>\w+) of"),
    Rule("legacy-select-list", ("ArgumentError",), r"got \[.*Did you mean to say select\("),
    Rule("union-of-subqueries", ("ArgumentError",), r"UNION or other set construct expected"),
    Rule("text-column-types", ("ValueError",), r"^Invalid isoformat string"),
    Rule("columns-in-tuple", ("ArgumentError",), r"expected, got [(\[]<sqlalchemy\."),
    Rule("in-needs-list", ("ArgumentError",), r"IN expression list.*?got (?P<text>.*?)\.?$"),
    Rule(
        "subquery-needed", ("ArgumentError",), r"got <sqlalchemy\.sql\.selectable\.Select", "89ve"
    ),
    Rule("subquery-needed", ("ArgumentError",), r"FROM expression.*expected, got .*Select"),
    Rule("join-target", ("ArgumentError",), r"Join target"),
    Rule("property-in-query", ("ArgumentError",), r"expected, got <property object"),
    Rule("property-in-query", ("TypeError",), r"not supported between instances of 'property'"),
    Rule(
        "cascade-option",
        ("ArgumentError",),
        r"Invalid cascade option\(s\): '(?P<cascade>(?P<name>[^']*))'",
    ),
    Rule("orphan-on-many-side", ("ArgumentError",), "", "bbf0"),
    Rule("relationship-same-direction", ("ArgumentError",), r"both of the same direction"),
    Rule("no-primary-key", ("ArgumentError",), r"could not assemble any primary key"),
    Rule("bad-url", ("ArgumentError",), r"Could not parse SQLAlchemy URL|Invalid SQLite URL"),
    # operators
    Rule(
        "relationship-compared",
        ("NotImplementedError",),
        r"^<(?:built-in )?function \w+|not yet supported for relationships",
    ),
    Rule("in-string-on-column", ("NotImplementedError",), r"Operator 'contains' is not supported"),
    Rule("bitwise-without-parentheses", ("TypeError",), r"unsupported operand type\(s\) for [&|]"),
    Rule(
        "where-keyword",
        ("TypeError",),
        r"(?P<method>where|filter|having)\(\) got an unexpected keyword argument '(?P<name>\w+)'",
    ),
    Rule(
        "parameters-as-keywords",
        ("TypeError",),
        r"(?:execute|_execute_internal|scalars?|stream)\(\) got an unexpected keyword argument '(?P<name>\w+)'",
    ),
    Rule("filter-by-expression", ("TypeError",), r"filter_by\(\) takes 1 positional argument"),
    Rule(
        "unknown-keyword",
        ("TypeError",),
        r"'(?P<name>\w+)' is an invalid keyword argument for (?P<class>\w+)$",
    ),
    Rule("scalar-relationship", ("TypeError",), r"Incompatible collection type"),
    Rule("scalar-relationship", ("AttributeError",), r"has no attribute '_sa_instance_state'"),
    # attributes
    Rule("engine-execute", ("AttributeError",), r"'Engine' object has no attribute 'execute'"),
    Rule("subquery-needed", ("AttributeError",), r"'\w*Select' object has no attribute 'c'"),
    Rule(
        "statement-has-no-all",
        ("AttributeError",),
        rf"{_STATEMENT} object has no attribute '(?P<method>{'|'.join(sorted(RESULT))})'",
    ),
    Rule(
        "statement-has-no-method",
        ("AttributeError",),
        _STATEMENT.replace(")'", "|Query)'") + r" object has no attribute '(?P<method>\w+)'",
    ),
    Rule(
        "filter-on-function",
        ("AttributeError",),
        r"Neither '(?P<function>\w+)' object nor 'Comparator' object has an attribute '(?P<name>where|filter_by|having)'",
    ),
    Rule(
        "python-string-method",
        ("AttributeError",),
        r"(?:InstrumentedAttribute|Column|Function|Comparator|AnnotatedColumn|Label|\wExpression)' object.* has an attribute '(?P<method>upper|lower|title|capitalize|strip|lstrip|rstrip|split|find|isdigit)'",
    ),
    Rule(
        "relationship-compared",
        ("AttributeError",),
        r"Neither 'InstrumentedAttribute' object nor 'Comparator' object associated with (?P<owner>[\w.]+) has an attribute '(?P<name>\w+)'",
    ),
    Rule(
        "json-attribute",
        ("AttributeError",),
        r"Neither '\w+' object nor 'Comparator' object has an attribute '(?P<name>\w+)'",
    ),
    Rule(
        "collection-is-list",
        ("AttributeError",),
        r"'InstrumentedList' object has no attribute '(?P<name>\w+)'",
    ),
    Rule(
        "collection-is-set",
        ("AttributeError",),
        r"'InstrumentedSet' object has no attribute '(?P<name>\w+)'",
    ),
    Rule(
        "collection-is-dynamic",
        ("AttributeError",),
        r"'AppenderQuery' object has no attribute '(?P<name>\w+)'",
    ),
    Rule(
        "collection-is-write-only",
        ("AttributeError",),
        r"'WriteOnlyCollection' object has no attribute '(?P<name>\w+)'",
    ),
    Rule("collection-is-write-only", ("TypeError",), r"WriteOnly collections don't support"),
    Rule(
        "rows-are-fetched",
        ("AttributeError",),
        r"'list' object has no attribute '(?P<name>all|first|one|one_or_none|scalars?|mappings|fetchall|fetchone|unique)'",
    ),
    Rule(
        "columns-are-in-c",
        ("AttributeError",),
        r"'(?:Subquery|CTE|Lateral)' object has no attribute '(?P<name>\w+)'",
    ),
    Rule("row-is-not-object", ("AttributeError",), r"^(?P<name>\w+)$"),
    Rule(
        "index-without-table",
        ("AttributeError",),
        r"'NoneType' object has no attribute '(?P<name>schema)'",
    ),
    Rule(
        "none-has-no-attribute",
        ("AttributeError",),
        r"'NoneType' object has no attribute '(?P<name>\w+)'",
    ),
    Rule(
        "row-has-no-column",
        ("AttributeError", "NoSuchColumnError", "KeyError"),
        r"Could not locate column in row for column '(?P<attribute>[\w.]+)'",
    ),
    Rule(
        "unknown-attribute",
        ("AttributeError",),
        r"type object '(?P<class>\w+)' has no attribute '(?P<name>\w+)'",
    ),
    # sessions, results
    Rule("session-needs-rollback", ("PendingRollbackError",), ""),
    Rule(
        "delete-leaves-children",
        ("IntegrityError",),
        r"NOT NULL constraint failed: (?P<name>[\w.]+)\s+\[SQL: UPDATE \S+ SET \w+=\?",
    ),
    Rule(
        "delete-leaves-children",
        ("AssertionError",),
        r"Dependency rule .* tried to blank-out primary key column '(?P<name>[\w.]+)'",
    ),
    Rule(
        "autoflush-incomplete",
        ("IntegrityError",),
        r"Query-invoked autoflush.*NOT NULL constraint failed: (?P<name>[\w.]+)",
    ),
    Rule("expired-instance", ("DetachedInstanceError",), r"attribute refresh operation"),
    Rule("detached-instance", ("DetachedInstanceError",), r"attribute '(?P<name>\w+)'"),
    Rule("result-after-close", ("InvalidRequestError",), "", "lkrp"),
    Rule("result-after-close", ("ResourceClosedError",), r"closed"),
    Rule("one-found-none", ("NoResultFound",)),
    Rule("one-found-many", ("MultipleResultsFound",)),
    Rule("none-given-to-session", ("UnmappedInstanceError",), r"Class 'builtins\.NoneType'"),
    Rule(
        "row-given-to-session",
        ("UnmappedInstanceError",),
        r"Class 'sqlalchemy\.engine\.row\.\w+' is not mapped",
    ),
    Rule("await-missing", ("UnmappedInstanceError",), r"Class 'builtins\.coroutine' is not mapped"),
    Rule(
        "add-needs-object", ("UnmappedInstanceError",), r"Class '(?P<class>[\w.]+)' is not mapped"
    ),
    Rule("object-in-two-sessions", ("InvalidRequestError",), r"is already attached to session"),
    Rule(
        "transaction-already-begun",
        ("InvalidRequestError",),
        r"transaction is already begun",
    ),
    Rule("unique-needed", ("InvalidRequestError",), r"The unique\(\) method must be invoked"),
    Rule(
        "lazy-raise", ("InvalidRequestError",), r"'(?P<name>[\w.]+)' is not available due to lazy="
    ),
    Rule(
        "filter-after-limit",
        ("InvalidRequestError",),
        r"being called on a Query which already has LIMIT or OFFSET",
    ),
    Rule("filter-by-ambiguous", ("AmbiguousColumnError",), r"\"(?P<name>\w+)\" is ambiguous"),
    Rule(
        "filter-by-unknown",
        ("InvalidRequestError",),
        r"have a property \"(?P<name>\w+)\"|namespace for .* has no property \"(?P<other>\w+)\"",
    ),
    Rule("bulk-update-needs-key", ("InvalidRequestError",), "", "bupq"),
    Rule(
        "bulk-update-needs-key", ("InvalidRequestError",), r"per-row ORM Bulk UPDATE by Primary Key"
    ),
    # joins
    Rule(
        "self-join-needs-alias",
        ("InvalidRequestError", "AmbiguousForeignKeysError"),
        r"Can't join table/selectable '.*' to itself|use an alias|use the `aliased\(\)`|they are the same entity|from the left side of itself",
    ),
    Rule("join-target", ("InvalidRequestError",), r"No 'on clause' argument may be passed"),
    Rule(
        "any-or-has",
        ("InvalidRequestError",),
        r"'(?P<method>any|has)\(\)' not implemented for",
    ),
    Rule("join-needs-on", ("AmbiguousForeignKeysError", "NoForeignKeysError"), r"join"),
    Rule("join-needs-on", ("InvalidRequestError",), r"Don't know how to join"),
    Rule(
        "join-start",
        ("InvalidRequestError",),
        r"determine which FROM clause to join from|No entities to join from",
    ),
    Rule(
        "subquery-without-from",
        ("InvalidRequestError",),
        r"returned no FROM clauses due to auto-correlation",
    ),
    Rule("relationship-compared", ("InvalidRequestError",), r"Can't compare a collection"),
    # parameters and values
    Rule(
        "missing-parameter",
        (),
        r"A value is required for bind parameter '(?P<name>\w+)'(?!, in parameter group)",
    ),
    Rule(
        "executemany-keys",
        (),
        r"A value is required for bind parameter '(?P<name>\w+)', in parameter group",
    ),
    Rule("bytes-needed", (), r"a bytes-like object is required, not '(?P<type>\w+)'"),
    Rule("date-needs-object", (), r"SQLite (?P<type>\w+) type only accepts Python"),
    Rule(
        "text-in-needs-expanding",
        ("OperationalError",),
        r"near \"\?\": syntax error.*\b(?i:in)\s+\?",
    ),
    Rule(
        "row-as-value",
        ("ProgrammingError", "InterfaceError"),
        r"Error binding parameter .*type 'Row' is not supported",
    ),
    Rule(
        "text-in-needs-expanding",
        ("ProgrammingError", "InterfaceError"),
        r"(?i)type '(?P<type>list|tuple|set)' is not supported",
    ),
    Rule(
        "sql-parameters",
        (),
        r"parameters are of unsupported type|Incorrect number of bindings supplied|near \"%\": syntax error|You did not supply a value for binding|List argument must consist only of",
    ),
    Rule("two-statements", (), r"You can only execute one statement at a time"),
    # SQLite's own words
    Rule(
        "unknown-table",
        ("OperationalError",),
        r"no such table: (?:\w+\.)?(?P<table>(?P<name>[\w]+))",
    ),
    Rule("unknown-table", ("KeyError",), r"^'(?P<table>(?P<name>\w+))'$"),
    Rule("unknown-table", ("NoSuchTableError",), r"^(?:\w+\.)?(?P<table>(?P<name>\w+))$"),
    Rule("unknown-column", ("OperationalError",), r"no such column: " + _NAME),
    Rule("frame-index-written", (), r"has no column named index\b"),
    Rule("unknown-column", ("OperationalError", "DatabaseError"), r"has no column named " + _NAME),
    Rule("unknown-column", ("CompileError",), r"Unconsumed column names: " + _NAME),
    Rule("using-needs-both", ("OperationalError",), r"cannot join using column (?P<name>\w+)"),
    Rule("unknown-column", ("OperationalError",), r"no such column: (?P<name>[‘’“”])"),
    Rule("conflict-target", ("OperationalError",), r"ON CONFLICT clause does not match any"),
    Rule(
        "recursion-without-end",
        ("OperationalError",),
        r"(?:disk I/O error|disk is full).*\bRECURSIVE\b",
    ),
    Rule("database-locked", ("OperationalError",), r"database (?:table )?is locked"),
    Rule("unknown-function", ("OperationalError",), r"no such function: " + _NAME),
    Rule("ambiguous-column", ("OperationalError",), r"ambiguous column name: " + _NAME),
    Rule(
        "aggregate-in-where",
        ("OperationalError",),
        r"misuse of aggregate:? (?:function )?(?P<name>\w+)|aggregate functions are not allowed in",
    ),
    Rule("window-in-where", ("OperationalError",), r"misuse of window function (?P<name>\w+)"),
    Rule(
        "having-without-group",
        ("OperationalError",),
        r"HAVING clause on a non-aggregate query|a GROUP BY clause is required before HAVING",
    ),
    Rule(
        "wrong-number-of-columns",
        ("OperationalError",),
        r"sub-select returns \d+ columns|values for \d+ columns|table \w+ has \d+ columns but|do not have the same number of result columns|row value misused|wrong number of arguments to function (?P<name>\w+)",
    ),
    Rule(
        "order-in-union-branch",
        ("OperationalError",),
        r"ORDER BY clause should come after|near \"\(\": syntax error.*\bUNION\b",
    ),
    Rule(
        "order-by-in-union",
        ("OperationalError",),
        r"ORDER BY term does not match any column in the result set",
    ),
    Rule("union-column-count", ("CompileError",), r"must have identical numbers of columns"),
    Rule("sql-syntax", ("OperationalError",), r"near \"(?P<near_text>.*?)\": syntax error"),
    Rule(
        "sql-syntax",
        ("OperationalError",),
        r"(?P<near_text>incomplete input|unrecognized token: \".*?\")",
    ),
    # constraints
    Rule("unique-violated", ("IntegrityError",), r"UNIQUE constraint failed: (?P<name>[\w., ]+)"),
    Rule("not-null-violated", ("IntegrityError",), r"NOT NULL constraint failed: (?P<name>[\w.]+)"),
    Rule("check-violated", ("IntegrityError",), r"CHECK constraint failed: (?P<name>[^\n]+)"),
    Rule("foreign-key-violated", ("IntegrityError",), r"FOREIGN KEY constraint failed"),
    *ENGINES,
    *EXPRESSIONS,
    # values
    Rule(
        "value-has-no-attribute",
        ("AttributeError",),
        r"^'(?P<type>int|str|float|bool|date|datetime|Decimal|tuple|dict|list|set)' object has no attribute "
        r"'(?P<name>\w+)'",
    ),
    Rule(
        "none-in-expression",
        ("TypeError", "ArgumentError"),
        r"operators can be used with None/True/False|"
        r"'NoneType' object is not|between instances of .*'NoneType'|"
        r"unsupported operand type\(s\) for .*'NoneType'",
    ),
    *VALUES,
    # names
    Rule("unknown-name", ("NameError", "UnboundLocalError"), r"name '(?P<variable>(?P<name>\w+))'"),
)
