"""Finding commands: help, nearest names, languages; what the documents say of them."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from playground.cli import COMMANDS
from tests.commands.conftest import Playground

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(playground: Playground, command: str) -> None:
    outcome = playground(command, "--help")
    assert outcome.status == 0
    assert f"playground {command}" in outcome.out.partition("example:")[2]


def test_help_names_every_command(playground: Playground) -> None:
    outcome = playground("--help")
    assert outcome.status == 0
    assert all(command in outcome.out for command in COMMANDS)


def test_the_readme_names_every_command() -> None:
    commands = (ROOT / "README.md").read_text("utf-8").partition("## Commands\n")[2]
    assert [name for name in COMMANDS if not re.search(rf"`{name}\b|\[{name}\b", commands)] == []


def names_in(shape: Any) -> Iterator[str]:
    """The fields of a JSON shape; references to exercises and what is said in words are none."""
    if isinstance(shape, dict):
        yield from (name for name in shape if "/" not in name)
        shape = [value for name, value in shape.items() if name != "facts"]
    if isinstance(shape, list):
        for each in shape:
            yield from names_in(each)


@pytest.mark.parametrize("command", ["list", "progress", "doctor"])
def test_what_is_printed_as_json_is_documented(playground: Playground, command: str) -> None:
    document = (ROOT / "docs" / "json.md").read_text("utf-8")
    documented = re.findall(r"`([a-z_]+)`", document)
    assert set(names_in(playground(command, "--json").json())) <= set(documented)


def test_an_unknown_command_names_the_nearest(playground: Playground) -> None:
    outcome = playground("chekc")
    assert outcome.status == 2
    assert "check" in outcome.err


def test_wrong_flags_end_with_two(playground: Playground) -> None:
    assert playground("list", "--jsno").status == 2


@pytest.mark.parametrize("command", ["list", "schema"])
def test_commands_that_need_no_sqlalchemy_do_not_load_it(command: str) -> None:
    program = (
        "import sys; from playground.cli import main; main([sys.argv[1]]);"
        "sys.exit(any(name in sys.modules for name in ('sqlalchemy', 'textual', 'sqlglot')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, command], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_console_that_lacks_characters_gets_escapes() -> None:
    code = b"'\xd0\xb6'"
    done = subprocess.run(
        [sys.executable, "-m", "playground", "run", "-"],
        input=code,
        capture_output=True,
        check=False,
        env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )
    assert done.returncode == 0, done.stderr
    assert b"\\u0436" in done.stdout


def test_an_interrupt_while_the_command_is_read_ends_it_quietly(
    playground: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("playground.cli.import_module", interrupted)
    outcome = playground("list")
    assert outcome.status == 130
    assert not outcome.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_the_output_is_told_and_no_fault_of_ours() -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "playground", "schema", "lesson"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert ended.returncode == 74
    assert ended.stderr.decode().startswith("The output cannot be written: ")
