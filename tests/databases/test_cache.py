"""Kept images are whole or absent; a cache that cannot be used is no fault."""

import sys

import pytest

from playground.databases.cache import ImageCache


def test_what_was_put_is_got(tmp_path):
    cache = ImageCache(tmp_path / "new" / "folder")
    assert cache.get("ab") is None
    cache.put("ab", b"image")
    assert cache.get("ab") == b"image"
    assert [file.name for file in (tmp_path / "new" / "folder").iterdir()] == ["ab.image"]


@pytest.mark.parametrize("spoil", [lambda data: data[:-1], lambda data: data + b"x", lambda _: b"", lambda data: data[:20] + b"?" + data[21:]])  # fmt: skip
def test_a_damaged_entry_is_none(tmp_path, spoil):
    cache = ImageCache(tmp_path)
    cache.put("ab", b"image")
    entry = tmp_path / "ab.image"
    entry.write_bytes(spoil(entry.read_bytes()))
    assert cache.get("ab") is None


def test_a_folder_that_is_a_file_costs_only_time(tmp_path):
    (tmp_path / "cache").touch()
    cache = ImageCache(tmp_path / "cache")
    cache.put("ab", b"image")
    assert cache.get("ab") is None


def test_an_entry_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    (tmp_path / "ab.image").mkdir()
    cache = ImageCache(tmp_path)
    cache.put("ab", b"image")
    assert cache.get("ab") is None
    assert [file.name for file in tmp_path.iterdir()] == ["ab.image"]


@pytest.mark.skipif(sys.platform == "win32", reason="old dates are kept elsewhere there")
def test_entries_long_unused_are_forgotten(tmp_path):
    import os

    cache = ImageCache(tmp_path)
    cache.put("old", b"image")
    os.utime(tmp_path / "old.image", (0, 0))
    cache.put("new", b"image")
    assert cache.get("old") is None
    assert cache.get("new") == b"image"
