"""The resume file: whole or not there, and read without SQLAlchemy."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from playground.records import Records, Resume, resume


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "new" / "resume.json"


FULL = Resume(
    course="sqlalchemy",
    lesson="null-logic",
    text="# NULL\n" * 500,
    draft="\x00 \ud800 é",
    marks={"null-logic/unrated": "passed"},
    passed=1,
    total=33,
)


def test_it_comes_back_whole(file: Path) -> None:
    resume.write(file, FULL)
    assert resume.read(file) == FULL
    resume.write(file, Resume())
    assert resume.read(file) == Resume()
    assert [path.name for path in file.parent.iterdir()] == ["resume.json"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b"{}",
        b"[" * 100_000,
        b'{"format": 2}',
        b'{"format": 1, "lesson": 3}',
        b'{"format": 1, "passed": true}',
        b'{"format": 1, "marks": {"a": 1}}',
        b'{"format": 1, "marks": []}',
    ],
)
def test_a_damaged_file_is_no_file(file: Path, data: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(data)
    assert resume.read(file) is None


def test_none_or_a_folder_is_no_file(tmp_path: Path) -> None:
    assert resume.read(tmp_path / "none") is None
    assert resume.read(tmp_path) is None


def test_a_newer_versions_fields_are_passed_over(file: Path) -> None:
    file.parent.mkdir()
    file.write_text(json.dumps({"format": 1, "lesson": "a", "mood": "good"}))
    assert resume.read(file) == Resume(lesson="a")


def test_a_failed_write_leaves_the_former_file(file: Path) -> None:
    resume.write(file, FULL)
    blocker = file.with_name(f"{file.name}.block")
    blocker.mkdir()
    with pytest.raises(OSError):  # noqa: PT011 (which one depends on the system)
        resume.write(blocker, FULL)
    assert resume.read(file) == FULL


def test_records_write_it_and_bear_that_they_cannot(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    records = Records.open("sqlite://", tmp_path / "file" / "resume.json")
    records.keep_resume(FULL)
    assert records.resume() is None
    records.close()
    records = Records.open("sqlite://", tmp_path / "resume.json")
    records.keep_resume(FULL)
    assert records.resume() == FULL
    records.close()


def test_reading_it_loads_neither_sqlalchemy_nor_msgspec() -> None:
    code = (
        "import sys; from playground.records import resume; "
        "import playground.records.resume; "
        "heavy = {'sqlalchemy', 'alembic', 'msgspec'} & set(sys.modules); "
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr == ""
    assert done.returncode == 0


def test_opening_a_store_that_is_up_to_date_loads_no_alembic(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from playground.records import Records; "
        "Records.open(sys.argv[1], Path(sys.argv[2])).close(); "
        "sys.exit('alembic' in sys.modules)"
    )
    url, file = f"sqlite:///{tmp_path.as_posix()}/records.db", str(tmp_path / "resume.json")
    for _ in ("new", "there"):
        done = subprocess.run([sys.executable, "-c", code, url, file], capture_output=True)
        assert done.returncode == 0, done.stderr
