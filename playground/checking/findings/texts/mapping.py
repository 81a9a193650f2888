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
