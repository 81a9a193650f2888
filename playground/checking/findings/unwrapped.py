"""Attributes of a model that are given a type or a key itself instead of `mapped_column()`."""

from collections.abc import Iterator

from playground.checking.analyst.tree import Node
from playground.checking.case import Clue

TYPES = frozenset(
    (
        *("BigInteger", "Boolean", "Date", "DateTime", "Enum", "Float", "ForeignKey", "Integer"),
        *("JSON", "LargeBinary", "Numeric", "SmallInteger", "String", "Text", "Time"),
    )
)


def unwrapped_clues(tree: Node) -> Iterator[Clue]:
    """`name: Mapped[str] = String(30)`: the type does not reach the column."""
    for node in tree.find("AnnAssign"):
        target, value = node.child("target"), node.child("value")
        within = node.parent is not None and node.parent.kind == "ClassDef"
        if target is None or value is None or not within:
            continue
        named = value.child("func") if value.kind == "Call" else value
        function = named.get("id") if named is not None else None
        if function in TYPES:
            facts = {"name": str(target.get("id")), "function": str(function)}
            yield Clue("column-not-wrapped", node.line, facts)
