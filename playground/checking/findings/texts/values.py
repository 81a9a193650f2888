"""Findings of values of one type where another is needed, in Python and in columns."""

from playground.checking.findings.kind import FindingKind
from playground.texts import N_

KINDS = (
    FindingKind(
        "boolean-needed",
        N_("No truth value"),
        N_("A Boolean column takes True, False or None, and {text} was given."),
        N_('`newsletter=True`, not `"yes"`, `"true"` or 2.'),
        'select(Customer.id).where(Customer.newsletter == literal("yes", Boolean))',
    ),
    FindingKind(
        "key-not-integer",
        N_("A key that is no number"),
        N_("The primary key of `{table}` is a whole number, and another value came for it."),
        N_(
            "An INSERT without the names of its columns fills them in the order of the table, the key "
            "first. Name the columns, and leave the key out: the database counts by itself."
        ),
        "session.execute(text(\"INSERT INTO tags VALUES ('x', 1)\"))",
    ),
    FindingKind(
        "object-is-no-row",
        N_("An object asked like a row"),
        N_("A `{class}` is an object, so its values are attributes, not `[…]`."),
        N_("`customer.name`. A row of columns has places and names: `row[0]`, `row.name`."),
        '[c["name"] for c in session.scalars(select(Customer))]',
    ),
    FindingKind(
        "value-is-no-list",
        N_("One value, no list"),
        N_("This is a single value of type `{type}`: no list, and no row."),
        N_(
            "`scalar()` gives one value, `scalars()` the first column of every row, and "
            "`execute()` whole rows: `row[0]`, `row.name`."
        ),
        "[row[0] for row in session.scalars(select(Customer.id))]",
    ),
    FindingKind(
        "pairs-needed",
        N_("A dictionary of no pairs"),
        N_("`dict()` takes pairs of a key and a value, and something else was given."),
        N_(
            "`dict(session.execute(select(A.id, A.name)).all())` has two columns; for one row as a "
            "dictionary take `dict(row._mapping)`."
        ),
        "dict(session.execute(select(Customer.id)).all())",
    ),
    FindingKind(
        "date-parts",
        N_("A date of other parts"),
        N_("This is no date: `date()` takes a year, a month and a day, in this order, as numbers."),
        N_('`date(2024, 3, 31)`; of a text `date.fromisoformat("2024-03-31")`.'),
        "from datetime import date\ndate(2024)",
    ),
    FindingKind(
        "module-called",
        N_("A module that is called"),
        N_("`{name}` is a module here, and a module cannot be called."),
        N_("`from datetime import datetime` brings the class, `import datetime` only the module."),
        "import datetime\ndatetime(2024, 3, 31)",
    ),
    FindingKind(
        "date-and-moment",
        N_("A date compared with a moment"),
        N_("Python does not compare or subtract a `date` and a `datetime`."),
        N_(
            "Make both the same: `order.placed_at.date() == date(2024, 3, 31)`, or compare with "
            "`datetime(2024, 3, 31)`, which is midnight."
        ),
        "from datetime import date\n[o for o in session.scalars(select(Order)) if o.placed_at > date(2024, 3, 1)]",
    ),
    FindingKind(
        "moments-with-zone",
        N_("A moment with a zone and one without"),
        N_("One of these moments has a time zone and the other has none."),
        N_(
            "SQLite keeps no zone, so what comes back has none: "
            "`datetime.now(timezone.utc).replace(tzinfo=None)` takes it away."
        ),
        "from datetime import datetime, timezone\nsession.get(Order, 1).placed_at < datetime.now(timezone.utc)",
    ),
    FindingKind(
        "object-in-computation",
        N_("An object where a value is needed"),
        N_(
            "A `{class}` is an object: it cannot be added up or compared. One of its attributes can."
        ),
        N_(
            "`sum(p.stock for p in products)`, `sorted(products, key=lambda p: p.name)`; or let the "
            "database do it: `func.sum(Product.stock)`, `order_by(Product.name)`."
        ),
        "sorted(session.scalars(select(Tag)))",
    ),
    FindingKind(
        "types-do-not-mix",
        N_("Two types that do not mix"),
        N_("Python's `{operator}` takes no value of type `{left}` beside one of type `{right}`."),
        N_(
            "Make both the same: `int(text)`, `str(number)`, `float(decimal)`, "
            "`date.fromisoformat(text)`."
        ),
        '[p.stock + "x" for p in session.scalars(select(Product))]',
    ),
)
