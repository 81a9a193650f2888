"""Exceptions of models: annotations, tables, relationships, inheritance."""

from playground.checking.findings.rule import Rule

_CLASS = r"<class '(?:\w+\.)*(?P<class>\w+)'>"

MAPPING: tuple[Rule, ...] = (
    # annotations and columns
    Rule(
        "annotation-in-quotes",
        ("TypeError",),
        r"unsupported operand type\(s\) for \|: (?:'str' and '\w+'|'\w+' and 'str')",
    ),
    Rule(
        "mapped-annotation",
        ("MappedAnnotationError", "ArgumentError"),
        r"Type annotation for \"(?P<name>[\w.]+)\" can't be correctly interpreted",
    ),
    Rule(
        "type-not-mapped",
        ("MappedAnnotationError", "ArgumentError"),
        r"Could not locate SQLAlchemy Core type .* Python type indicated by "
        r"['\"](?:<class ')?(?:__main__\.)?(?P<type>.*?)(?:'>)?['\"] inside .* for the '(?P<attribute>\w+)'",
    ),
    Rule(
        "annotation-unknown",
        ("MappedAnnotationError", "ArgumentError"),
        r"Could not resolve all types within mapped annotation: "
        r"\".*?Mapped\[(?:ForwardRef\()?'?(?P<type>.*?)'?\)?\]\"\.",
    ),
    Rule(
        "column-without-type",
        ("ArgumentError",),
        r"Python typing annotation is required for attribute \"(?P<attribute>[\w.]+)\"",
    ),
    Rule(
        "schema-item-needed",
        ("ArgumentError",),
        r"'SchemaItem' object, such as a 'Column' or a 'Constraint' expected, got (?P<text>.*?)\.?$",
    ),
    Rule(
        "constraint-column",
        ("ConstraintColumnNotFoundError",),
        r"Can't create (?P<kind>\w+) on table '(?P<owner>\w+)': no column named '(?P<name>\w+)'",
    ),
    Rule("table-args-tuple", ("ArgumentError",), r"__table_args__ value must be a tuple"),
    Rule(
        "no-tablename",
        ("InvalidRequestError",),
        rf"{_CLASS} does not have a __table__ or __tablename__",
    ),
    Rule(
        "table-twice",
        ("InvalidRequestError",),
        r"Table '(?P<owner>[\w.]+)' is already defined for this MetaData",
    ),
    Rule(
        "column-conflicts",
        ("ArgumentError",),
        r"Column '(?P<attribute>\w+)' on class (?P<class>\w+) conflicts with existing column",
    ),
    Rule("base-needed", ("InvalidRequestError",), r"Cannot use '(?P<type>\w+)' directly as a decl"),
    Rule(
        "dataclass-fields",
        ("InvalidRequestError",),
        r"non-default argument '(?P<attribute>\w+)' follows default argument",
        "dcte",
    ),
    Rule(
        "dataclass-option",
        ("ArgumentError",),
        r"'(?P<attribute>\w+)' on class .* includes dataclasses argument\(s\): '(?P<option>\w+)'",
    ),
    # foreign keys
    Rule(
        "foreign-key-target",
        ("NoReferencedTableError",),
        r"could not find table '(?P<table>(?P<name>\w+))'",
    ),
    Rule("foreign-key-target", ("NoReferencedColumnError",), r"for ForeignKey '(?P<name>[\w.]+)'"),
    Rule(
        "ondelete-place",
        ("TypeError",),
        r"(?:unexpected keyword argument|<dialectname>_<argument>, got) '(?P<name>ondelete|onupdate)'",
    ),
    # relationships
    Rule(
        "back-populates-unknown",
        ("InvalidRequestError",),
        r"Mapper '[^']*' has no property '(?P<name>\w+)'",
    ),
    Rule(
        "backref-taken",
        ("ArgumentError",),
        r"Error creating backref '(?P<attribute>\w+)' on relationship '(?P<relationship>[\w.]+)'",
    ),
    Rule(
        "relationship-target",
        ("InvalidRequestError",),
        r"failed to locate a name \('(?P<model>(?P<name>\w+))'\)",
    ),
    Rule(
        "relationship-text",
        ("InvalidRequestError",),
        r"expression '(?P<text>.*?)' failed to locate a name \(\"name '(?P<model>(?P<name>\w+))'",
    ),
    Rule(
        "unknown-attribute",
        ("AttributeError",),
        rf"Class {_CLASS} does not have a mapped column named '(?P<name>\w+)'",
    ),
    Rule(
        "columns-are-in-c",
        ("AttributeError",),
        r"'Table' object has no attribute '(?P<name>\w+)'",
    ),
    Rule(
        "relationship-argument",
        ("ArgumentError",),
        r"Column expression expected for argument '(?P<option>\w+)'; got (?P<text>.*?)\.?$",
    ),
    Rule(
        "condition-without-key",
        ("ArgumentError",),
        r"Could not locate any (?:relevant foreign key columns|simple equality expressions.*?) "
        r"for primary join condition '(?P<text>.*?)' on relationship (?P<relationship>\w+\.\w+)",
    ),
    Rule(
        "secondary-is-class",
        ("ArgumentError",),
        rf"secondary argument {_CLASS} passed to",
    ),
    Rule(
        "secondary-without-keys",
        ("NoForeignKeysError",),
        r"on relationship (?P<relationship>\w+\.\w+) .* via secondary table '(?P<owner>\w+)'",
    ),
    Rule(
        "relationship-ambiguous",
        ("AmbiguousForeignKeysError",),
        r"on relationship (?P<name>[\w.]+)",
    ),
    Rule("relationship-without-key", ("NoForeignKeysError",), r"on relationship (?P<name>[\w.]+)"),
    # inheritance, identities
    Rule(
        "inheritance-without-key",
        ("NoForeignKeysError",),
        r"inherited table '(?P<parent>\w+)' and inheriting table '(?P<child>\w+)'",
    ),
    Rule(
        "polymorphic-on-unknown",
        ("ArgumentError",),
        r"Can't determine polymorphic_on value '(?P<name>\w+)'",
    ),
    Rule(
        "discriminator-null",
        ("InvalidRequestError",),
        r"discriminator column '(?P<name>[\w.]+)' is NULL",
    ),
    Rule(
        "discriminator-unknown",
        ("AssertionError",),
        r"No such polymorphic_identity (?P<text>.*?) is defined",
    ),
    Rule("key-missing", ("FlushError",), r"Instance <(?P<class>\w+) .*has a NULL identity key"),
)
