"""Findings about engines, sessions, events and asyncio: what is made, called or awaited wrongly."""

from playground.checking.findings.kind import FindingKind
from playground.texts import N_

KINDS = (
    FindingKind(
        "unknown-option",
        N_("No such option"),
        N_("`{function}()` has no option `{name}`."),
        "",
        'create_engine("sqlite://", eco=True)',
        near=True,
    ),
    FindingKind(
        "missing-argument",
        N_("A call without what it needs"),
        N_("`{function}()` needs {text}, and was called without."),
        N_(
            "`session.get(Customer, 1)` takes class and key, `event.listen(target, name, function)` "
            "all three. The `__init__` of a dataclass takes every field that has neither a default "
            "nor `init=False`."
        ),
        "select(cast(Order.id))",
    ),
    FindingKind(
        "legacy-option",
        N_("An option of an older SQLAlchemy"),
        N_("The option `{option}` is from before SQLAlchemy 2.0."),
        N_(
            "Leave it out. A session commits when you say so; `create_engine(…, "
            'isolation_level="AUTOCOMMIT")` commits every statement.'
        ),
        "Session(engine, autocommit=True)",
    ),
    FindingKind(
        "session-without-engine",
        N_("A session without an engine"),
        N_("This session does not know which database it speaks to: it was given no engine."),
        N_(
            "`Session(engine)`, `sessionmaker(engine)`. A URL is no engine yet: `create_engine(url)`."
        ),
        "Session().execute(select(1))",
    ),
    FindingKind(
        "sessionmaker-not-called",
        N_("A session maker is no session"),
        N_("A `sessionmaker` makes sessions, and is none itself: call it."),
        N_("`with Maker() as session:`, or `with Maker.begin() as session:`, which commits."),
        "Maker = sessionmaker(engine)\nMaker.add(Tag(name='x'))",
    ),
    FindingKind(
        "with-needed",
        N_("A block that is not opened"),
        N_("What `begin()` gives has no `{method}()`: it opens a block."),
        N_(
            "`with engine.begin() as connection:`, and inside `connection.execute(…)`; of a session "
            "`with session.begin():`, and inside `session.execute(…)`."
        ),
        "engine.begin().execute(select(1))",
    ),
    FindingKind(
        "connection-is-no-session",
        N_("A connection is no session"),
        N_("A connection has no `{method}()`: it sends statements, and knows no objects."),
        N_(
            "Objects are added, found and deleted by a session: `with Session(engine) as session:`."
        ),
        "engine.connect().add(Tag(name='x'))",
    ),
    FindingKind(
        "case-takes-pairs",
        N_("`case()` without pairs"),
        N_("`case()` takes pairs of a condition and a value, and the rest in `else_`."),
        N_(
            '`case((A.x > 10, "many"), (A.x > 0, "few"), else_="none")`, without a list around them.'
        ),
        'select(case([(Order.id > 1, "a")], else_="b"))',
    ),
    FindingKind(
        "unknown-event",
        N_("No such event"),
        N_("There is no event `{name}` of this target."),
        N_(
            "The first argument is what is listened to (an engine, a session, a class, an "
            "attribute), the second is the event's name."
        ),
        'event.listen(Tag, "before_inserts", print)',
        near=True,
    ),
    FindingKind(
        "listener-arguments",
        N_("A function that SQLAlchemy calls"),
        N_("SQLAlchemy calls `{function}()` with other arguments than it takes."),
        N_(
            "`before_insert(mapper, connection, target)`, attribute events "
            "`set(target, value, oldvalue, initiator)`, `before_commit(session)`, "
            "`before_cursor_execute(conn, cursor, statement, parameters, context, executemany)`, "
            "`@validates` methods `(self, key, value)`."
        ),
        '@event.listens_for(session, "before_commit")\ndef tell():\n    pass\nsession.commit()',
    ),
    FindingKind(
        "never-awaited",
        N_("Called and not awaited"),
        N_("`{name}()` was called without `await`, so it did nothing."),
        N_(
            "`await session.commit()`, `await session.execute(…)`; the outermost function is run "
            "with `asyncio.run(main())`."
        ),
    ),
    FindingKind(
        "await-outside",
        N_("`await` outside of an `async def`"),
        N_("`await` stands only inside a function that is written with `async def`."),
        N_("Outside of all functions it is `asyncio.run(main())`."),
        "await session.scalars(select(Tag.id))",
    ),
    FindingKind(
        "async-with-needed",
        N_("`async with`, `async for`"),
        N_("An `{type}` is opened with `async with` and read with `async for`."),
    ),
    FindingKind(
        "async-needless",
        N_("A plain `with` or `for`"),
        N_("A `{type}` is not of asyncio: a plain `with` opens it, a plain `for` reads it."),
    ),
    FindingKind(
        "async-engine-needed",
        N_("An engine of asyncio is needed"),
        N_("This engine is not of asyncio, and an asynchronous session needs one that is."),
        N_(
            '`create_async_engine("sqlite+aiosqlite:///shop.db")`: the driver in the URL must be '
            "asynchronous."
        ),
    ),
    FindingKind(
        "async-query",
        N_("`query()` under asyncio"),
        N_("An asynchronous session has no `query()`."),
        N_("`(await session.scalars(select(Customer).where(…))).all()`."),
    ),
)
