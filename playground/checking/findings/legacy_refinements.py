"""Where the text of an answer tells what an exception's words leave open: which call, which class.

Each function is asked of one finding, as those of `refinements` are.
"""

import re
from collections.abc import Callable
from difflib import get_close_matches

from playground.checking.analyst.tree import Node
from playground.checking.case import Case
from playground.checking.checks.code import dotted
from playground.checking.findings.declared import classes, tree_of
from playground.checking.findings.query_refinements import calls
from playground.running import RunError

Facts = dict[str, str]
_SQL_TYPES = frozenset(
    ("Integer", "BigInteger", "SmallInteger", "Date", "Boolean", "Time", "Uuid", "INTEGER", "DATE")
)
_ORM = (
    "AsyncSession DeclarativeBase Mapped Session aliased backref class_mapper column_property "
    "composite configure_mappers contains_eager declarative_base declared_attr defer deferred "
    "foreign immediateload joinedload lazyload load_only mapped_column raiseload registry "
    "relationship remote scoped_session selectinload sessionmaker subqueryload synonym undefer "
    "validates with_polymorphic MappedAsDataclass DynamicMapped WriteOnlyMapped"
)
_CORE = (
    "BigInteger Boolean CheckConstraint Column Computed Date DateTime Enum Float ForeignKey "
    "ForeignKeyConstraint Identity Index Integer JSON LargeBinary MetaData Numeric "
    "PrimaryKeyConstraint Sequence String Table Text Time UniqueConstraint and_ asc between "
    "bindparam case cast column create_engine delete desc distinct event except_ exists extract "
    "false func insert inspect intersect join lateral literal literal_column not_ null or_ "
    "outerjoin over select table text true tuple_ type_coerce union union_all update values"
)
_EXC = (
    "DBAPIError IntegrityError InvalidRequestError MultipleResultsFound NoResultFound "
    "OperationalError ProgrammingError SAWarning SQLAlchemyError"
)
_PLACES = {
    **dict.fromkeys(_ORM.split(), "sqlalchemy.orm"),
    **dict.fromkeys(_CORE.split(), "sqlalchemy"),
    **dict.fromkeys(_EXC.split(), "sqlalchemy.exc"),
    **dict.fromkeys(
        ("AsyncSession", "async_sessionmaker", "create_async_engine"), "sqlalchemy.ext.asyncio"
    ),
    "hybrid_property": "sqlalchemy.ext.hybrid",
    "association_proxy": "sqlalchemy.ext.associationproxy",
    "MutableDict": "sqlalchemy.ext.mutable",
    "flag_modified": "sqlalchemy.orm.attributes",
    "StaticPool": "sqlalchemy.pool",
    "NullPool": "sqlalchemy.pool",
    "Decimal": "decimal",
    "date": "datetime",
    "datetime": "datetime",
    "timedelta": "datetime",
}
"""Where what one imports is."""
_RENAMED = {"relation": "relationship", "eagerload": "joinedload", "create_session": "Session"}
_MODULES = tuple(sorted(set(_PLACES.values()) | {"sqlalchemy.dialects.sqlite", "sqlalchemy.types"}))
_BULK = {
    "bulk_insert_mappings": "bulk-takes-dictionaries",
    "bulk_update_mappings": "bulk-takes-dictionaries",
    "bulk_save_objects": "bulk-takes-objects",
}


def _import(_case: Case, _error: RunError, found: Facts) -> str:
    """Where the name is, or one that is like it."""
    name = _RENAMED.get(found["name"], found["name"])
    near = [name] if name in _PLACES else get_close_matches(name, _PLACES, n=1, cutoff=0.8)
    found["near"] = ", ".join(f"from {_PLACES[each]} import {each}" for each in near)
    return "import-not-there"


def _module(_case: Case, _error: RunError, found: Facts) -> str:
    found["near"] = ", ".join(get_close_matches(found["name"], _MODULES, n=1, cutoff=0.75))
    return "module-not-there"


def _bulk(case: Case, error: RunError, found: Facts) -> str | None:
    for name, finding in _BULK.items():
        if any(call.line == error.line for call in calls(case, name)):
            found["method"] = name
            return finding
    return None


def _without_arguments(case: Case, _error: RunError, found: Facts) -> str | None:
    """Whose call takes no arguments: a type's, that of `Mapped`, of a class that is no model."""
    name = found["type"]
    if name == "Mapped":
        return "mapped-in-brackets"
    if name in _SQL_TYPES:
        return "type-takes-no-arguments"
    if _is_meant_as_model(classes(case).get(name, "")):
        found["class"] = name
        return "model-without-base"
    return None


def _class(case: Case, _error: RunError, found: Facts) -> str:
    """A class where a column belongs, which may be one that was meant as a model."""
    body = classes(case).get(found["class"], "")
    tree = tree_of(case)
    plain = [
        node
        for node in (tree.find("ClassDef") if tree is not None else ())
        if node.get("name") == found["class"] and not node.all("bases")
    ]
    return "model-without-base" if plain and _is_meant_as_model(body) else "class-as-expression"


def _is_meant_as_model(body: str) -> bool:
    return re.search(r"\b__tablename__\b|\bmapped_column\(|\bMapped\[", body) is not None


def _table(case: Case, _error: RunError, _found: Facts) -> str | None:
    named = re.search(r"^[ \t]+__table__\s*=\s*[\"']", case.answer.text, re.MULTILINE)
    return "table-not-name" if named is not None else None


def _function(case: Case, error: RunError, found: Facts) -> str:
    """Which function of `func` has no parentheses."""
    tree = tree_of(case)
    for node in tree.find("Attribute") if tree is not None else ():
        name = dotted(node) or ""
        above = node.parent
        called = above is not None and above.kind == "Call" and node.field == "func"
        inside = above is not None and above.kind == "Attribute"
        if name.startswith("func.") and not called and not inside and node.line == error.line:
            found["name"] = name
    found.setdefault("name", "func.…")
    return "function-not-called"


def _keywords(case: Case, error: RunError, found: Facts) -> str:
    """Which class was given its values without names, and what its first attribute is."""
    declared = classes(case)
    own = [
        _name(call)
        for call in calls(case, *declared)
        if call.line == error.line and call.all("args")
    ]
    after = case.exercise.after
    made = [name for name in declared if re.search(rf"\b{name}\((?!\s*(?:\w+\s*=|\)))", after)]
    for name in own or made:
        found["class"] = name
        attributes = re.findall(r"^[ \t]+(\w+)\s*:\s*Mapped", declared[name], re.MULTILINE)
        found["attribute"] = next((each for each in attributes if each != "id"), "id")
    return "keywords-needed"


def _label(case: Case, _error: RunError, found: Facts) -> str:
    """Which method was given a text that names no column."""
    found["method"] = "order_by"
    for call in calls(case, "group_by", "distinct"):
        inside = (n for argument in call.all("args") for n in argument.find("Constant"))
        if any(node.get("value") == found["text"] for node in inside):
            found["method"] = _name(call)
    return "string-in-order-by"


def _schema_item(_case: Case, _error: RunError, found: Facts) -> str:
    """A type of Python where SQLAlchemy's belongs."""
    return (
        "type-class-needed" if re.fullmatch(_PYTHON_TYPE, found["text"]) else "schema-item-needed"
    )


_PYTHON_TYPE = r"<class '(?:(?:datetime|decimal)\.)?\w+'>"


def _name(call: Node) -> str:
    function = call.child("func")
    return str(function.get("id") or function.get("attr")) if function is not None else ""


LEGACY_REFINEMENTS: dict[str, Callable[[Case, RunError, Facts], str | None]] = {
    "import-not-there": _import,
    "module-not-there": _module,
    "bulk-takes-dictionaries": _bulk,
    "type-takes-no-arguments": _without_arguments,
    "class-as-expression": _class,
    "table-not-name": _table,
    "function-not-called": _function,
    "keywords-needed": _keywords,
    "string-in-order-by": _label,
    "schema-item-needed": _schema_item,
}
"""What is asked more of the finding of a rule."""
