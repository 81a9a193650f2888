"""Findings that the database tells, as it is after the run."""

from playground.checking.findings.kind import FindingKind
from playground.texts import N_

KINDS = (
    FindingKind(
        "nothing-changed",
        N_("Nothing was changed"),
        N_("The table {table} is as it was before."),
        N_(
            "Either no change reached the database, or it was not committed. Look at the "
            "statements: is there an INSERT, UPDATE or DELETE, and a COMMIT after it?"
        ),
    ),
    FindingKind(
        "state-differs",
        N_("The table is not as asked"),
        N_("The table {table} holds other rows than were asked."),
        N_("Compare what it holds now with what the task asks for, row by row."),
    ),
    FindingKind(
        "too-much-changed",
        N_("Too many rows were changed"),
        N_("More rows of {table} were changed than was asked."),
        N_("Which rows shall change? The `where()` of an UPDATE or DELETE says it."),
    ),
    FindingKind(
        "state-changed",
        N_("A table was changed"),
        N_("The table {table} was to stay as it was, and your answer changed it."),
        N_("Every run starts from the same data again, so nothing is lost."),
    ),
    FindingKind(
        "table-missing",
        N_("A table is missing"),
        N_("There is no table {table} after your answer."),
        N_("`Base.metadata.create_all(engine)` makes the tables of the models."),
    ),
    FindingKind(
        "table-extra",
        N_("A table too many"),
        N_("Your answer left a table {table} that was not asked."),
    ),
    FindingKind(
        "schema-differs",
        N_("A table is defined otherwise"),
        N_("The table {table} is defined otherwise than was asked: look at {what}."),
        N_(
            "Before the arrow stands what is there, after it what was asked; – is nothing. Names, "
            "types, NULL, keys and constraints count."
        ),
    ),
)
