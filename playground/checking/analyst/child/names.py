"""The tables of a query by the names that they have in it, and what another query calls them."""

from collections.abc import Iterator
from itertools import islice, permutations, product
from typing import Any

from sqlglot import exp

_MOST = 12
"""Ways to name one query's tables by another's that are tried: many only where tables repeat."""


def tables_of(select: Any) -> dict[str, str]:
    """The tables that a select itself names: the name in it of each, with a number if it repeats."""
    sources = [select.args.get("from_"), *(select.args.get("joins") or [])]
    found: dict[str, str] = {}
    for source in sources:
        table = source.this if source is not None else None
        if not isinstance(table, exp.Table):
            continue
        key, number = table.name.lower(), 1
        while f"{key} {number}" in found:
            number += 1
        found[f"{key} {number}"] = table.alias_or_name
    return found


def renamed(node: Any, *selects: Any) -> Iterator[Any]:
    """A part of one query with its tables named as in another; each way, where tables repeat.

    The selects are pairs: where the part is from, and where it goes to.
    """
    pairs = [(selects[i], selects[i + 1]) for i in range(0, len(selects), 2)]
    ways = [list(islice(_ways(tables_of(a), tables_of(b)), _MOST)) for a, b in pairs]
    seen: set[str] = set()
    for chosen in islice(product(*ways), _MOST):
        names = {name: other for way in reversed(chosen) for name, other in way.items()}
        copy = node.copy()
        columns = [copy] if isinstance(copy, exp.Column) else list(copy.find_all(exp.Column))
        for column in columns:
            if column.table in names:
                column.set("table", exp.to_identifier(names[column.table]))
        if copy.sql() not in seen:
            seen.add(copy.sql())
            yield copy


def _ways(first: dict[str, str], second: dict[str, str]) -> Iterator[dict[str, str]]:
    """Which name of the second each name of the first may be."""
    kinds = sorted({key.rpartition(" ")[0] for key in first})
    options = []
    for kind in kinds:
        own = [name for key, name in first.items() if key.rpartition(" ")[0] == kind]
        theirs = [name for key, name in second.items() if key.rpartition(" ")[0] == kind]
        if len(own) > len(theirs):
            options.append([dict(zip(own, theirs, strict=False))])
        else:
            options.append(
                [dict(zip(own, way, strict=True)) for way in permutations(theirs, len(own))]
            )
    for chosen in product(*options):
        yield {name: other for part in chosen for name, other in part.items()}
