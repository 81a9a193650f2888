"""Findings of what works with SQLAlchemy: pools, types of other systems, asyncio, pandas, JSON."""

from playground.checking.findings.kind import FindingKind
from playground.texts import N_

KINDS = (
    FindingKind(
        "pool-exhausted",
        N_("No connection left in the pool"),
        N_("All connections of the pool are taken, and none came back in time."),
        N_(
            "A connection or session that is never closed keeps its place. `with` gives it back: "
            "`with engine.connect() as connection:`, `with Session(engine) as session:`."
        ),
    ),
    FindingKind(
        "type-not-here",
        N_("A type that this database does not have"),
        N_("This database system has no type `{type}`."),
        N_(
            "`JSON` holds lists everywhere; or give each system its own: "
            '`JSON().with_variant(ARRAY(String), "postgresql")`.'
        ),
    ),
    FindingKind(
        "not-json",
        N_("Not to be written as JSON"),
        N_("A value of type {type} cannot be written as JSON."),
        N_(
            "JSON knows texts, numbers, true, false, null, lists and dictionaries. Make one of these "
            "first: `day.isoformat()`, `str(price)`, a dictionary of an object's columns."
        ),
    ),
    FindingKind(
        "pandas-needs-connection",
        N_("pandas was given no connection"),
        N_("pandas reads and writes through an engine or a connection, and cannot use this."),
        N_("`pd.read_sql(statement, engine)`; of a session, `session.connection()`."),
    ),
    FindingKind(
        "frame-index-written",
        N_("The index of a frame written as a column"),
        N_("`to_sql()` writes the index of the frame too, as a column `index` that is not there."),
        N_("`frame.to_sql(…, index=False)` leaves it out."),
    ),
    FindingKind(
        "await-missing",
        N_("`await` is missing"),
        N_("This is a coroutine: what it will give is not there before `await`."),
        N_("`result = await session.execute(statement)`, and then `result.all()`."),
    ),
    FindingKind(
        "await-needless",
        N_("Nothing to await"),
        N_("A {type} is there already: nothing to `await`."),
        N_(
            "Only what talks to the database is awaited; `result.all()` and `session.add()` are not."
        ),
    ),
    FindingKind(
        "lazy-load-in-async",
        N_("A query where none can be awaited"),
        N_(
            "Something was to be loaded by itself, and under asyncio nothing loads without `await`."
        ),
        N_(
            "Load it with the query, `.options(selectinload(Customer.orders))`; keep values after a "
            "commit with `expire_on_commit=False`."
        ),
    ),
    FindingKind(
        "run-sync-needed",
        N_("A synchronous function under asyncio"),
        N_("`create_all()` works on a synchronous connection, and this one is of asyncio."),
        N_("`await connection.run_sync(Base.metadata.create_all)`."),
    ),
)
