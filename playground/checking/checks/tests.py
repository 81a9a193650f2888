"""`tests`: the learner's own tests pass on the good program and fail on wrong ones."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from playground.checking.analyst.tree import Node
from playground.checking.case import HOLDS, Case, Judgement, fails
from playground.checking.expected import SolutionError
from playground.checking.learner_tests.exercise import outcomes
from playground.course import TestsOptions
from playground.running import Job, Run
from playground.texts import _

Mutant = tuple[str, str]
"""What changed, and the whole text."""
_AT_ONCE = 2
_MOST = 60
"""Wrong programs that are tried: each takes a process."""
_NAMED = 8
"""Those that pass, on which the solution's tests are tried, to name one."""


def evaluate(case: Case, options: TestsOptions) -> Judgement:
    """Pass on every variant; fail on `kill` of the wrong programs, on the data that is seen."""
    found = outcomes(case.run)
    if not found:
        return fails("no-tests")
    bad = next((each for each in found if each.fails), None)
    if bad is not None:
        return fails("test-fails-on-good", bad.line, test=bad.test, message=bad.message)
    if case.hidden:
        return HOLDS
    killed, alive = _tried(case, options.kill)
    if killed >= options.kill:
        return HOLDS
    return fails(
        "tests-kill-too-few",
        killed=killed,
        tried=killed + len(alive),
        wanted=options.kill,
        change=_in_words(_worth_naming(case, alive)) if alive else "…",
    )


def _tried(case: Case, enough: int) -> tuple[int, list[Mutant]]:
    """How many wrong programs the tests fail on, up to `enough`, and those that they pass.

    Raises SolutionError where the sandbox failed or the check was cancelled.
    """
    killed, alive = 0, list[Mutant]()
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        for some in _batches(case.analysis.mutants(case.exercise.setup)[:_MOST]):
            runs = pool.map(lambda mutant: _run(case, mutant, case.answer.text), some)
            for mutant, run in zip(some, runs, strict=True):
                if run.status in ("sandbox-error", "cancelled"):
                    raise SolutionError(run, case.variant.name)
                seen = _is_seen(run)
                killed += seen is True
                alive += [mutant] if seen is False else []
            if killed >= enough:
                break
    return killed, alive


def _worth_naming(case: Case, alive: list[Mutant]) -> Mutant:
    """One that can be noticed: the solution's own tests do, if possible in what the answer uses."""
    used = _used(case)
    best_first = sorted(alive, key=lambda mutant: _owner(case, mutant) not in used)
    for mutant in best_first[:_NAMED]:
        if _is_seen(_run(case, mutant, case.exercise.solution)):
            return mutant
    return best_first[0]


def _used(case: Case) -> set[str]:
    """The names that the answer mentions, and those that what it mentions of the program does."""
    tree = case.source.tree
    used = _mentioned(tree) if tree is not None else set()
    for node in _definitions(case):
        if node.get("name") in used:
            used |= _mentioned(node)
    return used


def _mentioned(tree: Node) -> set[str]:
    return {str(n.get("id") or n.get("attr")) for n in tree.find("Name", "Attribute")}


def _definitions(case: Case) -> list[Node]:
    """The program's functions and classes."""
    tree = case.analysis.python(case.exercise.setup).tree
    return list(tree.find("FunctionDef", "ClassDef")) if tree is not None else []


def _owner(case: Case, mutant: Mutant) -> str | None:
    """The function or class of the program that a mutant changes; None outside of all."""
    lines, changed = case.exercise.setup.splitlines(), mutant[1].splitlines()
    pairs = zip(lines, changed, strict=False)
    line = next((n for n, (old, new) in enumerate(pairs, 1) if old != new), len(lines))
    above = [node for node in _definitions(case) if (node.line or 0) <= line]
    if not above or not lines[line - 1][:1].isspace():
        return None
    return str(max(above, key=lambda node: node.line or 0).get("name"))


def _batches(mutants: Iterable[Mutant]) -> Iterator[list[Mutant]]:
    rest = iter(mutants)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def _run(case: Case, mutant: Mutant, tests: str) -> Run:
    return case.runner.run(
        Job(
            code=tests,
            database=case.variant.image(),
            setup=mutant[1],
            after=case.exercise.after,
            whole=True,
        ),
        cancel=case.cancel,
    )


def _is_seen(run: Run) -> bool | None:
    """Whether the tests fail on a wrong program; None where it is none, since it cannot be run.

    One that ends the whole process, by the answer's way through it, is seen.
    """
    if run.status == "error" and run.error is not None and run.error.line is None:
        return None
    return run.status != "ok" or any(each.fails for each in outcomes(run))


def _in_words(mutant: Mutant) -> str:
    old, _arrow, new = mutant[0].partition(" → ")
    if new == "pass":
        return _("`{old}` is left out").format(old=old)
    return _("`{new}` stands in place of `{old}`").format(old=old, new=new)
