"""A world that holds a program of ours: modules that only ever run in a confined child."""

from collections.abc import Sequence
from pathlib import Path

from playground.running.job import World

_LOADER = """
import sys, types
_package = sys.modules[{name!r}] = types.ModuleType({name!r})
_package.__path__ = []
for _name, _text in {texts!r}.items():
    _full = {name!r} + "." + _name
    _module = sys.modules[_full] = types.ModuleType(_full)
    _module.__package__ = {name!r}
    exec(compile(_text, _name + ".py", "exec"), _module.__dict__)
    setattr(_package, _name, _module)
from {name}.entry import answer
"""


def packaged_world(name: str, folder: Path, modules: Sequence[str]) -> World:
    """The modules of `folder` as a package called `name`, its `entry.answer` ready to be called.

    `modules` are loaded in the order given, in which they import each other as they do here.
    """
    texts = {module: (folder / f"{module}.py").read_text(encoding="utf-8") for module in modules}
    return World(name=name, models=_LOADER.format(name=name, texts=texts))
