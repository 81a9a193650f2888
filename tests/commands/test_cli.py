"""Finding commands: help, nearest names, languages."""

import subprocess
import sys

import pytest

from playground.cli import COMMANDS
from tests.commands.conftest import Playground


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(playground: Playground, command: str) -> None:
    outcome = playground(command, "--help")
    assert outcome.status == 0
    assert f"playground {command}" in outcome.out.partition("example:")[2]


def test_help_names_every_command(playground: Playground) -> None:
    outcome = playground("--help")
    assert outcome.status == 0
    assert all(command in outcome.out for command in COMMANDS)


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
