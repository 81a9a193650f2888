"""`sql`: constructs, functions and tables of the SQL that was sent, as parsed."""

from collections.abc import Callable

from playground.checking.analyst.tree import Node
from playground.checking.case import HOLDS, Case, Judgement, fails
from playground.course import SqlOptions

Has = Callable[[Node], bool]


def evaluate(case: Case, options: SqlOptions) -> Judgement:
    """Every wanted construct is somewhere in the statements, and no forbidden one anywhere."""
    trees = [query.tree for query in case.queries]
    if options.forbids and case.unparsed:
        return fails("text-not-parsed", case.unparsed[0].line)
    for name in options.forbids:
        for query in case.queries:
            if uses(query.tree, name):
                return fails("sql-forbidden", query.statement.line, name=name)
    for name in options.uses:
        if not any(uses(tree, name) for tree in trees):
            if case.unparsed:
                return fails("text-not-parsed", case.unparsed[0].line)
            return fails("sql-missing", name=name)
    return HOLDS


def uses(tree: Node, name: str) -> bool:
    """Whether a statement has a construct, or a function or table of that name."""
    wanted = " ".join(name.lower().replace("_", " ").split())
    if wanted in CONSTRUCTS:
        return CONSTRUCTS[wanted](tree)
    return _has_name(tree, name.lower().removesuffix("()"))


def _kinds(*kinds: str) -> Has:
    return lambda tree: any(True for _ in tree.find(*kinds))


def _joins(side: str | None) -> Has:
    def has(tree: Node) -> bool:
        joins = list(tree.find("join"))
        if side is None:
            return bool(joins)
        if side == "INNER":
            return any(not j.get("side") and j.get("kind") in (None, "INNER") for j in joins)
        return any(side in (join.get("side"), join.get("kind")) for join in joins)

    return has


def _subquery(tree: Node) -> bool:
    """A SELECT within the statement that is neither a CTE nor a branch of a UNION."""
    outer = ("cte", "union", "except", "intersect", "insert", "create")
    return any(
        node.parent is not None and node.parent.kind not in outer for node in tree.find("select")
    )


def _star(tree: Node) -> bool:
    return any(node.field == "expressions" for node in tree.find("star"))


def _any_case_like(tree: Node) -> bool:
    return any(True for _ in tree.find("like", "ilike", "glob"))


def _recursive(tree: Node) -> bool:
    return any(node.get("recursive") for node in tree.find("with"))


def _not_in(tree: Node) -> bool:
    return any(_under_not(node) for node in tree.find("in"))


def _not_exists(tree: Node) -> bool:
    return any(_under_not(node) for node in tree.find("exists"))


def _under_not(node: Node) -> bool:
    parents = node.parents()
    above = next((parent for parent in parents if parent.kind != "paren"), None)
    return above is not None and above.kind == "not"


def _is_null(tree: Node) -> bool:
    return any(node.child("expression") is not None for node in tree.find("is"))


def _offset(tree: Node) -> bool:
    return any(True for _ in tree.find("offset"))


CONSTRUCTS: dict[str, Has] = {
    "select": _kinds("select"),
    "insert": _kinds("insert"),
    "update": _kinds("update"),
    "delete": _kinds("delete"),
    "create": _kinds("create"),
    "join": _joins(None),
    "inner join": _joins("INNER"),
    "left join": _joins("LEFT"),
    "outer join": _joins("LEFT"),
    "right join": _joins("RIGHT"),
    "full join": _joins("FULL"),
    "cross join": _joins("CROSS"),
    "where": _kinds("where"),
    "group by": _kinds("group"),
    "having": _kinds("having"),
    "order by": _kinds("order"),
    "exists": _kinds("exists"),
    "not exists": _not_exists,
    "in": _kinds("in"),
    "not in": _not_in,
    "between": _kinds("between"),
    "like": _any_case_like,
    "is null": _is_null,
    "is": _kinds("is"),
    "and": _kinds("and"),
    "or": _kinds("or"),
    "not": _kinds("not"),
    "case": _kinds("case"),
    "cast": _kinds("cast", "trycast"),
    "collate": _kinds("collate"),
    "concat": _kinds("dpipe", "concat"),
    "cte": _kinds("cte"),
    "with": _kinds("with"),
    "recursive": _recursive,
    "window": _kinds("window"),
    "over": _kinds("window"),
    "filter": _kinds("filter"),
    "union": _kinds("union"),
    "union all": lambda tree: any(not node.get("distinct") for node in tree.find("union")),
    "except": _kinds("except"),
    "intersect": _kinds("intersect"),
    "distinct": _kinds("distinct"),
    "subquery": _subquery,
    "limit": _kinds("limit"),
    "offset": _offset,
    "returning": _kinds("returning"),
    "on conflict": _kinds("onconflict"),
    "star": _star,
    "*": _star,
}
"""What a name means other than a function's or a table's."""


def _has_name(tree: Node, name: str) -> bool:
    """Whether a function or table of that name occurs.

    The parser has a node of its own for each function that it knows (`count`, `coalesce`), and
    `anonymous` for others.
    """
    squeezed = name.replace("_", "")
    for node in tree.walk():
        if node.kind in ("table", "cte") and _identifier(node) == name:
            return True
        if node.kind == "anonymous" and str(node.get("this", "")).lower() == name:
            return True
        if node.kind in (squeezed, *_FUNCTION_NODES.get(name, ())) and node.kind not in _NOT_CALLS:
            return True
    return False


_NOT_CALLS = frozenset(("table", "column", "identifier", "literal", "alias"))
_FUNCTION_NODES = {
    "strftime": ("timetostr",),
    "substr": ("substring",),
    "ifnull": ("coalesce",),
    "group_concat": ("groupconcat",),
    "length": ("length",),
    "char_length": ("length",),
    "date": ("tsordstodate", "date"),
    "datetime": ("tsordstodatetime", "datetime"),
    "random": ("rand",),
    "total": ("sum",),
    "current_timestamp": ("currenttimestamp",),
    "current_date": ("currentdate",),
    "instr": ("strposition",),
    "max": ("max", "greatest"),
    "min": ("min", "least"),
}
"""Names under which the parser files a function, where they differ from its own."""


def _identifier(node: Node) -> str:
    inner = node.child("this") if node.kind == "table" else node.child("alias")
    found = next(inner.find("identifier"), None) if inner is not None else None
    return str(found.get("this", "")).lower() if found is not None else ""
