"""The one catalogue of findings: what each is called, what it says, and how to go on.

It feeds verdicts, their translations and `docs/findings.md`.
"""

from collections.abc import Iterable, Mapping

from playground.checking.case import Clue
from playground.checking.findings.kind import FindingKind
from playground.checking.findings.texts import (
    around,
    checks,
    ended,
    errors,
    expressions,
    habits,
    legacy,
    loading,
    mapping,
    other_kinds,
    parameters,
    queries,
    rows,
    sessions,
    source,
    sql,
    sql_errors,
    sql_words,
    state,
    values,
)
from playground.checking.verdict import Finding
from playground.texts import N_, _


def _by_id(groups: Iterable[tuple[FindingKind, ...]]) -> dict[str, FindingKind]:
    return {kind.id: kind for group in groups for kind in group}


FINDINGS: dict[str, FindingKind] = _by_id(
    (
        source.KINDS,
        errors.KINDS,
        parameters.KINDS,
        sql_errors.KINDS,
        sql_words.KINDS,
        mapping.KINDS,
        loading.KINDS,
        expressions.KINDS,
        sessions.KINDS,
        habits.KINDS,
        legacy.KINDS,
        values.KINDS,
        around.KINDS,
        sql.KINDS,
        queries.KINDS,
        rows.KINDS,
        state.KINDS,
        checks.KINDS,
        ended.KINDS,
        other_kinds.KINDS,
    )
)
"""Every finding by its id, in the order of `docs/findings.md`."""


NEAR = N_("Near to it: {near}.")
"""What is added to the message of a kind that tells near names."""


def finding(clue: Clue) -> Finding:
    """What is said of a clue, in the language in use."""
    kind = FINDINGS[clue.id]
    facts = _Facts(clue.facts)
    message = _(kind.message).format_map(facts)
    if kind.near and facts.get("near"):
        message = f"{message} {_(NEAR).format_map(facts)}"
    return Finding(
        id=clue.id,
        message=message,
        line=clue.line,
        explanation=_(kind.explanation) if kind.explanation else "",
    )


class _Facts(dict[str, str]):
    """Facts of a message; one that a detector could not tell stays open."""

    def __init__(self, facts: Mapping[str, str]) -> None:
        super().__init__(facts)

    def __missing__(self, name: str) -> str:
        return "…"
