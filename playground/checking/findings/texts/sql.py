"""Findings that the SQL that was sent tells, beside the rows that came."""

from playground.checking.findings.kind import FindingKind
from playground.texts import N_

KINDS = (
    FindingKind(
        "cartesian-product",
        N_("Every row with every other"),
        N_("The tables are not joined: every row of one is paired with every row of the other."),
        N_("Say how they belong together: `.join(Customer.orders)`, or `ON` in SQL."),
        "select(Customer.id, Order.id)",
    ),
    FindingKind(
        "ties-undecided",
        N_("Equal rows whose order nothing decides"),
        N_("Rows are equal in what you sort by, and nothing decides which of them comes first."),
        N_(
            "The database may give them in any order, another one tomorrow; with a limit it may even "
            "give others. One more key at the end decides: `order_by(A.price.desc(), A.id)`."
        ),
    ),
    FindingKind(
        "relationship-selected",
        N_("A relationship selected as a column"),
        N_(
            "A relationship stands among the columns: what comes is its condition, true or false, "
            "and not the other row."
        ),
        N_(
            "Select the column of the key (`Order.customer_id`), or join and select from the other "
            "class: `select(Order.id, Customer.name).join(Order.customer)`."
        ),
        "select(Order.id, Order.customer)",
    ),
    FindingKind(
        "json-untyped",
        N_("A JSON value without its type"),
        N_("What is compared here is JSON, not the value in it."),
        N_(
            '`data["code"].as_integer() == 500` compares a number, '
            '`data["name"].as_string() == "Ana"` a text.'
        ),
    ),
    FindingKind(
        "count-counts-zero",
        N_("`count()` counts 0 too"),
        N_("`count()` counts every value that is not NULL, and the 0 of this `case` is one."),
        N_("Leave `else_` out, or add up: `func.sum(case((condition, 1), else_=0))`."),
        "select(func.count(case((Order.id > 3, 1), else_=0)))",
    ),
    FindingKind(
        "outer-join-undone",
        N_("WHERE undoes the outer join"),
        N_("The condition in WHERE drops the rows without a partner that the outer join kept."),
        N_(
            "For a row without a partner the other table's columns are NULL, and WHERE keeps only "
            "what is true. Put the condition into ON: "
            '`.outerjoin(Order, and_(Order.customer_id == Customer.id, Order.status == "new"))`; '
            "or let WHERE keep those rows: `or_(…, Order.id.is_(None))`."
        ),
    ),
    FindingKind(
        "absence-by-column",
        N_("A column that may be NULL itself"),
        N_(
            "`{column}` may also be NULL in a row that is there; whether one is there, its key tells."
        ),
        N_(
            "Ask the key of what was joined: `.outerjoin(Customer.orders).where(Order.id.is_(None))`."
        ),
    ),
    FindingKind(
        "join-condition",
        N_("Joined by another condition"),
        N_("`{table}` is joined by another condition than asked: look at what is compared."),
        N_(
            "The foreign key of one table equals the key of the other: "
            "`Order.customer_id == Customer.id`; `.join(Customer.orders)` writes it for you. In an "
            "outer join ON also holds what is asked of the rows that are joined."
        ),
    ),
    FindingKind(
        "inner-join-drops-rows",
        N_("A join that drops rows"),
        N_("The join drops the rows that have no partner; they were asked too."),
        N_(
            "`.outerjoin(…)`, or LEFT JOIN in SQL, keeps them, with NULL for what is not there; "
            "`.outerjoin(…, full=True)` keeps those of both tables."
        ),
    ),
    FindingKind(
        "outer-join-unneeded",
        N_("An outer join that keeps too many rows"),
        N_("The outer join keeps rows that have no partner; they were not asked."),
        N_(
            "`.join(…)`, or JOIN in SQL, keeps only rows that have one; a left join in the place of "
            "a full one keeps those of one table."
        ),
    ),
    FindingKind(
        "outer-join-side",
        N_("An outer join that keeps the other table"),
        N_("The outer join keeps all rows of one table; those of the other were asked."),
        N_(
            "A left join keeps every row of the table that stands before it: "
            "`select(…).select_from(Customer).outerjoin(Customer.orders)` keeps every customer."
        ),
    ),
    FindingKind(
        "count-star-outer-join",
        N_("`count(*)` counts the row without a partner"),
        N_("`count({counted})` counts the row that the outer join keeps, so nothing counts as 1."),
        N_("Count a column of the other table: `func.count(Order.id)` does not count NULL."),
    ),
    FindingKind(
        "group-by-missing-column",
        N_("A column that is not grouped by"),
        N_(
            "A column is neither grouped by nor inside an aggregate, so its value is that of any one "
            "row of the group."
        ),
        N_("Every plain column of the SELECT belongs in `group_by()`."),
    ),
    FindingKind(
        "group-by-extra-column",
        N_("Grouped by one thing too many"),
        N_("The groups are smaller than asked: GROUP BY has one column too many."),
        N_("A group is made for every different pair of what `group_by()` names."),
    ),
    FindingKind(
        "groups-merged",
        N_("Groups that fall into one"),
        N_("What is apart falls into one group where two have the same `{name}`."),
        N_("Names repeat, keys do not: group by the key, `.group_by(Product.id)`."),
    ),
    FindingKind(
        "groups-of-one",
        N_("Groups of a single row"),
        N_("A key of `{table}` is grouped by, so every group has one row, and HAVING counts 1."),
        N_(
            "Group by what the task says *for each* of: "
            "`.group_by(Order.customer_id).having(func.count() > 2)`."
        ),
    ),
    FindingKind(
        "aggregate-without-group",
        N_("An aggregate without groups"),
        N_("Without GROUP BY an aggregate makes one row of all."),
        N_("Say for what it shall be computed: `.group_by(Review.product_id)`."),
        "select(Review.product_id, func.count(Review.id))",
    ),
    FindingKind(
        "not-in-null",
        N_("NOT IN with a NULL in it"),
        N_("One NULL in the list makes NOT IN true for no row at all."),
        N_("Leave NULL out of the list (`is_not(None)`), or use `~exists()`."),
    ),
    FindingKind(
        "not-equal-loses-null",
        N_("`!=` loses the rows with NULL"),
        N_(
            "The rows where the value is NULL are lost: NULL is neither equal nor unequal to anything."
        ),
        N_("`or_(A.x != 1, A.x.is_(None))`, or `A.x.is_distinct_from(1)`."),
        "select(Review.id).where(Review.rating != 1)",
    ),
    FindingKind(
        "null-comparison",
        N_("NULL is not compared as meant"),
        N_("The rows with NULL in `{column}` make the difference: no comparison is true for them."),
        N_("Ask for NULL by name: `.is_(None)`, `.is_not(None)`, or `func.coalesce()`."),
    ),
    FindingKind(
        "null-rows-kept",
        N_("Rows with NULL that count"),
        N_("The rows where `{column}` is NULL make the difference: without them it is right."),
        N_(
            "Leave them out with `.is_not(None)`. Aggregates pass NULL by, unless `coalesce()` makes "
            "a value of it first."
        ),
    ),
    FindingKind(
        "equals-none-in-sql",
        N_("`= NULL`"),
        N_("A comparison with NULL (`= NULL`, `<> NULL`) is never true, not even for NULL."),
        N_("Write `IS NULL` or `IS NOT NULL`."),
        'text("SELECT id FROM reviews WHERE rating = NULL")',
    ),
    FindingKind(
        "contradiction",
        N_("No row can meet both conditions"),
        N_("`{column}` cannot have two values at once, so no row meets both conditions."),
        N_("Use OR, or `in_([…])`."),
        'select(Customer.id).where(Customer.city == "Recife", Customer.city == "Porto")',
    ),
    FindingKind(
        "filter-before-limit",
        N_("The filter comes before the limit"),
        N_("SQL filters first and limits then, whatever the order in which you write it."),
        N_("To filter a page, make the page a subquery first: `select(…).limit(5).subquery()`."),
    ),
    FindingKind(
        "limit-without-order",
        N_("A limit without an order"),
        N_("Without `order_by()` a limit takes any rows."),
        N_("Say which are the first: `.order_by(A.x.desc(), A.id).limit(3)`."),
        "select(Product.id).limit(3)",
    ),
    FindingKind(
        "limit-count",
        N_("Another number of rows in LIMIT"),
        N_("The limit is another one than asked."),
    ),
    FindingKind(
        "offset-count",
        N_("Another OFFSET"),
        N_("The rows are right but for where they start: look at `offset()`."),
        N_("`offset(10)` leaves out the first ten, so the next row is the eleventh."),
    ),
    FindingKind(
        "limit-missing",
        N_("The limit is missing"),
        N_("All rows came; only some were asked."),
        N_("`.limit(3)`, after `order_by()` has said which are the first."),
    ),
    FindingKind(
        "limit-unneeded",
        N_("A limit that was not asked"),
        N_("The limit cuts rows that were asked."),
    ),
    FindingKind(
        "integer-division",
        N_("Division of whole numbers"),
        N_("The division is another one than asked: with or without its rest."),
        N_(
            "In SQL text `7 / 2` is 3. SQLAlchemy's `/` keeps the rest (3.5), its `//` drops it. "
            "In SQL text write `7 / 2.0` to keep it."
        ),
    ),
    FindingKind(
        "compares-text-with-number",
        N_("Text compared with a number"),
        N_("A text is compared with a number; SQLite finds every text greater than any number."),
        N_("Compare like with like: `cast(A.x, Integer) > 5`."),
    ),
    FindingKind(
        "double-quoted-text",
        N_("A text in double quotes"),
        N_('Double quotes name a column in SQL; SQLite takes "{text}" for text if there is none.'),
        N_("A text stands in single quotes: `'Recife'`."),
        "text('SELECT id FROM customers WHERE city = \"Recife\"')",
    ),
    FindingKind(
        "like-without-wildcard",
        N_("LIKE without a wildcard"),
        N_("LIKE without `%` or `_` compares the whole text."),
        N_('`%` stands for any text, `_` for any one character: `like("%part%")`.'),
        'select(Customer.id).where(Customer.name.like("Ana"))',
    ),
    FindingKind(
        "like-pattern",
        N_("A LIKE pattern with its wildcards elsewhere"),
        N_("The wildcards of the LIKE pattern stand in another place than asked."),
        N_("`x%` begins with x, `%x` ends with it, `%x%` holds it anywhere."),
    ),
    FindingKind(
        "like-case",
        N_("Capital and small letters"),
        N_("The difference lies in capital and small letters."),
        N_(
            "In SQLite `LIKE` does not tell A from a (only in ASCII), and `=` does. "
            '`func.lower(A.x) == "ana"` compares without regard to them.'
        ),
    ),
    FindingKind(
        "fan-out",
        N_("Rows counted more than once"),
        N_("A second join repeats rows before they are counted or summed."),
        N_("Aggregate in a subquery before you join, or count `distinct`."),
    ),
    FindingKind(
        "subquery-condition",
        N_("A condition is missing in the subquery"),
        N_("The subquery needs one more condition: it looks at more rows than it should."),
        N_(
            "What is looked for inside has its own `where()`: `Order.items.any(OrderItem.qty > 1)`."
        ),
    ),
    FindingKind(
        "uncorrelated-exists",
        N_("A subquery that does not look at the row"),
        N_("The subquery does not mention the outer row, so it is the same for every row."),
        N_("Link them: `exists().where(Order.customer_id == Customer.id)`."),
    ),
    FindingKind(
        "compared-with-itself",
        N_("A row compared with itself"),
        N_("Both sides of `{text}` belong to one row: it is compared with itself."),
        N_(
            "Take one side from each of the two tables, or from a class and its alias: "
            "`Parent = aliased(Category)`, then `.join(Parent, Category.parent_id == Parent.id)`."
        ),
    ),
    FindingKind(
        "needless-distinct",
        N_("DISTINCT that changes nothing"),
        N_("DISTINCT changes nothing here: the rows are different anyway."),
    ),
    FindingKind(
        "update-without-where",
        N_("UPDATE or DELETE of every row"),
        N_("This statement has no WHERE, so it changes every row of the table."),
        N_("Say which rows: `update(A).where(A.x == 1).values(…)`."),
        "session.execute(delete(Review)); session.commit()",
    ),
    FindingKind(
        "boundary",
        N_("The border value"),
        N_("The rows exactly at the border make the difference: `<` or `<=`, `>` or `>=`?"),
        N_("*At least*, *up to* and BETWEEN take the border in; *more than* and *under* do not."),
    ),
    FindingKind(
        "between-reversed",
        N_("BETWEEN with its ends changed"),
        N_("BETWEEN takes the lower end first; here it is the higher one, so no row is between."),
        N_("`A.x.between(1000, 3000)`."),
    ),
    FindingKind(
        "wrong-operator",
        N_("Another comparison"),
        N_("Another comparison is needed here than `{operator}`."),
    ),
    FindingKind(
        "and-or-swapped",
        N_("AND and OR"),
        N_(
            "The conditions are joined the other way round: AND where OR is needed, or OR where AND is."
        ),
        N_("`where(a, b)` and `and_()` ask for both, `or_()` for at least one."),
    ),
    FindingKind(
        "missing-condition",
        N_("A condition is missing"),
        N_("A condition is missing: rows came that the task does not ask for."),
        N_("Read the task once more: each of its conditions must stand in `where()`."),
    ),
    FindingKind(
        "extra-condition",
        N_("A condition too many"),
        N_("One condition is too many: without it the rows are right."),
    ),
    FindingKind(
        "wrong-constant",
        N_("Another value in a condition"),
        N_(
            "The query has the right form, but a condition compares with {value}: another value is needed."
        ),
    ),
    FindingKind(
        "wrong-value",
        N_("Another value than asked"),
        N_("The query has the right form, but {value} stands where another value is needed."),
    ),
    FindingKind(
        "condition-negated",
        N_("A condition turned round"),
        N_("A condition says the opposite of what is asked."),
    ),
    FindingKind(
        "order-missing",
        N_("No order"),
        N_("The rows are not sorted: there is no ORDER BY."),
        N_(
            "Without `order_by()` rows come as the database finds them; that it looks sorted today "
            "promises nothing."
        ),
    ),
    FindingKind(
        "order-direction",
        N_("Sorted the other way"),
        N_("Sorted in the other direction than the task asks."),
        N_("`.desc()` puts the largest first; without it the smallest comes first."),
    ),
    FindingKind(
        "order-keys",
        N_("Sorted by something else"),
        N_("Sorted by something else than the task asks, or a second key is missing."),
        N_("`order_by(A.x, A.y)` sorts by x, and those with equal x by y."),
    ),
    FindingKind(
        "nulls-order",
        N_("Where NULL stands"),
        N_("The rows with NULL stand at the other end than asked."),
        N_("In SQLite NULL comes first. `.nulls_last()` and `.nulls_first()` say it."),
    ),
    FindingKind(
        "distinct-missing",
        N_("DISTINCT is missing"),
        N_("Equal rows come more than once; each was asked once."),
        N_("`select(…).distinct()`."),
    ),
    FindingKind(
        "distinct-unneeded",
        N_("DISTINCT drops rows"),
        N_("DISTINCT merges equal rows that were all asked."),
    ),
    FindingKind(
        "wrong-aggregate",
        N_("Another aggregate"),
        N_("Another aggregate is needed here than {name}."),
        N_(
            "`count` counts rows, `sum` adds values, `avg` is their mean, `min` and `max` the ends."
        ),
    ),
    FindingKind(
        "window-function",
        N_("Another window function"),
        N_("Another window function is needed here than `{name}()`."),
        N_(
            "`row_number` numbers every row; `rank` gives equal ones the same number and then leaves "
            "numbers out, `dense_rank` leaves out none. `lag` looks at the row before, `lead` at the "
            "one after."
        ),
    ),
    FindingKind(
        "count-nulls",
        N_("What `count` counts"),
        N_(
            "`count(*)` counts rows, `count(column)` only where the column is not NULL: something "
            "else than `{counted}` is to be counted."
        ),
        N_(
            "To count the rows of a table that an outer join brings, count its key, "
            "`func.count(Order.id)`: it is NULL only where there is no such row."
        ),
    ),
    FindingKind(
        "count-distinct",
        N_("Equal values counted again"),
        N_("Equal values are counted each time; each different one was asked once."),
        N_("`func.count(A.x.distinct())`, or `count(DISTINCT x)` in SQL."),
    ),
    FindingKind(
        "count-distinct-unneeded",
        N_("DISTINCT inside `count`"),
        N_("`count(DISTINCT …)` counts each different value once; each row was to be counted."),
        N_("Leave `distinct` out: `func.count(A.x)`."),
    ),
    FindingKind(
        "union-all",
        N_("UNION or UNION ALL"),
        N_("UNION merges equal rows, UNION ALL keeps them: the other is needed."),
    ),
    FindingKind(
        "plus-on-text",
        N_("`+` between texts"),
        N_("In SQL `+` adds numbers; a text becomes a number first, mostly 0."),
        N_("`||` joins texts in SQL: `name || '!'`. In SQLAlchemy `A.name + \"!\"` makes it."),
        "text(\"SELECT id, name + '!' FROM customers\")",
    ),
    FindingKind(
        "wildcard-in-value",
        N_("A wildcard in the value"),
        N_("`%` and `_` in “{text}” are wildcards, so it matches more than that text."),
        N_('`A.x.contains("50%", autoescape=True)` takes them as they are; in SQL: ESCAPE.'),
        'select(Product.id, Product.name).where(Product.name.contains("_"))',
    ),
    FindingKind(
        "group-by-as-distinct",
        N_("GROUP BY where DISTINCT says it"),
        N_("Nothing is computed for the groups, so GROUP BY only makes the rows distinct."),
        N_("`select(A.x).distinct()` says just that."),
    ),
    FindingKind(
        "scalar-subquery-implied",
        N_("A SELECT used as a value"),
        N_("A `select()` is used as one value, and SQLAlchemy had to guess that it is meant so."),
        N_("Say it: `select(func.max(A.x)).scalar_subquery()`."),
    ),
    FindingKind(
        "subquery-in-in",
        N_("A subquery that `in_()` does not need"),
        N_("`in_()` takes the `select()` itself; `.subquery()` is too much here."),
        N_("Write `A.x.in_(select(B.x))`."),
    ),
    FindingKind(
        "case-without-else",
        N_("CASE without ELSE"),
        N_("Where no WHEN holds, CASE without ELSE gives NULL."),
        N_('`case((…, …), else_="other")`.'),
    ),
)
