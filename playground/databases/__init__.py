"""Databases of lessons: a variant is built once, kept as bytes, and handed out."""

from playground.databases.database import Database, Databases, Variant
from playground.databases.errors import DatabaseError
from playground.databases.schema import ColumnSchema, TableSchema, parents_first, referring

__all__ = [
    "ColumnSchema",
    "Database",
    "DatabaseError",
    "Databases",
    "TableSchema",
    "Variant",
    "parents_first",
    "referring",
]
