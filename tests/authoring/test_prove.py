"""What `playground prove` says, as text and JSON, and the rows that it adds when asked."""

import json
import sqlite3
from pathlib import Path

import pytest

from playground.cli import main
from tests.authoring.conftest import FEW

LESSON = """\
format: 1
id: {id}
title: Teas
database: {database}
exercises:
  - id: few-grams
    title: Few grams
    task: Do it.
    solution: |
      select(Tea.id).where(Tea.grams <= 75)
    mistakes:
      - answer: |
          select(Tea.id, Tea.name).where(Tea.grams <= 75)
        finding: extra-columns
"""
DATABASE = """\
format: 1
title: Teas
variants:
  small: {visible: true, rows: 9}
  # the hidden one
  hidden: {rows: 3}

"""
SEED = """\
from sqlalchemy import text

def seed(session, rows):
    session.execute(text("CREATE TABLE tea (id INTEGER PRIMARY KEY, name TEXT NOT NULL, grams INTEGER)"))
    for id in range(1, rows + 1):
        session.execute(text(f"INSERT INTO tea VALUES ({id}, 'tea {id}', {id * 20})"))
"""


@pytest.fixture
def home(tmp_path: Path) -> list[str]:
    return ["--home", str(tmp_path / "home")]


def lesson(folder: Path, database: str, ident: str = "teas") -> Path:
    file = folder / f"{ident}.yaml"
    file.write_text(LESSON.format(id=ident, database=database), "utf-8")
    return file


def course(folder: Path) -> Path:
    root = folder / "course"
    (root / "databases" / "tea").mkdir(parents=True)
    (root / "one").mkdir()
    (root / "course.yaml").write_text(
        "format: 1\nid: c\ntitle: C\nmodules:\n  - {id: one, title: One, folder: one}\n", "utf-8"
    )
    lesson(root / "one", "tea")
    (root / "databases" / "tea" / "database.yaml").write_text(DATABASE, "utf-8")
    (root / "databases" / "tea" / "seed.py").write_text(SEED, "utf-8")
    return root


def test_json_tells_the_strength_of_each_exercise(
    tmp_path: Path, home: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tea.sql").write_text(FEW, "utf-8")
    status = main([*home, "prove", "--json", str(lesson(tmp_path, "tea.sql"))])
    told = json.loads(capsys.readouterr().out)
    assert status == 0
    assert (told["format"], told["sound"], told["lessons"]) == (1, True, 1)
    (exercise,) = told["exercises"]
    assert exercise["exercise"] == "teas/few-grams"
    assert exercise["mutants"] == exercise["killed"] + exercise["declared"] + exercise["alive"]
    assert exercise["alive"] == len(told["faults"]) > 0
    assert (exercise["variants"], exercise["mistakes"], exercise["answers"]) == (1, 1, 1)
    assert all(fault["line"] and fault["warning"] for fault in told["faults"])
    assert exercise["killers"][0]["statements"][0].startswith("INSERT INTO tea")


def test_strength_is_a_table(
    tmp_path: Path, home: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tea.sql").write_text(FEW, "utf-8")
    main([*home, "prove", "--strength", str(lesson(tmp_path, "tea.sql"))])
    lines = capsys.readouterr().out.splitlines()
    head = next(line for line in lines if line.startswith("exercise"))
    row = lines[lines.index(head) + 1]
    assert head.split() == [
        "exercise", "mutants", "killed", "declared", "alive", "variants", "mistakes", "answers",
    ]  # fmt: skip
    assert row.startswith("teas/few-grams")
    assert len(row) == len(head)


def test_a_fault_of_a_database_is_told_once(
    tmp_path: Path, home: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    root = course(tmp_path)
    lesson(root / "one", "tea", "other")
    (root / "databases" / "tea" / "seed.py").write_text(
        "def seed(session, rows):\n    1 / 0\n", "utf-8"
    )
    assert main([*home, "prove", str(root)]) == 1
    out = capsys.readouterr().out
    assert out.count("seed.py") == 1
    assert "1 fault in" in out


def test_rows_are_added_to_a_script_and_shown(
    tmp_path: Path, home: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "tea.sql"
    script.write_text(FEW, "utf-8")
    file = str(lesson(tmp_path, "tea.sql"))
    assert main([*home, "prove", "--fix-data", file]) == 0
    out = capsys.readouterr().out
    assert script.read_text("utf-8").startswith(FEW.rstrip())
    assert "+INSERT INTO tea" in out
    assert "learners see" in out
    main([*home, "prove", file])
    assert "survives" not in capsys.readouterr().out


def test_rows_are_added_to_a_sqlite_file(
    tmp_path: Path, home: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    database = tmp_path / "tea.sqlite"
    connection = sqlite3.connect(database)
    connection.executescript(FEW)
    connection.close()
    assert main([*home, "prove", "--fix-data", str(lesson(tmp_path, "tea.sqlite"))]) == 0
    assert "+INSERT INTO tea" in capsys.readouterr().out
    connection = sqlite3.connect(database)
    assert connection.execute("SELECT count(*) FROM tea").fetchone()[0] > 2
    assert [p.name for p in tmp_path.glob("tea.sqlite*")] == ["tea.sqlite"]
    connection.close()


def test_a_seed_gets_a_script_beside_it(
    tmp_path: Path, home: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    root = course(tmp_path)
    folder = root / "databases" / "tea"
    assert main([*home, "prove", "--fix-data", str(root)]) == 0
    assert (folder / "seed.py").read_text("utf-8") == SEED
    described = (folder / "database.yaml").read_text("utf-8")
    assert described.startswith(DATABASE.rstrip())
    assert "\n  hidden-more: {sql: hidden-more.sql}\n" in described
    assert "INSERT INTO tea" in (folder / "hidden-more.sql").read_text("utf-8")
    capsys.readouterr()
    main([*home, "prove", str(root)])
    out = capsys.readouterr().out
    assert "tea.grams < 75" not in out


def test_rows_that_break_the_course_are_taken_back(
    tmp_path: Path, home: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tea.sql").write_text(FEW, "utf-8")
    file = lesson(tmp_path, "tea.sql")
    block = "text: |\n  ```python run\n  print(session.scalar(select(func.count(Tea.id))))\n  ```\n"
    shown = f"{block}\n  ```output\n  2\n  ```\nexercises:\n"
    file.write_text(file.read_text("utf-8").replace("exercises:\n", shown), "utf-8")
    assert main([*home, "prove", str(file)]) == 0
    assert main([*home, "prove", "--fix-data", str(file)]) == 1
    assert (tmp_path / "tea.sql").read_text("utf-8") == FEW
    assert "as they were" in capsys.readouterr().out
