"""Which files a confined interpreter needs to read, each by its own name.

Folders that hold packages are never allowed as a whole: beside what learners use lie the
lessons with their solutions, and whatever else a person has installed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator

LEARNER_PACKAGES = (
    *("sqlalchemy", "greenlet", "typing_extensions", "aiosqlite", "alembic", "mako", "markupsafe"),
    *("pandas", "numpy", "dateutil", "pytz", "six", "tzdata"),
    *("pytest", "_pytest", "py", "pluggy", "iniconfig", "packaging", "pygments"),
    *("flask", "flask_sqlalchemy", "werkzeug", "jinja2", "itsdangerous", "click", "blinker"),
    *("fastapi", "starlette", "anyio", "idna", "opentelemetry", "opentelemetry_api"),
    *("pydantic", "pydantic_core", "annotated_types", "annotated_doc", "typing_inspection"),
    *("httpx2", "httpcore2", "truststore", "h11"),
    *("peewee", "playhouse"),
    *("django", "asgiref", "sqlparse"),
    "sqlglot",  # the parser that a confined child reads SQL with
)
"""Import names of what a confined process may import beside the standard library."""

DEVICES = ("/dev/null", "/dev/urandom", "/dev/random", "/dev/zero")
_TIME_ZONES = ("/etc/localtime", "/usr/share/zoneinfo", "/usr/lib/zoneinfo")
_PACKAGE_FOLDERS = frozenset({"site-packages", "dist-packages"})
_LIBRARY_FOLDERS = ("/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib")
# What modules of the standard library, numpy and pandas are linked with.
_LIBRARIES = (
    "libatomic libb2 libbz2 libc.so libc-2 libcrypt libcrypto libdl libexpat libffi libgcc_s"
    " libgfortran libgomp liblzma libm.so libm-2 libmpdec libpthread libpython3 libquadmath librt"
    " libsqlite3 libssl libstdc++ libutil libuuid libz.so libzstd ld-linux ld-musl"
)


def readable_paths(packages: Iterable[str] = LEARNER_PACKAGES) -> tuple[str, ...]:
    """Files and folders for `Plan.readable`: the standard library, `packages` (import names), the
    shared libraries they are linked with, time zones, `/dev/null` and its like.

    To be called in the process that will be confined, before it is: it looks at `sys.path`.
    """
    found = [*_standard_library(), *_installed(frozenset(packages)), *_shared_libraries()]
    return tuple(dict.fromkeys([*found, *_TIME_ZONES, *DEVICES]))


def _standard_library() -> Iterator[str]:
    home = os.path.dirname(os.__file__)  # noqa: PTH120 - pathlib would cost a zygote its import
    names = _names(home)
    if _PACKAGE_FOLDERS.isdisjoint(names):
        yield home
    else:
        yield from (f"{home}/{name}" for name in names if name not in _PACKAGE_FOLDERS)
    yield from (entry for entry in sys.path if entry.endswith((".zip", "/lib-dynload")))


def _installed(packages: frozenset[str]) -> Iterator[str]:
    for folder in sys.path:
        if folder.rsplit("/", 1)[-1] in _PACKAGE_FOLDERS:
            yield from (f"{folder}/{name}" for name in _names(folder) if _package(name) in packages)


def _package(name: str) -> str:
    """The import name that a file or folder beside others in a package folder belongs to:
    `numpy`, `numpy.libs`, `greenlet-3.5.dist-info`, `six.py`, `_x.cpython-311-….so`."""
    stem = name.removesuffix(".dist-info")
    stem = stem.partition("-")[0] if stem != name else name.partition(".")[0]
    return stem.lower()


def _shared_libraries() -> Iterator[str]:
    yield "/etc/ld.so.cache"
    multiarch = getattr(sys.implementation, "_multiarch", "")
    nested = [f"{folder}/{multiarch}" for folder in _LIBRARY_FOLDERS if multiarch]
    starts = tuple(_LIBRARIES.split())
    for folder in dict.fromkeys([*_LIBRARY_FOLDERS, *nested, f"{sys.base_prefix}/lib"]):
        for name in _names(folder):
            if ".so" in name and name.startswith(starts):
                yield f"{folder}/{name}"


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208
    except OSError:  # not there, or not ours to read: then it is not needed either
        return []
