"""Answers, right in many ways and wrong in many ways, with the verdict each must have.

A file of `corpus/` holds questions (those of `corpus/long/` are left out of the quick suite); each has a solution, answers that are `right`, and answers
that are `wrong` by the finding that must lead. Whether a wrong answer fails or ends in an error is
told by `errors`, the findings of answers that do not run to their end.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from playground.checking import Verdict

CORPUS = Path(__file__).parent / "corpus"


def questions() -> Iterator[Any]:
    for path in sorted(CORPUS.rglob("*.yaml")):
        marks = [pytest.mark.long] if path.parent.name == "long" else []
        for question in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield pytest.param(question, id=f"{path.stem}-{question['id']}", marks=marks)


@pytest.mark.parametrize("question", questions())
def test_every_answer_has_its_verdict(question: dict[str, Any], ask: Any) -> None:
    fields = {k: v for k, v in question.items() if k not in ("id", "right", "wrong", "errors")}
    solution = fields.pop("solution")
    surprises = []
    for answer in [solution, *question.get("right", [])]:
        verdict = ask(solution, answer, **_language(fields, answer, solution))
        if verdict.verdict != "pass":
            surprises.append(f"should pass: {answer}\n{_said(verdict)}")
    for outcome in ("wrong", "errors"):
        for finding, answers in question.get(outcome, {}).items():
            for answer in answers:
                verdict = ask(solution, answer, **_language(fields, answer, solution))
                wanted = "fail" if outcome == "wrong" else "error"
                leading = verdict.findings[0].id if verdict.findings else None
                if (verdict.verdict, leading) != (wanted, finding):
                    surprises.append(f"should be {wanted}, {finding}: {answer}\n{_said(verdict)}")
    assert not surprises, "\n".join(surprises)


def _language(fields: dict[str, Any], answer: str, solution: str) -> dict[str, Any]:
    if fields.get("language") != "any":
        return fields
    return (
        fields | {"written_in": fields.get("solution_language", "python")}
        if answer == solution
        else fields
    )


def _said(verdict: Verdict) -> str:
    findings = [(found.id, found.line) for found in verdict.findings]
    error = verdict.run.error if verdict.run else None
    return f"    is {verdict.verdict}: {findings} {error.message if error else ''}"
