"""The mutants of an exercise's solution that no variant rejects."""

import msgspec

from playground.authoring.mutants.batch import judge
from playground.authoring.mutants.maker import python_mutants, query_mutants
from playground.checking import Asked, asked, check
from playground.course import Combined, Exercise
from playground.databases import Database
from playground.running import Runners, Statement

_CHANGES = ("insert", "update", "delete", "ddl")
_OF_THE_QUERY = ("result", "state", "sql", "plan", "unchanged")
"""Checks that a query alone can pass or fail; the others look at how an answer is written."""


class Mutation(msgspec.Struct, frozen=True):
    """How strong an exercise is."""

    made: int = 0
    """Mutants that ran."""
    survivors: tuple[str, ...] = ()
    """What the proof prints of those that no variant rejects: the SQL, or what changed."""


def mutate(exercise: Exercise, database: Database, runners: Runners) -> Mutation:
    """Make and run the mutants of a `code` exercise whose solution passes.

    A solution whose result is a query's rows and that changes nothing is mutated as SQL; another
    one as Python. Raises SolutionError and DatabaseError.
    """
    found = asked(exercise, database, runners)
    visible = next(each for each in found if each.variant is database.visible)
    query = _query(visible)
    if query is not None:
        mutation = _of_query(query, found, exercise, database, runners)
        if mutation is not None:
            return mutation
    if exercise.language == "sql" or exercise.solution_language == "sql":
        return Mutation()
    return _of_python(exercise, database, runners)


def _query(visible: Asked) -> Statement | None:
    """The query whose rows are the result, where the solution changes nothing."""
    result = visible.run.result
    if visible.right is None or result is None or result.statement is None:
        return None
    statements = visible.run.statements
    if any(s.kind in _CHANGES and s.line is not None for s in statements):
        return None
    return statements[result.statement]


def _of_query(
    query: Statement,
    found: list[Asked],
    exercise: Exercise,
    database: Database,
    runners: Runners,
) -> Mutation | None:
    """None where the query, written anew with its values in it, does not give what is asked."""
    made = query_mutants(query, database, runners)
    if not made.base:
        return None
    texts = [made.base, *(text for _operator, text in made.mutants)]
    by_variant = judge(texts, found, exercise, database, runners)
    base, *mutants = zip(*by_variant, strict=True)
    if not all(base):
        return None
    ran = [place for place, each in enumerate(mutants) if None not in each]
    alive = [texts[place + 1] for place in ran if all(mutants[place])]
    survivors = [text for text in alive if _passes(text, exercise, database, runners)]
    return Mutation(len(ran), tuple(survivors))


def _passes(sql: str, exercise: Exercise, database: Database, runners: Runners) -> bool:
    """Whether a query whose rows are right passes as an answer, by the checks of queries.

    It finds an order by luck, and what the exercise asks of the SQL.
    """
    checks = tuple(
        each
        for each in exercise.checks
        if each.name in _OF_THE_QUERY and not isinstance(each.options, Combined)
    )
    plain = msgspec.structs.replace(exercise, language="any", checks=checks)
    plain = msgspec.structs.replace(
        plain,
        solution_language="sql" if exercise.language == "sql" else exercise.solution_language,
    )
    return check(plain, sql, database, runners, language="sql").verdict == "pass"


def _of_python(exercise: Exercise, database: Database, runners: Runners) -> Mutation:
    mutants = python_mutants(exercise.solution, runners)
    survivors = [
        change
        for change, text in mutants
        if check(exercise, text, database, runners, language="python").verdict == "pass"
    ]
    return Mutation(len(mutants), tuple(survivors))
