"""Options of SQLAlchemy's functions, for one that is not there."""

from difflib import get_close_matches

_COLUMN = (
    "autoincrement",
    "comment",
    "default",
    "index",
    "info",
    "insert_default",
    "key",
    "name",
    "nullable",
    "onupdate",
    "primary_key",
    "server_default",
    "server_onupdate",
    "sort_order",
    "type_",
    "unique",
    "use_existing_column",
)
_SESSION = ("autobegin", "autoflush", "bind", "binds", "expire_on_commit", "info", "twophase")
KNOWN: dict[str, tuple[str, ...]] = {
    "relationship": (
        "argument",
        "back_populates",
        "backref",
        "cascade",
        "collection_class",
        "foreign_keys",
        "lazy",
        "order_by",
        "overlaps",
        "passive_deletes",
        "post_update",
        "primaryjoin",
        "remote_side",
        "secondary",
        "secondaryjoin",
        "single_parent",
        "uselist",
        "viewonly",
    ),
    "Session": _SESSION,
    "AsyncSession": (*_SESSION, "sync_session_class"),
    "create_engine": (
        "connect_args",
        "creator",
        "echo",
        "echo_pool",
        "execution_options",
        "hide_parameters",
        "insertmanyvalues_page_size",
        "isolation_level",
        "json_deserializer",
        "json_serializer",
        "logging_name",
        "max_overflow",
        "pool_pre_ping",
        "pool_recycle",
        "pool_size",
        "pool_timeout",
        "poolclass",
        "query_cache_size",
    ),
    "URL.create": ("database", "drivername", "host", "password", "port", "query", "username"),
    "case": ("else_", "value"),
    "Column": _COLUMN,
    "mapped_column": _COLUMN,
    "Mapper": (
        "confirm_deleted_rows",
        "eager_defaults",
        "exclude_properties",
        "inherit_condition",
        "polymorphic_abstract",
        "polymorphic_identity",
        "polymorphic_load",
        "polymorphic_on",
        "primary_key",
        "version_id_col",
        "with_polymorphic",
    ),
    "MetaData": ("info", "naming_convention", "schema"),
    "Table": ("autoload_with", "comment", "extend_existing", "info", "schema"),
    "extract": ("day", "doy", "dow", "epoch", "hour", "minute", "month", "second", "week", "year"),
    "join": ("full", "isouter", "onclause", "target"),
    "over": ("groups", "order_by", "partition_by", "range_", "rows"),
    "lazy": (
        "dynamic",
        "immediate",
        "joined",
        "noload",
        "raise",
        "raise_on_sql",
        "select",
        "selectin",
        "subquery",
        "write_only",
    ),
}
_ELSEWHERE = {
    ("Session", "engine"): "bind",
    ("AsyncSession", "engine"): "bind",
    ("URL.create", "user"): "username",
    ("URL.create", "db"): "database",
    ("URL.create", "charset"): 'query={"charset": …}',
    ("MetaData", "bind"): "create_all(engine)",
    ("Table", "autoload"): "autoload_with",
    ("join", "on"): "onclause",
    ("join", "outer"): "isouter",
    ("order_by", "reverse"): "A.x.desc()",
    ("order_by", "desc"): "A.x.desc()",
    ("select", "whereclause"): ".where(…)",
    ("select", "where"): ".where(…)",
    ("select", "columns"): "select(A.x, A.y)",
    ("select", "from_obj"): ".select_from(…)",
    ("select", "group_by"): ".group_by(…)",
    ("select", "order_by"): ".order_by(…)",
    ("select", "limit"): ".limit(…)",
    ("select", "distinct"): ".distinct()",
    ("mapped_column", "foreign_key"): 'ForeignKey("…")',
    ("mapped_column", "length"): "String(30)",
    ("mapped_column", "null"): "nullable",
    ("mapped_column", "not_null"): "nullable",
    ("mapped_column", "required"): "nullable",
    ("Column", "foreign_key"): 'ForeignKey("…")',
    ("create_engine", "autocommit"): 'isolation_level="AUTOCOMMIT"',
}
EVENTS = (
    "after_attach",
    "after_begin",
    "after_bulk_delete",
    "after_bulk_update",
    "after_commit",
    "after_create",
    "after_cursor_execute",
    "after_delete",
    "after_flush",
    "after_insert",
    "after_rollback",
    "after_update",
    "append",
    "before_commit",
    "before_compile",
    "before_create",
    "before_cursor_execute",
    "before_delete",
    "before_flush",
    "before_insert",
    "before_update",
    "begin",
    "checkin",
    "checkout",
    "commit",
    "connect",
    "do_orm_execute",
    "handle_error",
    "init",
    "load",
    "refresh",
    "remove",
    "rollback",
    "set",
)
"""What may be listened to, of any target."""


_PARENTS = frozenset(
    (
        "Select",
        "GenerativeSelect",
        "ColumnOperators",
        "ColumnElement",
        "FunctionElement",
        "Function",
        "OrderingOperators",
    )
)
"""Classes that one does not name: `where()` says enough."""


def shown(function: str) -> str:
    """A function as one calls it: `Session.__init__` is `Session`."""
    owner, _, method = function.rpartition(".")
    if owner in _PARENTS:
        return method
    name = function.removesuffix(".__init__")
    return "relationship" if name == "RelationshipProperty" else name


def near(function: str, option: str) -> str:
    """What was probably meant by an option that a function does not have; empty if unknown."""
    meant = _ELSEWHERE.get((function, option))
    return meant or closest(option, KNOWN.get(function, ()))


def closest(name: str, known: tuple[str, ...]) -> str:
    """Known names that are like one that is not right here, for people to read; empty if none."""
    found = [] if name in known else get_close_matches(name, known, n=2, cutoff=0.55)
    return ", ".join(found)
