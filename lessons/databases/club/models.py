"""The club: members, what can be booked, bookings. Prices are in cents per slot of half an hour."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Member(Base):
    """A member; the one with id 0 stands for everybody who is none."""

    __tablename__ = "members"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str | None] = mapped_column(String(120), unique=True)
    city: Mapped[str | None] = mapped_column(String(60))
    joined_on: Mapped[date]
    recommended_by: Mapped[int | None] = mapped_column(ForeignKey("members.id"))

    recommender: Mapped["Member | None"] = relationship(
        back_populates="recommended", remote_side="Member.id"
    )
    recommended: Mapped[list["Member"]] = relationship(back_populates="recommender")
    bookings: Mapped[list["Booking"]] = relationship(back_populates="member")

    def __repr__(self) -> str:
        return f"Member(id={self.id}, name={self.name!r})"


class Facility(Base):
    __tablename__ = "facilities"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(10))
    capacity: Mapped[int | None]
    member_cents: Mapped[int]
    guest_cents: Mapped[int]
    maintenance_cents: Mapped[int]

    bookings: Mapped[list["Booking"]] = relationship(back_populates="facility")

    def __repr__(self) -> str:
        return f"Facility(id={self.id}, name={self.name!r})"


class Booking(Base):
    __tablename__ = "bookings"
    __table_args__ = (CheckConstraint("slots > 0", name="some_slots"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    facility_id: Mapped[int] = mapped_column(ForeignKey("facilities.id"))
    starts_at: Mapped[datetime]
    slots: Mapped[int]
    people: Mapped[int | None]

    member: Mapped["Member"] = relationship(back_populates="bookings")
    facility: Mapped["Facility"] = relationship(back_populates="bookings")

    def __repr__(self) -> str:
        return f"Booking(id={self.id}, member_id={self.member_id}, facility_id={self.facility_id})"
