"""Classes for the tables of a foreign database: names in CamelCase, relationships from its keys."""

import re
import warnings
from typing import Any

from sqlalchemy import Engine, ForeignKeyConstraint, MetaData, Table, inspect
from sqlalchemy.exc import SAWarning, SQLAlchemyError
from sqlalchemy.ext.automap import automap_base

_NOT_IDENTIFIER = re.compile(r"\W+")


def reflect(engine: Engine) -> tuple[dict[str, Table], dict[str, Any]]:
    """All tables by name (views too), and the classes of those that have a primary key."""
    metadata = MetaData()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        _reflect_tables(engine, metadata)
        _drop_dangling_keys(metadata)
        tables = dict(metadata.tables)
        return tables, _map(metadata)


def class_name(table: str) -> str:
    """`order_items` is `OrderItems`; a name that begins with a digit gets a `T` before it."""
    words = _NOT_IDENTIFIER.sub("_", table).split("_")
    name = "".join(word[:1].upper() + word[1:] for word in words) or "Table"
    return f"T{name}" if name[0].isdigit() else name


def _reflect_tables(engine: Engine, metadata: MetaData) -> None:
    inspector = inspect(engine)
    for name in [*inspector.get_table_names(), *inspector.get_view_names()]:
        try:
            Table(name, metadata, autoload_with=engine, resolve_fks=False)
        except SQLAlchemyError:  # a virtual table whose module is absent, a view on a lost table
            if name in metadata.tables:
                metadata.remove(metadata.tables[name])


def _drop_dangling_keys(metadata: MetaData) -> None:
    """Forget foreign keys to tables or columns that are not there: SQLite allows them."""
    for table in metadata.tables.values():
        for constraint in list(table.constraints):
            if isinstance(constraint, ForeignKeyConstraint) and not _resolves(constraint, metadata):
                table.constraints.discard(constraint)
                for element in constraint.elements:
                    element.parent.foreign_keys.discard(element)
                    table.foreign_keys.discard(element)


def _resolves(constraint: ForeignKeyConstraint, metadata: MetaData) -> bool:
    for element in constraint.elements:
        table, _, column = element.target_fullname.rpartition(".")
        if table not in metadata.tables or column not in metadata.tables[table].columns:
            return False
    return True


def _map(metadata: MetaData) -> dict[str, Any]:
    base = automap_base(metadata=metadata)
    base.prepare(
        classname_for_table=lambda base, table, _table: class_name(table),
        name_for_scalar_relationship=_scalar_name,
        name_for_collection_relationship=_collection_name,
    )
    return {name: base.classes[name] for name in base.classes.keys()}  # noqa: SIM118


def _scalar_name(base: Any, local: Any, referred: Any, constraint: Any) -> str:
    """`customer` for a key on `customer_id`, else the referred table's name."""
    columns = list(constraint.column_keys)
    name = referred.__table__.name
    if len(columns) == 1 and columns[0].lower().endswith("_id") and len(columns[0]) > 3:
        name = columns[0][:-3]
    return _free_name(name, local)


def _collection_name(base: Any, local: Any, referred: Any, constraint: Any) -> str:
    """The referring table's name; told apart by the column where two keys lead here."""
    name = referred.__table__.name
    same = [
        other
        for other in referred.__table__.foreign_key_constraints
        if other.referred_table is constraint.referred_table
    ]
    if len(same) > 1 and constraint in same:
        name = f"{name}_by_{'_'.join(constraint.column_keys)}"
    return _free_name(name, local)


def _free_name(name: str, local: Any) -> str:
    name = _NOT_IDENTIFIER.sub("_", name)
    taken = set(local.__table__.columns.keys()) | {"metadata", "registry"}
    return f"{name}_" if name in taken else name
