"""Private directories are removed whole, and nothing else is."""

import os
import sys
from pathlib import Path

import pytest

from playground.running import scratch

posix = pytest.mark.skipif(os.name != "posix", reason="links and modes of POSIX")


@posix
def test_removal_follows_no_link_and_needs_no_permission(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("x")
    inside = tmp_path / "inside"
    (inside / "a" / "b").mkdir(parents=True)
    (inside / "a" / "link").symlink_to(outside)
    (inside / "link").symlink_to(outside / "kept")
    os.mkfifo(inside / "fifo")
    (inside / "a" / "b" / "file").write_text("x")
    (inside / "a" / "b").chmod(0)
    (inside / "a").chmod(0)
    scratch.remove(inside)
    assert not inside.exists()
    assert (outside / "kept").read_text() == "x"


@posix
def test_removal_of_a_link_removes_nothing_behind_it(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "kept").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    scratch.remove(tmp_path / "link")
    assert (tmp_path / "real" / "kept").exists()


@posix
def test_depth_costs_nothing(tmp_path: Path) -> None:
    top = tmp_path / "top"
    top.mkdir()
    descriptor = os.open(top, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("d", dir_fd=descriptor)
        inner = os.open("d", os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = inner
    os.close(descriptor)
    scratch.remove(top)
    assert not top.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="where /dev/shm is")
def test_what_a_killed_owner_left_is_swept() -> None:
    left = Path("/dev/shm") / "playground-999999999-test"
    left.mkdir(exist_ok=True)
    (left / "x").write_text("x")
    scratch.sweep()
    assert not left.exists()
