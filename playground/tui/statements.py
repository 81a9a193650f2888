"""What a run sent, as entries to show: repeats folded, transaction marks apart. Plain data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from playground.texts import _, ngettext
from playground.visible import parameter_text

if TYPE_CHECKING:
    from playground.running import Statement

MOST = 300
"""Entries that are laid out before one asks for all."""


@dataclass
class Entry:
    """One distinct statement between two transaction marks, or a mark itself."""

    statement: Statement
    count: int = 1
    lines: list[int] = field(default_factory=list)
    """Editor lines (from 1) that sent it, each once."""
    elapsed_ms: float = 0

    @property
    def is_mark(self) -> bool:
        """Whether it is a transaction mark."""
        return self.statement.kind == "transaction"


def entries(statements: Iterable[Statement]) -> list[Entry]:
    """Fold statements of the same text, connection and lazy load within one transaction.

    A transaction that is open when the run ends is rolled back with its session: that mark ends it.
    """
    result: list[Entry] = []
    begun: dict[int, Statement] = {}
    seen: dict[tuple[str, int, str | None], Entry] = {}
    for statement in statements:
        if statement.kind == "transaction":
            seen.clear()
            result.append(Entry(statement))
            if _begins(statement.sql):
                begun[statement.connection] = statement
            elif _ends(statement.sql):
                begun.pop(statement.connection, None)
            continue
        key = (statement.sql, statement.connection, statement.lazy_load)
        entry = seen.get(key)
        if entry is None:
            entry = seen[key] = Entry(statement, count=0)
            result.append(entry)
        entry.count += 1
        entry.elapsed_ms += statement.elapsed_ms or 0
        if statement.line is not None and statement.line not in entry.lines:
            entry.lines.append(statement.line)
    result += [Entry(msgspec.structs.replace(begin, sql="ROLLBACK")) for begin in begun.values()]
    return result


def _begins(mark: str) -> bool:
    return mark.upper().startswith("BEGIN")


def _ends(mark: str) -> bool:
    words = mark.upper().split()
    return words[:1] in (["COMMIT"], ["END"]) or (words[:1] == ["ROLLBACK"] and "TO" not in words)


def mark_text(sql: str) -> tuple[str, str]:
    """Sign and words of a transaction mark: `◆ begin`, `◇ rollback`."""
    words = sql.strip().lower()
    if sql.upper().startswith("ROLLBACK"):
        return "◇", words
    return "◆", words


def facts(entry: Entry) -> str:
    """What is known of an entry, in one line: `7 rows · 0.4 ms · Customer.orders`."""
    statement = entry.statement
    parts: list[str] = []
    if entry.count > 1:
        parts.append(f"×{entry.count}")
    if statement.many is not None:
        parts.append(
            ngettext(
                "{count} set of parameters", "{count} sets of parameters", statement.many
            ).format(count=statement.many)
        )
    if len(entry.lines) > 1:
        shown = ", ".join(str(line) for line in entry.lines[:6])
        parts.append(_("lines {lines}").format(lines=shown))
    if statement.lazy_load:
        parts.append(_("lazy load of {attribute}").format(attribute=statement.lazy_load))
    if entry.count > 2 and statement.lazy_load:
        parts.append("N+1")
    if entry.count == 1 and statement.rows is not None:
        parts.append(rows_text(statement))
    if entry.elapsed_ms:
        parts.append(milliseconds(entry.elapsed_ms))
    if statement.connection > 1:
        parts.append(_("connection {number}").format(number=statement.connection))
    return " · ".join(parts)


def rows_text(statement: Statement) -> str:
    """`7 rows`, or `7 rows changed` where the statement writes."""
    count = statement.rows or 0
    if statement.kind in ("insert", "update", "delete"):
        return ngettext("{count} row changed", "{count} rows changed", count).format(count=count)
    return ngettext("{count} row", "{count} rows", count).format(count=count)


def parameters_text(statement: Statement) -> str:
    """The parameters as they would stand in Python, clipped; empty where there are none."""
    values = statement.parameters
    if not values:
        return ""
    if isinstance(values, dict):
        items: Sequence[str] = [
            f"{name}={parameter_text(v)}" for name, v in list(values.items())[:30]
        ]
    else:
        items = [parameter_text(value) for value in values[:30]]
    return ", ".join(items) + (", …" if len(values) > 30 else "")


def milliseconds(elapsed: float) -> str:
    """`0.4 ms`, `31 ms`, `1.2 s`."""
    if elapsed >= 1000:
        return _("{number} s").format(number=f"{elapsed / 1000:.1f}")
    return _("{number} ms").format(number=f"{elapsed:.1f}" if elapsed < 10 else f"{elapsed:.0f}")


def count_text(statements: Sequence[Statement]) -> str:
    """`no statements`, `1 statement`, `31 statements`; marks do not count."""
    count = sum(statement.kind != "transaction" for statement in statements)
    if not count:
        return _("no statements")
    return ngettext("{count} statement", "{count} statements", count).format(count=count)
