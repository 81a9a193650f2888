"""How a Python process is started that knows nothing of this one."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import msgspec

from .job import World

_HERE = Path(__file__).resolve().parent
BOOT = """
import sys, json, importlib.util
def load(name, folder):
    spec = importlib.util.spec_from_file_location(
        name, folder + "/__init__.py", submodule_search_locations=[folder])
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
arguments = json.loads(sys.argv[1])
sys.path.extend(arguments["packages"])
import site
site.setquit(); site.sethelper(); site.setcopyright()
load("playground_confine", arguments["here"] + "/confine")
load("playground_child", arguments["here"] + "/child")
from playground_child import entry
entry.start(arguments)
"""
"""Loads the two folders that a child needs by their path; nothing else of the project is found."""


def command(**arguments: Any) -> list[str]:
    """The command line of a child: isolated, no site, UTF-8, the needed packages by path."""
    arguments |= {"here": str(_HERE), "packages": _package_folders()}
    flags = ["-I", "-S", "-X", "utf8"]
    return [sys.executable, *flags, "-c", BOOT, json.dumps(arguments)]


def environment() -> dict[str, str]:
    """Nothing of ours; only what the system's own libraries need."""
    kept = {"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "2", "OPENBLAS_NUM_THREADS": "1"}
    if os.name == "nt":
        kept |= {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return kept


def world_frames(world: World) -> tuple[bytes, bytes]:
    """The two frames that tell a child what to load."""
    config = {"name": world.name, "models": world.models, "foreign_keys": world.foreign_keys}
    return msgspec.json.encode(config), world.schema if world.models is None else b""


def _package_folders() -> list[str]:
    return [
        path
        for path in sys.path
        if Path(path).name in ("site-packages", "dist-packages") and Path(path).is_dir()
    ]
