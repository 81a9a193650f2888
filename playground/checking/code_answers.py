"""Answers that are code: run on every variant, judged by every check."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import msgspec

from playground.checking.analyst.analysis import Analysis, AnalystError
from playground.checking.case import Answer, Case, Clue, Expected, Judgement
from playground.checking.checks import READ_STATE, UnknownCheck, evaluate, prepare
from playground.checking.compare import FAR_APART
from playground.checking.counterexample import find_counterexample
from playground.checking.diagnosis import MOST, authored, explain, remarks
from playground.checking.evidence import with_evidence
from playground.checking.expected import SolutionError, expectations
from playground.checking.findings.catalogue import finding
from playground.checking.points import Judged, score
from playground.checking.verdict import CheckOutcome, Counterexample, Outcome, Verdict
from playground.course import CHECKS, Check, Combined, Exercise, packages_of
from playground.databases import Database, Variant
from playground.dialect import looks_like_sql
from playground.running import (
    BuildError,
    Job,
    Language,
    Limits,
    Run,
    Runner,
    Runners,
    Series,
    State,
)

_ALWAYS = ("result", "state")
_AT_ONCE = 4
_ROWS = 100_000
"""Rows of an answer that are kept on each variant, unless as many are asked for."""
_WORTH_THREADS = 4
"""Cases from which on it pays to start threads, for the checks that run more code."""


def check_code(
    exercise: Exercise,
    answer: str,
    database: Database,
    runners: Runners,
    *,
    language: str | None = None,
    thorough: bool = True,
    cancel: threading.Event | None = None,
) -> Verdict:
    """Judge code on every variant; see `check`. Raises SolutionError and DatabaseError."""
    given: Language = written_in(exercise, answer)
    if language is not None:
        given = "sql" if language == "sql" else "python"
    if exercise.language != "any" and given != exercise.language:
        return _refused(exercise, Clue("other-language", facts=_languages(given, exercise)))
    grading = _grading(exercise, Answer(answer, given), database, runners, cancel)
    judged, notes = with_evidence(grading.judge(), grading.runner, cancel)
    return grading.verdict(judged, notes, thorough=thorough)


def passes(
    exercise: Exercise,
    answer: str,
    database: Database,
    runners: Runners,
    *,
    language: Language,
    likely: bool = False,
) -> bool:
    """Whether an answer in code passes, without a reason why not: for many answers in a row.

    Where it fails on the data that the learner sees, the other variants are not asked; of one that
    is `likely` to pass, all are asked at once. Raises SolutionError and DatabaseError.
    """
    grading = _grading(exercise, Answer(answer, language), database, runners, None)
    judged: list[Judged] = []
    rounds: tuple[list[Variant] | None, ...] = (None,) if likely else ([], None)
    for others in rounds:
        try:
            judged = grading.judge(others)
        except UnknownCheck:
            return False
        for each in judged:
            _see_that_it_was_run(each.case)
        if not all(each.passed and grading.ran(each.case) for each in judged):
            return False
    judged, _notes = with_evidence(judged, grading.runner, None)
    return all(j.passed for j in judged)


def _grading(
    exercise: Exercise,
    answer: Answer,
    database: Database,
    runners: Runners,
    cancel: threading.Event | None,
) -> "Grading":
    world = msgspec.structs.replace(database.world, modules=packages_of(exercise.tags))
    return Grading(
        exercise=exercise,
        answer=answer,
        database=database,
        checks=checks_of(exercise),
        runner=runners.of(world),
        analysis=Analysis(runners),
        cancel=cancel,
    )


def written_in(exercise: Exercise, answer: str) -> Language:
    """The language to run an answer in, where nobody says which it is."""
    if exercise.language != "any":
        return exercise.language
    return "sql" if looks_like_sql(answer) else "python"


def checks_of(exercise: Exercise) -> tuple[Check, ...]:
    """The checks of an exercise, with those that apply always unless they are switched off."""
    named = {check.name for check in exercise.checks}
    always = [Check(name, CHECKS[name].options()) for name in _ALWAYS if name not in named]
    given = [check for check in exercise.checks if check.options is not None]
    return (
        *sorted([*always, *(c for c in given if c.name in _ALWAYS)], key=lambda c: c.name),
        *(check for check in given if check.name not in _ALWAYS),
    )


@dataclass(frozen=True)
class Grading:
    """One answer being judged."""

    exercise: Exercise
    answer: Answer
    database: Database
    checks: tuple[Check, ...]
    runner: Runner
    analysis: Analysis
    cancel: threading.Event | None

    @property
    def may_fail(self) -> bool:
        """Whether the exercise asks for an exception."""
        return any(asks_for_error(check) for check in self.checks)

    def judge(self, others: list[Variant] | None = None, *, rows: int = _ROWS) -> list[Judged]:
        """How every check went on every variant, the visible one first, or on it and `others`.

        Where the answer does not run to its end on the visible data, the others are not run. Of a
        run no more than `rows` are kept; where the solution gives about as many, all are.
        """
        visible = self.database.visible
        if others is None:
            others = [variant for variant in self.database.variants if variant is not visible]
        with self.runner.series(self._job(rows), cancel=self.cancel) as series:
            run = series.run(visible.image(), more=bool(others))
            if not self._ended_well(run):
                others = []
            runs = [series.run(each.image(), more=each is not others[-1]) for each in others]
            run = msgspec.structs.replace(run, state=series.states([0])[0])
            seen, *asked = self._expected([visible, *others], state=False)
            if _enough(rows, [seen, *asked]) > rows:
                return self.judge(others, rows=_enough(rows, [seen, *asked]))
            (expected,) = self._expected([visible], state=True)
            first = self._case(visible, expected, run, expected.initial)
            state = self._state_matters(first)
            if state or self._changed_elsewhere(series, runs, asked):
                asked = self._expected(others, state=True)
                states = series.states(range(1, len(runs) + 1))
                runs = [
                    msgspec.structs.replace(run, state=left)
                    for run, left in zip(runs, states, strict=True)
                ]
        hidden = zip(others, asked, runs, strict=True)
        cases = [self._case(*each, first.schema) for each in hidden]
        ran = [case for case in (first, *cases) if self.ran(case)]
        prepare(ran, {name for check in self.checks for name in _names(check)})
        if len(cases) < _WORTH_THREADS:
            return [self._judgement(case) for case in (first, *cases)]
        with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
            return [self._judgement(first), *pool.map(self._judgement, cases)]

    def _state_matters(self, case: Case) -> bool:
        """Whether the database after the run is looked at on the hidden variants too.

        Reading it costs more than the run. Where no check names it, and on the visible data
        neither the solution nor the answer changed anything, it is read only where bytes changed.
        """
        if any(name in READ_STATE for check in self.exercise.checks for name in _names(check)):
            return True
        before = case.expected.initial
        return any(state != before for state in (case.expected.run.state, case.run.state))

    def _changed_elsewhere(
        self, series: Series, runs: list[Run], asked: Sequence[Expected]
    ) -> bool:
        """Whether the solution or the answer left other bytes on a hidden variant than were there."""
        if any(expected.changes for expected in asked):
            return True
        ended = (place for place, run in enumerate(runs, 1) if self._ended_well(run))
        return not all(series.untouched(place) for place in ended)

    def verdict(self, judged: list[Judged], evidence: list[str], *, thorough: bool) -> Verdict:
        """What it all comes to; `evidence` are notes on what it rests on, `thorough` is `check`'s."""
        ended = next((j.case for j in judged if not self.ran(j.case)), None)
        passed = ended is None and all(j.passed for j in judged)
        for each in judged:
            _see_that_it_was_run(each.case)
        outcome: Outcome = "pass" if passed else "fail" if ended is None else "error"
        most = MOST if thorough else 1
        findings = remarks(judged) if passed else explain(judged, most=most)
        points, of = score(
            self.exercise, self.checks, judged, self._starter if not passed else None
        )
        return Verdict(
            exercise=self.exercise.ref,
            verdict=outcome,
            points=points,
            of=of,
            checks=list(_outcomes(self.checks, judged)),
            findings=authored(findings, judged),
            notes=[*_notes(judged), *evidence] if passed else [],
            run=judged[0].case.run,
            difference=next((d for j in judged if (d := j.difference) is not None), None),
            counterexample=_counterexample(judged) if outcome == "fail" and thorough else None,
        )

    def ran(self, case: Case) -> bool:
        """Whether the answer came to its end there, as is asked."""
        return self._ended_well(case.run)

    def _ended_well(self, run: Run) -> bool:
        """Whether the answer came to its end, or to the exception that is asked for."""
        return run.status == "ok" or (self.may_fail and run.status == "error")

    def _expected(self, variants: list[Variant], *, state: bool) -> list[Expected]:
        return expectations(
            self.exercise,
            variants,
            self.runner,
            self.analysis,
            may_fail=self.may_fail,
            state=state,
            cancel=self.cancel,
        )

    def _job(self, rows: int) -> Job:
        return Job(
            code=self.answer.text,
            database=b"",
            language=self.answer.language,
            setup=self.exercise.setup,
            after=self.exercise.after,
            state=True,
            whole=True,
            limits=Limits(rows=rows),
        )

    def _case(self, variant: Variant, expected: Expected, run: Run, schema: State) -> Case:
        return Case(
            exercise=self.exercise,
            answer=self.answer,
            database=self.database,
            variant=variant,
            expected=expected,
            run=run,
            analysis=self.analysis,
            schema=schema,
            runner=self.runner,
            cancel=self.cancel,
        )

    def _judgement(self, case: Case) -> Judged:
        """How the checks go that apply to a case."""
        applying = [c for c in self.checks if not c.on or case.variant.name in c.on]
        return Judged(case, tuple((check, self._judged(case, check)) for check in applying))

    def _judged(self, case: Case, check: Check) -> Judgement:
        if not self.ran(case):
            return self._unhandled(case, check)
        try:
            return evaluate(case, check)
        except AnalystError as error:  # nobody could read the answer: that is no fault of its own
            raise BuildError(str(error), ours=True) from None

    def _unhandled(self, case: Case, check: Check) -> Judgement:
        """Nothing holds of an answer that did not end; only what it should have handled is told."""
        if check.name == "error" and case.run.status == "error":
            judgement = evaluate(case, check)
            if any(clue.id == "error-not-handled" for clue in judgement.clues):
                return judgement
        return Judgement(False)

    def _starter(self) -> list[Judged]:
        """How the starter does, to know which checks hold before anything is done."""
        return replace(self, answer=Answer(self.exercise.starter, self.answer.language)).judge()


def _enough(rows: int, asked: Sequence[Expected]) -> int:
    """As many rows of an answer as show whether they are those that are asked, or too many."""
    totals = [each.run.result.total for each in asked if each.run.result is not None]
    return rows if max(totals, default=0) + FAR_APART < rows else Limits().rows


def _see_that_it_was_run(case: Case) -> None:
    """Raises SolutionError where the sandbox failed or the run was cancelled."""
    if case.run.status in ("sandbox-error", "cancelled"):
        raise SolutionError(case.run, case.variant.name)


def asks_for_error(check: Check) -> bool:
    """Whether a check, or one inside it, wants an exception to leave the answer."""
    if isinstance(check.options, Combined):
        return any(asks_for_error(inner) for inner in check.options.checks)
    return check.name == "error" and not check.options.handled


def _names(check: Check) -> list[str]:
    """The names of a check and of all inside it."""
    if not isinstance(check.options, Combined):
        return [check.name]
    return [name for inner in check.options.checks for name in _names(inner)]


def _refused(exercise: Exercise, clue: Clue) -> Verdict:
    return Verdict(exercise.ref, "fail", 0, exercise.points, findings=[finding(clue)])


def _languages(given: str, exercise: Exercise) -> dict[str, str]:
    names = {"python": "Python", "sql": "SQL"}
    return {"got": names.get(given, given), "asked": names[exercise.language]}


def _counterexample(judged: list[Judged]) -> Counterexample | None:
    """A small database, where the answer is right on the data that the learner sees.

    It is made of the smallest hidden variant on which the rows differ.
    """
    failed = [j.case for j in judged if not j.passed and j.difference and not j.difference.table]
    if not judged[0].passed or not failed:
        return None
    return find_counterexample(min(failed, key=lambda case: len(case.variant.image())))


def _outcomes(checks: tuple[Check, ...], judged: list[Judged]) -> Iterator[CheckOutcome]:
    """One entry for each check on each variant; points are those of the check as a whole."""
    for check in checks:
        on = [(j.case, judgement) for j in judged for c, judgement in j.outcomes if c is check]
        earned = (
            check.points if check.points and all(judgement.passed for _, judgement in on) else 0
        )
        for case, judgement in on:
            clue = judgement.clues[0] if judgement.clues else None
            message = (check.says or finding(clue).message) if clue else ""
            yield CheckOutcome(
                check=check.name,
                variant=case.variant.name,
                passed=judgement.passed,
                points=earned,
                of=check.points or 0,
                message="" if judgement.passed else message,
            )


def _notes(judged: list[Judged]) -> Iterator[str]:
    """Ids of what is worth knowing about a right answer."""
    asked, got = judged[0].case.expected.run.result, judged[0].case.run.result
    if asked is None or got is None:
        return
    if asked.statement is not None and got.statement is None:
        yield "rows-computed-in-python"
