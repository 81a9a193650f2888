"""`database.yaml`, and single files as databases."""

import pytest

from playground.course import CourseError, DatabaseSpec, bundled_course, read_database

from .conftest import Folder

SHOP = """
format: 1
title: {en: Shop, ru: Магазин}
about: Customers and orders.
models: models.py
foreign_keys: false
variants:
  small: {seed: 1, visible: true}
  hidden: {seed: 7, edge: [nulls, ties]}
  empty:
  script: {sql: rows.sql}
  file: {sqlite: club.sqlite}
"""


def read(folder: Folder, text: str) -> DatabaseSpec:
    """The database of a folder with all the files that it may name."""
    for name in ("models.py", "seed.py", "rows.sql", "club.sqlite"):
        folder.write(f"shop/{name}", b"")
    return read_database(folder.write("shop/database.yaml", text).parent, language="ru")


def test_a_folder(folder: Folder) -> None:
    spec = read(folder, SHOP)
    base = folder.path / "shop"
    assert (spec.name, spec.title, spec.about) == ("shop", "Магазин", "Customers and orders.")
    assert (spec.models, spec.foreign_keys, spec.folder) == (base / "models.py", False, base)
    assert [(v.name, v.visible, v.source, v.file, v.options) for v in spec.variants] == [
        ("small", True, "seed", base / "seed.py", {"seed": 1}),
        ("hidden", False, "seed", base / "seed.py", {"seed": 7, "edge": ["nulls", "ties"]}),
        ("empty", False, "seed", base / "seed.py", {}),
        ("script", False, "sql", base / "rows.sql", {}),
        ("file", False, "sqlite", base / "club.sqlite", {}),
    ]
    assert spec.places["variants.hidden"].line == 8


def test_the_first_is_visible_if_none_says_so(folder: Folder) -> None:
    spec = read(folder, SHOP.replace(", visible: true", ""))
    assert [variant.name for variant in spec.variants if variant.visible] == ["small"]
    spec = read(folder, SHOP.replace("visible: true", "visible: false"))
    assert [variant.name for variant in spec.variants if variant.visible] == ["hidden"]


def test_one_file_is_a_database(folder: Folder) -> None:
    for name, source in (("club.sqlite", "sqlite"), ("club.sql", "sql"), ("club.db", "sqlite")):
        file = folder.write(name, b"")
        spec = read_database(file)
        (variant,) = spec.variants
        assert (spec.name, variant.source, variant.file, variant.visible) == (
            "club",
            source,
            file,
            True,
        )
        assert spec.models is None


def test_none_is_an_empty_one() -> None:
    spec = read_database(None)
    (variant,) = spec.variants
    assert (spec.name, variant.source, variant.visible) == ("none", "empty", True)


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("hidden: {seed: 7", "hidden: {visible: true", (8, 21), "Only one variant is visible"),
        ("visible: true", "visible: yes", (7, 29), "Write “visible: true”"),
        ("rows.sql", "none.sql", (10, 17), "There is no file none.sql here."),
        ("rows.sql", "../rows.sql", (10, 17), "leaves the database's folder"),
        ("{sql: rows.sql}", "{sql: rows.sql, seed: 1}", (10, 33), "means nothing beside “sql:”"),
        ("{sql: rows.sql}", "{sql: 3}", (10, 17), "The name of a file is wanted"),
        ("models.py", "modells.py", (4, 9), "There is no file modells.py here."),
        ("title:", "titel:", (2, 1), "Did you mean “title”?"),
    ],
)
def test_what_is_wrong_is_said(
    folder: Folder, old: str, new: str, place: tuple[int, int], words: str
) -> None:
    assert old in SHOP
    with pytest.raises(CourseError) as caught:
        read(folder, SHOP.replace(old, new))
    fault = next(fault for fault in caught.value.faults if words in fault.message)
    assert (fault.place.line, fault.place.column) == place


def test_a_seed_that_is_missing_is_said(folder: Folder) -> None:
    file = folder.write("shop/database.yaml", "format: 1\ntitle: T\nvariants: {a: {seed: 1}}\n")
    with pytest.raises(CourseError, match=r"There is no seed\.py"):
        read_database(file)


def test_a_database_needs_a_variant(folder: Folder) -> None:
    with pytest.raises(CourseError, match="at least one variant"):
        read(folder, "format: 1\ntitle: T\nvariants: {}\n")


def test_what_is_not_there_is_said(folder: Folder) -> None:
    for name in ("nowhere", "x.sqlite"):
        with pytest.raises(CourseError, match="no such file"):
            read_database(folder.path / name)


def test_the_bundled_databases_are_sound() -> None:
    folders = sorted((bundled_course() / "databases").glob("*/database.yaml"))
    assert folders
    for file in folders:
        assert read_database(file).variants
