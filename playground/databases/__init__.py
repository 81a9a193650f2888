"""Databases of lessons: a variant is built once, kept as bytes, and handed out."""

from playground.databases.database import Database, Databases, Variant
from playground.databases.errors import DatabaseError

__all__ = ["Database", "DatabaseError", "Databases", "Variant"]
