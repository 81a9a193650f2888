"""Makes one variant's image in a child, from what its author wrote, and keeps it."""

import json
import platform
import sqlite3
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

import msgspec

from playground import __version__
from playground.course import DatabaseSpec, Place, VariantSpec
from playground.databases.cache import ImageCache
from playground.databases.errors import DatabaseError, unreadable
from playground.databases.sqlite_file import SqliteFile, read_sqlite_file
from playground.running import BuildError, Runners, World
from playground.texts import _

MOST_SOURCE_BYTES = 64 * 1024 * 1024
MOST_REFLECTED_BYTES = 8 * 1024 * 1024
"""Every process that runs answers loads what it reflects from into memory."""
_MARK = "playground-build-fault "
"""`builder.MARK`, which cannot be imported here: it would load SQLAlchemy."""


class BuildInputs(msgspec.Struct, frozen=True):
    """All that an image depends on: what is asked of the builder, and the files it reads."""

    request: dict[str, Any]
    files: dict[str, bytes] = {}
    database: bytes = b""
    foreign_keys: bool = True

    def key(self) -> str:
        """SHA-256 of the inputs and of the versions that build from them."""
        contents = {name: sha256(data).hexdigest() for name, data in self.files.items()}
        database = sha256(self.database).hexdigest()
        plain = [self.request, contents, database, self.foreign_keys, _builder(), *_versions()]
        return sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


class Images:
    """Makes images, each once, in the children of `runners`."""

    def __init__(self, cache_folder: Path, runners: Runners) -> None:
        self._cache = ImageCache(cache_folder)
        self._runners = runners

    def make(self, spec: DatabaseSpec, variant: VariantSpec) -> bytes:
        """The image of one variant.

        Raises:
            DatabaseError: its files are missing, faulty or too large.
        """
        if variant.source == "empty" or variant.file is None:
            return b""
        if variant.source == "sqlite":
            return self._from_file(spec, variant.file)
        inputs = _of_seed(spec, variant) if variant.source == "seed" else _of_script(variant)
        return self._built(spec, inputs, spec.places.get(f"variants.{variant.name}"))

    def check_models(self, spec: DatabaseSpec) -> None:
        """See that the models of a database can be loaded.

        Raises:
            DatabaseError: they cannot.
        """
        if spec.models is not None:
            self._built(spec, _check_models(spec), Place(spec.models))

    def declarations(self, spec: DatabaseSpec, image: bytes) -> bytes:
        """An image to reflect the tables from: the given one, without its rows where it is large.

        Raises:
            DatabaseError: it is damaged.
        """
        if len(image) <= MOST_REFLECTED_BYTES:
            return image
        place = None if spec.folder is None else Place(spec.folder)
        return self._built(spec, BuildInputs({"emptied": True}, database=image), place)

    def _from_file(self, spec: DatabaseSpec, file: Path) -> bytes:
        found = read_sqlite_file(file)
        return found.data if found.whole else self._built(spec, _of_file(found), Place(file))

    def _built(self, spec: DatabaseSpec, inputs: BuildInputs, place: Place | None) -> bytes:
        """The image; a fault without a line of its own is told at `place`."""
        key = inputs.key()
        image = self._cache.get(key)
        if image is None:
            world = _world(spec, inputs)
            try:
                image = self._runners.of(world).build(
                    _code(inputs), database=inputs.database, files=inputs.files
                )
            except BuildError as error:
                if world.models is not None:  # they may be what fails, and then they have the line
                    self.check_models(spec)
                raise _explained(str(error), spec, place) from error
            self._cache.put(key, image)
        return image


def _world(spec: DatabaseSpec, inputs: BuildInputs) -> World:
    """Where to build: for a seed, in the processes that will run answers on it anyway."""
    if "seed" in inputs.request and spec.models is not None:
        return world_of(spec)
    return World("build", foreign_keys=inputs.foreign_keys)


def world_of(spec: DatabaseSpec, schema: bytes = b"") -> World:
    """What a process must hold to run code on a database; `schema` is reflected without models.

    Raises:
        DatabaseError: the models cannot be read.
    """
    models = None if spec.models is None else read_source(spec.models).decode()
    return World(spec.name, models, spec.foreign_keys, schema if models is None else b"")


def _code(inputs: BuildInputs) -> str:
    request = json.dumps(inputs.request)
    return f"{_builder()}\n\nbuild(engine, json.loads({request!r}))\n"


@cache
def _builder() -> str:
    return Path(__file__).with_name("builder.py").read_text(encoding="utf-8")


@cache
def _versions() -> tuple[str, ...]:
    python = ".".join(platform.python_version_tuple()[:2])
    return (metadata.version("sqlalchemy"), sqlite3.sqlite_version, python, __version__)


def _of_seed(spec: DatabaseSpec, variant: VariantSpec) -> BuildInputs:
    assert variant.file is not None
    request: dict[str, Any] = {"seed": variant.file.name, "options": variant.options}
    files = {file.name: read_source(file) for file in _beside(variant.file)}
    if spec.models is not None:
        request["models"] = spec.models.name
        files[spec.models.name] = read_source(spec.models)
    return BuildInputs(request, files, foreign_keys=spec.foreign_keys)


def _beside(seed: Path) -> list[Path]:
    """The Python files of the seed's folder, itself among them; what a link leads out of it to is
    none of them, and nothing but plain files is."""
    folder = seed.parent.resolve()
    found = sorted({*seed.parent.glob("*.py"), seed})
    return [file for file in found if file.is_file() and file.resolve().is_relative_to(folder)]


def _of_script(variant: VariantSpec) -> BuildInputs:
    assert variant.file is not None
    files = {variant.file.name: read_source(variant.file)}
    return BuildInputs({"script": variant.file.name}, files)


def _of_file(found: SqliteFile) -> BuildInputs:
    files = {"beside-wal": found.wal, "beside-journal": found.journal}
    return BuildInputs({"beside": "beside"}, files, database=found.data)


def _check_models(spec: DatabaseSpec) -> BuildInputs:
    assert spec.models is not None
    return BuildInputs({"models": spec.models.name}, {spec.models.name: read_source(spec.models)})


def read_source(file: Path) -> bytes:
    """The text of an author's file, in UTF-8 with plain line ends.

    Raises:
        DatabaseError: it cannot be read, is no UTF-8 text or too large.
    """
    try:
        with file.open("rb") as stream:
            data = stream.read(MOST_SOURCE_BYTES + 1)
    except OSError as error:
        raise unreadable(error, file) from error
    if len(data) > MOST_SOURCE_BYTES:
        raise DatabaseError(
            _("This file is larger than {most} MB.").format(most=MOST_SOURCE_BYTES // 1_048_576),
            Place(file),
        )
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").encode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise DatabaseError(
            _("This is not UTF-8 text. Save the file as UTF-8."), Place(file, line)
        ) from error


class _Fault(msgspec.Struct, frozen=True):
    """What `builder.BuildFault` says."""

    file: str
    line: int | None
    reason: str
    details: dict[str, str] = {}


_REASONS: dict[str, Callable[[], str]] = {
    "raised": lambda: _("This failed: {error}"),
    "no-seed": lambda: _("It defines no function seed(session, …)."),
    "no-module": lambda: _("This is no Python file."),
}


def _explained(message: str, spec: DatabaseSpec, place: Place | None) -> DatabaseError:
    """A child's failure as its author can use it; what is not the builder's own is told as it is."""
    start = message.find(_MARK)
    try:
        said, _end = json.JSONDecoder().raw_decode(message, start + len(_MARK))
        fault = msgspec.convert(said, _Fault)
        text = _REASONS[fault.reason]().format(**fault.details)
    except (ValueError, KeyError, msgspec.ValidationError):
        return DatabaseError(_REASONS["raised"]().format(error=message), place)
    return DatabaseError(text, _place_of(fault, spec) or place)


def _place_of(fault: _Fault, spec: DatabaseSpec) -> Place | None:
    """The author's own line, where the fault has one."""
    if not fault.file or fault.line is None:
        return None
    files = [spec.models, *(variant.file for variant in spec.variants)]
    named = [file for file in files if file is not None and file.name == fault.file]
    folder = spec.folder or Path()
    return Place(named[0] if named else folder / Path(fault.file).name, fault.line)
