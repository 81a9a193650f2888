"""A database of a lesson: found by its name, its variants made when they are first asked for."""

import hashlib
import threading
from copy import copy
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from playground.course import CourseError, DatabaseSpec, Place, VariantSpec, read_database
from playground.databases.build import Images, world_of
from playground.databases.errors import DatabaseError, unreadable
from playground.databases.schema import COUNTS, UNIQUE, TableSchema, schema_of, unique_of
from playground.running import BuildError, Job, Row, Runners, World
from playground.texts import _, language


class Variant:
    """One set of rows of a database."""

    def __init__(self, spec: DatabaseSpec, variant: VariantSpec, images: Images) -> None:
        self.name = variant.name
        self.visible = variant.visible
        """Whether the learner sees it."""
        self._spec = spec
        self._variant = variant
        self._images = images
        self._lock = threading.Lock()
        self._image: bytes | None = None

    def image(self) -> bytes:
        """The finished SQLite database; empty bytes are an empty one. Any thread may ask.

        Raises:
            DatabaseError: its files are missing, faulty or too large.
        """
        with self._lock:
            if self._image is None:
                self._image = self._images.make(self._spec, self._variant)
            return self._image

    @cached_property
    def digest(self) -> str:
        """SHA-256 of its image, to tell variants apart by. Raises DatabaseError as `image` does."""
        return hashlib.sha256(self.image()).hexdigest()


class _Given(Variant):
    """A variant of which the image is at hand."""

    def __init__(self, spec: DatabaseSpec, image: bytes, images: Images) -> None:
        super().__init__(spec, VariantSpec("given", True, "empty", None), images)
        self._image = image


class Database:
    """A database with all its variants; exactly one is visible."""

    def __init__(self, spec: DatabaseSpec, images: Images, runners: Runners) -> None:
        self.name = spec.name
        self.title = spec.title
        self.about = spec.about
        self.variants: tuple[Variant, ...] = tuple(
            Variant(spec, variant, images) for variant in spec.variants
        )
        self.visible = next(variant for variant in self.variants if variant.visible)
        self._spec = spec
        self._images = images
        self._runners = runners

    @property
    def models_source(self) -> str | None:
        """The text of the declarative models; None where the tables are reflected.

        Raises:
            DatabaseError: as `world` does.
        """
        return self.world.models

    @cached_property
    def world(self) -> World:
        """What a process must hold to run code on this database.

        Raises:
            DatabaseError: the models cannot be loaded, or the tables to reflect cannot be made.
        """
        if self._spec.models is None:
            declared = self._images.declarations(self._spec, self.visible.image())
            return world_of(self._spec, declared)
        if self._seeded:
            self.visible.image()
        else:
            self._images.check_models(self._spec)
        return world_of(self._spec)

    @property
    def _seeded(self) -> bool:
        """Whether an image of it stands for models that could be loaded."""
        return any(variant.visible and variant.source == "seed" for variant in self._spec.variants)

    @cached_property
    def tables(self) -> tuple[TableSchema, ...]:
        """Its tables with their columns, keys, references, models and numbers of rows.

        Raises:
            DatabaseError: as `world` does.
        """
        counted = self._rows(Job(COUNTS, self.visible.image(), whole=True))
        try:
            described = self._runners.of(self.world).describe()
        except BuildError as error:
            raise DatabaseError(_("This failed: {error}").format(error=error)) from error
        return schema_of(described.tables, counted)

    @cached_property
    def unique(self) -> dict[str, list[list[str]]]:
        """The columns of each constraint and index that forbids equal rows, by table.

        Raises:
            DatabaseError: as `world` does.
        """
        job = Job(UNIQUE, self.visible.image(), language="sql", whole=True)
        return unique_of(self._rows(job))

    def _rows(self, job: Job) -> list[Row]:
        try:
            run = self._runners.of(self.world).run(job)
        except BuildError as error:
            raise DatabaseError(_("This failed: {error}").format(error=error)) from error
        if run.error is not None:
            raise DatabaseError(_("This failed: {error}").format(error=run.error.message))
        return run.result.rows if run.result else []

    @property
    def spec(self) -> DatabaseSpec:
        """Its description, as its author wrote it."""
        return self._spec

    def on(self, image: bytes) -> "Database":
        """The same database with one variant, of that image."""
        other = copy(self)
        other.visible = _Given(self._spec, image, self._images)
        other.variants = (other.visible,)
        return other

    def variant(self, name: str) -> Variant | None:
        """The variant of that name, or None."""
        return next((variant for variant in self.variants if variant.name == name), None)


class Databases:
    """The databases of one course, each opened once. Any thread may ask."""

    def __init__(self, root: Path | None, *, cache: Path, runners: Runners) -> None:
        """`root` is the course's folder; without one only files and `none` can be opened."""
        self._root = root
        self._runners = runners
        self._images = Images(cache / "databases", runners)
        self._lock = threading.Lock()
        self._opened: dict[Path | None, Database] = {}

    def open(self, ref: str, *, beside: Path | None) -> Database:
        """The database that a lesson calls `ref`: a name, a `.sqlite` or `.sql` file, or `none`.

        `beside` is the file that names it: relative paths start in its folder and stay in the
        course. None means that a person named it: a path of theirs may lead anywhere.

        Raises:
            DatabaseError: there is none, or its description is faulty.
        """
        path = None if ref == "none" else self._find(ref, beside)
        with self._lock:
            if path not in self._opened:
                self._opened[path] = Database(_read(path), self._images, self._runners)
            return self._opened[path]

    def _find(self, ref: str, beside: Path | None) -> Path:
        if Path(ref).suffix or "/" in ref or "\\" in ref:
            return self._file(ref, beside)
        known = _folders(self._root) if self._root is not None else []
        for path in known:
            if path.name == ref:
                return path
        message = _("There is no database {name}.").format(name=ref)
        if near := get_close_matches(ref, [*(path.name for path in known), "none"]):
            message += " " + _("Did you mean {names}?").format(names=", ".join(near))
        raise DatabaseError(message, None if beside is None else Place(beside))

    def _file(self, ref: str, beside: Path | None) -> Path:
        if beside is None:
            return Path(ref)
        file = (beside.parent / ref).resolve()
        home = (self._root or beside.parent).resolve()
        if not file.is_relative_to(home):
            raise DatabaseError(
                _("{file} lies outside the course's folder.").format(file=ref), Place(beside)
            )
        return file


def _folders(root: Path) -> list[Path]:
    """The folders of a course's databases; one that a link leads out of the course to is none."""
    home = root.resolve()
    found = (file.parent for file in (root / "databases").glob("*/database.yaml"))
    return sorted(folder for folder in found if folder.resolve().is_relative_to(home))


def _read(path: Path | None) -> DatabaseSpec:
    try:
        return read_database(path, language=language())
    except CourseError as error:
        first = error.faults[0]
        raise DatabaseError(first.message, first.place) from error
    except OSError as error:  # a name that the system cannot look up
        raise unreadable(error, Path() if path is None else path) from error
