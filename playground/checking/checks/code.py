"""`code`: names, calls and constructs of the answer's own syntax tree."""

from playground.checking.analyst.tree import Node
from playground.checking.case import HOLDS, Case, Judgement, fails
from playground.course import CodeOptions

CONSTRUCTS: dict[str, tuple[str, ...]] = {
    "for": ("For", "AsyncFor"),
    "while": ("While",),
    "loop": ("For", "AsyncFor", "While"),
    "if": ("If", "IfExp"),
    "with": ("With", "AsyncWith"),
    "try": ("Try",),
    "except": ("ExceptHandler",),
    "class": ("ClassDef",),
    "def": ("FunctionDef", "AsyncFunctionDef"),
    "lambda": ("Lambda",),
    "import": ("Import", "ImportFrom"),
    "comprehension": ("ListComp", "SetComp", "DictComp", "GeneratorExp"),
    "f-string": ("JoinedStr",),
    "and": ("And",),
    "or": ("Or",),
    "not": ("Not",),
    "async": ("AsyncFunctionDef", "AsyncWith", "AsyncFor"),
    "await": ("Await",),
    "yield": ("Yield", "YieldFrom"),
    "return": ("Return",),
    "raise": ("Raise",),
}
"""Python's own constructs, with the nodes that they are."""

PRINT_OF_A_CONSTANT = "print of a constant"
"""A `print` of what nobody has computed: there is no name in it."""


def evaluate(case: Case, options: CodeOptions) -> Judgement:
    """Every wanted name is used, and no forbidden one. SQL answers are judged by `sql`."""
    tree = case.source.tree
    if tree is None:
        return HOLDS if case.answer.language == "sql" else fails("text-not-parsed")
    for name in options.forbids:
        found = first_use(tree, name)
        if found is not None:
            return fails("code-forbidden", found.line, name=name)
    for name in options.uses:
        if first_use(tree, name) is None:
            return fails("code-missing", name=name)
    return HOLDS


def first_use(tree: Node, name: str) -> Node | None:
    """The first node that is such a construct, or uses such a name.

    `selectinload` is a name, `session.get` an attribute of one, `.all` an attribute of anything;
    `commit()` must be called.
    """
    wanted, called = name.removesuffix("()"), name.endswith("()")
    kinds = CONSTRUCTS.get(wanted.lower(), ())
    for node in tree.walk():
        if name == PRINT_OF_A_CONSTANT and _prints_a_constant(node):
            return _with_line(node)
        if node.kind in kinds or node.get("op") in kinds:
            return _with_line(node)
        if _named(node, wanted) and (not called or _is_called(node)):
            return _with_line(node)
    return None


def dotted(node: Node | None) -> str | None:
    """`a.b.c` of a chain of attributes on a name, None for anything else."""
    parts: list[str] = []
    while node is not None and node.kind == "Attribute":
        parts.append(str(node.get("attr")))
        node = node.child("value")
    if node is None or node.kind != "Name":
        return None
    return ".".join([str(node.get("id")), *reversed(parts)])


def _named(node: Node, wanted: str) -> bool:
    if node.kind == "Name":
        return bool(node.get("id") == wanted)
    if node.kind == "Attribute":
        return wanted.lstrip(".") == node.get("attr") or dotted(node) == wanted
    if node.kind == "keyword":
        return wanted.endswith("=") and node.get("arg") == wanted[:-1]
    if node.kind == "alias":
        return wanted in (node.get("name"), str(node.get("name", "")).rpartition(".")[2])
    if node.kind == "ImportFrom":
        return bool(node.get("module") == wanted)
    return False


def _prints_a_constant(node: Node) -> bool:
    if node.kind != "Call" or dotted(node.child("func")) != "print":
        return False
    arguments = [found for found in node.walk() if found.field == "args"]
    names = [found for found in node.walk() if found.kind == "Name" and found.get("id") != "print"]
    return bool(arguments) and not names


def _is_called(node: Node) -> bool:
    return node.field == "func" and node.parent is not None and node.parent.kind == "Call"


def _with_line(node: Node) -> Node:
    """The node, or the nearest one around it that has a line."""
    return next((n for n in (node, *node.parents()) if n.line is not None), node)
