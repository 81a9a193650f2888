"""Findings of exercises that are no code: quizzes, predictions, lines to put in order."""

from playground.checking.findings.kind import FindingKind
from playground.texts import N_

KINDS = (
    FindingKind("quiz-right", N_("What the author says of a right choice"), N_("That is right.")),
    FindingKind(
        "quiz-wrong",
        N_("Not that one"),
        N_("That is not right."),
        N_("Read the question once more, word by word, and what the lesson says of it."),
    ),
    FindingKind(
        "quiz-incomplete",
        N_("There is more"),
        N_("What you chose is right, but not all that is."),
    ),
    FindingKind(
        "quiz-unreadable",
        N_("No choice was read"),
        N_("Give the number of a choice, from 1 to {count}; several with commas."),
    ),
    FindingKind(
        "prediction-wrong",
        N_("Something else comes"),
        N_("Something else comes. Run the code and see what."),
        N_("Then find out which part of the code you read differently than the database does."),
    ),
    FindingKind(
        "prediction-unreadable",
        N_("No prediction was read"),
        N_("A prediction of this sort is {what}."),
    ),
    FindingKind(
        "lines-in-other-order",
        N_("The lines stand in another order"),
        N_("In this order the lines do something else. Line {number} is the first to look at."),
        N_("What must be there before a line can run? What must have happened before a commit?"),
    ),
    FindingKind(
        "lines-differ",
        N_("The lines are not those that were given"),
        N_("Use every line that was given, once, and no other."),
    ),
)
