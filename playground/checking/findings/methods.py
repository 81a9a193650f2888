"""Methods of statements, for what is called on them and is not there."""

from difflib import get_close_matches

RESULT = frozenset(
    (
        "all",
        "count",
        "execute",
        "fetchall",
        "fetchmany",
        "fetchone",
        "first",
        "get",
        "keys",
        "mappings",
        "one",
        "one_or_none",
        "partitions",
        "rowcount",
        "scalar",
        "scalar_one",
        "scalar_one_or_none",
        "scalars",
        "tuples",
        "unique",
        "yield_per",
    )
)
"""What a result has: whoever asks this of a statement has not executed it."""
_SELECT = (
    "add_columns",
    "correlate",
    "cte",
    "distinct",
    "except_",
    "exists",
    "filter",
    "filter_by",
    "from_statement",
    "group_by",
    "having",
    "intersect",
    "join",
    "join_from",
    "limit",
    "offset",
    "options",
    "order_by",
    "outerjoin",
    "scalar_subquery",
    "select_from",
    "subquery",
    "union",
    "union_all",
    "where",
    "with_for_update",
)
_UNION = ("cte", "group_by", "limit", "offset", "order_by", "scalar_subquery", "subquery")
_CHANGE = ("returning", "values", "where", "from_select", "execution_options")
_TEXT = ("bindparams", "columns")
_OTHER_NAMES = {
    "full_join": "outerjoin(…, full=True)",
    "fulljoin": "outerjoin(…, full=True)",
    "full_outer_join": "outerjoin(…, full=True)",
    "left_join": "outerjoin",
    "left_outer_join": "outerjoin",
    "outer_join": "outerjoin",
    "inner_join": "join",
    "right_join": "outerjoin",
    "groupby": "group_by",
    "orderby": "order_by",
    "sort": "order_by",
    "desc": "order_by(A.x.desc())",
    "asc": "order_by(A.x)",
    "from_self": "subquery",
    "with_entities": "with_only_columns",
    "from_": "select_from",
    "on": "join(B, A.x == B.y)",
    "top": "limit",
    "skip": "offset",
    "minus": "except_",
    "selectinload": "options(selectinload(…))",
    "joinedload": "options(joinedload(…))",
    "subqueryload": "options(subqueryload(…))",
    "load_only": "options(load_only(…))",
    "set": "values",
    "on_conflict_do_update": "sqlalchemy.dialects.sqlite.insert",
    "on_conflict_do_nothing": "sqlalchemy.dialects.sqlite.insert",
    "on_duplicate_key_update": "sqlalchemy.dialects.mysql.insert",
}
_BY_KIND = {
    "Select": _SELECT,
    "CompoundSelect": _UNION,
    "TextClause": _TEXT,
    "Query": (*_SELECT, "all", "count", "first", "get", "one", "one_or_none", "scalar"),
    "TextualSelect": ("cte", "subquery"),
}
_OPERATORS = (
    "asc",
    "between",
    "collate",
    "concat",
    "contains",
    "desc",
    "distinct",
    "endswith",
    "icontains",
    "iendswith",
    "ilike",
    "in_",
    "is_",
    "is_distinct_from",
    "is_not",
    "istartswith",
    "label",
    "like",
    "not_ilike",
    "not_in",
    "not_like",
    "nulls_first",
    "nulls_last",
    "regexp_match",
    "startswith",
)
_OTHER_OPERATORS = {
    "alias": "label",
    "as_": "label",
    "is_in": "in_",
    "is_none": "is_(None)",
    "is_None": "is_(None)",
    "any": "in_",
    "is_null": "is_(None)",
    "isin": "in_",
    "isna": "is_(None)",
    "isnull": "is_(None)",
    "named": "label",
    "notna": "is_not(None)",
    "notnull": "is_not(None)",
    "is_not_null": "is_not(None)",
    "equals": "==",
    "eq": "==",
    "asc_": "asc",
}


_FUNCTIONS = (
    *("abs", "avg", "ceil", "coalesce", "count", "date", "datetime", "dense_rank", "first_value"),
    *("floor", "group_concat", "ifnull", "instr", "julianday", "lag", "last_value", "lead"),
    *("length", "lower", "ltrim", "max", "min", "nullif", "random", "rank", "replace", "round"),
    *("row_number", "rtrim", "strftime", "substr", "sum", "total", "trim", "upper"),
)
_OTHER_FUNCTIONS = {
    **dict.fromkeys(("year", "month", "day", "hour", "date_part"), 'extract("year", A.x)'),
    **dict.fromkeys(("date_trunc", "date_format", "to_char", "format_date"), "strftime"),
    **dict.fromkeys(("len", "char_length", "character_length"), "length"),
    **dict.fromkeys(("left", "right", "mid"), "substr"),
    **dict.fromkeys(("nvl", "isnull"), "coalesce"),
    **dict.fromkeys(("mean", "average"), "avg"),
    **dict.fromkeys(("string_agg", "array_agg", "listagg"), "group_concat"),
    **dict.fromkeys(("getdate", "curdate", "today", "sysdate"), "current_date"),
    "now": "datetime('now')",
    "datediff": "julianday",
    "concat": "A.x + A.y",
    "concat_ws": "A.x + A.y",
    "ucase": "upper",
    "lcase": "lower",
    "rand": "random",
    "ceiling": "ceil",
}
_OWN = {
    "Engine": {
        "table_names": "inspect(engine).get_table_names()",
        "has_table": "inspect(engine).has_table(…)",
        "scalar": "with engine.connect() as connection: …",
        "query": "Session(engine)",
        "cursor": "raw_connection",
    },
    "Inspector": {
        "get_tables": "get_table_names",
        "tables": "get_table_names",
        "table_names": "get_table_names",
        "columns": "get_columns",
    },
    "Session": {
        "insert": "execute(insert(…))",
        "update": "execute(update(…))",
        "select": "scalars(select(…))",
        "where": "scalars(select(…).where(…))",
        "filter": "scalars(select(…).where(…))",
        "filter_by": "scalars(select(…).filter_by(…))",
        "save": "add",
        "save_or_update": "add",
        "append": "add",
        "insert_all": "add_all",
        "remove": "delete",
        "find": "get",
        "all": "scalars(select(…)).all()",
        "first": "scalars(select(…)).first()",
        "expunge_one": "expunge",
        "exec": "scalars",
        "begin_transaction": "begin",
    },
    "Connection": {
        "executemany": "execute(statement, [{…}, …])",
        "cursor": "exec_driver_sql",
        "fetchall": "execute(…).all()",
    },
    "MetaData": {"create": "create_all", "drop": "drop_all", "table": "tables"},
}


def near_of(owner: str, name: str) -> str:
    """What was probably meant by a name that an engine, a session or their like do not have."""
    return _OWN.get(owner, {}).get(name, "")


def near_function(name: str) -> str:
    """What was probably meant by a function that the database does not have; empty if unknown."""
    found = get_close_matches(name.lower(), _FUNCTIONS, n=1, cutoff=0.75)
    return _OTHER_FUNCTIONS.get(name.lower(), "") or "".join(found)


def near_operator(name: str) -> str:
    """What was probably meant by a method that a column does not have; empty where unknown."""
    found = get_close_matches(name, _OPERATORS, n=1, cutoff=0.75)
    return _OTHER_OPERATORS.get(name, "") or "".join(found)


def near(kind: str, method: str) -> str:
    """What was probably meant by a method that a kind of statement does not have; empty if unknown."""
    if kind == "CompoundSelect" and method in ("where", "filter", "filter_by", "having", "join"):
        return "subquery"
    if method in _OTHER_NAMES:
        return _OTHER_NAMES[method]
    found = get_close_matches(method, _BY_KIND.get(kind, _CHANGE), n=2, cutoff=0.5)
    return ", ".join(found)
