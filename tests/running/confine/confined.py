"""Confined processes to try things in, each in a fresh interpreter that runs `driver.py`."""

import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy

from playground.running import confine

NOBODY = 65534
HERE = Path(__file__).parent
SOURCE = Path(confine.__file__).parents[1]
PACKAGES = Path(sqlalchemy.__file__).parents[1]


@functools.cache
def interpreter(ordinary: bool) -> str | None:
    """An interpreter of this version that the user can start, or None."""
    candidates = [
        sys.executable,
        shutil.which(f"python3.{sys.version_info.minor}", path="/usr/bin"),
    ]
    check = f"import sys; sys.path.append({str(PACKAGES)!r}); import sqlite3, sqlalchemy"
    for candidate in filter(None, candidates):
        try:
            done = subprocess.run(
                [candidate, "-I", "-c", check],
                **as_user(ordinary),
                capture_output=True,
                check=False,
            )
        except PermissionError:
            continue
        if done.returncode == 0:
            return candidate
    return None


def as_user(ordinary: bool) -> dict[str, Any]:
    """Arguments of `subprocess.run` that make the process an ordinary user's."""
    if not ordinary or os.getuid() != 0:
        return {}
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []}


@dataclass(eq=False)
class Bench:
    """Where confined processes are tried; `attempt` starts one."""

    ordinary: bool
    way: str
    base: Path
    secret: Path
    """A readable file outside every directory that the processes may read."""
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def directory(self) -> Path:
        return self.base / "own"

    def names(self) -> dict[str, str]:
        """What the snippets know."""
        return {"secret": str(self.secret), "other": str(self.base / "other")}

    def unconfined(self, snippets: dict[str, str]) -> dict[str, str]:
        """The outcomes in a process that is not confined."""
        return self.attempt(snippets, plans=[], cwd=self.directory)

    def start(self, snippets: dict[str, str], **order: Any) -> "subprocess.CompletedProcess[str]":
        """Run the snippets one after another in one confined process; the process as it ended."""
        executable = interpreter(self.ordinary)
        assert executable is not None
        text = json.dumps(
            {
                "source": str(SOURCE),
                "packages": [str(PACKAGES)],
                "imports": order.pop("imports", []),
                "before": order.pop("before", ""),
                "plans": order.pop("plans", self._plans(order.pop("plan", {}))),
                "names": self.names(),
                "fork": self.way == "forked",
                "snippets": snippets,
            }
        )
        return subprocess.run(
            [executable, "-I", str(HERE / "driver.py")],
            input=text,
            capture_output=True,
            text=True,
            env=order.pop("env", {"MALLOC_ARENA_MAX": "2"}),
            check=False,
            timeout=60,
            **as_user(self.ordinary),
            **order,
        )

    def attempt(self, snippets: dict[str, str], **order: Any) -> dict[str, str]:
        """The outcomes of `start`, see `driver.py`."""
        done = self.start(snippets, **order)
        assert done.returncode == 0, done.stderr
        outcomes: dict[str, str] = json.loads(done.stdout)
        return outcomes

    def _plans(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        plan = {**self.options, **options}
        own = {**plan, "directory": str(self.directory), "die_with_parent": self.way == "forked"}
        zygote = {**plan, "directory": str(self.base), "stage": "zygote"}
        return [zygote, {**own, "stage": "spare"}, {**own, "stage": "run"}]


def make_bench(ordinary: bool, way: str) -> Iterator[Bench]:
    """A bench in a directory of its own; skips the test, with the reason, where there can be none."""
    if confine.probe().level != "A":
        pytest.skip(f"level B: {', '.join(confine.probe().missing)} missing")
    if ordinary and os.getuid() != 0:
        pytest.skip("the tests run as an ordinary user already")
    if interpreter(ordinary) is None:
        pytest.skip("no interpreter of this version that an ordinary user can start")
    with tempfile.TemporaryDirectory(dir="/dev/shm") as base, tempfile.NamedTemporaryFile() as file:
        for path in (Path(base), Path(base) / "own", Path(base) / "other"):
            path.mkdir(exist_ok=True)
            if ordinary:
                os.chown(path, NOBODY, NOBODY)
        (Path(base) / "other" / "data").write_text("another run's")
        file.write(b"the solution")
        file.flush()
        Path(file.name).chmod(0o666)
        yield Bench(ordinary, way, Path(base), Path(file.name))
