"""The users of a site and the log of what they did. Times are UTC; `events` has no index but its key."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(40), unique=True)
    first_name: Mapped[str] = mapped_column(String(40))
    last_name: Mapped[str] = mapped_column(String(40))
    email: Mapped[str | None] = mapped_column(String(120))
    country: Mapped[str] = mapped_column(String(2))
    active: Mapped[bool]
    signed_up_on: Mapped[date]

    events: Mapped[list["Event"]] = relationship(back_populates="user")

    def __repr__(self) -> str:
        return f"User(id={self.id}, login={self.login!r})"


class Event(Base):
    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str] = mapped_column(String(10))
    ts: Mapped[datetime]
    payload: Mapped[dict | None] = mapped_column(JSON(none_as_null=True))

    user: Mapped["User"] = relationship(back_populates="events")

    def __repr__(self) -> str:
        return f"Event(id={self.id}, user_id={self.user_id}, kind={self.kind!r})"
