"""The mutants of an exercise's solution that no variant rejects."""

import msgspec

from playground.authoring.mutants.batch import living
from playground.authoring.mutants.killing import Killer, Mutant, find_killer
from playground.checking import (
    Asked,
    asked,
    passes,
    python_mutants,
    query_mutants,
    script_mutants,
)
from playground.course import Combined, Exercise
from playground.databases import Database
from playground.running import Language, Runners, Statement

_CHANGES = ("insert", "update", "delete", "ddl")
_OF_THE_QUERY = ("result", "state", "sql", "plan", "unchanged")
"""Checks that a query alone can pass or fail; the others look at how an answer is written."""


class Mutation(msgspec.Struct, frozen=True):
    """How strong an exercise is."""

    made: int = 0
    """Mutants that ran."""
    survivors: tuple[Mutant, ...] = ()
    """Those that no variant rejects."""


def mutate(exercise: Exercise, database: Database, runners: Runners) -> Mutation:
    """Make and run the mutants of a `code` exercise whose solution passes.

    A solution whose result is a query's rows and that changes nothing is mutated as SQL; another
    one as the text that it is. Raises SolutionError, DatabaseError, and BuildError (of ours) where
    there was no child to make mutants, or no time.
    """
    (visible,) = asked(exercise, database, runners, [database.visible])
    query = _query(visible)
    if query is not None:
        mutation = _of_query(query, exercise, database, runners)
        if mutation is not None:
            return mutation
    if solution_language(exercise) == "sql":
        mutants = script_mutants(exercise.solution, database, runners)
    else:
        mutants = python_mutants(exercise.solution, database, runners)
    return _of_texts(mutants, exercise, database, runners)


def killer_of(
    mutant: Mutant, exercise: Exercise, database: Database, runners: Runners
) -> Killer | None:
    """Rows that would kill a mutant that lives, if some are found. Raises DatabaseError."""
    judged = _by_query(exercise) if mutant.base else exercise
    return find_killer(mutant, exercise, judged, database, runners)


def solution_language(exercise: Exercise) -> Language:
    """What a solution is written in."""
    return "sql" if "sql" in (exercise.language, exercise.solution_language) else "python"


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
    query: Statement, exercise: Exercise, database: Database, runners: Runners
) -> Mutation | None:
    """None where the query, written anew with its values in it, does not give what is asked."""
    made = query_mutants(query, database, runners)
    if not made.base:
        return None
    texts = [text for _operator, text in made.mutants]
    found = asked(exercise, database, runners, database.variants)
    alive = living(made.base, texts, found, exercise, database, runners)
    if alive is None:
        return None
    plain = _by_query(exercise)
    survivors = [
        Mutant(texts[place], texts[place], base=made.base)
        for place in alive.places
        if passes(plain, texts[place], database, runners, language="sql", likely=True)
    ]
    return Mutation(alive.ran, tuple(survivors))


def _by_query(exercise: Exercise) -> Exercise:
    """The exercise with those checks alone that a query can pass or fail.

    A query whose rows are right is held against them: they find an order by luck, and what the
    exercise asks of the SQL.
    """
    checks = tuple(
        each
        for each in exercise.checks
        if each.name in _OF_THE_QUERY and not isinstance(each.options, Combined)
    )
    return msgspec.structs.replace(
        exercise, language="any", solution_language=solution_language(exercise), checks=checks
    )


def _of_texts(
    mutants: list[tuple[str, str]], exercise: Exercise, database: Database, runners: Runners
) -> Mutation:
    """Each text is an answer of its own."""
    language = solution_language(exercise)
    survivors = [
        Mutant(change, text, language)
        for change, text in mutants
        if passes(exercise, text, database, runners, language=language)
    ]
    return Mutation(len(mutants), tuple(survivors))
