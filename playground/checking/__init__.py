"""Judging answers: compare runs, look for reasons, one verdict.

`check` is the one entry. What comes out is plain data (`Verdict`); what the findings are called
and say is `FINDINGS`.
"""

from playground.checking.analyst.analysis import prepare
from playground.checking.as_json import verdict_as_json
from playground.checking.asked import Asked, asked
from playground.checking.check import check
from playground.checking.closer import Plan, PlanStep, Written, plan_of, written_by_others
from playground.checking.code_answers import passes, written_in
from playground.checking.expected import SolutionError
from playground.checking.findings.catalogue import FINDINGS
from playground.checking.findings.kind import FindingKind
from playground.checking.learner_tests.exercise import as_run
from playground.checking.mutants import python_mutants, query_mutants, script_mutants
from playground.checking.notes import note_texts
from playground.checking.verdict import (
    CheckOutcome,
    Counterexample,
    Difference,
    Finding,
    Outcome,
    Rows,
    Verdict,
)

__all__ = [
    "FINDINGS",
    "Asked",
    "CheckOutcome",
    "Counterexample",
    "Difference",
    "Finding",
    "FindingKind",
    "Outcome",
    "Plan",
    "PlanStep",
    "Rows",
    "SolutionError",
    "Verdict",
    "Written",
    "as_run",
    "asked",
    "check",
    "note_texts",
    "passes",
    "plan_of",
    "prepare",
    "python_mutants",
    "query_mutants",
    "script_mutants",
    "verdict_as_json",
    "written_by_others",
    "written_in",
]
