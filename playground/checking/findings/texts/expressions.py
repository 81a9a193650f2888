"""Findings about what stands where a statement, an expression, a value or an object belongs."""

from playground.checking.findings.kind import FindingKind
from playground.texts import N_

KINDS = (
    FindingKind(
        "statement-expected",
        N_("Something else than a statement executed"),
        N_("What is executed is a statement, and something else was given."),
        N_("`session.scalars(select(Tag))`, not `session.scalars(Tag)`."),
        "session.scalars(Tag)",
    ),
    FindingKind(
        "statement-holds-no-rows",
        N_("A statement holds no rows"),
        N_("A statement is only the question: it has no rows to go through, to count or to cut."),
        N_("Execute it: `for tag in session.scalars(select(Tag)):`. A part of it is `limit()`."),
        "list(select(Tag))",
    ),
    FindingKind(
        "no-rows-returned",
        N_("A change that gives no rows"),
        N_("INSERT, UPDATE and DELETE give no rows, so there is nothing to fetch."),
        N_(
            "With `.returning(Tag.id)` they give those that they changed; `result.rowcount` tells how "
            "many there were."
        ),
        'session.execute(insert(Tag).values(name="x")).all()',
    ),
    FindingKind(
        "class-as-expression",
        N_("A class where a column belongs"),
        N_("`{class}` is a class, and a column or a condition belongs here."),
        N_("Take one of its columns, `Tag.id`; rows are counted with `func.count()` alone."),
        "select(func.count(Tag))",
    ),
    FindingKind(
        "relationship-and-value",
        N_("A relationship compared with a value"),
        N_("A relationship is compared with an object, not with a plain value."),
        N_(
            "By the key it is `Order.customer_id == 5`, by another column "
            '`Order.customer.has(Customer.name == "Ana")`.'
        ),
        "select(Order.id).where(Order.customer == 5)",
    ),
    FindingKind(
        "expression-expected",
        N_("No SQL expression"),
        N_("A column or a condition belongs here, and something else was given: {text}"),
        N_(
            "Several stand one after the other with commas, without a list: `where(a, b)`, "
            "`order_by(a, b)`, `or_(a, b)`; `*` opens a list. An object is not its key: `customer.id`."
        ),
        "select(Tag.id).where(5)",
    ),
    FindingKind(
        "column-cut",
        N_("A column cut like a text"),
        N_("A column is not cut with `[…]`."),
        N_("`func.substr(A.name, 1, 3)` gives the first three letters. `[…]` is for JSON."),
        "select(Customer.name[0:2])",
    ),
    FindingKind(
        "type-class-needed",
        N_("Not a type of SQLAlchemy"),
        N_("A type of SQLAlchemy belongs here, not one of Python and not a text."),
        N_("`cast(A.x, String)`, `cast(A.x, Integer)`, `Numeric`, `Date` …"),
        "select(cast(Customer.id, str))",
    ),
    FindingKind(
        "frame-bounds",
        N_("A frame without its two bounds"),
        N_("A window's frame is one pair of bounds: whole numbers, or None for no bound."),
        N_(
            "`rows=(-2, 0)`: from two rows before to this one; `rows=(None, 0)`: from the first on."
        ),
        "select(func.sum(Order.id).over(order_by=Order.id, rows=5))",
    ),
    FindingKind(
        "number-for-date",
        N_("A number where a date was expected"),
        N_("The database gave a number where a date was expected."),
        N_(
            'SQLite computes no dates with `+` and `-`: `func.date(A.day, "+1 day")` does, or a '
            "`timedelta` in Python. In `text(…).columns(…)` the columns stand in the text's order."
        ),
        "select(Customer.joined_on - 1)",
    ),
    FindingKind(
        "parameter-type",
        N_("A value that the database does not know"),
        N_("A value of type {type} cannot be sent to the database."),
        N_(
            "Several values are asked with `in_([…])`; an object is asked by its key, `customer.id`."
        ),
        'session.add(Product(name={"x"}, price_cents=1))\nsession.flush()',
    ),
    FindingKind(
        "class-given-to-session",
        N_("A class given to a session"),
        N_("A session takes objects, and a class was given."),
        N_('`session.add(Tag(name="x"))`; all rows of a class go with `delete(Tag)`.'),
        "session.add(Tag)",
    ),
    FindingKind(
        "class-needed",
        N_("A mapped class is needed"),
        N_("A mapped class or one of its objects belongs here, and neither was given."),
        N_("`session.get(Customer, 1)`: the class itself, neither its name nor its table."),
        'session.get("Customer", 1)',
    ),
    FindingKind(
        "key-parts",
        N_("A key with other parts"),
        N_("The key has other parts than were given; it consists of {text}."),
        N_(
            "A key of several columns is a tuple, in their order: `session.get(OrderItem, (1, 2))`."
        ),
        "session.get(OrderItem, 1)",
    ),
    FindingKind(
        "not-persistent",
        N_("An object that this session has no row for"),
        N_("This session does not hold that object as a row: it was not added, or not sent yet."),
        N_(
            "Add it and `flush()`, or fetch it with this session. One of another session is taken in "
            "with `session.merge(thing)`."
        ),
        'session.delete(Tag(name="x"))',
    ),
    FindingKind(
        "transaction-ended",
        N_("A transaction that has ended"),
        N_("This transaction has ended already."),
        N_(
            "It is committed or rolled back once; `with engine.begin() as connection:` does it for you."
        ),
    ),
    FindingKind(
        "session-busy",
        N_("A session in the midst of its work"),
        N_("`{method}()` cannot be called here: the session is in the midst of something else."),
        N_(
            "A listener may change objects, and the session goes on by itself. One session serves one "
            "thread or task at a time."
        ),
    ),
    FindingKind(
        "table-expected",
        N_("Neither a class nor a table"),
        N_("`insert()`, `update()` and `delete()` take a class or a table, and nothing else."),
        N_("`delete(Tag).where(Tag.id == 1)`; one object goes with `session.delete(tag)`."),
        "session.execute(delete(Tag.id))",
    ),
    FindingKind(
        "table-arguments",
        N_("A table with other values than it takes"),
        N_("A `Table` takes its name, its `MetaData`, and then its columns."),
        N_('`Table("tags", metadata, Column("id", Integer, primary_key=True))`.'),
        'Table("x", Column("id", Integer))',
    ),
    FindingKind(
        "engine-needed",
        N_("An engine is needed"),
        N_("An engine or a connection belongs here, and something else was given."),
        N_("`Base.metadata.create_all(engine)`; of a session, `session.connection()`."),
        "MetaData().create_all(session)",
    ),
    FindingKind(
        "database-file",
        N_("A file that SQLite cannot open"),
        N_("SQLite cannot open this file as a database."),
        N_(
            "Three slashes begin a path from here, `sqlite:///shop.db`, four one from the root. The "
            "folder must be there, and what the file holds must be a database."
        ),
        'create_engine("sqlite:////nowhere/x.db").connect()',
    ),
    FindingKind(
        "list-of-objects",
        N_("One object where a list belongs"),
        N_("One `{class}` was given where a list of them belongs."),
        N_("`session.add(thing)` takes one, `session.add_all([one, two])` a list of them."),
        'session.add_all(Tag(name="x"))',
    ),
    FindingKind(
        "result-is-no-list",
        N_("A result is no list"),
        N_("A result is read once, from its beginning: it has no length and no places."),
        N_(
            "`rows = session.execute(statement).all()` makes a list of it; `first()` gives one row."
        ),
        "len(session.execute(select(Tag.id)))",
    ),
    FindingKind(
        "row-by-name",
        N_("A row asked like a dictionary"),
        N_("A row is a tuple: `row[0]` by place, `row.name` by name."),
        N_('`session.execute(statement).mappings()` gives rows that are asked with `row["name"]`.'),
        'session.execute(select(Tag.id)).first()["id"]',
    ),
    FindingKind(
        "unpacked-otherwise",
        N_("Another number of names than of values"),
        N_("Another number of names stands here than there are values to give to them."),
        N_(
            "A row has as many values as the query has columns: `for id, name in …` needs two. "
            "`scalars()` gives single values and no rows."
        ),
        "a, b = session.execute(select(Tag.id)).first()",
    ),
    FindingKind(
        "index-outside",
        N_("Nothing at that place"),
        N_("The list or row has no element at that place."),
        N_("Places count from 0, and an empty list has none: ask first, `if rows:`."),
        "session.scalars(select(Tag.id).where(Tag.id < 0)).all()[0]",
    ),
    FindingKind(
        "unknown-key",
        N_("A key that is not there"),
        N_("There is nothing under the key `{name}`."),
        N_('`found.get("name")` gives None instead of an error.'),
        '{"a": 1}["b"]',
    ),
    FindingKind(
        "parameter-unknown",
        N_("A value for a parameter that is not there"),
        N_("The text has no parameter `:{parameter}`."),
        N_("A parameter stands in the text with a colon before its name, and without quotes."),
        'text("SELECT :x").bindparams(y=1)',
    ),
    FindingKind(
        "keywords-needed",
        N_("An object made without names"),
        N_("`{class}` takes its values by name: `{class}({attribute}=…)`."),
        N_(
            "The names are those of the model's attributes, in any order. Only a dataclass model "
            "(`MappedAsDataclass`) takes values by place too."
        ),
        'Customer("Ana")',
    ),
    FindingKind(
        "too-many-arguments",
        N_("Too many values in a call"),
        N_("`{function}()` was given more values than it takes."),
        N_("`in_()` takes one list, `limit()` one number, `join()` a target and one condition."),
        "select(Tag.id).limit(1, 2)",
    ),
)
