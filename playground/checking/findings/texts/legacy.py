"""Findings of what older releases of SQLAlchemy had, and of names that are elsewhere."""

from playground.checking.findings.kind import FindingKind
from playground.texts import N_

KINDS = (
    FindingKind(
        "metadata-knows-no-engine",
        N_("A `MetaData` given an engine"),
        N_("A `MetaData` knows no engine: it only describes tables."),
        N_(
            "Write `MetaData()`, and give the engine to what works with the database: "
            "`metadata.create_all(engine)`, `Table(…, autoload_with=engine)`, `Session(engine)`. "
            "(Bound metadata is from before SQLAlchemy 2.0.)"
        ),
        "MetaData(engine)",
    ),
    FindingKind(
        "model-has-no-query",
        N_("`Model.query`"),
        N_("`{class}` has no `query`: a session asks for objects, not the class."),
        N_(
            "`session.scalars(select(Customer).where(…)).all()`, or `session.get(Customer, 1)`. "
            "(`Model.query` is what Flask-SQLAlchemy adds to its models.)"
        ),
        "Customer.query.all()",
    ),
    FindingKind(
        "removed-function",
        N_("A function that is no more"),
        N_("`{name}()` is no more in SQLAlchemy since its release 2.0."),
        N_(
            "Classes are mapped by inheriting from a `Base` (`class Base(DeclarativeBase)`); a class "
            "that must stay plain is mapped with `registry().map_imperatively(Class, table)`."
        ),
        "from sqlalchemy.orm import mapper\nmapper(Tag, None)",
    ),
    FindingKind(
        "change-with-join",
        N_("`update()` or `delete()` of a joined query"),
        N_("A query with a join cannot be updated or deleted."),
        N_(
            "Say the rows by a subquery: `delete(Order).where(Order.customer_id.in_(select(…)))`, or "
            "`Order.customer.has(…)`."
        ),
        "session.query(Order).join(Order.customer).filter_by(city='x').delete()",
    ),
    FindingKind(
        "driver-takes-text",
        N_("A statement given to the driver"),
        N_("This connection is the driver's own: it takes SQL as plain text, not a {type}."),
        N_(
            "`engine.connect()` gives SQLAlchemy's connection, which takes `text(…)` and `select(…)`."
        ),
        "engine.raw_connection().execute(text('SELECT 1'))",
    ),
    FindingKind(
        "get-after-filter",
        N_("`get()` on a filtered query"),
        N_("`get()` finds by the primary key alone, and this query has conditions already."),
        N_(
            "`session.get(Customer, 1)` by the key; by anything else a query with "
            "`.where(…)` and `.first()` or `.one_or_none()`."
        ),
        "session.query(Customer).filter_by(city='Recife').get(1)",
    ),
    FindingKind(
        "bulk-takes-dictionaries",
        N_("Objects where dictionaries belong"),
        N_("`{method}()` takes a mapped class and a list of dictionaries."),
        N_(
            'In new code `session.execute(insert(Tag), [{"name": "x"}, …])` does the same; objects '
            "are added with `session.add_all([Tag(…), …])`."
        ),
        'session.bulk_insert_mappings(Tag, [Tag(name="x")])',
    ),
    FindingKind(
        "bulk-takes-objects",
        N_("Dictionaries where objects belong"),
        N_("`{method}()` takes objects of mapped classes, and something else was given."),
        N_(
            "In new code `session.add_all([Tag(…), …])` does the same; dictionaries are sent with "
            '`session.execute(insert(Tag), [{"name": "x"}, …])`.'
        ),
        'session.bulk_save_objects([{"name": "x"}])',
    ),
    FindingKind(
        "import-not-there",
        N_("An import from elsewhere"),
        N_("`{module}` has no `{name}` to import."),
        N_(
            "Statements, types and `Table` are in `sqlalchemy`; `Session`, `relationship()`, "
            "`Mapped` and loader options in `sqlalchemy.orm`; exceptions in `sqlalchemy.exc`. What "
            "is usual in lessons is there without an import."
        ),
        "from sqlalchemy import Session",
        near=True,
    ),
    FindingKind(
        "module-not-there",
        N_("A module that is not there"),
        N_("There is no module `{name}` here."),
        N_("Answers can import Python's own library and SQLAlchemy."),
        "import sqlalchemy.sessions",
        near=True,
    ),
    FindingKind(
        "statements-in-operator",
        N_("`+` between statements"),
        N_("Python's `{operator}` does not join statements."),
        N_(
            "`union_all(first, second)` puts the rows of both together, `union()` each row once; "
            "`except_()` takes away, `intersect()` keeps what both have."
        ),
        "select(Customer.id) + select(Order.customer_id)",
    ),
    FindingKind(
        "scalar-has-no-columns",
        N_("`.c` of a single value"),
        N_("A `scalar_subquery()` is one value, so it has no `.c`."),
        N_(
            "Use it as it stands, as a value: `select(Customer.name, sub)`, `where(A.x == sub)`. To "
            "join with a subquery and name its columns write `.subquery()`."
        ),
        "select(select(func.max(Order.id)).scalar_subquery().c.id)",
    ),
    FindingKind(
        "values-without-names",
        N_("`values()` with plain values"),
        N_("`values()` was given plain values one by one: it needs their columns' names."),
        N_('Write `values(name="x", …)`, or one dictionary: `values({"name": "x"})`.'),
        'session.execute(insert(Tag).values(1, "x"))',
    ),
    FindingKind(
        "statement-given-to-session",
        N_("A statement added to or deleted from a session"),
        N_("This is a statement (`{class}`), and `add()` and `delete()` take objects."),
        N_(
            "A statement is executed: `session.execute(delete(Tag).where(…))`. An object is first "
            "fetched and then deleted: `session.delete(session.get(Tag, 1))`."
        ),
        "session.delete(select(Tag))",
    ),
    FindingKind(
        "get-needs-key",
        N_("`session.get()` without its two values"),
        N_("`session.get()` takes a class and a primary key, and nothing else finds the object."),
        N_(
            "`session.get(Customer, 1)`. By another attribute: "
            "`session.scalars(select(Customer).where(Customer.name == …)).first()`."
        ),
        'session.get(Customer, name="Ana")',
    ),
    FindingKind(
        "type-takes-no-arguments",
        N_("A type without arguments"),
        N_("The type `{type}` takes no arguments."),
        N_(
            "`String(30)` has a length and `Numeric(10, 2)` its digits; `Integer`, `Date` and "
            "`Boolean` have neither."
        ),
        "cast(Customer.id, Integer(11))",
    ),
    FindingKind(
        "mapped-in-brackets",
        N_("`Mapped` called"),
        N_("`Mapped` takes its type in brackets, `Mapped[int]`, not in parentheses."),
        N_(
            "The annotation says what Python sees, `Mapped[int]`; the call at the right says how the "
            "column is, `mapped_column(primary_key=True)`."
        ),
        "class Thing:\n    id: Mapped(int) = mapped_column(primary_key=True)",
    ),
    FindingKind(
        "model-without-base",
        N_("A model that inherits from nothing"),
        N_("`{class}` is no model: it does not inherit from a `Base`."),
        N_("Write `class Base(DeclarativeBase): pass` once, and then `class Thing(Base):`."),
        'class Thing:\n    __tablename__ = "things"\nThing(id=1)',
    ),
    FindingKind(
        "table-not-name",
        N_("A name as `__table__`"),
        N_("`__table__` takes a `Table`; the name of a table belongs to `__tablename__`."),
        N_('`__tablename__ = "things"`, and the columns below it as attributes.'),
    ),
    FindingKind(
        "server-default-text",
        N_("A `server_default` that is no SQL"),
        N_(
            "`server_default` is a piece of SQL, so it takes a text, and a value of type {type} was given."
        ),
        N_(
            '`server_default="0"`, `server_default=func.now()`, `server_default=true()`. A value of '
            "Python belongs to `default=`."
        ),
        'Column("n", Integer, server_default=0)',
    ),
    FindingKind(
        "default-function",
        N_("A default with other arguments"),
        N_("A function given as `default=` is called with no argument, or with the context alone."),
        N_("`default=datetime.now`, `default=lambda: 1`; without parentheses after the name."),
        'Column("n", Integer, default=lambda a, b: 1)',
    ),
    FindingKind(
        "transaction-ended-in-block",
        N_("Work after the end of the block's transaction"),
        N_("The transaction of this block was ended inside it, and work goes on after that."),
        N_(
            "`with session.begin():` and `with engine.begin():` commit by themselves at the end: "
            "leave `commit()` and `rollback()` out there."
        ),
        "with engine.begin() as c:\n    c.commit()\n    c.execute(select(1))",
    ),
    FindingKind(
        "connection-closed",
        N_("A closed connection"),
        N_("This connection is closed, and nothing can be sent on it any more."),
        N_("Do all the work inside `with engine.connect() as connection:`, which closes it."),
        "c = engine.connect()\nc.close()\nc.execute(select(1))",
    ),
    FindingKind(
        "limit-needs-number",
        N_("A limit that is no number"),
        N_("`limit()` and `offset()` take a whole number, and {text} was given."),
        N_("`limit(5)` takes five rows; which ones they are, `order_by()` says."),
        'select(Customer.id).limit("a")',
    ),
    FindingKind(
        "text-needs-text",
        N_("`text()` without a text"),
        N_("`text()` takes SQL as a Python text, and a value of type {type} was given."),
        N_(
            '`text("SELECT 1")`. A statement of `select()` needs no `text()`, and a plain value is '
            "`literal(5)`."
        ),
        "session.execute(text(5))",
    ),
    FindingKind(
        "function-not-called",
        N_("A function of `func` that is not called"),
        N_("`{name}` is named here without its parentheses."),
        N_("Write `func.count()` for rows, `func.count(A.x)` for values that are not NULL."),
        "select(func.count).select_from(Customer)",
    ),
    FindingKind(
        "extract-turned-round",
        N_("`extract()` with its values changed"),
        N_("`extract()` takes first which part, then the column; here {name} stands first."),
        N_('`extract("year", Order.placed_at)`.'),
        'select(extract(Order.placed_at, "year"))',
    ),
    FindingKind(
        "row-without-name",
        N_("A name that the row does not have"),
        N_("A row of this query has no `{name}`: it holds only what the query selects."),
        N_(
            "Name the column in `select()`, or give what is computed a name: "
            '`func.count().label("number")`.'
        ),
        "[row.city for row in session.execute(select(Customer.id))]",
    ),
    FindingKind(
        "function-arguments",
        N_("A function with another number of values"),
        N_("The database's function `{name}()` takes another number of values."),
        N_("`substr(text, start, length)`, `round(number, digits)`, `coalesce(first, second, …)`."),
        "session.execute(select(func.round(Customer.id, 2, 3)))",
    ),
    FindingKind(
        "between-needs-two",
        N_("`between()` with one end"),
        N_("`between()` takes two values: the lower end and the upper one."),
        N_("`Order.id.between(1, 5)` has both ends in it."),
        "select(Order.id).where(Order.id.between(5))",
    ),
)
