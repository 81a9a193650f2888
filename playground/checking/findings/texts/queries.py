"""Findings of queries and changes that run and give something else: subqueries, CASE, dates, ties."""

from playground.checking.findings.kind import FindingKind
from playground.texts import N_

KINDS = (
    FindingKind(
        "subquery-column",
        N_("Another column of the subquery"),
        N_("The subquery gives `{given}`; another of its columns is to be compared here."),
        N_(
            "What a subquery gives must mean the same as what it is compared with: "
            "`Customer.id.in_(select(Order.customer_id))`, not `select(Order.id)`."
        ),
    ),
    FindingKind(
        "subquery-link",
        N_("A subquery linked by another condition"),
        N_("The subquery is linked to the row around it by `{text}`; another link is asked."),
        N_(
            "The link says which rows of the subquery belong to the outer row, mostly foreign key to "
            "key: `Order.customer_id == Customer.id`."
        ),
    ),
    FindingKind(
        "in-list",
        N_("Another list after IN"),
        N_("The list after IN holds other values than asked."),
        N_("Compare it with the task, value by value: one may be missing, or one too many."),
    ),
    FindingKind(
        "window-groups",
        N_("Another PARTITION BY"),
        N_("The window looks at other groups of rows than asked: look at `partition_by`."),
        N_(
            "`partition_by` says within which rows a window function computes; without it these are "
            "all rows of the result."
        ),
    ),
    FindingKind(
        "window-order",
        N_("Another order in the window"),
        N_("The rows of the window stand in another order than asked: look at its `order_by`."),
        N_(
            "`over(order_by=…)` sorts inside the window. With it a sum or a count runs up to the row; "
            "without it, it is that of all rows."
        ),
    ),
    FindingKind(
        "set-operation",
        N_("Another set operation"),
        N_("Another set operation is needed here than {operation}."),
        N_(
            "UNION has the rows of both, INTERSECT those that are in both, EXCEPT those of the first "
            "that are not in the second."
        ),
    ),
    FindingKind(
        "set-sides",
        N_("The sides of EXCEPT changed"),
        N_("EXCEPT takes the second from the first; here they stand the other way round."),
        N_("`except_(first, second)` keeps the rows of the first that the second does not have."),
    ),
    FindingKind(
        "case-order",
        N_("The branches of CASE in another order"),
        N_(
            "CASE takes the first branch that holds; here a wider one stands before a narrower one."
        ),
        N_("Put the strictest condition first: `>= 5000` before `>= 1000`."),
    ),
    FindingKind(
        "case-values",
        N_("The values of CASE changed places"),
        N_("The conditions of CASE are right, but their values stand at each other's places."),
        N_("Each pair is a condition and the value where it holds: `(A.x >= 5000, 'high')`."),
    ),
    FindingKind(
        "compared-as-text",
        N_("Numbers compared as text"),
        N_("Numbers are compared or sorted as text here, sign by sign."),
        N_(
            "As text '10' stands before '9', and '03' is not '3'. Leave the cast to text out, or make "
            "a number of it: `cast(x, Integer)`. `strftime('%m', …)` gives two digits, as text."
        ),
    ),
    FindingKind(
        "date-for-moment",
        N_("A day compared with a moment"),
        N_("A date is midnight of its day: what happened later on that day is after it."),
        N_(
            "For a whole day compare up to the next one: `A.at >= date(2024, 3, 31), A.at < "
            "date(2024, 4, 1)`; or take the day out of the moment: `func.date(A.at)`."
        ),
    ),
    FindingKind(
        "date-shape",
        N_("A date written in another way"),
        N_("“{text}” is not how a date is kept: the year comes first, as in 2024-03-31."),
        N_(
            "SQLite keeps dates as text and compares them sign by sign, so only year-month-day with "
            "two digits each (and a space before the time) sorts right. With `date(2024, 3, 31)` "
            "SQLAlchemy writes it so."
        ),
    ),
    FindingKind(
        "date-without-quotes",
        N_("A date without quotes"),
        N_("`{text}` without quotes is a subtraction: its result is {value}."),
        N_("Put a date into quotes in SQL, `'2024-03-31'`, or better send it as a parameter."),
    ),
    FindingKind(
        "limit-cuts-ties",
        N_("A limit that cuts equal rows off"),
        N_("The limit takes some of the rows that are equal in what you sort by; all were asked."),
        N_(
            "LIMIT counts rows and does not look at ties. To keep them compare with the highest value, "
            "`A.x == select(func.max(A.x)).scalar_subquery()`, or with a rank: "
            "`func.rank().over(order_by=A.x.desc())`."
        ),
    ),
    FindingKind(
        "written-otherwise",
        N_("Another value was written"),
        N_("In `{table}`, `{column}` of the row {key} is {got}; {expected} is asked."),
        N_("Look at what `values()` or the assignment computes, and of which row."),
    ),
    FindingKind(
        "column-written-otherwise",
        N_("Other values were written"),
        N_("In `{table}`, `{column}` of rows that were changed holds other values than asked."),
        N_("Look at what `values()` or the assignment computes, and of which row."),
    ),
    FindingKind(
        "other-column-written",
        N_("Another column was changed"),
        N_("In `{table}` `{column}` was changed, and `{other}` was to be."),
        N_(
            "The names in `values(…)`, or of the attributes that are set, say which columns change."
        ),
    ),
    FindingKind(
        "column-not-wrapped",
        N_("A type or key without `mapped_column()`"),
        N_("`{name}` is given `{function}(…)` itself; only `mapped_column()` hands it on."),
        N_(
            'Write `mapped_column(String(30))`, `mapped_column(ForeignKey("users.id"))`. Without it '
            "the column is made from the annotation alone."
        ),
    ),
)
