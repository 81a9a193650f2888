"""Findings about names and types that Python lacks, and about changes that never reach the database."""

from playground.checking.findings.kind import FindingKind
from playground.texts import N_

KINDS = (
    # names and types
    FindingKind(
        "import-missing",
        N_("A name that must be imported"),
        N_("`{name}` is not there by itself: `{statement}`."),
        N_("The line belongs at the top of the answer."),
        "Decimal('1.5')",
    ),
    FindingKind(
        "name-of-attribute",
        N_("An attribute without its class"),
        N_("`{name}` is an attribute of a class, and no name of its own."),
        N_(
            "In a query: `Customer.name`. In a method of the class: `self.name`. In "
            '`__table_args__`, in quotes: `UniqueConstraint("name")`, `CheckConstraint("price >= 0")`.'
        ),
        "select(price_cents)",
    ),
    FindingKind(
        "module-not-class",
        N_("A module where its class was meant"),
        N_("`{module}` is a module here, and it has no `{name}`."),
        N_("`from datetime import datetime`, or `datetime.datetime.now`: the class in the module."),
        "import datetime\ndatetime.now()",
    ),
    FindingKind(
        "python-type-needed",
        N_("A column's type where Python's belongs"),
        N_("In `Mapped[…]` of `{name}` stands no type of Python."),
        N_(
            "`Mapped[str] = mapped_column(String(50))`: `int`, `str`, `date` in the brackets; "
            "`Integer`, `String(50)`, `Date` in `mapped_column()`."
        ),
    ),
    FindingKind(
        "tables-not-created",
        N_("A table that nothing has created"),
        N_("The table `{name}` is described, but not created."),
        N_(
            "A class or `Table` only describes. `Base.metadata.create_all(engine)`, after the last "
            "class and before the first row, creates it."
        ),
    ),
    FindingKind(
        "foreign-key-column",
        N_("A foreign key without a column"),
        N_("The foreign key names the table `{name}`, and no column of it."),
        N_('`ForeignKey("customers.id")`: table and column, with a point.'),
    ),
    # results and calls
    FindingKind(
        "result-still-open",
        N_("A commit before the rows are read"),
        N_("A result was not read to its end when the commit came."),
        N_("Fetch first, then commit: `rows = result.all()` and `session.commit()`."),
    ),
    FindingKind(
        "row-cannot-change",
        N_("A row is no object"),
        N_("A row cannot be changed: the object is inside the row."),
        N_(
            "`session.execute(select(Customer))` gives rows that hold one object each. "
            "`session.scalars(select(Customer))` gives the objects."
        ),
        "session.execute(select(Customer)).first().name = 'Ana'",
    ),
    FindingKind(
        "set-on-result",
        N_("A result is no object"),
        N_("`{name}` is a result here, not the object in it; what is set on it is lost."),
        N_("`.first()`, `.one()` or a loop gives the object: `session.scalars(…).one()`."),
    ),
    FindingKind(
        "values-by-name",
        N_("`values()` without names"),
        N_("`values()` takes names with their values, not an expression."),
        N_("`values(stock=5)`, `values(stock=Product.stock + 5)`."),
        "update(Product).values(Product.stock == 5)",
    ),
    FindingKind(
        "value-called",
        N_("A value that is called"),
        N_("A value of type `{type}` is called here as if it were a function."),
        N_(
            "`result.rowcount` and `table.c` are values, without `()`. A `Table` makes no objects; "
            "a class does."
        ),
        "session.execute(delete(Review)).rowcount()",
    ),
    FindingKind(
        "execution-option",
        N_("An option of the execution"),
        N_("`{name}` is an option of the execution, not an argument of the call."),
        N_(
            '`session.execute(statement, execution_options={"synchronize_session": False})`, or '
            "`statement.execution_options(…)`."
        ),
        "session.execute(update(Tag).values(name='x'), synchronize_session=False)",
    ),
    FindingKind(
        "many-not-one",
        N_("A list is no object"),
        N_("This is a list of objects, and a list has no `{name}`."),
        N_(
            "`.first()` or `.one()` gives one object where `.all()` gives a list; a loop gives each."
        ),
        "session.scalars(select(Customer)).all().name",
    ),
    FindingKind(
        "object-deleted",
        N_("An object whose row is gone"),
        N_("The row of this object was deleted, so nothing can be read of it any more."),
        N_("Take the values before the commit, or ask for columns: `.returning(Review.id)`."),
    ),
    # changes that are not kept
    FindingKind(
        "statement-not-sent",
        N_("A statement that nobody sends"),
        N_("This {name} is only built here; nothing sends it."),
        N_("`session.execute(statement)` sends it, and `session.commit()` keeps what it did."),
        "delete(Review).where(Review.id == 1)\nsession.commit()",
    ),
    FindingKind(
        "comparison-not-set",
        N_("A comparison where a value should be set"),
        N_("`==` compares; nothing is set here."),
        N_("One `=` sets: `product.stock = 5`."),
    ),
    FindingKind(
        "changed-in-place",
        N_("A change that the session does not see"),
        N_("What changes inside `{name}` is not noticed, and so not stored."),
        N_(
            "A session notices that an attribute is set, not what happens inside its value: set a "
            "new one, `thing.details = {**thing.details, …}`, or declare the column with "
            "`MutableDict.as_mutable(JSON)`."
        ),
    ),
    FindingKind(
        "other-session",
        N_("Another session is committed"),
        N_("The work was given to `{name}`, and `{other}` is committed."),
        N_("Each session has a transaction of its own; commit the one that has the work."),
    ),
    FindingKind(
        "commit-after-close",
        N_("A commit too late"),
        N_("`{name}` was closed before the commit, and what waited in it is lost."),
        N_("Commit inside the `with` block: at its end the session is closed."),
    ),
)
