"""Findings of values beside the SQL: places for them, the quotes and brackets around these."""

from playground.checking.findings.kind import FindingKind
from playground.texts import N_

KINDS = (
    FindingKind(
        "parameter-in-quotes",
        N_("A place for a value in quotes"),
        N_("Between quotes `{name}` is text, and no place for a value."),
        N_(
            "Leave the quotes out: `WHERE name = :name`. The value comes beside the SQL and needs "
            "none; the wildcards of a pattern come with it."
        ),
        """session.execute(text("SELECT 1 WHERE 'a' = ':name'"), {"name": "a"})""",
    ),
    FindingKind(
        "wildcard-outside-value",
        N_("A wildcard outside the value"),
        N_("`%` stands in the SQL where no text is; SQL reads it as the sign for a remainder."),
        N_('The wildcards belong to the value: `LIKE :pattern` with `{"pattern": f"%{word}%"}`.'),
        'session.execute(text("SELECT id FROM tags WHERE name LIKE %:w%"), {"w": "a"})',
    ),
    FindingKind(
        "expanding-in-parentheses",
        N_("Parentheses around an expanding parameter"),
        N_("An expanding parameter brings its own parentheses, and here are more."),
        N_("Write `IN :ids`, without parentheses."),
        'session.execute(text("SELECT id FROM tags WHERE id IN (:ids)").bindparams('
        'bindparam("ids", [1, 2], expanding=True)))',
    ),
    FindingKind(
        "moment-without-type",
        N_("A moment without a type"),
        N_(
            "A `datetime` goes to the driver as it is, and is written otherwise than the column holds it."
        ),
        N_(
            "SQLAlchemy stores `2024-02-29 12:00:00.000000`; the driver writes no fraction. Give the "
            'parameter a type: `.bindparams(bindparam("at", type_=DateTime))`.'
        ),
    ),
    FindingKind(
        "text-column-types",
        N_("Types for other columns of a text"),
        N_("A column of the text is read as a date or a moment, and holds something else."),
        N_(
            "`.columns(A.x, A.y)` goes by position: one for each column, in the order of the text. Or "
            "name them, in any order: `.columns(placed_at=DateTime)`."
        ),
        'session.execute(text("SELECT 1, 2").columns(Order.placed_at, Order.id)).all()',
    ),
    FindingKind(
        "columns-in-tuple",
        N_("Several columns as one"),
        N_("Columns, conditions and sort keys are given one by one, not as one tuple or list."),
        N_(
            "Write `select(A.x, A.y)` or `order_by(A.x, A.y)`; a list of your own is taken apart by "
            "a star: `select(*columns)`."
        ),
        "select(Customer.id).order_by((Customer.name, Customer.id))",
    ),
)
