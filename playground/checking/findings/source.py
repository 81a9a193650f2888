"""Silent mistakes that only the text of a Python answer shows.

They raise nothing: Python computes something else than SQL would, and a condition vanishes.
"""

from collections.abc import Callable, Iterator

from playground.checking.analyst.tree import Node
from playground.checking.case import Case, Clue
from playground.checking.checks.code import dotted
from playground.checking.findings.columns import Columns

_BUILTINS = frozenset(
    [
        "sum",
        "max",
        "min",
        "round",
        "abs",
        "str",
        "int",
        "float",
        "len",
        "sorted",
        "any",
        "all",
        "bool",
    ]
)
_TEXT_METHODS = frozenset(
    [
        "upper",
        "lower",
        "title",
        "capitalize",
        "strip",
        "lstrip",
        "rstrip",
        "split",
        "replace",
        "format",
        "isdigit",
        "find",
        "casefold",
        "swapcase",
        "zfill",
    ]
)
_TEXT_CALLS = frozenset(("text", "execute", "exec_driver_sql", "executescript", "executemany"))


def source_clues(case: Case) -> Iterator[Clue]:
    """Silent mistakes in the text, in the order of how much they explain. Raises AnalystError."""
    case.read()
    tree = case.source.tree
    if tree is None:
        return
    columns = Columns(tree)
    for detect in _DETECTORS:
        yield from detect(tree, columns)


def operator_clues(tree: Node, columns: Columns) -> Iterator[Clue]:
    """Python's own operators where SQL's are meant."""
    for node in tree.find("BoolOp", "Compare", "UnaryOp"):
        name = _operator(node, columns)
        if name is not None:
            yield Clue(name, node.line, _shown(node))


def _operator(node: Node, columns: Columns) -> str | None:
    if node.kind == "BoolOp":
        mixed = any(map(columns.is_expression, node.children))
        return "python-and-on-columns" if mixed else None
    if node.kind == "UnaryOp":
        inner = node.child("operand")
        negated = node.get("op") == "Not" and columns.is_expression(inner)
        return "python-not-on-column" if negated else None
    return _comparison(node, columns)


def _comparison(node: Node, columns: Columns) -> str | None:
    left, rights, operators = node.child("left"), node.all("comparators"), node.get("ops", [])
    if any(operator in ("Is", "IsNot") for operator in operators):
        if columns.is_expression(left) or any(map(columns.is_expression, rights)):
            return "python-is-on-column" if "Is" in operators else "python-is-not-on-column"
        return None
    if operators[:1] in (["In"], ["NotIn"]):
        if columns.is_expression(left):
            return "python-in-on-column"
        return "in-string-on-column" if columns.is_expression(rights[0]) else None
    if any(map(_is_bare_bitwise, (left, *rights))):
        return "bitwise-without-parentheses"
    if len(rights) > 1 and any(map(columns.is_expression, (left, *rights))):
        return "python-and-on-columns"
    return None


def _is_bare_bitwise(node: Node | None) -> bool:
    """`1 & A.x`: a constant beside a bit operator, because `&` binds tighter than `==`."""
    return (
        node is not None
        and node.kind == "BinOp"
        and node.get("op") in ("BitAnd", "BitOr")
        and any(child.kind == "Constant" for child in node.children)
    )


def if_clues(tree: Node, columns: Columns) -> Iterator[Clue]:
    """`x if A.y > 1 else z` instead of `case()`."""
    for node in tree.find("IfExp", "If", "While"):
        if columns.is_expression(node.child("test")):
            yield Clue("python-if-on-column", node.line)


def call_clues(tree: Node, columns: Columns) -> Iterator[Clue]:
    """Python's functions and text methods on a column."""
    for node in tree.find("Call"):
        function = node.child("func")
        if function is None:
            continue
        name = str(function.get("id") or function.get("attr"))
        if function.kind == "Name" and name in _BUILTINS:
            if any(map(columns.is_expression, node.all("args"))):
                yield Clue("python-builtin-on-column", node.line, {"name": name})
            continue
        owner = function.child("value")
        if name in _TEXT_METHODS and columns.is_expression(owner):
            yield Clue("python-string-method", node.line, {"name": name})


def uncalled_clues(tree: Node, columns: Columns) -> Iterator[Clue]:
    """`session.commit` as a statement of its own: named, never called."""
    for node in tree.find("Expr"):
        value = node.child("value")
        if value is None or value.kind != "Attribute" or columns.is_expression(value):
            continue
        name = dotted(value) or f"….{value.get('attr')}"
        last = node.parent is not None and node.parent.children[-1] is node
        if value.get("attr") in _ACTIONS or not (last or value.get("attr") in _VALUES):
            yield Clue("method-not-called", node.line, {"name": name})


_VALUES = frozenset(("rowcount", "lastrowid", "inserted_primary_key", "returned_defaults"))
"""What a result knows without a call."""


def assigned_uncalled_clues(tree: Node) -> Iterator[Clue]:
    """`first = result.first`: the method itself is kept, not what it gives."""
    for node in tree.find("Assign"):
        value = node.child("value")
        if value is not None and value.kind == "Attribute" and value.get("attr") in _ACTIONS:
            name = dotted(value) or f"….{value.get('attr')}"
            yield Clue("method-not-called", node.line, {"name": name})


def uncalled_value_clues(tree: Node) -> Iterator[Clue]:
    """A method whose call would be the value of the answer: on the last line, or kept before it."""
    last = tree.children[-1].child("value") if tree.children else None
    if last is not None and last.kind == "Name":
        kept = [
            node.child("value")
            for node in tree.find("Assign")
            if any(target.get("id") == last.get("id") for target in node.all("targets"))
        ]
        last = kept[-1] if kept else None
    if last is not None and last.kind == "Attribute":
        name = dotted(last) or f"….{last.get('attr')}"
        yield Clue("method-not-called", last.line, {"name": name})


def dropped_clues(tree: Node, columns: Columns) -> Iterator[Clue]:
    """`statement.where(…)` as a line of its own: it gives a new statement, which is lost."""
    for node in tree.find("Expr"):
        call = node.child("value")
        function = call.child("func") if call is not None and call.kind == "Call" else None
        last = node.parent is None or node.parent.children[-1] is node
        if function is None or last or function.get("attr") not in _BUILDERS:
            continue
        root = next((n for n in function.walk() if n.kind == "Name"), None)
        if root is not None and root.get("id") in _CHANGES:
            yield Clue("statement-not-sent", node.line, {"name": str(root.get("id"))})
        elif root is not None and root.get("id") != "session":
            yield Clue("statement-not-kept", node.line, {"name": str(function.get("attr"))})


_CHANGES = frozenset(("insert", "update", "delete"))
_BUILDERS = frozenset(
    (
        "where",
        "filter",
        "filter_by",
        "order_by",
        "group_by",
        "having",
        "limit",
        "offset",
        "distinct",
        "join",
        "outerjoin",
        "options",
        "values",
        "returning",
        "select_from",
        "add_columns",
        "columns",
        "bindparams",
        "params",
        "union",
        "union_all",
        "on_conflict_do_nothing",
        "on_conflict_do_update",
    )
)
_ACTIONS = frozenset(
    [
        "commit",
        "rollback",
        "flush",
        "close",
        "begin",
        "all",
        "first",
        "one",
        "one_or_none",
        "fetchall",
        "scalar",
        "scalars",
    ]
)


def interpolated_clues(case: Case) -> Iterator[Clue]:
    """Values put into the text of SQL by Python. Raises AnalystError."""
    tree = case.source.tree
    if tree is not None:
        yield from _interpolated(tree)


def _interpolated(tree: Node) -> Iterator[Clue]:
    built = {
        str(target.get("id"))
        for node in tree.find("Assign")
        for target in node.all("targets")
        if _puts_together(node.child("value"))
    }
    for node in tree.find("Call"):
        function = node.child("func")
        name = function.get("id") or function.get("attr") if function is not None else None
        argument = node.child("args")
        if name not in _TEXT_CALLS or argument is None:
            continue
        if _puts_together(argument) or argument.get("id") in built:
            yield Clue("interpolated-text", argument.line)


def _puts_together(node: Node | None) -> bool:
    """An f-string with values, `+` or `%` with something that is no constant, or `.format()`."""
    if node is None:
        return False
    if node.kind == "JoinedStr":
        return any(True for _ in node.find("FormattedValue"))
    if node.kind == "BinOp" and node.get("op") in ("Add", "Mod"):
        texts = [n for n in node.find("Constant") if isinstance(n.get("value"), str)]
        return bool(texts) and any(
            True for _ in node.find("Name", "Attribute", "Call", "JoinedStr")
        )
    function = node.child("func") if node.kind == "Call" else None
    owner = function.child("value") if function is not None else None
    return (
        function is not None
        and function.get("attr") == "format"
        and owner is not None
        and owner.kind in ("Constant", "Name")
    )


def class_clues(tree: Node, columns: Columns) -> Iterator[Clue]:
    """`where(Customer == 1)`: Python compares the class itself, and says False."""
    for node in tree.find("Compare"):
        left = node.child("left")
        functions = [call.child("func") for call in node.parents() if call.kind == "Call"]
        inside = any(
            function is not None and {function.get("attr"), function.get("id")} & _CLAUSES
            for function in functions
        )
        if left is not None and inside and columns.is_class(left):
            yield Clue("class-compared", node.line, {"class": str(left.get("id"))})


_CLAUSES = frozenset(("where", "filter", "having", "join", "outerjoin", "and_", "or_", "not_"))


def label_clues(tree: Node, columns: Columns) -> Iterator[Clue]:
    """`A.x * A.y.label("z")`: the label names only what stands before its dot, and is lost."""
    for node in tree.find("Call"):
        function, whole = node.child("func"), node.parent
        if function is None or function.get("attr") != "label" or whole is None:
            continue
        if whole.kind == "BinOp" and not _is_labelled(whole):
            yield Clue("label-on-part", node.line)


def _is_labelled(node: Node) -> bool:
    """Whether something around a node has a label of its own."""
    return any(
        parent.kind == "Attribute" and parent.get("attr") == "label" for parent in node.parents()
    )


def null_list_clues(tree: Node, columns: Columns) -> Iterator[Clue]:
    """`A.x.in_([1, None])`: nothing equals NULL, so the rows with NULL do not come."""
    for node in tree.find("Call"):
        function = node.child("func")
        if function is None or function.get("attr") != "in_":
            continue
        items = [item for each in node.all("args") for item in each.all("elts")]
        if any(item.kind == "Constant" and item.get("value", ...) is None for item in items):
            yield Clue("null-in-list", node.line)


def _shown(node: Node) -> dict[str, str]:
    """The operator as it was written, for the message."""
    signs = {"Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=", "Eq": "==", "NotEq": "!="}
    chain = node.get("ops", [])
    if len(chain) > 1 and all(operator in signs for operator in chain):
        return {"operator": " ".join(["…", *(f"{signs[operator]} …" for operator in chain)])}
    words = {"And": "and", "Or": "or", "Not": "not", "Is": "is", "IsNot": "is not"}
    words |= {"In": "in", "NotIn": "not in"}
    operator = node.get("op") or next(iter(node.get("ops", [])), "")
    return {"operator": words.get(str(operator), "and")}


_DETECTORS: tuple[Callable[[Node, Columns], Iterator[Clue]], ...] = (
    operator_clues,
    class_clues,
    if_clues,
    uncalled_clues,
    dropped_clues,
    call_clues,
    label_clues,
    null_list_clues,
)
