"""Which file is what in a course folder, and which paths a file may name."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

COURSE_FILE = "course.yaml"
DATABASE_FILE = "database.yaml"
DATABASES = "databases"
DATABASE_SUFFIXES = (".sqlite", ".sql")
_TRANSLATION = re.compile(r"(?P<stem>.+)\.(?P<tag>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\.yaml")
_NOT_RELATIVE = re.compile(r"^[A-Za-z]:|\\|\0")


def inside(root: Path, base: Path, named: str) -> Path | None:
    """The path `named` by a file of the folder `base`; None where it leaves `root`.

    Paths are written with `/`, relative to the file that names them. A link that leads out of the
    course leaves it as well.
    """
    if not named.strip() or _NOT_RELATIVE.search(named) or PurePosixPath(named).is_absolute():
        return None
    path = base / named
    try:
        path.resolve().relative_to(root.resolve())
    except (ValueError, OSError, RuntimeError):
        return None
    return path


def is_database_file(reference: str) -> bool:
    """Whether a `database:` names a file rather than a folder of `databases/`."""
    return reference.endswith(DATABASE_SUFFIXES)


def database_path(reference: str, beside: Path, root: Path) -> Path | None:
    """Where the database of a lesson lies: a folder or a file; None where it leaves the course.

    `reference` is not `none`; `beside` is the lesson's file and `root` the course folder.
    """
    if is_database_file(reference):
        return inside(root, beside.parent, reference)
    if reference in (".", "..") or PurePosixPath(reference).name != reference:
        return None
    return inside(root, root / DATABASES, reference)


def translation_of(name: str) -> tuple[str, str] | None:
    """(name of the lesson's file, language tag) where a file name is a translation's, else None."""
    match = _TRANSLATION.fullmatch(name)
    return (f"{match['stem']}.yaml", match["tag"]) if match else None


def translation_file(lesson: Path, tag: str) -> Path:
    """Where the translation of a lesson's file lies."""
    return lesson.with_name(f"{lesson.stem}.{tag}.yaml")


def yaml_files(root: Path) -> Iterator[Path]:
    """All YAML files of a course but those of its databases, hidden folders left out."""
    for path in sorted(root.rglob("*.yaml")):
        parts = path.relative_to(root).parts
        hidden = any(part.startswith(".") for part in parts)
        if not hidden and parts[0] != DATABASES and path.is_file():
            yield path
