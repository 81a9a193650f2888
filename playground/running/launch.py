"""How a Python process is started that knows nothing of this one."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from .job import World
from .run import Isolation

_HERE = Path(__file__).resolve().parent
BOOT = """
import json, site, sys, types
arguments = json.loads(sys.argv[1])
sys.path.extend(arguments["packages"])
site.setquit(); site.sethelper(); site.setcopyright()
sandbox = sys.modules["sandbox"] = types.ModuleType("sandbox")
sandbox.__path__ = [arguments["here"]]
from sandbox.child import entry
sandbox.__path__ = []
entry.start(arguments)
"""
"""Loads the folders `child` and `confine` as a package of their own; nothing else is found."""


def command(way: str, level: Isolation, folder: Path, **more: int) -> list[str]:
    """The command line of a child: isolated, no site, UTF-8, the needed packages by path.

    `folder` is the private directory of a single spare, or the one that holds those of a zygote.
    """
    arguments: dict[str, Any] = {"way": way, "level": level, "folder": str(folder), **more}
    arguments |= {"here": str(_HERE), "packages": _package_folders()}
    flags = ["-I", "-S", "-X", "utf8"]
    return [sys.executable, *flags, "-c", BOOT, json.dumps(arguments)]


def environment() -> dict[str, str]:
    """Nothing of ours; only what the system's own libraries need."""
    kept = {"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "2", "OPENBLAS_NUM_THREADS": "1"}
    kept["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # at level A it would find none of them
    # SQLite looks for this when it is loaded, long before the private directory is known.
    kept["SQLITE_TMPDIR"] = "."
    if os.name == "nt":
        kept |= {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return kept


def world_frames(world: World) -> tuple[bytes, bytes]:
    """The two frames that tell a child what to load."""
    config = {
        "name": world.name,
        "models": world.models,
        "foreign_keys": world.foreign_keys,
        "modules": world.modules,
    }
    return json.dumps(config).encode(), world.schema if world.models is None else b""


def _package_folders() -> list[str]:
    return [
        path
        for path in sys.path
        if Path(path).name in ("site-packages", "dist-packages") and Path(path).is_dir()
    ]
