"""Findings of single checks: what an exercise asks for besides the right rows."""

from playground.checking.findings.kind import FindingKind
from playground.texts import N_

KINDS = (
    FindingKind(
        "too-many-statements",
        N_("Too many statements"),
        N_("Statements sent: {count}. This exercise allows {most}."),
        N_(
            "Look at the list of statements: which one comes again and again, and which line sends "
            "it? One query with a join, `in_()` or `selectinload()` often does the work of many."
        ),
    ),
    FindingKind(
        "too-few-statements",
        N_("Too few statements"),
        N_("Statements sent: {count}. This exercise asks for {least} or more."),
        N_("A statement object does nothing until it is executed."),
    ),
    FindingKind(
        "lazy-loads",
        N_("Attributes that load themselves"),
        N_("{attribute} loads itself when it is touched. Such loads: {count}; allowed: {most}."),
        N_(
            "Each object asks the database for its own related rows: one query more for every row "
            "(*N+1*). Load them together: `.options(selectinload(Customer.orders))`."
        ),
    ),
    FindingKind(
        "sql-missing",
        N_("The SQL lacks something"),
        N_("The result is right, but the exercise asks for {name} in the SQL that is sent."),
        N_("Look at the SQL pane: it shows what SQLAlchemy made of your answer."),
    ),
    FindingKind(
        "sql-forbidden",
        N_("The SQL has something it may not"),
        N_("The exercise asks you to do it without {name} in the SQL."),
        N_("Look at the SQL pane: it shows what SQLAlchemy made of your answer."),
    ),
    FindingKind(
        "code-missing",
        N_("The code lacks something"),
        N_("The exercise asks you to use `{name}`."),
    ),
    FindingKind(
        "code-forbidden",
        N_("The code has something it may not"),
        N_("The exercise asks you to do it without `{name}`."),
    ),
    FindingKind(
        "rows-not-from-statement",
        N_("Rows made by Python"),
        N_("The rows are right, but Python put them together; the exercise asks for a query."),
        N_(
            "Let the database filter, join and sum: it reads only what it needs and sends only "
            "what you asked for. Give the statement itself as the last line."
        ),
    ),
    FindingKind(
        "error-expected",
        N_("An exception was asked"),
        N_("The exercise asks for {type}, and it was not raised."),
    ),
    FindingKind(
        "error-other",
        N_("Another exception"),
        N_("{got} was raised; the exercise asks for {type}."),
    ),
    FindingKind(
        "error-not-handled",
        N_("The exception was not handled"),
        N_("{type} was raised and left your code; handle it there."),
        N_(
            "Put the lines that raise it into `try:` and what shall follow into `except IntegrityError:`."
        ),
    ),
    FindingKind(
        "parameters-missing",
        N_("A value did not travel as a parameter"),
        N_("The value {value} was asked as a bound parameter, and no statement has it as one."),
        N_(
            "In an expression (`A.x == value`) SQLAlchemy binds it for you. In `text()` write "
            '`:name` and give the value with the call: `execute(text("… :name"), {"name": value})`.'
        ),
    ),
    FindingKind(
        "literals-in-sql",
        N_("Values written into the SQL"),
        N_("The value {value} stands in the text of the SQL; the exercise asks for parameters."),
        N_(
            "A value that is part of the text can change its meaning (SQL injection), and the "
            "database must plan every text anew. Bind it: `:name`."
        ),
    ),
    FindingKind(
        "not-committed",
        N_("Not committed"),
        N_("The exercise asks you to commit, and the last change was not."),
        N_("`session.commit()`, or a block `with engine.begin() as connection:`."),
    ),
    FindingKind(
        "not-rolled-back",
        N_("Not rolled back"),
        N_("The exercise asks you to roll back, and the last change was not."),
        N_("`session.rollback()` takes back all since the last commit."),
    ),
    FindingKind(
        "savepoint-missing",
        N_("No savepoint"),
        N_("The exercise asks for a savepoint, and none was set."),
        N_("`with session.begin_nested():` sets one, and takes back only what is inside."),
    ),
    FindingKind(
        "several-transactions",
        N_("Several transactions"),
        N_("A second transaction begins before the last change; the exercise asks for one."),
        N_(
            "After `commit()`, `rollback()` or the end of a block the next statement begins a new "
            "transaction, and another session or connection has its own. In between others may "
            "change the rows, and if something fails only a part of it stays. Commit once, at the "
            "end."
        ),
    ),
    FindingKind(
        "warning-given",
        N_("A warning was given"),
        N_("Python warned: {message}"),
        N_("A warning says that something works now and may not be meant, or not for long."),
    ),
    FindingKind(
        "warning-missing",
        N_("A warning was asked"),
        N_("The exercise asks for the warning {name}, and it was not given."),
    ),
    FindingKind(
        "mapping-differs",
        N_("The mapping is another one"),
        N_("{what} is {got}; the exercise asks for {expected}."),
        N_("Look at `relationship()` on both sides, and at the foreign key between the tables."),
    ),
    FindingKind(
        "behaviour-differs",
        N_("It behaves otherwise"),
        N_("`{when}` gives {got}; {expected} was asked."),
    ),
    FindingKind(
        "plan-differs",
        N_("The plan is another one"),
        N_("The database plans: {plan}. That is not what the exercise asks for."),
        N_(
            "`EXPLAIN QUERY PLAN` tells how rows are found: SCAN reads the whole table, SEARCH "
            "uses an index. A function around a column hides its index."
        ),
    ),
    FindingKind(
        "compiled-differs",
        N_("It compiles to something else"),
        N_("For {dialect} the statement is not what the exercise asks for: look for {text}."),
        N_("`print(statement.compile(dialect=…))` shows a statement for another database."),
    ),
    FindingKind(
        "output-differs",
        N_("Something else was printed"),
        N_("Line {number} of the output is “{got}”; “{expected}” was asked."),
    ),
    FindingKind(
        "data-frame-missing",
        N_("No data frame"),
        N_("A data frame was asked, and the value is none."),
        N_(
            "`pd.read_sql(statement, engine)` makes one; a list of rows does not know the names of "
            "its columns. Let the frame be the last line."
        ),
    ),
    FindingKind(
        "data-frame-differs",
        N_("The data frame is another one"),
        N_("The data frame differs in its {what}."),
    ),
    FindingKind(
        "tests-kill-too-few",
        N_("The test lets wrong programs pass"),
        N_(
            "Of {tried} wrong programs your tests notice {killed}; {wanted} are asked. "
            "One that they let pass: {change}."
        ),
        N_(
            "Each wrong program is the right one with a single thing changed. Ask yourself which "
            "call, with which data, would give something else then, and assert that. Borders, "
            "refusals and what must *not* change are noticed least."
        ),
    ),
    FindingKind(
        "test-fails-on-good",
        N_("A test fails on the right program"),
        N_("`{test}` fails on the program as it should be: {message}"),
        N_(
            "The program is right; the test expects something else of it, or is not set up. Run it "
            "and read what was raised, and on which line."
        ),
    ),
    FindingKind(
        "no-tests",
        N_("No test was found"),
        N_("There is no test here. pytest runs the functions whose names begin with `test_`."),
    ),
    FindingKind(
        "log-not-replayed",
        N_("The statements do not give this"),
        N_("The statements that were logged do not give these rows, or not this database."),
        N_(
            "What was sent was sent again on the same data, in a process of its own, and something "
            "else came out. Leave the record of the statements as it is."
        ),
    ),
    FindingKind(
        "text-not-parsed",
        N_("Too much to be read"),
        N_(
            "The exercise asks how this is written, and it cannot be read as a whole: it is too "
            "long, or nested too deeply."
        ),
        N_(
            "Nothing says that it is wrong. Write it shorter: bind values as parameters, and give "
            "many rows as a list of dictionaries instead of writing them out."
        ),
    ),
    FindingKind(
        "check-failed",
        N_("Something else was asked"),
        N_("The rows are right, but one more thing that the exercise asks for is not."),
        N_("Read the task once more, to its end."),
    ),
)
