"""Judging loads neither SQLAlchemy nor the SQL parser: both live in children."""

import subprocess
import sys


def test_checking_loads_no_sqlalchemy_and_no_parser() -> None:
    code = "import sys, playground.checking; print(*(n for n in ('sqlalchemy', 'sqlglot') if n in sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""
