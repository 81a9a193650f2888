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

from sqlalchemy.exc import SQLAlchemyError

from . import describe, frames, state
from .attempt import Attempt
from .capture import Capture
from .limits import Confinement
from .namespace import Namespace, database_url
from .prime import prime
from .tidying import Surroundings, keeps_to_itself, remove_files, silence
from .world import World

_CALM_SECONDS = 0.15
"""How long no job comes to a spare where nobody waits: in a batch the next one comes sooner."""


def serve(
    wire: frames.Wire,
    world: World,
    namespace: Namespace,
    capture: Capture,
    confinement: Confinement,
    directory: Path,
) -> None:
    """Be one spare: get ready, take one job, answer it, and stay for its pages.

    `namespace` is a new one of `world`. To prime costs more than it saves the run, so that it is
    done only while nobody waits.
    """
    os.chdir(directory)
    wire.send(frames.encode({"hello": True}))
    confinement.when_spare(str(directory), wire.descriptors)
    namespace.open(database_url(directory))
    gc.freeze()
    wire.send(frames.encode({"ready": True}))
    if not wire.has_news(_CALM_SECONDS):
        prime(world, capture, on_file=True)
    job = wire.receive()
    confinement.before_code(job, str(directory), wire.descriptors)
    wire.send(frames.encode({"started": True}))
    _TASKS[job["task"]](wire, job, namespace, world, capture)
    os._exit(0)


def _run(
    wire: frames.Wire, job: dict[str, Any], namespace: Namespace, world: World, capture: Capture
) -> None:
    """Run the job; again on every further database that comes, while this process is fit for it."""
    texts = [job["setup"], job["code"], job["after"]] if job["language"] == "python" else []
    more = job["more"]
    fit = more and keeps_to_itself(texts, namespace.names)
    surroundings = Surroundings(world, namespace.engine) if fit else None
    table = None
    while True:
        attempt = Attempt(job, namespace, capture)
        _when_time_is_up(attempt, wire)
        attempt.run()
        attempt.answer(wire)
        if not more:
            table = attempt.table
            break
        ended_well, database = attempt.status in ("ok", "error"), attempt.database
        engine = None if attempt.warnings else namespace.engine  # it warns of a statement once
        del attempt
        tidy = (
            surroundings is not None
            and ended_well
            and _tidied(surroundings, namespace, capture, database)
        )
        wire.send(frames.encode({"tidy": tidy}))
        if not tidy:
            return
        namespace = Namespace(world).open(namespace.database_url, engine)
        if engine is None and surroundings is not None:
            surroundings.take_on(namespace.engine)
        more = wire.receive()["more"]
        wire.send(frames.encode({"started": True}))
    while table is not None:
        start, count = wire.receive()
        wire.send(table.spool.page(start, count))


def _when_time_is_up(attempt: Attempt, wire: frames.Wire) -> None:
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, lambda *_: attempt.answer_late(wire))


def _tidied(
    surroundings: Surroundings, namespace: Namespace, capture: Capture, database: str | None
) -> bool:
    """Put an attempt away, with its files but its `database`; whether nothing of it is left."""
    try:
        with silence():
            namespace.clear()
            capture.reset()
            surroundings.restore()
            namespace.engine.dispose()
            remove_files(database)
    except (OSError, SQLAlchemyError):
        return False
    return surroundings.are_as_before()


def _state(
    wire: frames.Wire, job: dict[str, Any], namespace: Namespace, world: World, capture: Capture
) -> None:
    """The tables of each database file that is named; null where it is none that can be read."""
    while True:
        name = wire.receive()["file"]
        tables: list[Any] | None = None
        with (
            contextlib.suppress(OSError, sqlite3.Error),
            contextlib.closing(state.open_file(name)) as connection,
        ):
            tables = state.read(connection, rows=job["rows"], cell_bytes=job["cell_bytes"])
        with contextlib.suppress(OSError):
            os.unlink(name)  # noqa: PTH108  (the next one may have the same name)
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


def _answer(
    wire: frames.Wire, job: dict[str, Any], namespace: Namespace, world: World, capture: Capture
) -> None:
    """What the world's own `answer` says, to one question after another."""
    while True:
        wire.send(frames.encode(world.models["answer"](wire.receive())))


_TASKS = {
    "run": _run,
    "state": _state,
    "image": _image,
    "describe": _describe,
    "answer": _answer,
}
