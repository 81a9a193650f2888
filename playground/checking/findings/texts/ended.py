"""Findings about how a run ended, and about what was handed in."""

from playground.checking.findings.kind import FindingKind
from playground.texts import N_

KINDS = (
    FindingKind(
        "empty-answer",
        N_("Nothing to check yet"),
        N_("There is nothing to check yet."),
        N_("Write your answer in the editor, run it, and look at its SQL and rows first."),
    ),
    FindingKind(
        "unchanged-starter",
        N_("The starter as it was"),
        N_("This is still the code that you were given."),
        N_("Change it so that it does what the task asks. A hint may help."),
    ),
    FindingKind(
        "other-language",
        N_("Another language than asked"),
        N_("This looks like {got}; {asked} was asked."),
        N_(
            'In a Python answer SQL stands in `text("…")`. In a SQL answer there is nothing but '
            "SQL."
        ),
    ),
    FindingKind(
        "timeout",
        N_("It took too long"),
        N_("Your answer was stopped after {limit}."),
        N_(
            "A loop that never ends, a recursion (`WITH RECURSIVE`) that no condition ends, or a join "
            "without its condition, which pairs every row with every other."
        ),
    ),
    FindingKind(
        "memory",
        N_("It took too much memory"),
        N_("Your answer was stopped: it wanted more than {limit} of memory."),
        N_("Let the database count, filter and sum, and fetch only what is asked."),
    ),
    FindingKind(
        "output-limit",
        N_("It printed too much"),
        N_("Your answer was stopped: it gave out more than {limit}."),
        N_("A `print()` in a loop, or one very large value."),
    ),
    FindingKind(
        "exited-early",
        N_("It ended the program"),
        N_("Your answer ended the program itself, so there is nothing to compare."),
        N_("Leave out `exit()`, `quit()` and `sys.exit()`: the answer ends with its last line."),
    ),
    FindingKind(
        "crashed",
        N_("The process died"),
        N_("The process that ran your answer died, so there is nothing to compare."),
        N_("Very deep recursion and low-level calls can do that."),
    ),
    FindingKind(
        "invalid-result",
        N_("No readable result"),
        N_("What came back from your answer could not be read."),
        N_("Leave the program's open files and its standard streams as they are."),
    ),
    FindingKind(
        "syntax-error",
        N_("Python cannot read it"),
        N_("Python cannot read this line: {message}"),
        N_(
            "Look at this line and at the end of the one before: a bracket or a quote that is not "
            "closed, a comma that is missing, a colon that is."
        ),
    ),
    FindingKind(
        "exception",
        N_("An exception"),
        N_("Your answer raised {type}: {message}"),
    ),
    FindingKind(
        "solution-seen",
        N_("Right, after the solution was opened"),
        N_("You opened the solution before. It counts once you pass from an empty answer."),
    ),
    FindingKind(
        "solution-failed",
        N_("The exercise itself is broken"),
        N_("The exercise's own solution does not run on the data “{variant}”: {message}"),
        N_("This is a fault of the course, not of your answer. Its author should know of it."),
    ),
    FindingKind(
        "course-broken",
        N_("The course's files are broken"),
        N_("This exercise cannot be checked: {message}"),
        N_("This is a fault of the course, not of your answer. Its author should know of it."),
    ),
    FindingKind(
        "sandbox-failed",
        N_("The check could not be made"),
        N_("Your answer could not be run: {message}"),
        N_("This is no fault of your answer. Try again; `playground doctor` may tell more."),
    ),
    FindingKind(
        "need-missing",
        N_("Something is not installed"),
        N_("This exercise was skipped, not failed. {message}"),
        N_("The lesson can be read without it. The exercise is not required until it is there."),
    ),
    FindingKind(
        "cancelled",
        N_("Cancelled"),
        N_("The check was cancelled."),
    ),
)
