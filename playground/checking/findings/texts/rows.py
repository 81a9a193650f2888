"""Findings that the rows alone tell: they lead where nothing explains more."""

from playground.checking.findings.kind import FindingKind
from playground.texts import N_

KINDS = (
    FindingKind(
        "no-result",
        N_("No rows to compare"),
        N_("Your answer ran, but its last line gives no rows."),
        N_(
            "The value of an answer is that of its last expression, or of a variable named "
            "`result`. Let the last line be the statement itself, or the rows that you fetched. "
            "An assignment, a `print()` and a call that returns `None` have no rows."
        ),
    ),
    FindingKind(
        "printed-not-returned",
        N_("Printed, but not given"),
        N_("The rows are only printed here; the task asks for them as the answer's value."),
        N_(
            "`print()` shows something and gives None. Let the last line be what you printed, "
            "without the `print()`: the statement, or the list of rows."
        ),
    ),
    FindingKind(
        "statement-not-executed",
        N_("Something other than rows"),
        N_("The last line gives {what}, not rows."),
        N_(
            "Give the statement itself (`select(…)`) and it is executed for you, or execute it and "
            "fetch: `session.scalars(statement).all()`."
        ),
    ),
    FindingKind(
        "empty-result",
        N_("No row came"),
        N_("No row came; the task asks for {expected}."),
        N_(
            "A condition that no row meets gives an empty result. Take the conditions away one by "
            "one, run, and see which one empties it. Look at the SQL that was sent: is the "
            "condition there what you meant?"
        ),
    ),
    FindingKind(
        "missing-columns",
        N_("Too few columns"),
        N_("Columns that came: {got_columns}. Columns that the task asks for: {expected_columns}."),
        N_("Each thing that the task asks for is a column of its own: `select(A.x, A.y)`."),
    ),
    FindingKind(
        "extra-columns",
        N_("Too many columns"),
        N_("Columns that came: {got_columns}. Columns that the task asks for: {expected_columns}."),
        N_(
            "`select(Customer)` and `SELECT *` give every column. Name those that the task asks "
            "for: `select(Customer.id, Customer.name)`."
        ),
    ),
    FindingKind(
        "columns-swapped",
        N_("The columns stand in another order"),
        N_("These are the right columns, but in another order than was asked."),
        N_("Columns come in the order in which `select()` names them."),
    ),
    FindingKind(
        "column-names",
        N_("A column has another name"),
        N_("The columns are named {got_names}; {expected_names} was asked."),
        N_('Name a column with `.label("name")`, or in SQL with `AS name`.'),
    ),
    FindingKind(
        "wrong-column",
        N_("A column holds something else"),
        N_("The column {column} holds other values than were asked."),
        N_(
            "Look at what stands there: which attribute, of which table; or how it is computed, "
            "and of which type it is."
        ),
    ),
    FindingKind(
        "other-value",
        N_("Another value"),
        N_("The value is {came}; {asked} is asked for."),
        N_(
            "One value is asked for, and another one came. Look at how it is computed: over which "
            "rows, and of which column."
        ),
    ),
    FindingKind(
        "value-differs",
        N_("Some values of a column differ"),
        N_("The column {column} has the right value in some rows only."),
        N_("Compare a row that is right with one that is not: what do they not share?"),
    ),
    FindingKind(
        "wrong-order",
        N_("Right rows, other order"),
        N_("These are the right rows, but not in the order that was asked."),
        N_(
            "Only `order_by()` promises an order. Look at what the task sorts by, in which "
            "direction, and what decides between equal ones: `order_by(A.x.desc(), A.y)`."
        ),
    ),
    FindingKind(
        "missing-rows",
        N_("Rows are missing"),
        N_("Rows are missing: {missing} of the {expected} that the task asks for."),
        N_(
            "What came is right, but not all. A condition may be too strict, or a join may drop "
            "rows that have no partner."
        ),
    ),
    FindingKind(
        "extra-rows",
        N_("Too many rows"),
        N_("Rows that came: {got}. Rows that the task asks for: {expected}."),
        N_(
            "All that was asked is there, and more. A condition is missing or too wide, or a join "
            "pairs rows that do not belong together."
        ),
    ),
    FindingKind(
        "different-rows",
        N_("Other rows than were asked"),
        N_("Other rows than the task asks for: {missing} missing, {extra} too many."),
        N_("Read the task's conditions once more, and compare one missing row with them."),
    ),
    FindingKind(
        "row-count",
        N_("Another number of rows"),
        N_("Rows that came: {got}. Rows that the task asks for: {expected}."),
    ),
    FindingKind(
        "duplicate-rows",
        N_("Rows come more than once"),
        N_("The right rows came, but some of them more often than was asked."),
        N_(
            "A join gives one row for every matching pair. `distinct()` drops repeated rows; "
            "`exists()` or `in_()` only asks whether a partner is there."
        ),
    ),
    FindingKind(
        "duplicates-missing",
        N_("Equal rows were merged"),
        N_("Equal rows were asked as often as they occur, and here they come only once."),
        N_(
            "`distinct()`, `UNION`, `GROUP BY` and Python's `set()` merge equal rows. Leave them "
            "out where each row counts."
        ),
    ),
    FindingKind(
        "null-rows-missing",
        N_("The rows with NULL are missing"),
        N_("Exactly the rows where a value is NULL are missing."),
        N_(
            "A comparison with NULL is neither true nor false, and `where()` keeps only what is "
            "true. Ask for them by name: `or_(A.x != 1, A.x.is_(None))`."
        ),
    ),
    FindingKind(
        "null-rows-extra",
        N_("Rows with NULL are too many"),
        N_("The rows where a value is NULL came too; they were not asked."),
        N_("Leave them out with `.is_not(None)`."),
    ),
    FindingKind(
        "null-for-value",
        N_("NULL where a value was asked"),
        N_("Some cells are NULL where 0 or an empty text was asked."),
        N_("`func.coalesce(A.x, 0)` gives the first of its values that is not NULL."),
    ),
    FindingKind(
        "value-for-null",
        N_("A value where NULL was asked"),
        N_("Some cells hold 0 or an empty text where NULL was asked."),
        N_("NULL says *unknown*; 0 and '' are values. Leave NULL as it is."),
    ),
    FindingKind(
        "wrong-type",
        N_("Right value, other type"),
        N_(
            "Values of another type came than were asked: numbers where text is asked, or text for numbers."
        ),
        N_("`cast(A.x, Integer)` in SQL, or `int(x)` in Python, makes a number of a text."),
    ),
    FindingKind(
        "rounding",
        N_("Rounded otherwise"),
        N_("The numbers are close to those that were asked, but rounded in another way."),
        N_(
            "Division of whole numbers drops the rest in SQL text (`7 / 2` is 3) and does not in "
            "SQLAlchemy's `/`. Round once, at the end: `func.round(x, 2)`."
        ),
    ),
    FindingKind(
        "text-differs-in-case",
        N_("Capital letters differ"),
        N_("The texts are right but for capital and small letters."),
        N_("`func.lower()` and `func.upper()` change them; leave them out to keep them."),
    ),
    FindingKind(
        "text-differs-in-space",
        N_("Spaces differ"),
        N_("The texts are right but for spaces."),
        N_("`func.trim()` takes spaces from both ends; `||` and `+` put none between two texts."),
    ),
    FindingKind(
        "other-data",
        N_("Right here, wrong on other data"),
        N_("Your answer is right on the rows that you see, and wrong on others of the same shape."),
        N_(
            "The task must hold for any rows: for none at all, for NULL, for equal values, for a "
            "value exactly at the border. Look at the example where it differs."
        ),
    ),
)
