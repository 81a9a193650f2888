"""What the list of readable paths names, and what it never names."""

import functools
import os
import sys
import sysconfig
from pathlib import Path

import pytest

from playground.running.confine import directory_usage, readable_paths, unlinked_bytes

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="paths of POSIX systems")


def covers(path: str) -> bool:
    return any(path == known or path.startswith(f"{known}/") for known in readable_paths())


def test_packages_that_learners_use_and_the_standard_library() -> None:
    import sqlalchemy

    assert covers(os.path.realpath(sqlalchemy.__file__)) or covers(sqlalchemy.__file__)
    assert covers(os.__file__)


@pytest.mark.parametrize("name", ["textual", "yaml", "msgspec", "pip"])
def test_no_other_package(name: str) -> None:
    assert not covers(f"{sysconfig.get_path('purelib')}/{name}/__init__.py")


def test_neither_the_folder_of_packages_nor_the_project() -> None:
    assert not covers(sysconfig.get_path("purelib"))
    assert not covers(str(Path(__file__).parents[3] / "lessons" / "course.yaml"))
    assert not covers(str(Path.home()))
    assert not covers("/etc/passwd")


def test_other_packages_where_asked() -> None:
    with_textual = readable_paths(packages=["textual"])
    assert any(path.endswith("/textual") for path in with_textual)
    assert not any(path.endswith("/sqlalchemy") for path in with_textual)


def test_usage_counts_what_is_there_and_follows_no_link(tmp_path: Path) -> None:
    assert directory_usage(str(tmp_path)) == (0, 0)
    (tmp_path / "data").write_bytes(bytes(100_000))
    (tmp_path / "link").symlink_to("/")
    size, files = directory_usage(str(tmp_path))
    assert files == 2
    assert 100_000 <= size < 200_000


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no /proc to look at")
def test_unlinked_files_that_are_open_are_counted_once(tmp_path: Path) -> None:
    held = functools.partial(unlinked_bytes, os.getpid(), str(tmp_path), 160_000_000)
    before = held()
    with (tmp_path / "data").open("wb", buffering=0) as file, os.fdopen(os.dup(file.fileno())):
        file.write(bytes(1_000_000))
        assert held() == before
        (tmp_path / "data").unlink()
        assert 1_000_000 <= held() - before < 1_100_000
    assert held() == before


def test_a_process_that_is_gone_holds_nothing(tmp_path: Path) -> None:
    assert unlinked_bytes(2**30, str(tmp_path), 1) == 0
