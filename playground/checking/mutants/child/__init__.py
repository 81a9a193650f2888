"""What makes mutants, in a confined child: it reads a solution's SQL or Python and runs neither.

The texts of these modules are sent to a child as the world that it holds ready; they import the
standard library, sqlglot and each other, and nothing of playground. Every function takes and
gives plain JSON values.
"""
