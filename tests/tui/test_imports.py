"""What the first picture must not wait for is not loaded with the app."""

import subprocess
import sys

HEAVY = {
    "sqlalchemy",
    "sqlparse",
    "sqlglot",
    "alembic",
    "msgspec",
    "yaml",
    "markdown_it",
    "tree_sitter_python",
    "tree_sitter_sql",
    "playground.running",
    "playground.checking",
    "playground.course",
    "playground.study",
}


def test_the_app_is_loaded_without_anything_heavy() -> None:
    code = "import sys, playground.tui.app, playground.records.resume; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert HEAVY.isdisjoint(done.stdout.split())
