"""`statements`: how many statements were sent."""

from collections import Counter

from playground.checking.case import HOLDS, Case, Judgement, fails
from playground.course import StatementsOptions
from playground.running import Statement

_UNCOUNTED = ("pragma", "transaction")


def evaluate(case: Case, options: StatementsOptions) -> Judgement:
    """The numbers are within; an executemany counts as one."""
    sent = [s for s in case.run.statements if s.kind not in _UNCOUNTED]
    lazy = [s for s in sent if s.lazy_load is not None]
    if options.lazy_loads is not None and len(lazy) > options.lazy_loads:
        return fails(
            "lazy-loads",
            _repeated_line(lazy),
            attribute=lazy[0].lazy_load,
            count=len(lazy),
            most=options.lazy_loads,
        )
    selects = sum(s.kind == "select" for s in sent)
    limits = [(len(sent), options.max), (selects, options.selects)]
    limits += [
        (sum(s.kind == kind for s in case.run.statements), most)
        for kind, most in options.by_kind.items()
    ]
    for count, most in limits:
        if most is not None and count > most:
            line = _repeated_line(sent)
            return fails("too-many-statements", line, count=count, most=most)
    if options.min is not None and len(sent) < options.min:
        return fails("too-few-statements", count=len(sent), least=options.min)
    return HOLDS


def _repeated_line(sent: list[Statement]) -> int | None:
    """The line of the statement that was sent most often, where one was sent again at all."""
    times = Counter(statement.sql for statement in sent)
    often = max(sent, key=lambda statement: times[statement.sql], default=None)
    return often.line if often is not None and times[often.sql] > 1 else None
