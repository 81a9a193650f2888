"""What loading the study costs: the screen's process must not pay for what it does not use yet."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["playground.study", "playground.study.workfolder"])
def test_the_study_is_loaded_without_the_heavy_packages(module: str) -> None:
    code = (
        f"import sys, {module}; "
        "print(sorted({'sqlalchemy', 'alembic', 'sqlglot', 'yaml', 'textual'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr == ""
    assert done.stdout.strip() == "[]"
