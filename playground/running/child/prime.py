"""The first queries of a process, run ahead of need."""

from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from . import frames
from .capture import Capture
from .cells import Cells
from .world import World, memory_engine


def prime(world: World, capture: Capture) -> None:
    """Run what most answers run, so that the next one finds it done and its pages its own."""
    engine = memory_engine(b"")
    capture.start(100, Cells(1000))
    with Session(engine) as session:
        session.execute(text("SELECT 1 AS one")).all()
        for model in world.mapped_classes()[:1]:
            _prime_model(session, engine, model)
        session.rollback()
    frames.encode([statement.wire() for statement in capture.statements])
    engine.dispose()
    capture.reset()


def _prime_model(session: Session, engine: Any, model: Any) -> None:
    table = model.__table__
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    name = table.name.replace('"', '""')
    session.execute(text(f'CREATE TABLE "{name}" ({columns})'))
    keys = list(table.primary_key.columns)
    session.scalars(select(model).where(keys[0] == 1).order_by(keys[0]).limit(1)).all()
    session.execute(select(*table.columns)).all()
