"""What was proved before, kept in the cache folder: a proof of what has not changed is read.

An entry is a JSON text under a key that says all that it depends on. One that cannot be read is
as good as none; a folder that cannot be written to only costs time.
"""

import contextlib
import hashlib
import json
import os
import platform
import sqlite3
import tempfile
import time
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from playground.course import PACKAGES

_OLD_SECONDS = 30 * 86_400

_T = TypeVar("_T")


class Kept:
    """Entries by key."""

    def __init__(self, folder: Path | None) -> None:
        """`folder` is made when something is first kept; without one nothing is."""
        self._folder = folder

    def get(self, key: str, kind: type[_T]) -> _T | None:
        """What is kept under a key, or None where there is none that is whole."""
        if self._folder is None:
            return None
        try:
            return msgspec.json.decode(self._file(self._folder, key).read_bytes(), type=kind)
        except (OSError, msgspec.MsgspecError):
            return None

    def put(self, key: str, entry: Any) -> None:
        """Keep an entry; does nothing where the folder cannot be written to."""
        if self._folder is None:
            return
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            file = self._file(self._folder, key)
            descriptor, name = tempfile.mkstemp(dir=self._folder, prefix=file.name)
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(msgspec.json.encode(entry))
            Path(name).replace(file)

    def forget_old(self) -> None:
        """Take away entries whose sources have long changed."""
        limit = time.time() - _OLD_SECONDS
        for file in self._folder.glob("*.json*") if self._folder is not None else ():
            with contextlib.suppress(OSError):
                if file.stat().st_mtime < limit:
                    file.unlink()

    def _file(self, folder: Path, key: str) -> Path:
        return folder / f"{key}.json"


def key_of(*parts: Any) -> str:
    """A key of plain values (bytes too), and of the programs that would prove them."""
    plain = [hashlib.sha256(p).hexdigest() if isinstance(p, bytes) else p for p in parts]
    text = json.dumps([_programs(), msgspec.to_builtins(plain)], sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


@cache
def _programs() -> list[str]:
    """What a verdict depends on beside the course: Python, SQLite, packages, and this one."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(file.read_bytes())
    packages = []
    for name in ("sqlalchemy", "sqlglot", *PACKAGES):
        with contextlib.suppress(PackageNotFoundError):
            packages.append(f"{name} {version(name)}")
    return [platform.python_version(), sqlite3.sqlite_version, *packages, digest.hexdigest()]
