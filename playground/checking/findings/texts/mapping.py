"""Findings about models and relationships that SQLAlchemy refuses."""

from playground.checking.findings.kind import FindingKind
from playground.texts import N_

KINDS = (
    FindingKind(
        "back-populates-unknown",
        N_("`back_populates` names nothing"),
        N_("The other class has no attribute `{name}` that `back_populates` names."),
        N_("Both sides name each other: `orders` says `customer`, and `customer` says `orders`."),
    ),
    FindingKind(
        "relationship-without-key",
        N_("A relationship without a foreign key"),
        N_("There is no foreign key between the tables of {name}."),
        N_('Add `mapped_column(ForeignKey("table.id"))` on the side of the many.'),
    ),
    FindingKind(
        "relationship-ambiguous",
        N_("Two foreign keys for one relationship"),
        N_("More than one foreign key leads between the tables of {name}."),
        N_("Say which: `relationship(foreign_keys=[sender_id])`."),
    ),
    FindingKind(
        "relationship-same-direction",
        N_("Both sides point the same way"),
        N_("Both sides of a relationship of a table to itself point the same way."),
        N_("Give the side of the parent `remote_side=[id]`."),
    ),
    FindingKind(
        "relationship-target",
        N_("A relationship to an unknown class"),
        N_("No mapped class is named `{name}`."),
        N_('The name in quotes is that of the class, not of its table: `Mapped[list["Order"]]`.'),
        near=True,
    ),
    FindingKind(
        "inheritance-without-key",
        N_("A subclass without a key to its parent"),
        N_("The table `{child}` has no foreign key to `{parent}`, whose class it inherits from."),
        N_(
            "In joined inheritance the subclass' key leads to its parent's: "
            '`id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)`. Without '
            "a `__tablename__` of its own a subclass shares its parent's table."
        ),
    ),
    FindingKind(
        "discriminator-null",
        N_("A row that is of no class"),
        N_("A row has NULL in `{name}`, so nobody knows of which class it is."),
        N_(
            "Give every class its `polymorphic_identity`, the parent too; rows that are there "
            "already need a value."
        ),
    ),
    FindingKind(
        "key-missing",
        N_("An object without a primary key"),
        N_("A `{class}` was to be sent, and its primary key is None."),
        N_(
            "Only a single key of whole numbers is made by the database; any other must be given: "
            "by you, by a default, or by the object that it belongs to."
        ),
    ),
    FindingKind(
        "ondelete-place",
        N_("`ondelete` belongs to the foreign key"),
        N_("`{name}` is no option here: it is one of `ForeignKey()`."),
        N_('`mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))`.'),
    ),
    FindingKind(
        "cascade-option",
        N_("No such cascade"),
        N_("There is no cascade `{name}`."),
        N_('They stand in one text, with commas: `cascade="all, delete-orphan"`.'),
        near=True,
    ),
    FindingKind(
        "property-in-query",
        N_("A Python property in a query"),
        N_("A `@property` is computed by Python from one object, so SQL cannot use it."),
        N_(
            "Make it a `@hybrid_property`: on the class it gives an expression, on an object a value."
        ),
    ),
    FindingKind(
        "orphan-on-many-side",
        N_("`delete-orphan` on the wrong side"),
        N_("`delete-orphan` belongs on the side that holds the collection."),
    ),
    FindingKind(
        "mapped-annotation",
        N_("An annotation without `Mapped`"),
        N_("The annotation of {name} is no `Mapped[…]`."),
        N_("Write `name: Mapped[str]`, and `Mapped[str | None]` where NULL is allowed."),
    ),
    FindingKind(
        "no-primary-key",
        N_("A model without a primary key"),
        N_("A mapped class needs a primary key."),
        N_("`id: Mapped[int] = mapped_column(primary_key=True)`."),
    ),
    FindingKind(
        "no-tablename",
        N_("A model without a table"),
        N_("A mapped class needs `__tablename__`."),
    ),
    FindingKind(
        "table-args-tuple",
        N_("`__table_args__` without its comma"),
        N_("`__table_args__` must be a tuple, and what stands here is not one."),
        N_(
            "One thing in parentheses is a tuple only with a comma: "
            '`__table_args__ = (UniqueConstraint("a", "b"),)`.'
        ),
    ),
    FindingKind(
        "relationships-unlinked",
        N_("Two relationships that do not know of each other"),
        N_("{name} and another relationship write the same column, and neither names the other."),
        N_(
            'With `back_populates="…"` on both sides each sees at once what the other is given. '
            "One that only reads has `viewonly=True`."
        ),
    ),
    FindingKind(
        "validator-passed-by",
        N_("A rule that a bulk statement passes by"),
        N_("Validators and listeners see objects; `insert()` and `update()` pass them by."),
        N_(
            "What must hold for every row is a constraint of the table: "
            '`CheckConstraint("discount BETWEEN 0 AND 90")`. Or go by objects: `session.add(…)`.'
        ),
    ),
    FindingKind(
        "foreign-keys-asleep",
        N_("Foreign keys that nobody checks"),
        N_(
            "SQLite checks foreign keys on connections that are told to, and those of this engine are not."
        ),
        N_(
            "The pragma is asked of every new connection: a listener of the engine's event "
            '`"connect"` executes `PRAGMA foreign_keys = ON`, before the first one is opened.'
        ),
    ),
    FindingKind(
        "type-not-enforced",
        N_("A type that SQLite does not enforce"),
        N_("SQLite takes any text for `{type}`: neither length nor list of values is checked."),
        N_(
            "A CHECK does it: `Enum(Status, create_constraint=True)`, "
            '`CheckConstraint("length(code) <= 3")`.'
        ),
    ),
    FindingKind(
        "create-all-alters-nothing",
        N_("`create_all()` changes no table"),
        N_("The table {table} was there before, and `create_all()` leaves it as it is."),
        N_(
            "Only what is missing is made. To change a table: ALTER TABLE, or a migration (Alembic)."
        ),
    ),
    FindingKind(
        "foreign-key-target",
        N_("A foreign key to nowhere"),
        N_("The foreign key leads to `{name}`, which does not exist."),
        N_('It names table and column, not the class: `ForeignKey("customers.id")`.'),
        near=True,
    ),
    FindingKind(
        "annotation-in-quotes",
        N_("A text in quotes with `|`"),
        N_("Python cannot join a text in quotes and another type with `|`."),
        N_(
            'Put the whole into quotes, `Mapped["Team | None"]`; or none of it, where the class '
            'stands above: `Mapped[Team | None]`; or `Mapped[Optional["Team"]]`.'
        ),
    ),
    FindingKind(
        "foreign-key-to-class",
        N_("A foreign key that names a class"),
        N_("`{name}` is a class; a foreign key names its table, `{near}`."),
        N_('`ForeignKey("customers.id")`: table and column, as the database knows them.'),
    ),
    FindingKind(
        "subclass-of-base",
        N_("A subclass that does not inherit from its parent"),
        N_("`{class}` says which sort it is, and has no table: its parent class is missing."),
        N_(
            "A class that shares its parent's table inherits from that class, not from `Base`: "
            "`class Manager(Employee):`."
        ),
    ),
    FindingKind(
        "json-attribute",
        N_("JSON that is read like an object"),
        N_("What JSON holds is reached with brackets and taken with `as_…()`, not with `.{name}`."),
        N_(
            '`Event.payload["code"].as_integer() == 500`; there are `as_string()`, `as_float()` and '
            '`as_boolean()` too. A longer path: `Event.payload["a", "b"]`.'
        ),
    ),
    FindingKind(
        "type-not-mapped",
        N_("A type without a column"),
        N_("No column type is known for `{type}`, which `{attribute}` is declared with."),
        N_(
            "For a list or a dictionary `Mapped[dict] = mapped_column(JSON)`; for objects of another "
            'class `Mapped[list["Order"]] = relationship()`.'
        ),
    ),
    FindingKind(
        "annotation-unknown",
        N_("An annotation that names nothing"),
        N_("The annotation `{type}` names no type that is known here."),
        N_("Is it written correctly, and imported?"),
    ),
    FindingKind(
        "column-without-type",
        N_("A column without a type"),
        N_("`{attribute}` says neither by its annotation nor by `mapped_column()` what it holds."),
        N_("`name: Mapped[str] = mapped_column()`, or `name = mapped_column(String(40))`."),
    ),
    FindingKind(
        "schema-item-needed",
        N_("Neither a column nor a constraint"),
        N_("Here belongs a column or a constraint, and {text} came."),
        N_(
            '`Table("tags", metadata, Column("id", Integer, primary_key=True))`; a column has one '
            "type, after its name: `mapped_column(String(40), unique=True)`."
        ),
    ),
    FindingKind(
        "constraint-column",
        N_("A constraint of an unknown column"),
        N_("The table `{owner}` has no column `{name}` for this `{kind}`."),
        near=True,
    ),
    FindingKind(
        "table-twice",
        N_("A table that is defined twice"),
        N_("The table `{owner}` is defined already in this `MetaData`."),
        N_(
            "A model or `Table` of a name stands once for each `Base`. The models of the exercise "
            "are there already: use them, or make a `Base` of your own."
        ),
    ),
    FindingKind(
        "column-conflicts",
        N_("A column that the parent has already"),
        N_("`{class}` declares `{attribute}`, and its parent's table has that column already."),
        N_(
            "What the parent has is inherited, so leave it out. Two subclasses that share a column "
            "both say `mapped_column(use_existing_column=True)`."
        ),
    ),
    FindingKind(
        "base-needed",
        N_("A model without a base of its own"),
        N_("Models do not inherit from `{type}` itself."),
        N_("First `class Base(DeclarativeBase): pass`, then `class Customer(Base): …`."),
    ),
    FindingKind(
        "dataclass-fields",
        N_("A field without a default after one with it"),
        N_("`{attribute}` has no default, and one that has stands before it."),
        N_(
            "In a dataclass fields without a default come first; or `kw_only=True` for the class, or "
            "`init=False` for what the database fills."
        ),
    ),
    FindingKind(
        "dataclass-option",
        N_("An option of dataclasses in a class that is none"),
        N_("`{option}` of `{attribute}` is an option of dataclasses, and this class is none."),
        N_("`class Base(MappedAsDataclass, DeclarativeBase): pass` makes every model one."),
    ),
    FindingKind(
        "remote-side-missing",
        N_("A relationship to itself without `remote_side`"),
        N_("`{name}` leads to its own class, and nothing says that it leads up."),
        N_(
            "Without `remote_side` it is the side of the many. The one that leads to the parent has "
            "`remote_side=[id]`."
        ),
    ),
    FindingKind(
        "backref-taken",
        N_("`backref` makes what is there"),
        N_(
            "`{relationship}` would make `{attribute}` by its `backref`, and that is there already."
        ),
        N_("Where both sides are written, both say `back_populates`, and none says `backref`."),
    ),
    FindingKind(
        "relationship-text",
        N_("A text of a relationship that names nothing"),
        N_("The text `{text}` names `{name}`, and no class is called so."),
        N_(
            "A text in `primaryjoin`, `foreign_keys` or `order_by` is read as Python: class and "
            'attribute, `foreign_keys="Order.customer_id"`.'
        ),
        near=True,
    ),
    FindingKind(
        "relationship-text-unreadable",
        N_("A text of a relationship that cannot be read"),
        N_("A relationship was given a text that Python cannot read: {message}."),
        N_('It is Python, not SQL: `primaryjoin="Customer.id == Order.customer_id"`.'),
    ),
    FindingKind(
        "relationship-argument",
        N_("A relationship's option without columns"),
        N_("`{option}` takes columns, and was given {text}."),
        N_(
            "Inside the class the column itself, `remote_side=[id]`; else one text with the class, "
            '`remote_side="Employee.id"`.'
        ),
    ),
    FindingKind(
        "condition-without-key",
        N_("A join condition without a foreign key"),
        N_("The condition `{text}` of `{relationship}` has no column with a foreign key."),
        N_("Compare the foreign key with its target, or mark it: `foreign(Order.customer_id)`."),
    ),
    FindingKind(
        "secondary-unknown",
        N_("`secondary` names no table"),
        N_("There is no table `{name}` that `secondary` names."),
        N_("It is the table between the two, by its name in the database or as a `Table`."),
        near=True,
    ),
    FindingKind(
        "secondary-is-class",
        N_("A class as `secondary`"),
        N_("`{class}` is a class, and `secondary` takes a table that no class maps."),
        N_(
            "Either the table between is a plain `Table`; or it is a class of its own, and each side "
            "has a relationship to it (an association object)."
        ),
    ),
    FindingKind(
        "secondary-without-keys",
        N_("`secondary` does not link both sides"),
        N_("The table `{owner}` has no foreign keys to both sides of `{relationship}`."),
        N_(
            '`Column("product_id", ForeignKey("products.id"), primary_key=True)`, and the same to '
            "the other side."
        ),
    ),
    FindingKind(
        "polymorphic-on-unknown",
        N_("`polymorphic_on` names nothing"),
        N_("The class has no attribute `{name}` that `polymorphic_on` names."),
        near=True,
    ),
    FindingKind(
        "discriminator-unknown",
        N_("A row of a sort that no class has"),
        N_("A row says {text}, and no class has this `polymorphic_identity`."),
        N_(
            "SQLAlchemy fills the column by the class: leave it out when you make an object, and give "
            "every subclass its `polymorphic_identity`."
        ),
    ),
    FindingKind(
        "identity-twice",
        N_("Two classes with one identity"),
        N_("Two classes have the same `polymorphic_identity`, `{name}`."),
    ),
)
