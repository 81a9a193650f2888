"""`course.yaml` into what a course needs to open: names, languages, modules in order."""

import hashlib
from pathlib import Path

from playground.course.convert import Converter
from playground.course.files import CourseFile, ModuleFile
from playground.course.header import Header, HeaderModule
from playground.course.lessons import read_format
from playground.course.model import Lesson, Place
from playground.course.paths import inside, translation_of
from playground.course.source import Source
from playground.texts import _


def read_header(file: Path) -> Header:
    """Read `course.yaml`; what is wrong is in its faults, and its sound modules are kept."""
    source = Source(file)
    converter = Converter(source)
    written = read_format(converter, CourseFile)
    if written is None:
        written = CourseFile(format=0, id="", title="", modules=())
    modules = _modules(converter, written, file.parent)
    if not written.modules and converter.sound("modules") and source.sound:
        converter.fault("modules", _("A course needs at least one module."))
    return Header(
        id=written.id or path_digest(file.parent),
        title=written.title or file.parent.absolute().name,
        revision=written.revision,
        languages=tuple(dict.fromkeys((written.language, *written.translations))),
        strict_proof=written.proof == "strict",
        modules=modules,
        translations=converter.place("translations"),
        faults=tuple(source.faults),
    )


def lone_header(file: Path, lesson: Lesson, course: str | None) -> Header:
    """The header of a course that is one lesson's file; `course` is the file's own field."""
    tags = sorted(
        found[1]
        for found in (translation_of(path.name) for path in file.parent.glob(f"{file.stem}.*.yaml"))
        if found is not None and found[0] == file.name
    )
    return Header(
        id=course or path_digest(file),
        title=lesson.title,
        revision=1,
        languages=tuple(dict.fromkeys(("en", *tags))),
        strict_proof=False,
        modules=(),
        translations=Place(file),
    )


def path_digest(path: Path) -> str:
    """The id of what has none: a digest of its absolute path."""
    return hashlib.sha256(str(path.absolute()).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _modules(converter: Converter, written: CourseFile, root: Path) -> tuple[HeaderModule, ...]:
    found: dict[str, HeaderModule] = {}
    folders: set[Path] = set()
    for number, module in enumerate(written.modules):
        path = f"modules.{number}"
        if not converter.sound(path):
            continue
        folder = _folder(converter, module, root, path)
        if module.id in found:
            message = _("Another module has the id “{id}”; that one stands.")
            converter.fault(f"{path}.id", message.format(id=module.id))
        elif folder in folders:
            message = _("Another module has the folder “{folder}”; that one stands.")
            converter.fault(f"{path}.folder", message.format(folder=module.folder))
        elif folder is not None:
            place = converter.place(f"{path}.folder")
            found[module.id] = HeaderModule(module.id, module.title, folder, place)
            folders.add(folder)
    return tuple(found.values())


def _folder(converter: Converter, module: ModuleFile, root: Path, path: str) -> Path | None:
    folder = inside(root, root, module.folder)
    if folder is None:
        message = _("“{path}” leaves the course folder. Name a folder in it.")
        converter.fault(f"{path}.folder", message.format(path=module.folder))
    return folder
