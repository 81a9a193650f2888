"""Which parts of a Python text are SQL expressions rather than Python values.

It is told from the text alone: attributes of a class (`Review.rating`), columns of a table
(`table.c.rating`), what SQLAlchemy's functions give (`func.count()`), what is computed from these,
and names to which one of these was assigned. Attributes of instances (`review.rating`) are values.
"""

from playground.checking.analyst.tree import Node

_FUNCTIONS = frozenset(
    [
        "column",
        "literal",
        "literal_column",
        "cast",
        "type_coerce",
        "case",
        "extract",
        "and_",
        "or_",
        "not_",
        "exists",
        "null",
        "true",
        "false",
        "func",
        "text",
        "between",
        "distinct",
        "desc",
        "asc",
    ]
)
_CLASS_MAKERS = frozenset(("aliased", "with_polymorphic"))
_NO_COLUMN = frozenset(("metadata", "registry", "query"))
_VALUES = frozenset(("Session", "Engine", "Path", "Decimal", "Base"))
_CLAUSE_METHODS = frozenset(
    [
        "label",
        "desc",
        "asc",
        "is_",
        "is_not",
        "in_",
        "not_in",
        "like",
        "ilike",
        "not_like",
        "contains",
        "startswith",
        "endswith",
        "between",
        "op",
        "collate",
        "concat",
        "any",
        "has",
        "cast",
        "over",
        "filter",
        "nulls_first",
        "nulls_last",
        "distinct",
        "is_distinct_from",
        "is_not_distinct_from",
        "regexp_match",
        "within_group",
    ]
)


class Columns:
    """What is a SQL expression in one Python text."""

    def __init__(self, tree: Node) -> None:
        self._classes: set[str] = set()
        self._expressions: set[str] = set()
        for node in tree.find("Assign"):
            self._assigned(node)

    def is_expression(self, node: Node | None) -> bool:
        """Whether a node is a SQL expression."""
        if node is None:
            return False
        if node.kind == "Name":
            return node.get("id") in self._expressions
        if node.kind == "Attribute":
            return self._is_column(node)
        if node.kind == "Subscript":
            return _is_collection(node.child("value"))
        if node.kind == "Call":
            return self._is_call(node)
        if node.kind in ("Compare", "BinOp", "UnaryOp", "BoolOp"):
            return node.get("op") != "Not" and any(map(self.is_expression, node.children))
        return False

    def is_class(self, node: Node | None) -> bool:
        """Whether a node is a mapped class or an alias of one."""
        if node is None or node.kind != "Name":
            return False
        name = str(node.get("id"))
        return name in self._classes or (name[:1].isupper() and name not in _VALUES)

    def _assigned(self, node: Node) -> None:
        target, value = node.child("targets"), node.child("value")
        if target is None or target.kind != "Name" or value is None:
            return
        function = value.child("func") if value.kind == "Call" else None
        if function is not None and function.get("id") in _CLASS_MAKERS:
            self._classes.add(str(target.get("id")))
        elif self.is_expression(value):
            self._expressions.add(str(target.get("id")))

    def _is_column(self, node: Node) -> bool:
        owner = node.child("value")
        if node.get("attr") in _NO_COLUMN or str(node.get("attr")).startswith("__"):
            return False
        return self.is_class(owner) or _is_collection(owner)

    def _is_call(self, node: Node) -> bool:
        function = node.child("func")
        if function is None:
            return False
        if function.kind == "Name":
            return function.get("id") in _FUNCTIONS
        if function.kind != "Attribute":
            return False
        owner = function.child("value")
        if owner is not None and owner.kind == "Name" and owner.get("id") == "func":
            return True
        return function.get("attr") in _CLAUSE_METHODS and self.is_expression(owner)


def _is_collection(node: Node | None) -> bool:
    """Whether a node is the `c` or `columns` of a table."""
    return node is not None and node.kind == "Attribute" and node.get("attr") in ("c", "columns")
