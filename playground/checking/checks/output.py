"""`output`: what the answer printed."""

from itertools import zip_longest

from playground.checking.case import HOLDS, Case, Judgement, fails
from playground.course import OutputOptions


def evaluate(case: Case, options: OutputOptions) -> Judgement:
    """The lines are those listed, or the solution's; space at their ends does not count."""
    asked = list(options.lines) or _lines(case.expected.run.output)
    asked = [line.rstrip() for line in asked]
    pairs = zip_longest(asked, _lines(case.run.output), fillvalue="")
    for number, (wanted, got) in enumerate(pairs, 1):
        if wanted != got:
            return fails("output-differs", number=number, got=got, expected=wanted)
    return HOLDS


def _lines(output: str) -> list[str]:
    return [line.rstrip() for line in output.strip("\n").splitlines()]
