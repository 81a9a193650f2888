"""Findings of SQL that the database cannot read, or reads otherwise: words, places, quotes."""

from playground.checking.findings.kind import FindingKind
from playground.texts import N_

KINDS = (
    FindingKind(
        "clause-order",
        N_("Clauses in another order"),
        N_("`{late}` stands too late: it belongs before `{early}`."),
        N_(
            "The order is always SELECT, FROM, JOIN, WHERE, GROUP BY, HAVING, ORDER BY, LIMIT, "
            "whichever of them there are."
        ),
        "session.execute(text('SELECT id FROM tags ORDER BY id WHERE id > 1'))",
    ),
    FindingKind(
        "keyword-as-name",
        N_("A word of SQL as a name"),
        N_("`{name}` is a word of SQL itself, so it cannot name a table as it stands."),
        N_("The table may be called otherwise (`orders`); if it is not, put its name in quotes."),
        "session.execute(text('SELECT id FROM order'))",
        near=True,
    ),
    FindingKind(
        "by-missing",
        N_("ORDER or GROUP without BY"),
        N_("`{name}` needs its `BY`: `{name} BY …`."),
        "",
        "session.execute(text('SELECT id FROM tags ORDER id'))",
    ),
    FindingKind(
        "comma-too-many",
        N_("A comma with nothing after it"),
        N_("A comma stands before `{name}`, and nothing stands between them."),
        N_("Commas stand between columns, not after the last one."),
        "session.execute(text('SELECT id, FROM tags'))",
    ),
    FindingKind(
        "other-dialect",
        N_("SQL of another system"),
        N_("`{name}` is SQL of other systems; SQLite does not know it."),
        N_(
            "`LIMIT 5` for TOP and FETCH FIRST, LIKE for ILIKE, `CAST(x AS TEXT)` for `::`, "
            "`strftime('%Y', x)` for EXTRACT, `date(x, '+5 days')` for INTERVAL, and dates as plain "
            "texts: `'2024-03-31'`."
        ),
        "session.execute(text('SELECT TOP 5 id FROM tags'))",
        near=True,
    ),
    FindingKind(
        "delete-of-rows",
        N_("DELETE with columns, or without FROM"),
        N_("DELETE removes whole rows: after it stands `FROM`, and no column."),
        N_(
            "`DELETE FROM tags WHERE id = 1`. One value is taken away with `UPDATE … SET x = NULL`."
        ),
        "session.execute(text('DELETE * FROM tags'))",
    ),
    FindingKind(
        "quote-open",
        N_("A quote that is not closed"),
        N_("A quote is opened here and not closed."),
        N_("A quote inside a text is written twice: `'O''Neil'`."),
        'session.execute(text("SELECT id FROM tags WHERE name = \'x"))',
    ),
    FindingKind(
        "parenthesis-open",
        N_("A parenthesis that is not closed"),
        N_("A parenthesis is opened and not closed."),
        "",
        "session.execute(text('SELECT id FROM tags WHERE id IN (1, 2'))",
    ),
    FindingKind(
        "curly-quotes",
        N_("Quotes of a word processor"),
        N_("`{name}` is no quote of SQL or Python."),
        N_("Type `'` or `\"`; a text that is copied from a document has others."),
        "session.execute(text('SELECT id FROM tags WHERE name = ‘x’'))",
    ),
    FindingKind(
        "unknown-alias",
        N_("A table or alias that is not in the query"),
        N_("No table and no alias of this query is called `{alias}`."),
        N_(
            "What stands before the dot is a table of FROM or JOIN, by its alias where it has one: "
            "`FROM customers AS c` is `c` from then on, and no longer `customers`."
        ),
        "session.execute(text('SELECT c.id FROM customers'))",
    ),
    FindingKind(
        "using-needs-both",
        N_("USING with a column of one table"),
        N_("`USING ({name})` needs a column of that name in both tables."),
        N_("Where the names differ write `ON orders.customer_id = customers.id`."),
        "session.execute(text('SELECT 1 FROM customers JOIN orders USING (customer_id)'))",
    ),
    FindingKind(
        "insert-values-count",
        N_("More or fewer values than columns"),
        N_("Columns to fill: {expected}. Values that came: {got}."),
        N_(
            "Name the columns that you give values for, `INSERT INTO tags (name) VALUES ('x')`: the "
            "others take their defaults, and the key counts by itself."
        ),
        "session.execute(text(\"INSERT INTO tags VALUES ('x')\"))",
    ),
    FindingKind(
        "subquery-columns",
        N_("A subquery with too many columns"),
        N_("Columns that the subquery gives: {got}. Columns that can stand here: {expected}."),
        N_(
            "What is compared, or stands after IN, is a single column: `IN (SELECT customer_id …)`."
        ),
        "select(Tag.id).where(Tag.id == select(Order.id, Order.status).scalar_subquery())",
    ),
    FindingKind(
        "set-with-and",
        N_("SET with AND"),
        N_("AND in SET joins nothing: `{column}` is set to a truth value, 0 or 1."),
        N_("Commas separate what is set: `SET name = 'x', stock = 2`."),
    ),
    FindingKind(
        "list-compared",
        N_("`==` with a list"),
        N_("`==` compares with one value, and a list was given."),
        N_("`A.x.in_([1, 2])` asks whether a value is one of several."),
        "session.execute(select(Tag.id).where(Tag.id == [1, 2]))",
    ),
    FindingKind(
        "label-needs-text",
        N_("`label()` without a text"),
        N_("`label()` takes the new name as a text, and something else was given."),
        N_('`A.x.label("number")`.'),
        "select(Customer.id.label(id))",
    ),
    FindingKind(
        "bindparams-by-name",
        N_("`bindparams()` with plain values"),
        N_("`bindparams()` takes values by the names of the parameters."),
        N_('`text("… WHERE id = :id").bindparams(id=1)`.'),
        "session.execute(text('SELECT :id').bindparams(1))",
    ),
    FindingKind(
        "class-compared",
        N_("A class compared with a value"),
        N_("`{class}` itself is compared here, not one of its columns; that is decided by Python."),
        N_("Name the column: `where(Customer.id == 1)`."),
        "select(Customer.id).where(Customer == 1)",
    ),
)
