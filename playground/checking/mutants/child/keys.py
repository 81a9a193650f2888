"""What keys and NOT NULL tell of a query: which changes can change nothing."""

from collections.abc import Iterator
from typing import Any

from sqlglot import exp

_REJECTING = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Like, exp.In, exp.Between)
"""Conditions that hold for no row where an operand is NULL."""


class Keys:
    """Facts about the columns of a query, from the declared tables.

    `tables` maps a table's name to its `columns`, each `{name, kind, nullable, key, references}`,
    and to the sets of columns that are `unique`. What is unknown (a subquery's column, a CTE's)
    has no fact at all.
    """

    def __init__(self, tables: dict[str, dict[str, Any]]) -> None:
        self._tables = {
            name.lower(): {column["name"].lower(): column for column in table["columns"]}
            for name, table in tables.items()
        }
        self._unique = {
            name.lower(): [{column.lower() for column in each} for each in table["unique"]]
            for name, table in tables.items()
        }

    def column(self, node: Any) -> dict[str, Any] | None:
        """What is declared of a column, None where that is not known."""
        if not isinstance(node, exp.Column):
            return None
        owner = self.owner(node)
        if owner is None:
            return None
        return self._tables[sources(scope_of(node))[owner]].get(node.name.lower())

    def owner(self, node: Any) -> str | None:
        """The alias of the declared table that a column is of."""
        scope = scope_of(node)
        if scope is None:
            return None
        known = sources(scope)
        if node.table:
            alias = node.table.lower()
            return alias if known.get(alias) in self._tables else None
        holders = [
            alias
            for alias, table in known.items()
            if node.name.lower() in self._tables.get(table, {})
        ]
        return holders[0] if len(holders) == 1 else None

    def may_be_null(self, node: Any) -> bool:
        """Whether an expression may be NULL; True where that is not known."""
        found = self.column(node)
        if found is None or found["nullable"]:
            return True
        return self.owner(node) in padded(scope_of(node))

    def never_null(self, select: Any, column: Any) -> bool:
        """Whether WHERE keeps no row in which a column is NULL."""
        where = select.args.get("where")
        return where is not None and any(
            operand == column
            for condition in conjuncts(where.this)
            for operand in _refusing(condition)
        )

    def kind(self, node: Any) -> str:
        """`number`, `text`, `boolean` or `` where it is not known."""
        if isinstance(node, exp.Literal):
            return "text" if node.is_string else "number"
        found = self.column(node)
        return found["kind"] if found else ""

    def kind_of(self, table: str, column: str) -> str:
        """The kind of values of a named column, `` where it is not known."""
        found = self._tables.get(table.lower(), {}).get(column.lower())
        return str(found["kind"]) if found else ""

    def is_key(self, node: Any) -> bool:
        """Whether a column holds the key of a row, its own or another's."""
        found = self.column(node)
        return found is not None and bool(found["key"] or found["references"])

    def neighbours(self, node: Any) -> list[str]:
        """The other columns of the same table that hold the same kind of values, the next first."""
        found, owner = self.column(node), self.owner(node)
        if found is None or owner is None:
            return []
        columns = list(self._tables[sources(scope_of(node))[owner]].values())
        place = columns.index(found)
        others = columns[place + 1 :] + columns[:place]
        return [c["name"] for c in others if c["kind"] == found["kind"] and not c["key"]]

    def child_of(self, table: str) -> dict[str, str] | None:
        """A table of which many rows may lead to one of `table`: the `table`, its `column`, and the
        `parent` column."""
        for name, columns in self._tables.items():
            for column in columns.values():
                parent, _dot, key = (column["references"] or "").lower().rpartition(".")
                if parent == table and name != table and not self._once(name, column):
                    return {"table": name, "column": column["name"], "parent": key}
        return None

    def _once(self, table: str, column: dict[str, Any]) -> bool:
        """Whether no value of a column comes twice."""
        own = {column["name"].lower()}
        keys = {name for name, each in self._tables[table].items() if each["key"]}
        return own == keys or own in self._unique[table]

    def has_key(self, select: Any, alias: str, among: list[Any]) -> bool:
        """Whether the columns `among` hold a whole key of a source: its primary key, or columns that
        are unique and never NULL."""
        name = sources(select).get(alias, "")
        table = self._tables.get(name, {})
        own = {
            node.name.lower()
            for node in among
            if isinstance(node, exp.Column) and self.owner(node) == alias
        }
        keys = [{name for name, column in table.items() if column["key"]}]
        keys += [
            each
            for each in self._unique.get(name, ())
            if not any(table[column]["nullable"] for column in each if column in table)
        ]
        return any(key and key <= own for key in keys)

    def all_different(self, select: Any) -> bool:
        """Whether no two rows of a SELECT can be the same, by its keys or its groups."""
        outputs = [output.unalias() for output in select.expressions]
        group = select.args.get("group")
        if group is not None:
            return all(part in outputs for part in group.expressions)
        if any(output.find(exp.AggFunc) and not output.find(exp.Window) for output in outputs):
            return True
        return self.told_apart(select, outputs)

    def told_apart(self, select: Any, among: list[Any]) -> bool:
        """Whether equal values in `among` mean one and the same row of the SELECT.

        They do if they hold the key of every source, or of some to which the others belong: a join
        on the whole key of a source adds one row of it at most. What WHERE sets equal to a constant
        is as good as one of them.
        """
        known = sources(select)
        among = [*among, *_constant(select)]
        told = {alias for alias in known if self.has_key(select, alias, among)}
        if any(
            join.args.get("side") in ("RIGHT", "FULL") for join in select.args.get("joins") or ()
        ):
            return bool(known) and told == set(known)
        links = list(self._links(select))
        for _ in known:
            for alias in set(known) - told:
                own = [a for a, b in links if self.owner(a) == alias and self.owner(b) in told]
                if self.has_key(select, alias, [*among, *own]):
                    told.add(alias)
        return bool(known) and told == set(known)

    def _links(self, select: Any) -> Iterator[tuple[Any, Any]]:
        """Pairs of columns of which the second decides the first, by an inner ON or by WHERE; the ON
        of an outer join decides only what it adds."""
        where = select.args.get("where")
        parts = [(where.this, None)] if where is not None else []
        for join in select.args.get("joins") or []:
            added = join.this.alias_or_name.lower() if join.args.get("side") else None
            if join.args.get("on") is not None:
                parts.append((join.args["on"], added))
        for condition, added in parts:
            for link in conjuncts(condition):
                if (
                    isinstance(link, exp.EQ)
                    and self.column(link.this)
                    and self.column(link.expression)
                ):
                    ways = ((link.this, link.expression), (link.expression, link.this))
                    yield from (way for way in ways if added in (None, self.owner(way[0])))

    def always_matches(self, join: Any) -> bool:
        """Whether every row before a join has a partner: a NOT NULL foreign key leads to it."""
        child = self._foreign_key(join, child_joined=False)
        return child is not None and not self.may_be_null(child)

    def always_matched(self, join: Any) -> bool:
        """Whether every joined row has a partner in the one table before it."""
        select = join.parent_select
        if len(sources(select)) != 2:
            return False
        child = self._foreign_key(join, child_joined=True)
        found = self.column(child) if child is not None else None
        return found is not None and not found["nullable"]

    def _foreign_key(self, join: Any, *, child_joined: bool) -> Any:
        """The referring column of a join whose whole ON is a foreign key, else None."""
        on = join.args.get("on")
        while isinstance(on, exp.Paren):
            on = on.this
        if not isinstance(on, exp.EQ):
            return None
        joined = join.this.alias_or_name.lower()
        for child, parent in ((on.this, on.expression), (on.expression, on.this)):
            found = self.column(child)
            if found is None or not found["references"] or not isinstance(parent, exp.Column):
                continue
            owner = self.owner(parent)
            table = sources(join.parent_select).get(owner or "", "")
            if found["references"].lower() != f"{table}.{parent.name.lower()}":
                continue
            if (self.owner(child) == joined) == child_joined and self.owner(child) != owner:
                return child
        return None

    def refused_when_null(self, select: Any, aliases: set[str]) -> bool:
        """Whether WHERE keeps no row in which all columns of one of those sources are NULL."""
        where = select.args.get("where")
        return where is not None and any(
            isinstance(operand, exp.Column) and self.owner(operand) in aliases
            for condition in conjuncts(where.this)
            for operand in _refusing(condition)
        )


def _constant(select: Any) -> Iterator[Any]:
    """The columns that WHERE sets equal to a constant."""
    where = select.args.get("where")
    for condition in conjuncts(where.this) if where is not None else ():
        if isinstance(condition, exp.EQ):
            for one, other in (
                (condition.this, condition.expression),
                (condition.expression, condition.this),
            ):
                if isinstance(other, exp.Literal | exp.Placeholder):
                    yield one


def _refusing(condition: Any) -> list[Any]:
    """The operands of a condition that hold for no row in which one of them is NULL."""
    if isinstance(condition, _REJECTING):
        return [condition.this, condition.args.get("expression")]
    if isinstance(condition, exp.Not) and isinstance(condition.this, exp.Is):
        return [condition.this.this]
    return []


def scope_of(node: Any) -> Any | None:
    """The statement in which a column has its meaning."""
    return node.find_ancestor(exp.Select, exp.Update, exp.Delete)


def sources(scope: Any) -> dict[str, str]:
    """The sources of a statement by alias, with the name of the table; empty for a subquery."""
    if isinstance(scope, exp.Update | exp.Delete):
        table = scope.this
        return {table.alias_or_name.lower(): table.name.lower()} if table is not None else {}
    found = {}
    for part in (scope.args.get("from_"), *(scope.args.get("joins") or [])):
        if part is not None:
            table = part.this
            name = table.name.lower() if isinstance(table, exp.Table) else ""
            found[table.alias_or_name.lower()] = name
    return found


def padded(select: Any) -> set[str]:
    """The aliases whose columns an outer join fills with NULL."""
    found: set[str] = set()
    before: list[str] = []
    if not isinstance(select, exp.Select):
        return found
    if select.args.get("from_") is not None:
        before.append(select.args["from_"].this.alias_or_name.lower())
    for join in select.args.get("joins") or []:
        alias = join.this.alias_or_name.lower()
        side = (join.args.get("side") or "").upper()
        if side in ("LEFT", "FULL"):
            found.add(alias)
        if side in ("RIGHT", "FULL"):
            found.update(before)
        before.append(alias)
    return found


def conjuncts(condition: Any) -> Iterator[Any]:
    """The conditions that AND joins."""
    while isinstance(condition, exp.Paren):
        condition = condition.this
    if isinstance(condition, exp.And):
        yield from conjuncts(condition.this)
        yield from conjuncts(condition.expression)
    else:
        yield condition
