"""Syntax trees as plain data: what the analyst child read, for detectors to look at."""

import dataclasses
from collections.abc import Iterator
from typing import Any


@dataclasses.dataclass(slots=True, eq=False)
class Node:
    """One node of a Python or SQL syntax tree.

    Python nodes have the class names of `ast` (`Call`, `Compare` …), SQL nodes the keys of sqlglot
    (`select`, `join`, `eq` …).
    """

    kind: str
    field: str
    """Where it stands in its parent (`left`, `args`, `where` …)."""
    line: int | None
    values: dict[str, Any]
    """Names, constants and operators, as plain values."""
    parent: "Node | None" = None
    children: list["Node"] = dataclasses.field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        """This node and all below it, in the order of the text as far as the parser keeps it."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    def find(self, *kinds: str) -> Iterator["Node"]:
        """This node and those below it that are of one of these kinds."""
        return (node for node in self.walk() if node.kind in kinds)

    def child(self, name: str) -> "Node | None":
        """The first child in that field."""
        return next((child for child in self.children if child.field == name), None)

    def all(self, name: str) -> list["Node"]:
        """The children in that field, in order."""
        return [child for child in self.children if child.field == name]

    def parents(self) -> Iterator["Node"]:
        """From the parent up to the root."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def get(self, name: str, default: Any = None) -> Any:
        """One of the plain values."""
        return self.values.get(name, default)


def build(rows: list[Any]) -> Node | None:
    """The tree of a flat list of nodes; None for an empty one.

    Raises ValueError where it is no such list: it comes from another process.
    """
    nodes: list[Node] = []
    for row in rows:
        match row:
            case [str(kind), int(parent), str(place), (int() | None) as line, dict(values)]:
                node = Node(kind, place, line, values)
            case _:
                raise ValueError("not a node")
        if nodes:
            if not 0 <= parent < len(nodes):
                raise ValueError("not a tree")
            node.parent = nodes[parent]
            node.parent.children.append(node)
        nodes.append(node)
    return nodes[0] if nodes else None
