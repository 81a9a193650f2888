"""What a run or a verdict came to, in words: the line below the panes and the notices in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.texts import N_, _, ngettext
from playground.tui.statements import count_text, milliseconds
from playground.tui.widgets.lines import Line
from playground.visible import visible

if TYPE_CHECKING:
    from playground.checking import Verdict
    from playground.running import Run, RunError

_LIMITS = {
    "timeout": (
        N_("It ran longer than {limit} and was stopped."),
        N_(
            "An endless loop, a recursive query without an end, or a join without its condition usually causes this."
        ),
    ),
    "memory": (
        N_("It needed more memory than {limit} and was stopped."),
        N_(
            "A list or a text that grows without end, or a join without its condition, usually causes this."
        ),
    ),
    "output": (
        N_("It printed or returned more than {limit} and was stopped."),
        N_("A print inside an endless loop usually causes this."),
    ),
    "crashed": (
        N_("The process that ran the answer died."),
        N_(
            "Only your run ended; nothing else was harmed. Native code or very deep recursion usually causes this."
        ),
    ),
    "exited-early": (
        N_("The answer ended its process before its end was reached."),
        N_("Take out exit(), quit() or os._exit()."),
    ),
    "invalid-result": (
        N_("What the answer sent back cannot be read as a result."),
        N_("The answer may have changed how results are written. Run it again without that."),
    ),
    "sandbox-error": (
        N_("The place where answers run failed twice. This is not your fault."),
        N_(
            "Your answer was not judged. `playground doctor` says what is missing on this computer."
        ),
    ),
}

_PLAIN = {
    "SyntaxError": N_("Python cannot read this line."),
    "IndentationError": N_("The indent of this line does not fit the lines around it."),
    "NameError": N_("There is nothing with this name here."),
    "AttributeError": N_("What stands before the dot has nothing with this name."),
    "TypeError": N_("A value of the wrong type, or the wrong number of values, was given."),
    "KeyError": N_("There is no entry with this key."),
    "IndexError": N_("There are not that many entries."),
    "ZeroDivisionError": N_("Something was divided by zero."),
    "ImportError": N_("This name cannot be imported."),
    "ModuleNotFoundError": N_("This module is not installed here."),
    "RecursionError": N_("A function called itself without an end."),
    "ArgumentError": N_("SQLAlchemy was given an argument that it cannot use."),
    "CompileError": N_("SQLAlchemy cannot turn this into SQL."),
    "NoSuchTableError": N_("There is no table with this name."),
    "OperationalError": N_("The database cannot do this statement."),
    "IntegrityError": N_(
        "The change would break a rule of the data: a key, a NOT NULL or a check."
    ),
    "ProgrammingError": N_("The database cannot use this statement as it is."),
    "NoResultFound": N_("One row was asked for, and none came."),
    "MultipleResultsFound": N_("One row was asked for, and more came."),
    "DetachedInstanceError": N_("The object has left its session and cannot load anything more."),
    "InvalidRequestError": N_("SQLAlchemy cannot do this in this place."),
    "PendingRollbackError": N_("The transaction failed before; roll it back first."),
}


@dataclass(frozen=True)
class Notice:
    """What stands in the place of rows: plain words, then how it was said by Python."""

    title: str
    plain: str
    detail: str = ""
    bad: bool = False


def run_line(run: Run) -> Line:
    """The line below the panes after a run."""
    if run.status == "ok":
        said = [count_text(run.statements)]
        if run.result is not None:
            total = run.result.total
            said.append(ngettext("{count} row", "{count} rows", total).format(count=f"{total:,}"))
        said.append(milliseconds(run.elapsed_ms))
        return Line("✓", "$success", _("Ran."), " · ".join(said))
    if run.status == "cancelled":
        return cancelled_line()
    notice = trouble(run)
    return Line("✗", "$error", notice.plain, notice.detail.split("\n")[0] if run.error else "")


def trouble(run: Run) -> Notice:
    """What to show in the place of rows after a run that did not come to its end."""
    if run.status == "cancelled":
        return Notice(_("cancelled"), _("The run was cancelled."))
    if run.error is not None and run.status == "error":
        return error_notice(run.error)
    said, cause = _LIMITS.get(run.status, _LIMITS["sandbox-error"])
    return Notice(run.status, _(said).format(limit=run.limit or _("its limit")), _(cause), bad=True)


_ANY_EXCEPTION = N_("The answer raised an exception.")


def error_notice(error: RunError) -> Notice:
    """An exception of the learner's code."""
    where = _("line {line}").format(line=error.line) if error.line is not None else error.type
    plain = _(_PLAIN.get(error.type, _ANY_EXCEPTION))
    own = f"{error.type}: {visible(error.message, multiline=True)}"
    if error.code:
        own += f"\nhttps://sqlalche.me/e/21/{error.code}"
    return Notice(where, plain, own, bad=True)


def no_rows(run: Run) -> Notice:
    """What stands in the place of rows after a run without a result."""
    changed = sum(s.rows or 0 for s in run.statements if s.kind in ("insert", "update", "delete"))
    writes = any(s.kind in ("insert", "update", "delete") for s in run.statements)
    if writes:
        kept = (
            _("It was committed.") if run.committed else _("It was not committed, so it is gone.")
        )
        said = ngettext("{count} row was changed.", "{count} rows were changed.", changed)
        return Notice(_("no result"), f"{said.format(count=changed)} {kept}")
    if any(s.kind == "ddl" for s in run.statements):
        return Notice(_("no result"), _("The schema was changed; there are no rows to show."))
    if run.output:
        return Notice(_("no result"), _("The answer printed, and gave no rows."))
    return Notice(
        _("no result"),
        _("The answer gave no rows. The value of its last expression is what is shown here."),
    )


def cancelled_line() -> Line:
    """The line below the panes after something was cancelled."""
    return Line("–", "$warning", _("Cancelled."), _("Your answer is as you left it."))


def verdict_line(verdict: Verdict, ending: str = "") -> Line:
    """The line below the panes after a check; `ending` says what a pass has completed."""
    finding = verdict.findings[0] if verdict.findings else None
    text = visible(finding.message) if finding is not None else ""
    if verdict.verdict == "pass":
        said = " ".join(part for part in (text or _praise(verdict), ending) if part)
        return Line("✓", "$success", _("Right."), said, more=_worth_reading(verdict))
    if verdict.verdict == "skipped":
        return Line("–", "$warning", _("Skipped."), text, more=True)
    if verdict.verdict == "course-fault":
        return Line(
            "!", "$warning", _("The exercise itself is broken: not your fault."), text, more=True
        )
    if verdict.verdict == "sandbox-fault":
        head = _("The check could not be made: not your fault.")
        return Line("!", "$warning", head, text or _("It was tried twice."), more=True)
    head = _("It did not run to its end.") if verdict.verdict == "error" else _("Not yet.")
    return Line("✗", "$error", head, text, more=True)


def _praise(verdict: Verdict) -> str:
    if "rows-computed-in-python" in verdict.notes:
        return _("The rows were made in Python; the database could have made them.")
    if verdict.run is not None and verdict.run.statements:
        count = count_text(verdict.run.statements)
        return _("On every variant of the data, with {statements}.").format(statements=count)
    return _("That is the answer.")


def _worth_reading(verdict: Verdict) -> bool:
    return bool(verdict.findings or verdict.notes or len(verdict.checks) > 1)
