"""Rows that kill mutants, put into the files of a database; nothing is written here."""

import re
from collections.abc import Iterable
from difflib import unified_diff
from pathlib import Path

import msgspec

from playground.authoring.mutants import Killer, with_rows
from playground.course import DATABASE_FILE
from playground.databases import Database, Variant
from playground.running import Job, Runners
from playground.texts import _

_DUMP = """\
_lines = list(session.connection().connection.driver_connection.iterdump())[1:-1]
_text = "\\n".join(_lines)
[_text[i:i + 8000] for i in range(0, len(_text), 8000)]
"""
_VARIANTS = re.compile(r"^variants:[ \t]*\n((?:(?:[ \t]+.*|[ \t]*#.*)?\n)*)", re.MULTILINE)


class Change(msgspec.Struct, frozen=True):
    """One file as it is and as it is to be."""

    file: Path
    before: bytes | None
    """None where there is none yet."""
    after: bytes
    statements: tuple[str, ...] = ()
    """What was done to it, where its bytes are no text."""

    def lines(self) -> list[str]:
        """The change as a person reads it."""
        if self.statements:
            return [_("In {file}:").format(file=self.file), *(f"+{s};" for s in self.statements)]
        old, new = ((data or b"").decode().splitlines() for data in (self.before, self.after))
        return list(unified_diff(old, new, str(self.file), str(self.file), lineterm="", n=1))


def changes(database: Database, killers: Iterable[Killer], runners: Runners) -> list[Change]:
    """What puts rows into a database's files, as many of them as go together.

    Rows for a script are added at its end, those for a SQLite file in it. A variant that a seed
    makes stays as it is: a new one beside it, a script, has its rows and these. Raises
    DatabaseError.
    """
    found: list[Change] = []
    wanted: dict[str, list[tuple[str, ...]]] = {}
    for killer in killers:
        wanted.setdefault(killer.variant, []).append(killer.statements)
    for name, groups in wanted.items():
        variant = database.variant(name)
        described = next(each for each in database.spec.variants if each.name == name)
        more = database.variant(_more(name)) if described.source == "seed" else None
        target = more or variant
        if target is None:
            continue
        statements, image = _fitting(target, groups, database, runners)
        if not statements:
            continue
        if described.source == "sqlite" and described.file is not None:
            if Path(f"{described.file}-wal").exists():  # some program is at work in it
                continue
            before = described.file.read_bytes()
            found.append(Change(described.file, before, image, tuple(statements)))
        elif described.source == "sql" and described.file is not None:
            found.append(_longer(described.file, statements))
        elif more is not None:
            added = next(each for each in database.spec.variants if each.name == more.name)
            if added.source == "sql" and added.file is not None:
                found.append(_longer(added.file, statements))
        else:
            found += _beside(target, statements, database, runners)
    return found


def _fitting(
    variant: Variant, groups: list[tuple[str, ...]], database: Database, runners: Runners
) -> tuple[list[str], bytes]:
    """The statements of those groups that the database takes one after another, and its image."""
    taken: list[str] = []
    image = b""
    for group in dict.fromkeys(groups):
        new = [statement for statement in group if statement not in taken]
        tried = with_rows(variant.image(), (*taken, *new), database, runners)
        if tried:
            taken, image = [*taken, *new], tried
    return taken, image


def _longer(script: Path, statements: list[str]) -> Change:
    before = script.read_bytes()
    text = before.decode("utf-8-sig").rstrip()
    return Change(script, before, f"{text}\n\n{_rows(statements)}".encode())


def _rows(statements: list[str]) -> str:
    return "-- Rows that tell wrong answers apart.\n" + "".join(f"{s};\n" for s in statements)


def _more(name: str) -> str:
    return f"{name}-more"


def _beside(
    variant: Variant, statements: list[str], database: Database, runners: Runners
) -> list[Change]:
    """A new script with the rows of a seed's variant and more, and the line that names it.

    None where the description is written in a way that no line can be added to.
    """
    folder = database.spec.folder
    run = runners.of(database.world).run(Job(code=_DUMP, database=variant.image(), whole=True))
    described = None if folder is None else folder / DATABASE_FILE
    if described is None or run.result is None:
        return []
    script = described.with_name(f"{_more(variant.name)}.sql")
    before = described.read_bytes()
    text = before.decode("utf-8-sig")
    block = _VARIANTS.search(text if text.endswith("\n") else f"{text}\n")
    entries = [line for line in block.group(1).splitlines() if line.strip()] if block else []
    if block is None or not entries or script.exists():
        return []
    indent = entries[0][: len(entries[0]) - len(entries[0].lstrip())]
    end = block.start(1) + len(block.group(1).rstrip())
    line = f"\n{indent}{_more(variant.name)}: {{sql: {script.name}}}"
    dump = "".join(str(row[0]) for row in run.result.rows)
    return [
        Change(script, None, f"{dump}\n\n{_rows(statements)}".encode()),
        Change(described, before, (text[:end] + line + text[end:]).encode()),
    ]


def write(change: Change) -> None:
    """Write the file as it is to be. Raises OSError."""
    _replace(change.file, change.after)


def undo(change: Change) -> None:
    """Write the file as it was. Raises OSError."""
    if change.before is None:
        change.file.unlink(missing_ok=True)
    else:
        _replace(change.file, change.before)


def _replace(file: Path, data: bytes) -> None:
    """Put new bytes into a file, in one step."""
    beside = file.with_name(f"{file.name}.new")
    beside.write_bytes(data)
    beside.replace(file)
