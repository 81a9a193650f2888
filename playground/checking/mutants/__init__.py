"""Mutants: a solution, or a program, with one thing changed.

They tell whether the data of an exercise rejects wrong answers, and whether a learner's tests
notice wrong programs. `child` is the code of the child that makes them, `maker` this side of it.
"""

from playground.checking.mutants.maker import (
    QueryMutants,
    program_mutants,
    python_mutants,
    query_mutants,
    script_mutants,
)

__all__ = [
    "QueryMutants",
    "program_mutants",
    "python_mutants",
    "query_mutants",
    "script_mutants",
]
