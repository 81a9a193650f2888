"""The app itself in a pseudo-terminal, in a home that has been used before."""

import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.terminal import Terminal

OPENED = "isolation"
"""Stands in the header once the course is open."""
PANES = "appear here"
"""Stands in the pane of the rows before a run, which the first paint does without."""
RESULT = "3 rows"
"""Stands above the rows that the first example brings."""
RUN = "\x1b[15~"
"""F5."""


class Home:
    """A folder for the app's files, warmed by one session; a context manager."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="bench-"))
        self._used = 0

    def __enter__(self) -> "Home":
        with self.open() as app:
            app.wait_for(OPENED)
            app.type(RUN)
            app.wait_for(RESULT)
            app.settle()
            app.type("\x11")
            app.wait_end()
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def open(self) -> Terminal:
        """The app, started on a copy of the home, so that each start finds the same."""
        home = self._folder / "first"
        if home.exists():
            self._used += 1
            home = self._folder / str(self._used)
            shutil.copytree(self._folder / "first", home)
        return Terminal([*PYTHON, "playground", "--home", str(home)])


PYTHON: Sequence[str] = (sys.executable, "-m")
