"""The proof of one exercise: it judges as its author says, and its data rejects its mutants."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from playground.authoring.kept import Kept, key_of
from playground.authoring.mutants import Killer, Mutant, killer_of, mutate
from playground.checking import SolutionError, Verdict, check, passes, written_in
from playground.course import Exercise, Fault, Place, lack
from playground.databases import Database
from playground.running import BuildError, Language, Runners
from playground.texts import _, language

_MOST_SEARCHES = 12
"""Survivors of one exercise for which rows are looked for."""


class ExerciseProof(msgspec.Struct, frozen=True):
    """What was shown of one exercise."""

    ref: str
    faults: tuple[Fault, ...]
    answers: int
    """Solutions and other accepted answers that were checked."""
    mistakes: int
    variants: int
    mutants: int = 0
    """Mutants of the solution that ran."""
    survivors: int = 0
    """Those of them that no variant rejects, declared or not."""
    alive: int = 0
    """Those that are not declared."""
    broken: bool = False
    """Whether something else than mutants that live is wrong with it."""
    killers: tuple[Killer, ...] = ()
    """Rows that would kill mutants that survive undeclared."""
    lack: str = ""
    """Why nothing was shown: what the exercise needs and is missing here, as a sentence."""


class _Found(msgspec.Struct, frozen=True):
    """A fault by the field that it is of: places change while what is judged does not."""

    field: str
    message: str
    warning: bool = False


class _Proof(msgspec.Struct, frozen=True):
    """What is kept of a proof."""

    found: list[_Found]
    mutants: int = 0
    survivors: tuple[Mutant, ...] = ()


class Terms(msgspec.Struct, frozen=True):
    """How exercises are proved."""

    strict: bool = False
    """Whether a mutant that survives is an error; else it is a warning."""
    mutants: bool = True
    """Whether solutions are mutated."""


def prove_exercise(
    exercise: Exercise, database: Database, runners: Runners, terms: Terms, kept: Kept
) -> ExerciseProof:
    """Prove one exercise, or read its proof where nothing has changed since. Raises DatabaseError."""
    missing = lack(exercise.tags)
    if missing:
        return ExerciseProof(exercise.ref, (), 0, 0, 0, lack=missing)
    key = _key(exercise, database, terms)
    proof = kept.get(key, _Proof)
    if proof is None:
        proof = _prove(exercise, database, runners, terms)
        if not proof.found:  # a fault may be the machine's, and gone the next time
            kept.put(key, proof)
    living = _undeclared(exercise, proof)
    killers = _killers(living, exercise, database, runners, key, kept)
    found = [
        *proof.found,
        *_of_survivors(exercise, living, killers, terms),
        *_of_declarations(exercise, proof, terms),
    ]
    return ExerciseProof(
        exercise.ref,
        tuple(Fault(_place(exercise, f.field), f.message, f.warning) for f in found),
        len(_accepted(exercise)),
        len(exercise.mistakes),
        len(database.variants),
        proof.mutants,
        len(proof.survivors),
        len(living),
        bool(proof.found),
        tuple(dict.fromkeys(killer for killer in killers if killer is not None)),
    )


def _key(exercise: Exercise, database: Database, terms: Terms) -> str:
    """All that the proof of an exercise depends on, with the language that it speaks."""
    variants = [[v.name, v.visible, key_of(v.image())] for v in database.variants]
    return key_of(_judged(exercise), database.world, variants, terms.mutants, language())


def _judged(exercise: Exercise) -> dict[str, Any]:
    """The exercise without where its fields stand and what is declared equivalent."""
    fields: dict[str, Any] = msgspec.to_builtins(
        msgspec.structs.replace(
            exercise,
            places={},
            equivalent=(),
            checks=tuple(msgspec.structs.replace(c, place=None) for c in exercise.checks),
            mistakes=tuple(msgspec.structs.replace(m, place=None) for m in exercise.mistakes),
        ),
        enc_hook=str,
    )
    return fields


def _prove(exercise: Exercise, database: Database, runners: Runners, terms: Terms) -> _Proof:
    found = [
        *_prove_accepted(exercise, database, runners),
        *_prove_starter(exercise, database, runners),
        *_prove_mistakes(exercise, database, runners),
    ]
    tests = any(check.name == "tests" for check in exercise.checks)  # it mutates the program
    if found or tests or not terms.mutants or exercise.kind != "code":
        return _Proof(found)
    try:
        mutation = mutate(exercise, database, runners)
    except SolutionError as error:
        message = error.run.error.message if error.run.error else error.run.status
        return _Proof([_Found("solution", f"{exercise.ref}: {message}")])
    except BuildError as error:
        message = _("This failed: {error}").format(error=error)
        return _Proof([_Found("solution", f"{exercise.ref}: {message}")])
    return _Proof(found, mutation.made, mutation.survivors)


def _undeclared(exercise: Exercise, proof: _Proof) -> list[Mutant]:
    declared = [_plain(mutant) for mutant, _because in exercise.equivalent]
    return [mutant for mutant in proof.survivors if _plain(mutant.shown) not in declared]


def _killers(
    living: list[Mutant],
    exercise: Exercise,
    database: Database,
    runners: Runners,
    proof_key: str,
    kept: Kept,
) -> list[Killer | None]:
    """Rows that would kill each of them, where some are found; kept as the proof is."""
    found: list[Killer | None] = []
    for mutant in living[:_MOST_SEARCHES]:
        key = key_of("killer", proof_key, mutant.shown)
        answer = kept.get(key, list[Killer])
        if answer is None:
            killer = killer_of(mutant, exercise, database, runners)
            answer = [] if killer is None else [killer]
            kept.put(key, answer)
        found.append(answer[0] if answer else None)
    return found + [None] * (len(living) - len(found))


def _of_survivors(
    exercise: Exercise, living: list[Mutant], killers: list[Killer | None], terms: Terms
) -> Iterator[_Found]:
    """The mutants that survive undeclared, with the rows that would kill them."""
    for mutant, killer in zip(living, killers, strict=True):
        message = _("{exercise}: this mutant survives: {mutant}").format(
            exercise=exercise.ref, mutant=mutant.shown
        )
        if killer is not None:
            rows = "\n".join(f"    {statement};" for statement in killer.statements)
            told = _("In the variant {variant} this would reject it:").format(
                variant=killer.variant
            )
            message += f"\n  {told}\n{rows}"
        yield _Found("solution", message, warning=not terms.strict)


def _of_declarations(exercise: Exercise, proof: _Proof, terms: Terms) -> Iterator[_Found]:
    """The declarations of mutants of which none survives."""
    surviving = {_plain(mutant.shown) for mutant in proof.survivors}
    for place, (mutant, _because) in enumerate(exercise.equivalent):
        if terms.mutants and not proof.found and _plain(mutant) not in surviving:
            yield _Found(
                f"equivalent.{place}",
                _("{exercise}: no mutant that survives is this one: {mutant}").format(
                    exercise=exercise.ref, mutant=_plain(mutant)
                ),
                warning=not terms.strict,
            )


def _plain(mutant: str) -> str:
    """A mutant as it is printed, whatever way a YAML text folds it."""
    return " ".join(mutant.split())


def _accepted(exercise: Exercise) -> list[tuple[str, str]]:
    """(field, answer) of all that must pass; a prediction is right by what its code gives."""
    if exercise.kind == "quiz":
        right = [str(n) for n, option in enumerate(exercise.options, 1) if option.right]
        answers = exercise.answers if exercise.choose == "text" else (",".join(right),)
        return [(f"answers.{n}", answer) for n, answer in enumerate(answers)]
    if exercise.kind == "predict":
        return []
    return [
        ("solution", exercise.solution),
        *((f"also_accept.{n}", answer) for n, answer in enumerate(exercise.also_accept)),
    ]


def _prove_accepted(exercise: Exercise, database: Database, runners: Runners) -> Iterator[_Found]:
    for field, answer in _accepted(exercise):
        language = exercise.solution_language if field == "solution" else None
        if _passes(exercise, answer, language, database, runners, likely=True):
            continue
        verdict = check(exercise, answer, database, runners, language=language)
        if verdict.verdict != "pass":
            yield _Found(
                field,
                _("{exercise}: this answer should pass and does not: {reason}").format(
                    exercise=exercise.ref, reason=_reason(verdict)
                ),
            )


def _prove_starter(exercise: Exercise, database: Database, runners: Runners) -> Iterator[_Found]:
    if _passes(exercise, exercise.starter, None, database, runners, likely=False):
        yield _Found(
            "starter",
            _("{exercise}: it passes before the learner has done anything.").format(
                exercise=exercise.ref
            ),
        )


def _passes(
    exercise: Exercise,
    answer: str,
    language: Language | None,
    database: Database,
    runners: Runners,
    *,
    likely: bool,
) -> bool:
    """Whether an answer passes; for code without the search for what there is to say of it."""
    if exercise.kind != "code":
        return check(exercise, answer, database, runners, language=language).verdict == "pass"
    given = language or written_in(exercise, answer)
    if exercise.language not in ("any", given):
        return False
    try:
        return passes(exercise, answer, database, runners, language=given, likely=likely)
    except (SolutionError, BuildError):
        return False


def _prove_mistakes(exercise: Exercise, database: Database, runners: Runners) -> Iterator[_Found]:
    for number, mistake in enumerate(exercise.mistakes):
        verdict = check(exercise, mistake.answer, database, runners, thorough=False)
        leading = verdict.findings[0].id if verdict.findings else ""
        field = f"mistakes.{number}"
        if verdict.verdict == "pass":
            yield _Found(field, _("{exercise}: this mistake passes.").format(exercise=exercise.ref))
        elif leading != mistake.finding:
            yield _Found(
                field,
                _("{exercise}: this mistake gives {got}, not {wanted}.").format(
                    exercise=exercise.ref, got=leading or verdict.verdict, wanted=mistake.finding
                ),
            )


def _place(exercise: Exercise, field: str) -> Place:
    name, _dot, number = field.partition(".")
    if name == "mistakes" and (place := exercise.mistakes[int(number)].place) is not None:
        return place
    places = exercise.places
    return places.get(field) or places.get("id") or Place(Path(exercise.lesson))


def _reason(verdict: Verdict) -> str:
    if verdict.findings:
        finding = verdict.findings[0]
        return f"{finding.id}: {finding.message}"
    return verdict.verdict
