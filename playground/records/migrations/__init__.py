"""Migrations of the store, run by the program itself; one file per revision in `versions`.

A change of `records.models` comes with `versions/rNNNN_what.py` and its number in
`records.schema.REVISIONS`; the tests compare a migrated store with the models.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

SCRIPTS = Path(__file__).parent
"""The folder with `env.py` and `versions`."""


def upgrade(connection: Connection) -> None:
    """Bring the store to the newest revision, within the connection's own transaction."""
    command.upgrade(config(connection), "head")


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings, made here instead of in an `alembic.ini`."""
    made = Config()
    made.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made
