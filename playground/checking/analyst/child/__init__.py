"""What lives in the analyst's child process: it reads Python and SQL, and runs neither.

The texts of these modules are sent to a child as the world that it holds ready; they import the
standard library, sqlglot and each other, and nothing of playground. Every function takes and
gives plain JSON values.
"""
