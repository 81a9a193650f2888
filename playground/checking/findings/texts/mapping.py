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
        N_("No mapped class is named `{name}`. Near to it: {near}."),
        N_('The name in quotes is that of the class, not of its table: `Mapped[list["Order"]]`.'),
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
        N_("There is no cascade `{name}`. Near to it: {near}."),
        N_('They stand in one text, with commas: `cascade="all, delete-orphan"`.'),
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
        N_("The foreign key leads to `{name}`, which does not exist. Near to it: {near}."),
        N_('It names table and column, not the class: `ForeignKey("customers.id")`.'),
    ),
)
