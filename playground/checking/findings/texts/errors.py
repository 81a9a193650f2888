"""Findings that an exception of Python or SQLAlchemy tells."""

from playground.checking.findings.kind import FindingKind
from playground.texts import N_

KINDS = (
    FindingKind(
        "raw-string-to-connection",
        N_("A plain text given to `execute()`"),
        N_("A plain Python text cannot be executed."),
        N_('Mark it as SQL: `connection.execute(text("SELECT …"))`.'),
        'with engine.connect() as c:\n    c.execute("SELECT 1")',
    ),
    FindingKind(
        "raw-string-to-session",
        N_("A plain text given to a session"),
        N_("A session does not take plain text as SQL."),
        N_('Mark it as SQL: `session.execute(text("SELECT …"))`.'),
        'session.execute("SELECT 1")',
    ),
    FindingKind(
        "engine-execute",
        N_("`engine.execute()`"),
        N_("An engine does not execute statements itself."),
        N_(
            "Take a connection from it: `with engine.connect() as connection:`, or "
            "`with engine.begin() as connection:`, which commits at the end. (`engine.execute()` "
            "is from before SQLAlchemy 2.0.)"
        ),
        'engine.execute(text("SELECT 1"))',
    ),
    FindingKind(
        "where-keyword",
        N_("`where(name=…)`"),
        N_("`{method}()` takes conditions, not keywords such as `{name}=`."),
        N_("Write `where(A.x == value)`, or `filter_by(x=value)`, which takes keywords."),
        'select(Customer.id).where(name="Ana")',
    ),
    FindingKind(
        "filter-by-expression",
        N_("`filter_by()` with a condition"),
        N_("`filter_by()` takes keywords, not conditions."),
        N_("Write `where(A.x == value)`, or `filter_by(x=value)`."),
        'select(Customer.id).filter_by(Customer.name == "Ana")',
    ),
    FindingKind(
        "filter-by-ambiguous",
        N_("`filter_by()` does not know whose column"),
        N_("More than one table of this query has `{name}`, and `filter_by()` cannot tell which."),
        N_("Name the class: `where(Order.id == …)`."),
    ),
    FindingKind(
        "filter-by-joined-class",
        N_("`filter_by()` finds a class twice"),
        N_("`filter_by()` finds `{name}` twice: in the class that is joined, and in its table."),
        N_(
            "So it is where a class is joined by its name and is also among the columns. Name the "
            'class, `where(Customer.city == "Recife")`, or join by the relationship: '
            "`.join(Order.customer)`."
        ),
        'select(Order.id, Customer.name).join(Customer).filter_by(city="Recife")',
    ),
    FindingKind(
        "filter-by-unknown",
        N_("`filter_by()` with an unknown name"),
        N_("There is no attribute `{name}` to filter by."),
        near=True,
    ),
    FindingKind(
        "string-condition",
        N_("A condition given as text"),
        N_("A plain text is no condition: {text}"),
        N_('Write it as an expression, `A.x == 1`; or, if it must be text, `text("x = 1")`.'),
        'select(Customer.id).where("id = 1")',
    ),
    FindingKind(
        "string-in-order-by",
        N_("A text in `order_by()` or `group_by()`"),
        N_('`{method}("{text}")` is not understood: no column of this query is named so.'),
        N_(
            "As text only the plain name of a selected column may stand there; the direction is a "
            "method: `order_by(A.x.desc())`."
        ),
        'select(Customer.id).order_by("name desc")',
    ),
    FindingKind(
        "order-method-not-called",
        N_("A method given instead of its value"),
        N_("`{name}` is given without `()`: the method itself, not what it returns."),
        N_("Write the parentheses as well: `order_by(A.x.desc())`, `order_by(A.x.nulls_last())`."),
        "select(Customer.id).order_by(Customer.name.desc)",
    ),
    FindingKind(
        "legacy-select-list",
        N_("`select([…])`"),
        N_("`select()` takes columns one by one, not a list of them."),
        N_("Write `select(A.x, A.y)`. (The list is from before SQLAlchemy 2.0.)"),
        "select([Customer.id, Customer.name])",
    ),
    FindingKind(
        "string-column",
        N_("A column given as text"),
        N_('The text "{text}" does not say which table\'s column that is.'),
        N_("Use the attribute of the class: `select(Customer.name)`."),
        'select("name")',
    ),
    FindingKind(
        "statement-has-no-all",
        N_("A statement is not a result"),
        N_("A statement has no `.{method}()`: it describes a query and holds no rows."),
        N_(
            "A session or connection executes it and gives rows: `session.scalars(statement).all()` "
            "or `session.execute(statement).all()`."
        ),
        "select(Customer).all()",
    ),
    FindingKind(
        "statement-has-no-method",
        N_("A method that a statement does not have"),
        N_("This statement ({kind}) has no method `{method}()`."),
        N_(
            "A full join is `outerjoin(…, full=True)`. What is asked of a whole union is asked of "
            "`select(union.subquery())`. What one system alone has, such as `on_conflict_do_update()`, "
            "is in its own dialect: `from sqlalchemy.dialects.sqlite import insert`."
        ),
        "select(Order.id).full_join(Order.items)",
        near=True,
    ),
    FindingKind(
        "filter-on-function",
        N_("`where()` on a function"),
        N_("`func.{function}()` has no `.{name}()`."),
        N_(
            "`func.count(A.id).filter(A.x > 1)` says which rows one function counts; `where()` is "
            "of the whole statement."
        ),
        "select(func.count().where(Order.id > 1))",
    ),
    FindingKind(
        "index-without-table",
        N_("An index that belongs to no table"),
        N_("This index has its columns as text only, so it does not know of which table they are."),
        N_(
            'Give it columns: `Index("ix_orders_status", Order.status)`. Names in quotes are for '
            "inside a `Table` or `__table_args__`."
        ),
        "Index('ix', 'user_id', 'ts').create(engine)",
    ),
    FindingKind(
        "row-is-not-object",
        N_("A row is not the object in it"),
        N_("A row has no attribute `{name}`: the object is inside the row."),
        N_(
            "`session.execute(select(Customer))` gives rows that hold one object each. "
            "`session.scalars(select(Customer))` gives the objects."
        ),
        "[r.name for r in session.execute(select(Customer)).all()]",
    ),
    FindingKind(
        "not-in-c",
        N_("A column that is not in `.c`"),
        N_("There is no column `{name}` in this `.c`."),
        N_(
            "`.c` has the columns of a table, and those of a subquery under the names that they "
            'have inside it. Give a name to what is computed: `func.count().label("number")`.'
        ),
        "select(select(func.count(Review.id)).subquery().c.number)",
    ),
    FindingKind(
        "columns-are-in-c",
        N_("A table or subquery without `.c`"),
        N_("A table or subquery has no `{name}` of its own."),
        N_("Its columns are in `.c` (`sub.c.id`), and it is asked with `select(sub).where(…)`."),
        "select(select(Review.id).subquery().id)",
    ),
    FindingKind(
        "none-has-no-attribute",
        N_("None where an object was expected"),
        N_("What stands before `.{name}` is None, and None has no `{name}`."),
        N_(
            "`first()`, `get()`, `scalar()` and `one_or_none()` give None when nothing is found; a "
            "relationship to one is None where no row is linked (`employee.manager`), and a NULL is "
            "None. Ask first, `if x is not None`; or fetch with `one()`, which says so at once. What "
            "only does something gives None, too: `metadata.reflect()`, `list.append()`."
        ),
        "session.get(Customer, -1).name",
    ),
    FindingKind(
        "unknown-attribute",
        N_("An attribute that the class does not have"),
        N_("`{class}` has no attribute `{name}`."),
        N_("The schema pane lists the columns of every table."),
        "select(Customer.nome)",
        near=True,
    ),
    FindingKind(
        "unknown-name",
        N_("A name that does not exist"),
        N_("There is nothing named `{name}` here."),
        N_("The editor's fold-out lists the names that are there from the start."),
        "select(Custmer.id)",
        near=True,
    ),
    FindingKind(
        "unknown-keyword",
        N_("A column name that the class does not have"),
        N_("`{class}` has no `{name}`."),
        N_("The names in `Customer(name=…)` are those of its mapped attributes."),
        'Customer(nome="Ana")',
        near=True,
    ),
    FindingKind(
        "one-found-none",
        N_("`one()` found nothing"),
        N_("Exactly one row was asked, and there was none."),
        N_("`one_or_none()` and `first()` give None instead. Or is a condition too strict?"),
        "session.scalars(select(Customer).where(Customer.id == -1)).one()",
    ),
    FindingKind(
        "one-found-many",
        N_("`one()` found several"),
        N_("Exactly one row was asked, and there were more."),
        N_("`first()` takes the first of them, `all()` takes all. Or is a condition missing?"),
        "session.scalars(select(Customer)).one()",
    ),
    FindingKind(
        "in-needs-list",
        N_("`in_()` without a list"),
        N_("`in_()` takes a list, and was given {text}."),
        N_("Write `A.x.in_([1, 2])`; for a single value `==` is enough."),
        'select(Customer.id).where(Customer.name.in_("Ana"))',
    ),
    FindingKind(
        "row-as-value",
        N_("A row where a value is needed"),
        N_("A whole row was given as a value; a row stays a row, even with a single column."),
        N_(
            "`session.scalars(select(Order.customer_id)).all()` gives values. `in_()` also takes the "
            "`select()` itself, and then one query does it all."
        ),
        "select(Customer.id).where(Customer.id.in_(session.execute(select(Order.customer_id))))",
    ),
    FindingKind(
        "text-in-needs-expanding",
        N_("A list for one parameter"),
        N_("One parameter holds one value; a list needs as many as it has items."),
        N_('`text("… IN :ids").bindparams(bindparam("ids", expanding=True))`, or `A.x.in_(ids)`.'),
        'session.execute(text("SELECT id FROM customers WHERE id IN :ids"), {"ids": [1, 2]}).all()',
    ),
    FindingKind(
        "parameters-as-keywords",
        N_("Parameters given as keywords"),
        N_("Parameters are given as one dictionary, not as keywords such as `{name}=`."),
        N_('Write `session.execute(statement, {"name": value})`.'),
        'session.execute(text("SELECT id FROM customers WHERE id = :id"), id=1)',
    ),
    FindingKind(
        "missing-parameter",
        N_("A parameter without a value"),
        N_("The SQL names a parameter `:{name}`, and no value was given for it."),
        N_(
            'Give it with the call: `session.execute(statement, {"name": value})`. The key is the name '
            "without its colon."
        ),
        'session.execute(text("SELECT id FROM customers WHERE id = :id")).all()',
    ),
    FindingKind(
        "executemany-keys",
        N_("Rows with other keys than the first"),
        N_("One of the rows has no `{name}`, and the first one has."),
        N_(
            "In one call all the dictionaries must have the same keys; use None where nothing is known."
        ),
    ),
    FindingKind(
        "bulk-update-needs-key",
        N_("A bulk update without the key"),
        N_("To update many rows at once each dictionary must hold the primary key."),
    ),
    FindingKind(
        "session-needs-rollback",
        N_("The session waits for a rollback"),
        N_("An earlier statement failed, and the session cannot go on before a rollback."),
        N_("Call `session.rollback()` where you handle the first error."),
    ),
    FindingKind(
        "add-needs-object",
        N_("Something else than a mapped object"),
        N_("`{class}` is no mapped class, so a session cannot take it."),
        N_("`session.add(thing)` takes one object, `session.add_all([…])` a list of them."),
        'session.add([Tag(name="x")])',
    ),
    FindingKind(
        "none-given-to-session",
        N_("None given to a session"),
        N_("There was no row, so this is None, and a session cannot take None."),
        N_(
            "`first()`, `get()` and `one_or_none()` give None when nothing is found. Ask before: "
            "`if thing is not None:`."
        ),
        "session.delete(session.get(Customer, -1))",
    ),
    FindingKind(
        "row-given-to-session",
        N_("A row given to a session"),
        N_("A row was given to the session: the object is inside the row."),
        N_(
            "`session.execute(select(Customer))` gives rows that hold one object each. "
            "`session.scalars(select(Customer))` gives the objects."
        ),
        "session.delete(session.execute(select(Customer)).first())",
    ),
    FindingKind(
        "collection-is-list",
        N_("A collection is a list"),
        N_("This collection is a list of objects, and a list has no `{name}`."),
        N_(
            "`customer.orders.append(order)` puts one in, `remove(order)` takes it out, and a loop "
            "reads them. To filter or sort in the database, ask for them with a query: "
            "`select(Order).where(Order.customer == customer)`."
        ),
        "session.get(Customer, 1).orders.add(Order())",
    ),
    FindingKind(
        "collection-is-set",
        N_("A collection is a set"),
        N_("This collection is a set of objects, and a set has no `{name}`."),
        N_("`add(thing)` puts one in, `discard(thing)` takes it out. A set has no order."),
    ),
    FindingKind(
        "collection-is-dynamic",
        N_("A dynamic collection is a query"),
        N_("A dynamic collection is a query of the old sort, and has no `{name}`."),
        N_(
            "It is filtered and read itself: `user.posts.filter(Post.id > 1).all()`. "
            "`user.posts.append(post)` puts one in. `select()` belongs to a write-only collection "
            "(`WriteOnlyMapped`)."
        ),
    ),
    FindingKind(
        "collection-is-write-only",
        N_("A write-only collection is never loaded"),
        N_("A write-only collection is never loaded: it takes objects, and gives a query."),
        N_(
            "`user.posts.add(post)` puts one in, `remove(post)` takes it out, and "
            "`session.scalars(user.posts.select())` reads them."
        ),
    ),
    FindingKind(
        "rows-are-fetched",
        N_("The rows are fetched already"),
        N_("This is a list of rows that are fetched already, and a list has no `{name}`."),
        N_(
            "`all()` gives a list: `rows[0]` is its first. To fetch one row only, call `first()` or "
            "`one()` on the result itself: `session.scalars(statement).first()`."
        ),
        "session.scalars(select(Customer)).all().first()",
    ),
    FindingKind(
        "sent-by-a-query",
        N_("It was a query that sent it"),
        N_("A query made the session send what was pending, and the database refused that."),
        N_(
            "Before every query a session sends what is pending (*autoflush*), so the error comes "
            "at the query. `session.flush()` after the change shows it in its own place."
        ),
    ),
    FindingKind(
        "autoflush-incomplete",
        N_("A query before the object was complete"),
        N_("A query made the session send an object that was not complete yet: {name} is NULL."),
        N_(
            "Before every query a session sends what is pending (*autoflush*). Fill the object "
            "first, or query inside `with session.no_autoflush:`."
        ),
    ),
    FindingKind(
        "detached-instance",
        N_("The object has no session any more"),
        N_("The session of this object is closed, and `{name}` is not loaded."),
        N_(
            "Read what you need while the session is open, or load it with the query: "
            "`.options(selectinload(…))`."
        ),
        "with Session(engine) as s:\n    c = s.scalars(select(Customer)).first()\nlen(c.orders)",
    ),
    FindingKind(
        "expired-instance",
        N_("An object that must read its values again"),
        N_("This object must read its values again, and its session is closed."),
        N_(
            "After a commit or a rollback an object forgets its values and reads them anew when "
            "they are touched. Take what you need while the session is open, or open it with "
            "`Session(engine, expire_on_commit=False)`."
        ),
        "with Session(engine) as s:\n    tag = s.get(Tag, 1)\n    s.commit()\ntag.name",
    ),
    FindingKind(
        "result-after-close",
        N_("A result read too late"),
        N_("The result is read after its session or connection was closed."),
        N_("Fetch inside the block: `rows = session.execute(…).all()`."),
    ),
    FindingKind(
        "unique-needed",
        N_("`unique()` is needed"),
        N_("A joined collection repeats its owner in many rows; the result must be made unique."),
        N_("`session.scalars(statement).unique().all()`, or load with `selectinload()`."),
    ),
    FindingKind(
        "lazy-raise",
        N_("An attribute that may not load itself"),
        N_("`{name}` may not load itself here; the query must load it."),
        N_("`.options(selectinload(Customer.orders))`."),
    ),
    FindingKind(
        "filter-after-limit",
        N_("A filter after the limit"),
        N_("This query already has a limit, and can take no more conditions."),
        N_("Filter first, then limit."),
    ),
    FindingKind(
        "transaction-already-begun",
        N_("A transaction in a transaction"),
        N_("A transaction has begun already on this session or connection."),
        N_(
            "The first statement begins one by itself. Use one style in a block: `with "
            "session.begin():` alone, or `session.commit()` alone."
        ),
    ),
    FindingKind(
        "object-in-two-sessions",
        N_("One object, two sessions"),
        N_("This object belongs to another session already."),
        N_("Use one session, or take a copy into this one with `session.merge(thing)`."),
    ),
    FindingKind(
        "scalar-relationship",
        N_("One object where a list belongs, or an id where an object belongs"),
        N_("A relationship takes objects: a list of them for many, one object for one."),
        N_(
            "`customer.orders.append(order)`, `order.customer = customer`; an id goes to `order.customer_id`."
        ),
    ),
    FindingKind(
        "date-needs-object",
        N_("Something else where a date belongs"),
        N_("A {type} column takes Python's own date objects, and something else was given."),
        N_(
            '`date(2024, 5, 1)`, `datetime(2024, 5, 1, 12, 30)`, or `date.fromisoformat("2024-05-01")`.'
        ),
        "session.add(Order(customer_id=1, placed_at='2024-05-01'))\nsession.commit()",
    ),
    FindingKind(
        "bytes-needed",
        N_("Text where bytes belong"),
        N_("Bytes are needed here, and a value of type {type} was given."),
        N_('`b"abc"` are bytes; `"text".encode()` makes bytes of a text.'),
    ),
    FindingKind(
        "missing-driver",
        N_("The driver is not installed"),
        N_("The driver `{name}` that this URL names is not installed here."),
        N_("SQLAlchemy speaks to a database through a driver, which is a package of its own."),
        'create_engine("postgresql://u:p@localhost/db")',
    ),
    FindingKind(
        "unknown-dialect",
        N_("No such database system"),
        N_("There is no dialect named `{name}`."),
        N_(
            "A URL begins with dialect and driver: `sqlite://`, `postgresql+psycopg://`, `mysql+pymysql://`."
        ),
        'create_engine("postgre://localhost/db")',
    ),
    FindingKind(
        "bad-url",
        N_("Not a database URL"),
        N_("This text is no database URL."),
        N_(
            "`dialect+driver://user:password@host:port/database`, or for SQLite `sqlite:///file.db`."
        ),
        'create_engine("shop.db")',
    ),
)
