"""Runners on a small shop, on both ways to have a child."""

from collections.abc import Callable, Iterator

import pytest

from playground.running import Job, Run, Runner, World

MODELS = """
from decimal import Decimal
from sqlalchemy import ForeignKey, Numeric
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    orders: Mapped[list["Order"]] = relationship(back_populates="customer")

class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    total: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))
    customer: Mapped[Customer] = relationship(back_populates="orders")
"""
SEED = """
Base.metadata.create_all(engine)
session.add_all([
    Customer(id=1, name="Ana", orders=[Order(total=10), Order(total=None)]),
    Customer(id=2, name="Bo", orders=[Order(total=Decimal("2.50"))]),
    Customer(id=3, name="Čára"),
])
"""
SHOP = World("shop", MODELS)
EMPTY = World("none")

Go = Callable[..., Run]


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    """A runner on the shop, on the best way of this system."""
    with Runner(SHOP) as made:
        yield made


@pytest.fixture(scope="session", params=["auto", pytest.param("spawned", marks=pytest.mark.long)])
def each_runner(request: pytest.FixtureRequest) -> Iterator[Runner]:
    """A runner on the shop, on each way to have a child."""
    with Runner(SHOP, way=request.param) as made:
        yield made


@pytest.fixture(scope="session")
def empty_runner() -> Iterator[Runner]:
    """A runner on no database at all."""
    with Runner(EMPTY) as made:
        yield made


@pytest.fixture(scope="session")
def shop(runner: Runner) -> bytes:
    """The image of a shop with three customers and three orders."""
    return runner.build(SEED)


@pytest.fixture
def go(runner: Runner, shop: bytes) -> Go:
    """Run code on the shop."""
    return lambda code, **options: runner.run(Job(code, shop, **options))


@pytest.fixture
def go_each(each_runner: Runner, shop: bytes) -> Go:
    """Run code on the shop, on each way."""
    return lambda code, **options: each_runner.run(Job(code, shop, **options))


@pytest.fixture
def go_empty(empty_runner: Runner) -> Go:
    """Run code on an empty database."""
    return lambda code, **options: empty_runner.run(Job(code, b"", **options))
