"""Mended queries with something of the course's own: a condition, groups, a sort order, a value."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlglot import exp

from . import shapes
from .changing import Repair, changed, changed_alike, conjuncts
from .names import renamed, tables_of
from .parts import lists, windows
from .subqueries import subqueries


def borrowed(tree: Any, solution: Any, constants: list[Any]) -> Iterator[Repair]:
    """With a condition, a window function, the groups, the sort order or a value of the course's
    own query."""
    if solution is not None:
        yield from subqueries(tree, solution)
        yield from _with_conditions(tree, solution)
        yield from _with_window_function(tree, solution)
        yield from windows(tree, solution)
    if isinstance(solution, exp.Select) and isinstance(tree, exp.Select):
        yield from _with_groups(tree, solution)
        yield from _with_joins(tree, solution)
        order = solution.args.get("order")
        if order is not None:
            sorted_ = tree.copy()
            sorted_.set("order", order.copy())
            had = tree.args.get("order") is not None
            yield ("order-keys" if had else "order-missing"), sorted_, {}
        counted = {count.this.sql(): count.this for count in solution.find_all(exp.Count)}
        for operand in counted.values():
            yield from shapes.counting(tree, operand)
    values = solution.find_all(exp.Placeholder, exp.Literal) if solution is not None else ()
    known = {each for value in values for each in _surroundings(value)}
    for value in _values(solution, constants)[:8]:
        for node, mended in changed(tree, (exp.Placeholder, exp.Literal), _copies(value)):
            if _place(node) == "wrong-value" and not _surroundings(node) & known:
                continue
            yield _place(node), mended, {"value": node.sql(dialect="sqlite")}
    if solution is not None:
        yield from lists(tree, solution)


def _with_conditions(tree: Any, solution: Any) -> Iterator[Repair]:
    """With one of the conditions that the course's query has more, or all of them, in WHERE or
    HAVING of the query or of a subquery on the same tables."""
    others = list(solution.find_all(exp.Select))
    for place, select in enumerate(tree.find_all(exp.Select)):
        for other in others:
            top = select is tree and other is solution
            if not top and _tables(select) != _tables(other):
                continue
            for part, name in ((exp.Where, "where"), (exp.Having, "having")):
                given, wanted = _conditions_of(select, name), _conditions_of(other, name)
                if _weight(given) >= _weight(wanted):
                    continue
                had = {condition.sql() for condition in given}
                lacking = [condition for condition in wanted if condition.sql() not in had]
                for added in (*([each] for each in lacking), lacking):
                    yield _lacking(select, added), _with(tree, place, part, added), {}


def _lacking(select: Any, conditions: list[Any]) -> str:
    """What it means that a select needs more conditions."""
    if select.find_ancestor(exp.Select) is None:
        return "missing-condition"
    columns = [column for each in conditions for column in each.find_all(exp.Column)]
    own = {"", *_tables(select)}
    outside = any(column.table not in own for column in columns)
    return "uncorrelated-exists" if outside else "subquery-condition"


def _with(tree: Any, place: int, part: Any, conditions: list[Any]) -> Any:
    """The tree with more conditions in one of its selects."""
    copy = tree.copy()
    select = list(copy.find_all(exp.Select))[place]
    joined = [exp.paren(condition.copy()) for condition in conditions]
    if part is exp.Where:
        select.where(*joined, copy=False)
    else:
        select.having(*joined, copy=False)
    return copy


def _tables(select: Any) -> list[str]:
    """The tables that a select itself names, by the names that they have in it."""
    sources = [select.args.get("from_"), *(select.args.get("joins") or [])]
    return sorted(source.this.alias_or_name for source in sources if source is not None)


def _with_window_function(tree: Any, solution: Any) -> Iterator[Repair]:
    """With another window function of the same sort; if the course's query has one, with that."""
    wanted = {_function(window.this) for window in solution.find_all(exp.Window)}
    for names in _WINDOWS:
        for name in names:
            if wanted and name not in wanted:
                continue

            def other(node: Any, names: Any = names, name: str = name) -> Any:
                if _function(node) == name or _function(node) not in names:
                    return None
                operands = (node.args.get(part) for part in ("this", "offset", "default"))
                return exp.func(name, *[each.copy() for each in operands if each is not None])

            for node, mended in changed_alike(tree, (exp.Func,), other):
                yield "window-function", mended, {"name": _function(node)}


_WINDOWS = (("row_number", "rank", "dense_rank"), ("lag", "lead"), ("first_value", "last_value"))


def _function(node: Any) -> str:
    return node.sql_name().lower() if isinstance(node, exp.Func) else ""


def _with_groups(tree: Any, solution: Any) -> Iterator[Repair]:
    """Grouped by the key that the course's query is grouped by."""
    given, wanted = tree.args.get("group"), solution.args.get("group")
    if given is None or wanted is None or _keyed(given) or not _keyed(wanted):
        return
    mended = tree.copy()
    mended.set("group", wanted.copy())
    yield "groups-merged", mended, {"name": given.expressions[0].name}


def _with_joins(tree: Any, solution: Any) -> Iterator[Repair]:
    """Joined by a condition by which the course's query joins the same tables, whatever they are
    called there."""
    wanted = [condition for condition in _joining(solution) if len(_owners(condition)) > 1]
    for place, join in enumerate(tree.args.get("joins") or []):
        given = _condition_of(join)
        if given is None:
            continue
        for condition in wanted:
            for on in renamed(condition, solution, tree):
                name = join.this.alias_or_name
                if name not in _owners(on) or on.sql() == given.sql():
                    continue
                mended = tree.copy()
                mended.args["joins"][place].set("on", on)
                mended.args["joins"][place].set("using", None)
                yield "join-condition", mended, {"table": join.this.name}
    yield from _with_links(tree, solution, wanted)


def _with_links(tree: Any, solution: Any, wanted: list[Any]) -> Iterator[Repair]:
    """Tables that WHERE joins, by a condition of the course's query."""
    tables = {name: key.rpartition(" ")[0] for key, name in tables_of(tree).items()}
    for place, given in enumerate(_conditions_of(tree, "where")):
        if not isinstance(given, exp.EQ) or len(_owners(given) - {""}) < 2:
            continue
        for condition in wanted:
            for on in renamed(condition, solution, tree):
                if on.sql() == given.sql() or not _owners(on) <= set(tables):
                    continue
                mended = tree.copy()
                kept = [each.copy() for each in _conditions_of(mended, "where")]
                kept[place] = on
                mended.set("where", exp.Where(this=exp.and_(*[exp.paren(each) for each in kept])))
                joined = [tables[name] for name in tables if name in _owners(given)]
                yield "join-condition", mended, {"table": joined[-1] if joined else ""}


def _joining(solution: Any) -> Iterator[Any]:
    """The conditions of a query's joins, and those of its WHERE that compare two columns."""
    for join in solution.args.get("joins") or []:
        if join.args.get("on") is not None:
            yield join.args["on"]
    for condition in _conditions_of(solution, "where"):
        sides = (condition.args.get("this"), condition.args.get("expression"))
        if isinstance(condition, exp.EQ) and all(isinstance(side, exp.Column) for side in sides):
            yield condition


def _owners(condition: Any) -> set[str]:
    """The names of the tables whose columns a condition compares."""
    return {column.table for column in condition.find_all(exp.Column)}


def _condition_of(join: Any) -> Any:
    """What a join joins by: its ON, or the columns of its USING; None for neither."""
    using = join.args.get("using")
    return exp.Tuple(expressions=[each.copy() for each in using]) if using else join.args.get("on")


def _keyed(group: Any) -> bool:
    """Whether a key is among what is grouped by, as its name tells."""
    return any(c.name == "id" or c.name.endswith("_id") for c in group.find_all(exp.Column))


def _values(solution: Any, constants: list[Any]) -> list[Any]:
    """The values that the course's own query binds, and those that stand in its text."""
    written = solution.find_all(exp.Literal) if solution is not None else ()
    found = {value.sql(): value for value in (*map(exp.convert, constants), *written)}
    return list(found.values())


def _conditions_of(select: Any, part: str) -> list[Any]:
    owner = select.args.get(part)
    return list(conjuncts(owner.this)) if owner is not None else []


def _weight(joined: list[Any]) -> int:
    """How many conditions there are; BETWEEN says two."""
    return sum(2 if isinstance(condition, exp.Between) else 1 for condition in joined)


def _copies(value: Any) -> Callable[[Any], Any]:
    return lambda _node: value.copy()


def _place(node: Any) -> str:
    """What it means that another value is needed where a node stands."""
    above = node.parent
    while isinstance(above, _COMPUTES):
        above = above.parent
    if isinstance(above, exp.Predicate):
        return "wrong-constant"
    return _PLACES.get(type(above), "wrong-value")


def _surroundings(value: Any) -> set[tuple[Any, Any]]:
    """What a value is an operand of, and in which clause: where the course's has nothing of the sort,
    another value is not what is needed."""
    owner = value.parent
    while isinstance(owner, exp.Paren):
        owner = owner.parent
    clause = value.find_ancestor(exp.Where, exp.Having, exp.Join, exp.Group, exp.Order, exp.Select)
    return {(type(owner), type(clause))}


_COMPUTES = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod, exp.DPipe, exp.Neg, exp.Paren, exp.Cast)
_PLACES = {exp.Limit: "limit-count", exp.Offset: "offset-count"}
