"""The command line as a shell would call it."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from playground.cli import main

LESSON = """\
format: 1
id: first
title: The first lesson
database: tea.sql
text: |
  Why before how.

  ```python run
  print(session.scalar(select(func.count()).select_from(Tea)))
  ```
  ```output
  3
  ```
exercises:
  - id: names
    title: Names
    task: |
      Return the **name** of every tea, by name.
    starter: |
      select(Tea.name)
    solution: |
      select(Tea.name).order_by(Tea.name)
    hints:
      - Which method sorts?
      - It is called `order_by`.
    mistakes:
      - answer: |
          select(Tea.name).order_by(Tea.name.desc())
        finding: order-direction
  - id: sure
    title: Sure
    kind: quiz
    task: Which method sorts?
    options:
      - text: order_by
        right: true
      - text: sort
"""
TEA = """\
CREATE TABLE tea (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO tea (name) VALUES ('Oolong'), ('Assam'), ('Chá verde');
"""


class Outcome(NamedTuple):
    """What a command did."""

    status: int
    out: str
    err: str

    def json(self) -> Any:
        """Standard output as the one JSON document that it must be."""
        return json.loads(self.out)


Playground = Callable[..., Outcome]


@pytest.fixture
def playground(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Playground:
    """Calls `playground ARGS` with standard input, and gives what it did."""

    def call(*arguments: str | Path, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as end:
            status = int(end.code or 0)
        out, err = capsys.readouterr()
        return Outcome(status, out, err)

    return call


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    """A course of one lesson file beside one database script."""
    (tmp_path / "tea.sql").write_text(TEA, "utf-8")
    file = tmp_path / "first.yaml"
    file.write_text(LESSON, "utf-8")
    return file


@pytest.fixture
def needing(lesson: Path) -> Path:
    """The lesson, in need of what no machine has."""
    tag = 'tags: ["needs:sqlite>=99"]\n'
    text = LESSON.replace("    title: Names\n", f"    title: Names\n    {tag}")
    lesson.write_text(text.replace("database: tea.sql\n", f"database: tea.sql\n{tag}"), "utf-8")
    return lesson
