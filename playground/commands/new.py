"""`playground new`: the first files of a lesson, a course or a database, that prove as they are."""

import argparse
import json
import re
from keyword import iskeyword
from pathlib import Path

from playground.commands.console import say
from playground.commands.context import CommandError, Context, is_sqlite
from playground.databases import DatabaseError, TableSchema
from playground.texts import _

EXAMPLE = """\
  playground new lesson joins
  playground new lesson our-club --from club.sqlite
  playground new course my-course
  playground prove my-course"""

SCRIPT = """\
CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL, year INTEGER);
INSERT INTO books (title, year) VALUES
  ('Dom Casmurro', 1899), ('The Master and Margarita', 1967),
  ('Beowulf', NULL), ('Beowulf', 1999);
"""
"""The rows of a new lesson's own small database."""
LESSON = """\
format: 1
id: "{id}"
title: "{title}"
database: {database}
text: |
  What it is about, in a few sentences.
exercises:
  - id: first
    title: The first exercise
    task: |
      {task}
    starter: |
      select(...)
    solution: |
      {solution}
    hints:
      - Which function begins a query?
"""
COURSE = """\
format: 1
id: "{id}"
title: "{title}"
modules:
  - id: first
    title: The first module
    folder: 01-first
"""
DATABASE = """\
format: 1
title: "{title}"
variants:
  small: {{{source}, visible: true}}
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The flags of this command."""
    parser.add_argument("what", choices=("lesson", "course", "database"), help=_("what to begin"))
    parser.add_argument("name", type=Path, metavar="NAME", help=_("its name, or where it goes"))
    parser.add_argument(
        "--from",
        dest="source",
        type=Path,
        metavar="FILE",
        help=_("a SQLite file of your own; it is copied"),
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Write the files; none that is there already is written over."""
    if not slug(args.name):
        raise CommandError(_("{name} holds no letter or digit of an id.").format(name=args.name))
    rows, exercise = _given(args.source, context)
    makers = {"lesson": _lesson, "course": _course, "database": _database}
    files = makers[args.what](args.name, rows, exercise, ".sqlite" if args.source else ".sql")
    _write(files)
    for file in files:
        say(_("Written: {file}").format(file=file))
    return 0


def slug(name: Path) -> str:
    """An id made from a name: its leading number and all that is no letter or digit go."""
    words = re.sub(r"[^a-z0-9]+", "-", name.name.removesuffix(".yaml").lower()).strip("-")
    return re.sub(r"^[0-9-]+", "", words)


def _lesson(name: Path, rows: bytes, exercise: dict[str, str], suffix: str) -> dict[Path, bytes]:
    file = name if name.suffix == ".yaml" else name.with_name(name.name + ".yaml")
    data = file.with_suffix(suffix)
    text = LESSON.format(
        id=slug(name), title=_title(name), database=json.dumps(data.name), **exercise
    )
    return {file: text.encode(), data: rows}


def _course(name: Path, rows: bytes, exercise: dict[str, str], suffix: str) -> dict[Path, bytes]:
    lesson = LESSON.format(id="first", title="The first lesson", database="first", **exercise)
    return {
        name / "course.yaml": COURSE.format(id=slug(name), title=_title(name)).encode(),
        name / "01-first" / "01-first.yaml": lesson.encode(),
        **_database(name / "databases" / "first", rows, exercise, suffix),
    }


def _database(name: Path, rows: bytes, exercise: dict[str, str], suffix: str) -> dict[Path, bytes]:
    source = f"{suffix[1:]}: small{suffix}"
    text = DATABASE.format(title=_title(name), source=source)
    return {name / "database.yaml": text.encode(), name / f"small{suffix}": rows}


def _title(name: Path) -> str:
    return slug(name).replace("-", " ").capitalize()


def _given(source: Path | None, context: Context) -> tuple[bytes, dict[str, str]]:
    """The data of the new files, and a first exercise that it can answer. Raises CommandError."""
    if source is None:
        return SCRIPT.encode(), {
            "task": "Return the **title** of every book.",
            "solution": "select(Books.title)",
        }
    if not source.exists():
        raise CommandError(_("{file} does not exist.").format(file=source))
    if not is_sqlite(source):
        raise CommandError(_("{file} is no SQLite database.").format(file=source))
    try:
        database = context.databases(None).open(str(source), beside=None)
        tables, image = database.tables, database.visible.image()
    except DatabaseError as error:
        raise CommandError(str(error), 3) from error
    if not tables:
        raise CommandError(_("{file} has no tables.").format(file=source))
    table = max(tables, key=lambda each: each.rows)
    column = next((c for c in table.columns if c.primary_key), table.columns[0])
    return image, {
        "task": f"Return `{_on_one_line(column.name)}` of every row of `{_on_one_line(table.name)}`.",
        "solution": f"select({_in_python(table, column.name)})",
    }


def _on_one_line(name: str) -> str:
    return name if name.isprintable() else repr(name)


def _in_python(table: TableSchema, column: str) -> str:
    """A column as learners write it."""
    nameable = column.isidentifier() and not iskeyword(column)
    own = ("metadata", "registry")  # what every model has of its own
    if table.model is not None and nameable and column not in own:
        return f"{table.model}.{column}"
    return f"tables[{table.name!r}].c[{column!r}]"


def _write(files: dict[Path, bytes]) -> None:
    """All of the files, none over another. Raises CommandError."""
    for file in files:
        if file.exists():
            raise CommandError(_("{file} is there already; nothing was written.").format(file=file))
    for file, data in files.items():
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("xb") as stream:
                stream.write(data)
        except OSError as error:
            raise CommandError(
                _("{file} cannot be written: {reason}.").format(file=file, reason=error.strerror)
            ) from error
