"""One spare: a process that gets ready, takes one job, answers it, and stays for its pages.

Until the frame `started` is sent nothing of the learner's has run, so everything up to it can be
believed; everything after it is a claim.
"""

import contextlib
import gc
import os
import signal
import sqlite3
from pathlib import Path
from typing import Any

from . import describe, frames, state
from .attempt import Attempt
from .capture import Capture
from .limits import Confinement
from .namespace import Namespace, database_url
from .prime import prime
from .world import World


def serve(
    wire: frames.Wire,
    world: World,
    capture: Capture,
    confinement: Confinement,
    directory: Path,
    *,
    primed: bool,
) -> None:
    """Be one spare: get ready, take one job, answer it, and stay for its pages."""
    os.chdir(directory)
    wire.send(frames.encode({"hello": True}))
    confinement.when_spare(str(directory), wire.descriptors)
    if primed:
        prime(world, capture, on_file=True)
    namespace = Namespace(world, database_url(directory))
    gc.freeze()
    wire.send(frames.encode({"ready": True}))
    job = wire.receive()
    confinement.before_code(job, str(directory), wire.descriptors)
    wire.send(frames.encode({"started": True}))
    _TASKS[job["task"]](wire, job, namespace, world, capture)
    os._exit(0)


def _run(
    wire: frames.Wire, job: dict[str, Any], namespace: Namespace, world: World, capture: Capture
) -> None:
    attempt = Attempt(job, namespace, capture)
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, lambda *_: attempt.answer_late(wire))
    attempt.run()
    attempt.answer(wire)
    table = attempt.table
    while table is not None:
        start, count = wire.receive()
        wire.send(table.spool.page(start, count))


def _state(
    wire: frames.Wire, job: dict[str, Any], namespace: Namespace, world: World, capture: Capture
) -> None:
    """The tables of a database file, or null where it is none that can be read."""
    tables: list[Any] | None = None
    with contextlib.suppress(OSError, sqlite3.Error):
        connection = state.open_file(job["file"])
        tables = state.read(connection, rows=job["rows"], cell_bytes=job["cell_bytes"])
    wire.send(frames.encode(tables))


def _image(
    wire: frames.Wire, job: dict[str, Any], namespace: Namespace, world: World, capture: Capture
) -> None:
    """The bytes of a database file; none for an empty one, which SQLite cannot serialize."""
    connection = state.open_file(job["file"])
    empty = connection.execute("PRAGMA page_count").fetchone() == (0,)
    wire.send(b"" if empty else connection.serialize())


def _describe(
    wire: frames.Wire, job: dict[str, Any], namespace: Namespace, world: World, capture: Capture
) -> None:
    wire.send(frames.encode(describe.preloaded(namespace, world)))


_TASKS = {"run": _run, "state": _state, "image": _image, "describe": _describe}
