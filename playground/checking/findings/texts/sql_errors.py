"""Findings that the database's own errors tell."""

from playground.checking.findings.kind import FindingKind
from playground.texts import N_

KINDS = (
    FindingKind(
        "unknown-table",
        N_("A table that does not exist"),
        N_("There is no table `{name}`."),
        N_(
            "The schema pane lists the tables. Table names are not class names: `customers`, not `Customer`."
        ),
        'text("SELECT * FROM custmers")',
        near=True,
    ),
    FindingKind(
        "memory-database-elsewhere",
        N_("A database in another connection's memory"),
        N_("The table `{name}` was made in another database: each `:memory:` is one of its own."),
        N_(
            "A new engine for `sqlite://` has an empty database, and so has another thread. Keep one "
            "engine, with `poolclass=StaticPool` where threads share it, or take a file."
        ),
    ),
    FindingKind(
        "unknown-column",
        N_("A column that does not exist"),
        N_("There is no column `{name}`."),
        N_(
            "The schema pane lists the columns. A text needs single quotes: `'Ana'`; without quotes, "
            "or in double ones, it is the name of a column."
        ),
        'text("SELECT nme FROM customers")',
        near=True,
    ),
    FindingKind(
        "unknown-function",
        N_("A function that does not exist"),
        N_("The database has no function `{name}`."),
        N_("`func.` takes any name and passes it on; only the database knows which ones exist."),
        "select(func.cuont(Customer.id))",
        near=True,
    ),
    FindingKind(
        "ambiguous-column",
        N_("A column of which table?"),
        N_("More than one table has `{name}`; say which one you mean."),
        N_("Write the table before it: `orders.id`."),
        'text("SELECT id FROM orders JOIN customers ON customers.id = customer_id")',
    ),
    FindingKind(
        "sql-syntax",
        N_("SQL that the database cannot read"),
        N_("The database cannot read this SQL; it stopped at “{near_text}”."),
        N_(
            "Look at that place and just before it: a missing comma or bracket, a word that is "
            "misspelt, clauses in another order than SELECT … FROM … WHERE … GROUP BY … HAVING … "
            "ORDER BY … LIMIT."
        ),
        'text("SELECT id FORM customers")',
    ),
    FindingKind(
        "sql-parameters",
        N_("Parameters that do not fit"),
        N_("The parameters do not fit the places for them in the SQL."),
        N_("`text()` takes `:name`; SQLite's driver itself takes `?` or `:name`, never `%s`."),
    ),
    FindingKind(
        "two-statements",
        N_("Two statements at once"),
        N_("One call executes one statement, and here are more."),
        N_("Call `execute()` once for each, and leave the semicolon out."),
        'text("SELECT 1; SELECT 2")',
    ),
    FindingKind(
        "wrong-number-of-columns",
        N_("The number of columns does not fit"),
        N_("The number of columns or values does not fit here."),
        N_(
            "A subquery that is compared must give one column; an INSERT one value for each column."
        ),
    ),
    FindingKind(
        "union-column-count",
        N_("UNION of different widths"),
        N_("The branches of a UNION must have the same number of columns."),
        N_("Give each `select()` as many columns as the others, in the same order."),
        "union(select(Tag.id), select(Category.id, Category.name))",
    ),
    FindingKind(
        "order-in-union-branch",
        N_("ORDER BY inside a UNION"),
        N_("A branch of a UNION cannot be sorted; sort the whole."),
        N_("`union(a, b).order_by(…)`."),
    ),
    FindingKind(
        "order-by-in-union",
        N_("A set operation sorted by what it does not give"),
        N_(
            "UNION, EXCEPT and INTERSECT are sorted by columns of their result; this is none of them."
        ),
        N_(
            'Give the column a name and sort by that: `select(Member.id.label("member"))`, '
            '`.order_by("member")`. A plain name that more than one table of the first query has is '
            "not enough."
        ),
    ),
    FindingKind(
        "aggregate-in-where",
        N_("An aggregate in WHERE"),
        N_("`{name}()` cannot stand in {clause}: groups do not exist yet at that point."),
        N_("Conditions on groups belong in HAVING: `.group_by(A.x).having(func.count() > 1)`."),
        "select(Review.product_id).where(func.count(Review.id) > 1)",
    ),
    FindingKind(
        "aggregate-in-aggregate",
        N_("An aggregate inside another"),
        N_("`{name}()` stands inside another aggregate; one query makes groups once."),
        N_(
            "Aggregate in a subquery, and that in the query around it: "
            '`counted = select(func.count().label("n")).group_by(Review.product_id).subquery()`, '
            "then `select(func.max(counted.c.n))`."
        ),
        "select(func.max(func.count(Review.id))).group_by(Review.product_id)",
    ),
    FindingKind(
        "subquery-without-from",
        N_("A subquery without a table"),
        N_("The subquery has no table of its own: its FROM is missing."),
        N_(
            "In SQL write it: `(SELECT avg(price_cents) FROM products)`. SQLAlchemy leaves out of a "
            "subquery what stands in the query around it, where that is allowed or `correlate()` "
            "asks for it; `aliased(Product)` is a table of its own."
        ),
        "text('SELECT id FROM reviews WHERE rating = (SELECT max(rating))')",
    ),
    FindingKind(
        "having-without-group",
        N_("HAVING without groups"),
        N_("HAVING filters groups, and there are none."),
        N_("Add `group_by()`, or use `where()` to filter rows."),
        "select(Review.id).having(Review.id > 1)",
    ),
    FindingKind(
        "window-in-where",
        N_("A window function in WHERE"),
        N_("`{name}()` cannot stand in WHERE: it is computed after the rows were filtered."),
        N_("Compute it in a subquery and filter outside."),
        "select(Review.id).where(func.row_number().over(order_by=Review.id) < 3)",
    ),
    FindingKind(
        "window-without-over",
        N_("A window function without a window"),
        N_("`{name}()` needs a window to look at."),
        N_(
            "Say which rows it is, and their order: `func.rank().over(order_by=A.x.desc())`, "
            "in SQL `rank() OVER (ORDER BY x DESC)`."
        ),
        "select(func.rank())",
    ),
    FindingKind(
        "subquery-needed",
        N_("A SELECT where a table is wanted"),
        N_("A `select()` cannot stand where a table is wanted."),
        N_("Make it one: `select(…).subquery()`, and use its columns as `.c.name`."),
        "select(func.count()).select_from(select(Review.id))",
    ),
    FindingKind(
        "join-needs-on",
        N_("How to join?"),
        N_("SQLAlchemy cannot tell how these tables belong together."),
        N_(
            "Give the condition: `.join(Order, Order.customer_id == Customer.id)`, or a relationship."
        ),
        "select(Customer.id).join(Tag)",
    ),
    FindingKind(
        "join-start",
        N_("Where does the join start?"),
        N_(
            "SQLAlchemy cannot tell at which table the join starts: none stands before it, or "
            "several do."
        ),
        N_(
            "Say where: `select(…).select_from(Order).join(Order.items)`, or "
            "`.join_from(Order, OrderItem)`. To reach two tables join twice, each from where it "
            "belongs: `.join(Order.items).join(OrderItem.product)`."
        ),
        "select(Order.id, Review.id).join(Customer)",
    ),
    FindingKind(
        "self-join-needs-alias",
        N_("A table twice in one query"),
        N_("A table that stands twice in one query needs a second name."),
        N_("`Parent = aliased(Category)`, then join `Parent`."),
        "select(Category.id).join(Category, Category.parent_id == Category.id)",
    ),
    FindingKind(
        "join-target",
        N_("Nothing to join to"),
        N_(
            "`join()` needs a class, a table or a relationship to join to, and then a condition if any."
        ),
        N_(
            "`.join(Order.items)` follows a relationship, and takes no condition of its own. "
            "`.join(OrderItem, OrderItem.order_id == Order.id)` names the class first. A name in "
            "quotes, a column, or a condition alone is nothing to join to."
        ),
        'select(Order.id).join("items")',
    ),
    FindingKind(
        "any-or-has",
        N_("`any()` and `has()` mixed up"),
        N_("`{method}()` is not for this relationship."),
        N_(
            "`any()` asks about a relationship to many, `Customer.orders.any(…)`; `has()` about a "
            "relationship to one, `Order.customer.has(…)`."
        ),
        "select(Order.id).where(Order.customer.any())",
    ),
    FindingKind(
        "union-of-subqueries",
        N_("A union of something else than statements"),
        N_("A union is made of plain `select()`s that are given one by one."),
        N_("No list, no column, no `.subquery()`: `union_all(select(A.x), select(B.x))`."),
        "union_all(select(Order.id).subquery(), select(Tag.id).subquery())",
    ),
    FindingKind(
        "conflict-target",
        N_("A conflict that no key can tell"),
        N_("`ON CONFLICT` names columns that no primary key or UNIQUE holds together."),
        N_(
            "`index_elements` are the columns of one key or one UNIQUE, all of them; a table "
            "without one can have no such conflict."
        ),
    ),
    FindingKind(
        "nothing-to-insert",
        N_("An INSERT without values"),
        N_("This INSERT was given no values, so every column would take its default."),
        N_(
            "An empty list of rows is sent as one row of defaults: `INSERT … DEFAULT VALUES`. "
            "Execute it only where there are rows: `if rows:`."
        ),
        "session.execute(insert(Tag), [])",
    ),
    FindingKind(
        "recursion-without-end",
        N_("A recursion that does not end"),
        N_("The recursive part gives rows for ever: nothing ends it."),
        N_("A condition in the recursive part must end it, `where(numbers.c.n < 10)`."),
    ),
    FindingKind(
        "database-locked",
        N_("The database is locked"),
        N_("Another connection has written and not ended its transaction; SQLite lets one write."),
        N_("Commit or close the other one first; keep transactions that write short."),
    ),
    FindingKind(
        "relationship-compared",
        N_("A relationship used as a column"),
        N_(
            "A relationship leads to other rows; it cannot be compared or followed inside `where()`."
        ),
        N_('`Customer.orders.any(Order.status == "new")`, `Order.customer.has(…)`, or a join.'),
        'select(Order.id).where(Order.customer.name == "Ana")',
    ),
    FindingKind(
        "unique-violated",
        N_("A value that is there already"),
        N_("{name} must be unique, and this value is there already."),
        N_("Choose another value, update the row that is there, or handle the `IntegrityError`."),
    ),
    FindingKind(
        "not-null-violated",
        N_("A value that must be given"),
        N_("{name} may not be NULL, and no value was given."),
    ),
    FindingKind(
        "check-violated",
        N_("A value that is not allowed"),
        N_("The database refuses this value: {name}."),
    ),
    FindingKind(
        "foreign-key-violated",
        N_("A row that others need, or that needs another"),
        N_("A foreign key leads to a row that is not there, or that was to be deleted."),
        N_("Insert the row that is pointed to first; delete the rows that point to it first."),
    ),
    FindingKind(
        "delete-leaves-children",
        N_("Deleting a parent and leaving its children"),
        N_(
            "The rows that belong to the deleted one would be left without it, and {name} may not be NULL."
        ),
        N_('`relationship(cascade="all, delete-orphan")` deletes them too; or delete them first.'),
        "session.delete(session.get(Customer, 1)); session.commit()",
    ),
    FindingKind(
        "child-taken-from-parent",
        N_("A child taken out of its parent's collection"),
        N_(
            "What is taken out of the collection is left without a parent, and {name} may not be NULL."
        ),
        N_(
            '`relationship(cascade="all, delete-orphan")` deletes what is taken out; or delete the '
            "object itself: `session.delete(order)`."
        ),
        "customer = session.get(Customer, 1)\ncustomer.orders.clear()\nsession.commit()",
    ),
)
