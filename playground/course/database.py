"""`database.yaml`, or one file as a database, into a `DatabaseSpec`; nothing is built here."""

from pathlib import Path
from typing import Any

from playground.course.convert import Converter
from playground.course.errors import CourseError
from playground.course.fields import Title, in_language
from playground.course.files import DatabaseFile
from playground.course.lessons import NONE, read_format
from playground.course.model import DatabaseSpec, Fault, Place, VariantSpec
from playground.course.paths import DATABASE_FILE, inside
from playground.course.source import Source
from playground.texts import _

SEED_FILE = "seed.py"
_ONLY_VARIANT = "data"


def read_database(path: Path | None, *, language: str = "en") -> DatabaseSpec:
    """The description of a database.

    Args:
        path: a folder with a `database.yaml`, a `.sqlite` or `.sql` file (a database with one
            variant, which the learner sees), or None for the empty database `none`.
        language: of title and description, where they are given in several.

    Raises:
        CourseError: it cannot be read, with all that is wrong.
    """
    if path is None:
        return _single(NONE, VariantSpec(_ONLY_VARIANT, True, "empty", None), None)
    if path.name == DATABASE_FILE:
        path = path.parent
    if path.is_dir():
        return _read_folder(path, language)
    if not path.is_file():
        raise CourseError([Fault(Place(path), _("There is no such file or folder."))])
    if path.suffix == ".sql":
        variant = VariantSpec(_ONLY_VARIANT, True, "sql", path)
    else:
        variant = VariantSpec(_ONLY_VARIANT, True, "sqlite", path)
    return _single(path.stem, variant, path.parent)


def _single(name: str, variant: VariantSpec, folder: Path | None) -> DatabaseSpec:
    return DatabaseSpec(name=name, title=name, about="", folder=folder, variants=(variant,))


def _read_folder(folder: Path, language: str) -> DatabaseSpec:
    source = Source(folder / DATABASE_FILE)
    converter = Converter(source)
    written = read_format(converter, DatabaseFile)
    if written is None:
        raise CourseError(source.faults)
    models = _file(converter, folder, "models", written.models)
    variants = _variants(converter, folder, written)
    if not source.sound:
        raise CourseError(source.faults)
    return DatabaseSpec(
        name=folder.name,
        title=_text(written.title, language),
        about=_text(written.about, language),
        folder=folder,
        variants=variants,
        models=models,
        foreign_keys=written.foreign_keys,
        places={
            path: converter.place(path)
            for path in ("models", *(f"variants.{name}" for name in written.variants))
        },
    )


def _text(title: Title, language: str) -> str:
    return in_language(title, (language, "en")).strip()


def _file(converter: Converter, folder: Path, path: str, named: str | None) -> Path | None:
    """A file of the database's folder that a field names; a fault where there is none."""
    if named is None:
        return None
    file = inside(folder, folder, named)
    if file is None:
        message = _("“{path}” leaves the database's folder. Name a file in it.")
        converter.fault(path, message.format(path=named))
    elif not file.is_file():
        converter.fault(path, _("There is no file {file} here.").format(file=named))
    return file


def _variants(converter: Converter, folder: Path, written: DatabaseFile) -> tuple[VariantSpec, ...]:
    if not written.variants:
        if converter.sound("variants"):
            converter.fault("variants", _("A database needs at least one variant."))
        return ()
    visible = [
        name for name, options in written.variants.items() if (options or {}).get("visible") is True
    ]
    for name in visible[1:]:
        message = _("Only one variant is visible to the learner, and {first} is already.")
        converter.fault(f"variants.{name}.visible", message.format(first=visible[0]))
    seen = visible[0] if visible else _first_not_hidden(written)
    return tuple(
        _variant(converter, folder, name, dict(options or {}), visible=name == seen)
        for name, options in written.variants.items()
    )


def _first_not_hidden(written: DatabaseFile) -> str:
    names = list(written.variants)
    return next(
        (n for n in names if (written.variants[n] or {}).get("visible") is not False), names[0]
    )


def _variant(
    converter: Converter, folder: Path, name: str, options: dict[str, Any], *, visible: bool
) -> VariantSpec:
    path = f"variants.{name}"
    if not isinstance(options.pop("visible", False), bool):
        converter.fault(f"{path}.visible", _("Write “visible: true”, or leave it out."))
    files = [kind for kind in ("sql", "sqlite") if kind in options]
    if not files:
        seed = folder / SEED_FILE
        if not seed.is_file():
            message = _("There is no {file}; write it, or name a file: sql: or sqlite:.")
            converter.fault(path, message.format(file=SEED_FILE))
        return VariantSpec(name, visible, "seed", seed, options)
    kind = files[0]
    named = options.pop(kind)
    for other in options:
        message = _("“{name}:” means nothing beside “{kind}:”.")
        converter.fault(f"{path}.{other}", message.format(name=other, kind=kind))
    if not isinstance(named, str):
        converter.fault(f"{path}.{kind}", _("The name of a file is wanted here."))
        return VariantSpec(name, visible, "empty", None)
    file = _file(converter, folder, f"{path}.{kind}", named)
    return VariantSpec(name, visible, "sql" if kind == "sql" else "sqlite", file)
