"""What is surely meant otherwise, whatever it led to: told by a warning or by the text alone."""

import re
from collections.abc import Iterator

from playground.checking.analyst.tree import Node
from playground.checking.case import Case, Clue
from playground.checking.findings.unenforced import unenforced_clues

_WARNINGS = (
    ("never-awaited", re.compile(r"coroutine '(?:[\w<>]+\.)*(?P<name>\w+)' was never awaited")),
    (
        "identity-twice",
        re.compile(r"Reassigning polymorphic .{0,200} for identity '(?P<name>[^']*)'"),
    ),
)


def certain_clues(case: Case) -> Iterator[Clue]:
    """Mistakes that explain a difference by themselves. Raises AnalystError."""
    asked = {warning.message for warning in case.expected.run.warnings}
    for warning in case.run.warnings:
        for name, pattern in _WARNINGS:
            match = pattern.search(warning.message)
            if match is not None and warning.message not in asked:
                yield Clue(name, warning.line, match.groupdict())
    tree = case.source.tree
    if tree is not None:
        yield from _eager_without_join(case, tree)
        yield from _without_remote_side(tree)
        yield from unenforced_clues(case, tree)


def _eager_without_join(case: Case, tree: Node) -> Iterator[Clue]:
    """`contains_eager()` of a query that pairs every row with every other."""
    pairs = [w for w in case.run.warnings if "cartesian product" in w.message]
    for node in tree.find("Name", "Attribute"):
        if pairs and "contains_eager" in (node.get("id"), node.get("attr")):
            yield Clue("contains-eager-without-join", pairs[0].line)
            return


def _without_remote_side(tree: Node) -> Iterator[Clue]:
    """A relationship of a class to one of its own that does not say which side it is."""
    for owner in tree.find("ClassDef"):
        for node in owner.all("body"):
            target, annotation, call = map(node.child, ("target", "annotation", "value"))
            if node.kind != "AnnAssign" or annotation is None or call is None or target is None:
                continue
            function = call.child("func")
            if function is None or function.get("id") != "relationship":
                continue
            given = {keyword.get("arg") for keyword in call.all("keywords")}
            if _leads_to_one(annotation, str(owner.get("name"))) and not given & _SIDES:
                name = f"{owner.get('name')}.{target.get('id')}"
                yield Clue("remote-side-missing", node.line, {"name": name})


_SIDES = frozenset(("remote_side", "primaryjoin", "secondary"))
_MANY = re.compile(r"\b(?:list|List|set|Set|dict|Dict|Sequence|WriteOnlyMapped|DynamicMapped)\b")


def _leads_to_one(annotation: Node, owner: str) -> bool:
    """Whether an annotation names that class, and not as a collection."""
    words = " ".join(
        str(node.get("id") if node.kind == "Name" else node.get("value"))
        for node in annotation.find("Name", "Constant")
    )
    return re.search(rf"\b{owner}\b", words) is not None and _MANY.search(words) is None
