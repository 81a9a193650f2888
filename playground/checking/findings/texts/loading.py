"""Findings about loader options and results."""

from playground.checking.findings.kind import FindingKind
from playground.texts import N_

KINDS = (
    FindingKind(
        "option-needs-attribute",
        N_("A loader option without an attribute"),
        N_("A loader option takes attributes of a class; it was given a text, or a class."),
        N_(
            "`selectinload(Customer.orders)`; what lies beyond is said of that: "
            "`selectinload(Customer.orders).selectinload(Order.items)`."
        ),
        'session.scalars(select(Customer).options(joinedload("orders"))).unique().all()',
    ),
    FindingKind(
        "option-of-other-class",
        N_("A loader option of another class"),
        N_("`{option}` does not begin at {root}, which is what is loaded here."),
        N_(
            "A path begins at a class that the query selects, and each step at the class where the "
            "one before ends: `select(Customer).options(selectinload(Customer.orders)"
            ".selectinload(Order.items))`. Of an alias: `selectinload(alias.orders)`."
        ),
        "session.scalars(select(Customer).options(selectinload(Order.items))).all()",
    ),
    FindingKind(
        "option-on-column",
        N_("A relationship's option on a column"),
        N_("`{attribute}` is a column: it comes with its object."),
        N_(
            "`selectinload()` and `joinedload()` are for relationships. Which columns come is said "
            "by `load_only()` and `defer()`."
        ),
        "session.scalars(select(Customer).options(selectinload(Customer.name))).all()",
    ),
    FindingKind(
        "option-on-relationship",
        N_("A column's option on a relationship"),
        N_("`{attribute}` is a relationship, and this option chooses columns."),
        N_("`lazyload()`, `selectinload()` and `raiseload()` are for relationships."),
        "session.scalars(select(Customer).options(load_only(Customer.orders))).all()",
    ),
    FindingKind(
        "option-without-object",
        N_("A loader option without objects"),
        N_("This query gives columns and no objects, so `{option}` has nothing to fill."),
        N_("Select the class, `select(Customer)`, or leave the option out."),
        "session.execute(select(Customer.name).options(selectinload(Customer.orders))).all()",
    ),
    FindingKind(
        "options-need-options",
        N_("`options()` without loader options"),
        N_("`options()` takes loader options, and was given something else."),
        N_(
            "`select(Customer).options(selectinload(Customer.orders))`, several with commas; "
            "`session.get(Customer, 1, options=[…])` takes a list."
        ),
        "session.scalars(select(Customer).options(Customer.orders)).all()",
    ),
    FindingKind(
        "option-path",
        N_("A path written with dots"),
        N_("`{owner}` is an attribute of a class, and leads no further with `.{name}`."),
        N_(
            "Each step is an option of its own: `selectinload(Customer.orders)"
            ".selectinload(Order.items)`. A condition goes inside: "
            "`selectinload(Customer.orders.and_(Order.status == …))`."
        ),
        "session.scalars(select(Customer).options(selectinload(Customer.orders.items))).all()",
    ),
    FindingKind(
        "contains-eager-without-join",
        N_("`contains_eager()` without its join"),
        N_("`contains_eager()` fills a collection from a join, and the query has none."),
        N_(
            "Without it every row of one table meets every row of the other, and each object gets "
            "all of them: `select(Customer).join(Customer.orders)"
            ".options(contains_eager(Customer.orders))`. `selectinload()` needs no join."
        ),
    ),
    FindingKind(
        "option-value",
        N_("No such value of an option"),
        N_("`{option}` has no value `{name}`."),
        near=True,
    ),
    FindingKind(
        "row-has-no-column",
        N_("A column that the row does not have"),
        N_("The row has no column `{attribute}`."),
        N_(
            "A row has what the query selects, by those names. Objects with their relationships come "
            "from a session: `session.scalars(select(Customer))`; a connection gives columns alone."
        ),
        "with engine.connect() as c:\n    c.execute(select(Customer)).first().orders",
    ),
    FindingKind(
        "value-has-no-attribute",
        N_("A plain value, not an object"),
        N_("This is a value of type `{type}`, and has no `{name}`."),
        N_(
            "`scalars()` gives the first column of a query: objects where a class is selected by a "
            "session; a connection selects columns, and so gives the key alone."
        ),
        "session.scalars(select(Customer.id)).first().name",
    ),
    FindingKind(
        "none-in-expression",
        N_("None where a value was expected"),
        N_(
            "Python cannot compute, compare or go through None, and one of the values here is None."
        ),
        N_(
            "A NULL of the database is None in Python. Leave it out, or ask first: `if x is not None`."
        ),
        "session.get(Customer, -1)['name']",
    ),
    FindingKind(
        "result-has-no-method",
        N_("Something that a result does not have"),
        N_("The statement is sent already, and its result (`{type}`) has no `{method}()`."),
        N_(
            "`where()`, `order_by()`, `limit()` and `options()` are of the statement, before it is "
            "executed; `all()`, `first()`, `one()` and `scalars()` are of the result."
        ),
        "session.scalars(select(Customer)).order_by(Customer.name)",
    ),
)
