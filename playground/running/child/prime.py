"""A whole attempt run ahead of need, so that the next one finds its pages its own.

A forked process pays for every page at its first touch: of memory it shares with its zygote, and
of the libraries' code. What is run here is what most answers run, on a small database that is
gone afterwards.
"""

import contextlib
import os
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from .attempt import Attempt
from .capture import Capture
from .frames import Wire
from .namespace import Namespace
from .world import World

IN_MEMORY = "sqlite://"
_FILE = "prime.db"
_JOB = {
    "language": "python",
    "setup": "",
    "after": "",
    "whole": False,
    "state": False,
    "commit": False,
    "mark": "",
    "page": 10,
    "rows": 100,
    "cell_bytes": 1000,
    "statements": 100,
    "spool_bytes": 100_000,
}


def prime(world: World, capture: Capture, *, on_file: bool) -> None:
    """Run an attempt on the first model; `on_file` in the working directory, else in memory."""
    namespace = Namespace(world).open(f"sqlite:///{_FILE}" if on_file else IN_MEMORY)
    wire = Wire(0, os.open(os.devnull, os.O_WRONLY))
    with contextlib.suppress(SQLAlchemyError):  # whatever a model needs, priming is no promise
        attempt = Attempt(_JOB | {"code": _code(world, namespace)}, namespace, capture)
        attempt.run()
        attempt.answer(wire)
    namespace.session.close()
    namespace.engine.dispose()
    os.close(wire.write_fd)
    capture.reset()
    if on_file:
        os.unlink(_FILE)  # noqa: PTH108


def _code(world: World, namespace: Namespace) -> str:
    """Code that reads the first model, whose table is made with two rows of nothing but keys."""
    name = next((name for name, item in world.models.items() if hasattr(item, "__table__")), None)
    if name is None:
        return "session.execute(text('SELECT 1 AS one')).all()\nselect(literal(1))"
    table: Any = world.models[name].__table__
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    keys = [column for column in table.columns if column.primary_key]
    with namespace.engine.begin() as connection:
        connection.exec_driver_sql(f'CREATE TABLE "{table.name}" ({columns})')
        for number in (1, 2):
            values = ", ".join(
                str(number) if column in keys else "NULL" for column in table.columns
            )
            connection.exec_driver_sql(f'INSERT INTO "{table.name}" VALUES ({values})')
    key = f"inspect({name}).primary_key[0]"
    return (
        f"for row in session.scalars(select({name}).where({key} >= 1).order_by({key}).limit(9)):\n"
        f"    print(row, file=open({os.devnull!r}, 'w'))\n"
        f"session.execute(text('SELECT 1 AS one')).all()\n"
        f"session.commit()\n"
        f"session.scalars(select({name})).all()\n"
    )
