"""What capturing SQL costs: an N+1 of 200 lazy loads with lines and times, against no capture."""

from bench.measure import Measurement, interleaved
from bench.worker import Worker

ROUNDS = 25

_PREPARE = """
from sqlalchemy import ForeignKey, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship
from sqlalchemy.pool import StaticPool

class Base(DeclarativeBase):
    pass

class Parent(Base):
    __tablename__ = "parents"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    children: Mapped[list["Child"]] = relationship(back_populates="parent")

class Child(Base):
    __tablename__ = "children"
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("parents.id"))
    parent: Mapped[Parent] = relationship(back_populates="children")

engine = create_engine("sqlite://", poolclass=StaticPool)
Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add_all(Parent(id=n, name=f"p{n}", children=[Child(), Child()]) for n in range(1, 200))
    session.commit()

answer = compile('''
with Session(engine) as session:
    for parent in session.scalars(select(Parent).order_by(Parent.id)):
        len(parent.children)
''', "answer.py", "exec")
"""

_PLAIN = """
def action():
    exec(answer, globals())
"""

_CAPTURED = """
from playground.running.child.capture import Capture
from playground.running.child.cells import Cells

capture = Capture()
capture.listen()

def action():
    capture.statements.clear()
    capture.start(20_000, Cells(10_000_000))
    exec(answer, globals())
    assert sum(1 for s in capture.statements if s.lazy_load) == 199
    assert capture.statements[1].line == 3
"""


def measure() -> list[Measurement]:
    """One row."""
    with Worker(_PREPARE + _PLAIN) as plain, Worker(_PREPARE + _CAPTURED) as captured:
        costs = interleaved({"on": captured.busy, "off": plain.busy}, ROUNDS, warmup=5)
    return [
        Measurement(
            "SQL capture, 200 statements", costs["on"], costs["off"], "ms CPU", "no capture", 1.1
        )
    ]
