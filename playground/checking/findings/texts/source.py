"""Findings that the text of a Python answer tells: mistakes that raise nothing."""

from playground.checking.findings.kind import FindingKind
from playground.texts import N_

KINDS = (
    FindingKind(
        "python-and-on-columns",
        N_("Python's `and` or `or` between conditions"),
        N_("Python's `{operator}` cannot join SQL conditions: one of them is lost or refused."),
        N_(
            "Python evaluates `and` and `or` (and `1 < x < 5`) itself, before SQLAlchemy sees "
            "anything, and keeps only one side. Write `where(a, b)`, `and_(a, b)`, `or_(a, b)`, or "
            "`(a) & (b)` and `(a) | (b)` with parentheses."
        ),
        "select(Review.id).where(Review.rating == 1 and Review.product_id == 2)",
    ),
    FindingKind(
        "label-on-part",
        N_("A label inside an expression"),
        N_("`.label()` names only the last part of the expression here, and the name is lost."),
        N_(
            "The dot binds tighter than `+` and `*`. Put the whole into parentheses first: "
            '`(A.x * A.y).label("name")`.'
        ),
        'select(Product.id, Product.price_cents * Product.stock.label("value"))',
    ),
    FindingKind(
        "first-row-alone",
        N_("Only the first row is fetched"),
        N_("`.{name}()` gives one row or one value; the task asks for several rows."),
        N_("`.all()` gives all rows of a result, `fetchall()` all that a cursor has left."),
    ),
    FindingKind(
        "null-in-list",
        N_("None in the list of `in_()`"),
        N_("None in the list of `in_()` finds no NULL: nothing equals NULL."),
        N_("Ask for NULL by name: `or_(A.x.in_([1, 2]), A.x.is_(None))`."),
        "select(Review.id).where(Review.rating.in_([1, None]))",
    ),
    FindingKind(
        "python-not-on-column",
        N_("Python's `not` on a condition"),
        N_("Python's `not` does not reach the SQL: it becomes a constant."),
        N_("Write `~(condition)` or `not_(condition)`; for NULL `A.x.is_not(None)`."),
        "select(Review.id).where(not Review.rating == 1)",
    ),
    FindingKind(
        "python-in-on-column",
        N_("Python's `in` on a column"),
        N_("Python's `{operator}` on a column is decided by Python, not by the database."),
        N_("Write `A.x.in_([1, 2])` or `A.x.not_in([1, 2])`."),
        "select(Review.id).where(Review.rating in [1, 2])",
    ),
    FindingKind(
        "python-is-on-column",
        N_("Python's `is` on a column"),
        N_(
            "Python's `is` compares objects: a column is never None, so the condition is always false."
        ),
        N_(
            "Python decides `A.x is None` before any SQL is made, and sends `WHERE 0 = 1`. Write "
            "`A.x.is_(None)`, which becomes `x IS NULL`."
        ),
        "select(Review.id).where(Review.rating is None)",
    ),
    FindingKind(
        "python-is-not-on-column",
        N_("Python's `is not` on a column"),
        N_(
            "Python's `is not` compares objects: it is always true here, and the condition vanishes."
        ),
        N_("Write `A.x.is_not(None)`, which becomes `x IS NOT NULL`."),
        "select(Review.id).where(Review.rating is not None)",
    ),
    FindingKind(
        "in-string-on-column",
        N_("Python's `in` to search in a text column"),
        N_("A column cannot be searched with Python's `in`."),
        N_('Write `A.x.contains("part")`, or `A.x.like("%part%")`.'),
        'select(Customer.id).where("an" in Customer.name)',
    ),
    FindingKind(
        "bitwise-without-parentheses",
        N_("`&` or `|` without parentheses"),
        N_("`&` and `|` bind tighter than `==` and `>`: the conditions need parentheses."),
        N_(
            "`a > 1 & b == 2` is read as `a > (1 & b) == 2`. Write `(a > 1) & (b == 2)`, or leave "
            "`&` out: `where(a > 1, b == 2)`."
        ),
        "select(Review.id).where(Review.rating > 1 & Review.product_id == 2)",
    ),
    FindingKind(
        "bitwise-precedence",
        N_("`|` and `&` grouped another way than meant"),
        N_("`&` binds tighter than `|`: here the conditions are grouped another way than asked."),
        N_("`a | b & c` is `a | (b & c)`. Put the `or` into parentheses: `(a | b) & c`."),
    ),
    FindingKind(
        "sql-and-or-precedence",
        N_("AND before OR"),
        N_("AND binds tighter than OR: here the conditions are grouped another way than asked."),
        N_("`a OR b AND c` is `a OR (b AND c)`. Put the OR into parentheses: `(a OR b) AND c`."),
    ),
    FindingKind(
        "python-string-method",
        N_("A Python text method on a column"),
        N_("`.{name}()` is a method of Python texts; a column is no text."),
        N_("The database does it: `func.upper(A.x)`, `func.lower(A.x)`, `func.trim(A.x)`."),
        "select(Customer.name.upper())",
    ),
    FindingKind(
        "python-attribute-on-column",
        N_("A Python attribute on a column"),
        N_("A column has no `{name}`: it is no Python value, but stands for one in every row."),
        N_(
            "What a Python date or text can do, the database does with functions: "
            '`extract("month", A.x)`, `func.length(A.x)`, `func.substr(A.x, 1, 2)`.'
        ),
        "select(Order.id).where(Order.placed_at.month == 2)",
        near=True,
    ),
    FindingKind(
        "python-builtin-on-column",
        N_("A Python function on a column"),
        N_("`{name}()` is Python's own and cannot look into the rows of a column."),
        N_(
            "The database does it: `func.max(A.x)`, `func.count(A.x)`, `func.sum(A.x)`, `func.round(A.x, 2)`."
        ),
        "select(max(Review.rating, Review.id))",
    ),
    FindingKind(
        "python-if-on-column",
        N_("Python's `if` on a column"),
        N_("Python's `if` decides once, not for every row."),
        N_('The database decides for every row: `case((A.x > 1, "many"), else_="few")`.'),
    ),
    FindingKind(
        "method-not-called",
        N_("A method that is not called"),
        N_("`{name}` is only named here, not called."),
        N_("Without `()` nothing happens, and Python does not complain. Write `session.commit()`."),
        "session.commit",
    ),
    FindingKind(
        "statement-not-kept",
        N_("A new statement that is lost"),
        N_("`.{name}()` gives a new statement, and here it is not kept."),
        N_(
            "Statements are never changed: each method gives a new one. Write "
            "`statement = statement.where(…)`, or put the calls into one chain."
        ),
        "statement = select(Review.id)\nstatement.where(Review.rating == 1)\nstatement",
    ),
    FindingKind(
        "missing-commit",
        N_("Not committed"),
        N_("The changes were never committed, so they are gone when the session ends."),
        N_(
            "Everything since the last commit is taken back unless you say `session.commit()` "
            "(or work inside `with session.begin():`, which commits at its end)."
        ),
    ),
    FindingKind(
        "taken-back",
        N_("Taken back by a rollback"),
        N_("A rollback here takes back what line {line} had changed."),
        N_(
            "A rollback takes back everything since the last commit, not only what failed. A failed "
            "flush and a block of `begin()` that an exception leaves roll back, too. Commit what "
            "shall stay, or give each part a savepoint: `with session.begin_nested():`."
        ),
    ),
    FindingKind(
        "object-not-added",
        N_("An object that no session knows"),
        N_("A {name} was made, but never given to a session, so nothing is inserted."),
        N_("`session.add(thing)` puts it into the session; `session.commit()` saves it."),
    ),
    FindingKind(
        "misspelt-attribute",
        N_("An attribute that is no column"),
        N_(
            "`{name}` is no column, so setting it changes nothing in the database. Did you mean `{near}`?"
        ),
        N_("Python lets you set any name on an object; only mapped attributes are saved."),
    ),
    FindingKind(
        "validator-returns-nothing",
        N_("A validator that returns nothing"),
        N_("`{name}()` returns nothing, so the attribute becomes None."),
        N_(
            "What a `@validates` method returns is the value that is set: end it with `return value`."
        ),
    ),
    FindingKind(
        "default-not-yet",
        N_("A default that is not there yet"),
        N_("This {name} was never sent, and a default is set only when it is inserted."),
        N_(
            "`default=` works at the INSERT: before it the attribute is None. `session.add(thing)` "
            "and `session.flush()` send it."
        ),
    ),
    FindingKind(
        "objects-not-synchronized",
        N_("Objects that keep their old values"),
        N_("`synchronize_session=False`: the objects in the session keep what they held before."),
        N_("Leave the option out, or read them again: `session.refresh(thing)`."),
    ),
    FindingKind(
        "children-left-null",
        N_("Children left without their parent"),
        N_("The rows that belonged to the deleted one were kept, with NULL in {name}."),
        N_('`relationship(cascade="all, delete-orphan")` deletes them too; or delete them first.'),
    ),
    FindingKind(
        "interpolated-text",
        N_("A value put into the text of SQL"),
        N_("A value is put into the text of the SQL by Python."),
        N_(
            "If the value holds a quote, the SQL breaks; if someone else gives it, they can make it "
            "do anything (*SQL injection*). Bind it: "
            '`text("… WHERE name = :name")` with `{"name": value}`.'
        ),
        "name = 'Ana'\ntext(f\"SELECT id, name FROM customers WHERE name = '{name}'\")",
    ),
    FindingKind(
        "result-read-twice",
        N_("A result that was read already"),
        N_("The result `{name}` was read to its end before; the second time nothing is left."),
        N_("Keep the rows: `rows = result.all()`, and use `rows` as often as you like."),
    ),
    FindingKind(
        "scalars-drops-columns",
        N_("`scalars()` keeps one column"),
        N_("`scalars()` keeps only the first column of each row."),
        N_("For several columns use `session.execute(…).all()`."),
        "session.scalars(select(Review.id, Review.rating)).all()",
    ),
    FindingKind(
        "n-plus-one",
        N_("The same query again and again"),
        N_("The same query is sent {count} times, once for each row: {attribute}."),
        N_(
            "One query for the list and one more for each of its rows is called *N+1*. Ask once: "
            "`.options(selectinload(Customer.orders))`, a join, or `in_()`."
        ),
    ),
    FindingKind(
        "objects-expired",
        N_("Each object reads its row again"),
        N_("After a commit or rollback each object reads its row again: {count} queries here."),
        N_(
            "A commit expires what the session holds, so that nothing old is shown. Take what you "
            "need before it, read all again with one query, or open the session with "
            "`Session(engine, expire_on_commit=False)`."
        ),
    ),
)
