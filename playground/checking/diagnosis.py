"""Why an answer is not right: one leading reason, the most specific that explains it."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from playground.checking.analyst.analysis import AnalystError
from playground.checking.case import Case, Clue
from playground.checking.findings.catalogue import finding
from playground.checking.findings.certain import certain_clues
from playground.checking.findings.exceptions import error_clues
from playground.checking.findings.handed_in import handed_in, same_text
from playground.checking.findings.ordering import order_clues, ties_clues
from playground.checking.findings.repairs import repair_clues
from playground.checking.findings.session_source import session_clues
from playground.checking.findings.silent import silent_clues, unlinked_clues
from playground.checking.findings.source import interpolated_clues, source_clues
from playground.checking.findings.sql import likely_clues, query_clues, remark_clues
from playground.checking.findings.unfinished import unfinished_clues
from playground.checking.findings.written import written_clues
from playground.checking.points import Judged
from playground.checking.verdict import Finding

MOST = 6
"""Findings that a verdict carries."""
_DATA = ("result", "state", "unchanged")
"""Checks of what came out; a silent mistake can explain why one of them does not hold."""
_TELLING = frozenset(
    (
        "no-result",
        "statement-not-executed",
        "wrong-order",
        "order-missing",
        "columns-swapped",
        "missing-columns",
        "extra-columns",
        "column-names",
        "duplicate-rows",
        "duplicates-missing",
        "null-rows-missing",
        "null-rows-extra",
        "null-for-value",
        "value-for-null",
        "wrong-type",
        "rounding",
        "text-differs-in-case",
        "text-differs-in-space",
        "order-keys",
        "order-missing",
    )
)
"""What rows tell that is worth more than that the answer is right on the visible data only."""


_GENERAL = frozenset(
    (
        "exception",
        "index-outside",
        "none-in-expression",
        "unknown-key",
        "unpacked-otherwise",
        "value-has-no-attribute",
        "value-is-no-list",
        "types-do-not-mix",
    )
)
"""What Python says of values; what is surely wrong before explains it."""


_PARAMETERS = frozenset(("parameters-missing", "literals-in-sql"))
"""That a value did not travel as a parameter; that it was glued into the text says why."""

_UNREADABLE = frozenset(("sql-syntax", "two-statements"))
"""That the database cannot read SQL: a value that was glued into it may be why."""


def explain(judged: Sequence[Judged], *, most: int = MOST) -> list[Finding]:
    """Findings of an answer that did not pass, the leading one first; never empty.

    Reasons are looked for until there are `most`.
    """
    return _findings(_with_ties(_clues(judged), judged), most)


def _with_ties(clues: Iterable[Clue], judged: Sequence[Judged]) -> Iterator[Clue]:
    """The clues; that a sort key is missing behind the others has words of its own."""
    for clue in clues:
        if clue.id == "order-keys" and _tried(lambda: ties_clues(judged[0].case)):
            yield msgspec.structs.replace(clue, id="ties-undecided")
        else:
            yield clue


def _clues(judged: Sequence[Judged]) -> Iterator[Clue]:
    failed = next((j for j in judged if not j.passed), None)
    failed = failed or next(j for j in judged if j.case.run.status != "ok")
    yield from handed_in(failed.case)
    if any(judgement.clues for _, judgement in failed.outcomes):
        yield from _reasons(failed, judged)
    else:
        if failed.case.run.status == "timeout":
            yield from _tried(lambda: unfinished_clues(failed.case))
        raised = list(error_clues(failed.case))
        certain = _tried(lambda: certain_clues(failed.case))
        general = raised[0].id in _GENERAL
        yield from [*certain, *raised] if general else [*raised, *certain]
        if failed.case.hidden and judged[0].passed:
            yield Clue("other-data")
        if raised[0].id in _UNREADABLE:
            yield from _tried(lambda: interpolated_clues(failed.case))


def remarks(judged: Sequence[Judged]) -> list[Finding]:
    """What is worth saying of a right answer: fragile or slow, and not failed for it."""
    return _findings(_tried(lambda: remark_clues(judged[0].case)))


def authored(findings: list[Finding], judged: Sequence[Judged]) -> list[Finding]:
    """The findings with the author's own words where the exercise has some for this answer."""
    case = judged[0].case
    words = [m.says for m in case.exercise.mistakes if m.says and same_text(m.answer, case.answer)]
    clues = {
        judgement.clues[0].id: check.says
        for j in judged
        for check, judgement in j.outcomes
        if check.says and judgement.clues
    }
    leading = findings[0].id if findings else ""
    seen = "order-keys" if leading == "ties-undecided" else leading
    if not findings or not (words or seen in clues):
        return findings
    message = words[0] if words else clues[seen]
    return [msgspec.structs.replace(findings[0], message=message), *findings[1:]]


def _reasons(failed: Judged, judged: Sequence[Judged]) -> Iterator[Clue]:
    """Reasons why a check does not hold, from the most specific to the most general."""
    failing = [(check, judgement) for check, judgement in failed.outcomes if not judgement.passed]
    general = [clue for _, judgement in failing for clue in judgement.clues]
    if failing and failing[0][0].name == "result":
        # Rows of a table that is defined otherwise differ for that reason.
        general = sorted(general, key=lambda clue: clue.id != "schema-differs")
    if any(check.name in _DATA for check, _ in failing):
        yield from _specific(failed.case, judged, general)
    else:
        yield from _asked_besides(failed.case, general)
    only_hidden = failed.case.hidden and judged[0].passed
    if only_hidden and not any(clue.id in _TELLING for clue in general[:1]):
        yield Clue("other-data")
    yield from general
    yield from _tried(lambda: interpolated_clues(failed.case))
    yield Clue("check-failed")


def _specific(case: Case, judged: Sequence[Judged], general: list[Clue]) -> Iterator[Clue]:
    """Silent mistakes, from the text of the answer, what it sent, and what would mend it."""
    failing = [j.case for j in judged if not j.passed]
    others = [j.case for j in judged if j.passed]
    detectors: tuple[Callable[[], Iterator[Clue]], ...] = (
        lambda: source_clues(case),
        lambda: certain_clues(case),
        lambda: session_clues(case, general),
        lambda: silent_clues(case, general),
        lambda: query_clues(case, general),
        lambda: repair_clues(failing, others, general),
        lambda: order_clues(case, general),
        lambda: likely_clues(case, general),
        lambda: unlinked_clues(case),
        lambda: written_clues(case, general),
    )
    for detector in detectors:
        yield from _tried(detector)


def _tried(detector: Callable[[], Iterator[Clue]]) -> list[Clue]:
    """What a detector finds; nothing where the answer cannot be read or its queries not sent again."""
    try:
        return list(detector())
    except (AnalystError, LookupError):
        return []


def _asked_besides(case: Case, general: list[Clue]) -> list[Clue]:
    """The data is right; what explains that something else is not."""
    glued = _tried(lambda: interpolated_clues(case)) if _PARAMETERS & _ids(general) else []
    certain = _tried(lambda: certain_clues(case))
    silent = _tried(lambda: silent_clues(case, general))
    return [*glued, *certain, *silent, *_tried(lambda: session_clues(case, general))]


def _ids(clues: list[Clue]) -> set[str]:
    return {clue.id for clue in clues}


def _findings(clues: Iterable[Clue], most: int = MOST) -> list[Finding]:
    """What is said of the clues, each id once, until there are `most`.

    That a check failed is said only where there is nothing else.
    """
    seen: dict[str, Finding] = {}
    for clue in clues:
        if clue.id not in seen:
            seen[clue.id] = finding(clue)
        if len(seen) >= most and seen.keys() != {"check-failed"}:
            break
    if len(seen) > 1:
        seen.pop("check-failed", None)
    return list(seen.values())
