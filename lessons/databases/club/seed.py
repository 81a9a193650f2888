"""Rows of the club, the same on every machine: `seed(session, seed=…, edge=…)`.

Only `random.Random(seed).random()` is drawn from, because Python promises that it never changes.
Each row that a query could trip over is placed on purpose (see "Traps" in the functions below);
an `edge` narrows or twists the same generator.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from models import Booking, Facility, Member
from sqlalchemy import insert

EPOCH = date(2024, 1, 1)
DAYS = 547  # January 2024 to June 2025
FOUNDED = date(2021, 3, 1)
CLOSED = (2024, 8)
"""The month of repairs: no booking begins in it."""
OPENS, CLOSES = 8, 22  # the last ordinary booking begins half an hour before

# Prefix, suffix and middle of one another on purpose: Ana, Anabela, Joana; Иван, Иванов.
PEOPLE = [
    ("Ana Prates", "ana"), ("Борис Иванов", "boris"), ("Ella Marsh", "ella"), ("João Teles", "joao"),
    ("Anabela Cruz", "anabela"), ("Иван Зорин", "ivan"), ("Sean O'Dea", "sean"), ("Joana Sá", "joana"),
    ("Вера Лаптева", "vera"), ("Noel Frost", "noel"), ("Gonçalo Paz", "goncalo"), ("Ирина Ёжикова", "irina"),
    ("Hannah Weiss", "hannah"), ("Lívia Antunes", "livia"), ("Фёдор Лукин", "fedor"),
    ("Chloë Baker", "chloe"), ("Simão Vaz", "simao"), ("Таня Быкова", "tanya"), ("Owen Ann", "owen"),
    ("Rui Conceição", "rui"), ("Олег Иванов", "oleg_i"), ("May Lin", "may"), ("Débora Luz", "debora"),
    ("Глеб Жуков", "gleb"), ("Ada Stone", "ada"), ("Mário Ivanov", "mario"), ("Нина Щукина", "nina"),
    ("Tess Young", "tess"), ("Álvaro Pinto", "alvaro"), ("Юрий Эйхе", "yuri"), ("Ruth Annan", "ruth"),
]  # fmt: skip
CITIES = ["Porto", "Recife", "Казань", "York", "São Luís", "Москва", "Porto Alegre", "New York"]

# Name, kind, capacity; no capacity means that nobody counts. The first two are never left out.
FACILITIES = [
    ("Black_box stage", "arts", 80), ("Roof terrace, 100% sun", "games", None), ("Dance studio", "arts", 20), ("Piano room 1", "music", 2), ("Piano room 2", "music", 2),
    ("Sala de capoeira", "sport", 24), ("Шахматный зал", "games", 40), ("Climbing wall", "sport", 12),
    ("Choir hall", "music", 60), ("Ateliê de cerâmica", "arts", 10),
    ("Футбольное поле", "sport", None), ("Quiet garden", "games", None), ("Fencing hall", "sport", 16), ("Dark room", "arts", 3),
]  # fmt: skip

EDGE_PRICES = [499, 500, 501, 999, 1000, 1001, 1999, 2000, 2001]
PRICES = [250, 500, 500, 750, 1000, 1000, 1250, 2000, 2990]
MAINTENANCE = [1500, 3000, 3000, 9999, 10000, 10001, 25000]

# Over midnight, over the end of a month, of February 29 and of a year; the first and last minute of a day.
EDGE_STARTS = [
    (datetime(2024, 1, 31, 23), 3), (datetime(2024, 2, 29, 18), 2), (datetime(2024, 2, 29, 23, 30), 2),
    (datetime(2024, 12, 31, 22, 30), 5), (datetime(2024, 2, 28, 23, 30), 4), (datetime(2024, 1, 1), 2),
    (datetime(2024, 6, 30, 23), 2), (datetime(2024, 7, 1), 1), (datetime(2025, 3, 15, 23, 30), 4),
]  # fmt: skip
EDGE_DAYS = [
    date(2021, 12, 31), date(2022, 1, 1), date(2022, 1, 1), date(2023, 2, 28), date(2023, 3, 1),
]  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """How many rows of each kind, and what their values are drawn from."""

    members: int = 28
    facilities: int = 10
    bookings: int = 110
    null_percent: int = 20
    """How often a nullable column is NULL beyond the traps."""
    traps: bool = True
    """Whether the rows that queries trip over are placed."""
    people: tuple = tuple(PEOPLE)
    prices: tuple = tuple(PRICES)
    starts: tuple = ()
    """Moments and slots to draw from; empty means any half hour of the year and a half."""
    days: tuple = ()
    """Days on which members joined; empty means any before the first booking."""
    slots: tuple = (1, 2, 2, 2, 3, 4, 4, 6)
    heads: tuple = (1, 2, 2, 3, 4, 5, 8, 12)
    """How many people come to a booking."""
    places: int = 0
    """How many different facilities are drawn from; 0: each row is another one."""
    gaps: int = 6
    """Percent chance that an id is left out, as if its row had been deleted."""


EDGES = {
    "one": Shape(1, 1, 1, null_percent=0, traps=False, gaps=0),
    "few": Shape(5, 4, 6, gaps=0),
    "nulls": Shape(11, 8, 22, null_percent=85),
    "ties": Shape(
        10, 8, 18, people=tuple(PEOPLE[:4]), prices=(500, 1000), starts=tuple(EDGE_STARTS[1:3]),
        days=tuple(EDGE_DAYS[:2]), slots=(2,), heads=(2, 4), gaps=0,
    ),
    "duplicates": Shape(
        12, 9, 24, null_percent=35, people=tuple(PEOPLE[:3]), prices=(500, 999, 1000),
        starts=tuple(EDGE_STARTS[:3]), days=tuple(EDGE_DAYS[:3]), slots=(1, 2), heads=(2, 3), places=4,
    ),
    "boundary": Shape(
        14, 11, 34, prices=(0, *EDGE_PRICES), starts=tuple(EDGE_STARTS), days=tuple(EDGE_DAYS),
        slots=(1, 2, 47, 48), heads=(1, 2, 3, 9, 10, 11, 12),
    ),
}  # fmt: skip


class Dice:
    """Whole numbers made of `random()` alone."""

    def __init__(self, seed):
        self._random = Random(seed)

    def below(self, limit):
        return int(self._random.random() * limit)

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def chance(self, percent):
        return self.below(100) < percent

    def pick(self, choices):
        return choices[self.below(len(choices))]

    def some(self, items, count):
        """`count` different items in a shuffled order; all of them if there are fewer."""
        pool = list(items)
        return [pool.pop(self.below(len(pool))) for _ in range(min(count, len(pool)))]

    def ids(self, count, gap_percent):
        """Rising ids from 1, some left out; the first five never are."""
        ids, last = [], 0
        for _ in range(count):
            last += 2 if last >= 5 and self.chance(gap_percent) else 1
            ids.append(last)
        return ids


def seed(session, seed=1, edge=None):
    """Fill the empty tables; `edge` is None or a name in `EDGES`, or "empty"."""
    if edge == "empty":
        return
    dice = Dice(seed)
    shape = EDGES[edge] if edge else Shape()
    if not edge:
        # Seeds differ in how many rows they make too, so that no count can be known by heart.
        shape = replace(
            shape,
            members=shape.members + dice.below(9),
            facilities=shape.facilities + dice.below(4),
            bookings=shape.bookings + dice.below(9),
        )
    members = make_members(dice, shape)
    facilities = make_facilities(dice, shape)
    bookings = make_bookings(dice, shape, members, facilities)
    for model, rows in ((Member, members), (Facility, facilities), (Booking, bookings)):
        session.execute(insert(model.__table__), rows)


def maybe(dice, shape, value):
    """The value, or None as often as the shape says."""
    return None if dice.chance(shape.null_percent) else value


def make_members(dice, shape):
    """Members in the order in which they joined.

    Traps: the guest with id 0; a chain of four, each recommended by the one before; somebody who
    recommended several; members whom nobody recommended; one name twice; no email, no city; two who
    joined on one day.
    """
    ids = dice.ids(shape.members - (1 if shape.traps else 0), shape.gaps)
    people = dice.some(shape.people, len(ids))
    people += [dice.pick(shape.people) for _ in range(len(ids) - len(people))]
    days = sorted(joining_day(dice, shape) for _ in ids)
    rows = []
    for id_, (name, slug), joined in zip(ids, people, days, strict=True):
        # Every third or so came by themselves; the last to join have recommended nobody yet.
        known = rows[: len(ids) * 2 // 3]
        recommender = dice.pick(known)["id"] if known and dice.chance(70) else None
        rows.append({
            "id": id_,
            "name": name,
            "email": maybe(dice, shape, f"{slug}{id_}@club.example"),
            "city": maybe(dice, shape, dice.pick(CITIES)),
            "joined_on": joined,
            "recommended_by": maybe(dice, shape, recommender),
        })  # fmt: skip
    return [guest(), *place_member_traps(dice, rows)] if shape.traps else rows


def guest():
    return {
        "id": 0, "name": "Guest", "email": None, "city": None, "joined_on": FOUNDED, "recommended_by": None,
    }  # fmt: skip


def place_member_traps(dice, rows):
    first, second, third = rows[:3]
    first["recommended_by"] = None
    second["recommended_by"], third["recommended_by"] = first["id"], second["id"]
    if len(rows) > 4:
        rows[3]["recommended_by"], rows[4]["recommended_by"] = third["id"], first["id"]
        rows[5]["recommended_by"] = None
    else:
        rows[-1]["recommended_by"] = None
    rows[-1]["name"], rows[-1]["email"], rows[-1]["city"] = first["name"], None, None
    rows[-2]["joined_on"] = rows[-1]["joined_on"]
    first["email"] = first["email"] or f"member{first['id']}@club.example"
    first["city"] = first["city"] or dice.pick(CITIES)
    return rows


def joining_day(dice, shape):
    if shape.days:
        return dice.pick(shape.days)
    return FOUNDED + timedelta(days=dice.below((EPOCH - FOUNDED).days))


def make_facilities(dice, shape):
    """Traps: equal prices, one free for members, one as dear for guests, no capacity, no maintenance."""
    count = shape.places or shape.facilities
    kept = FACILITIES[:2] if count > 2 else []
    chosen = kept + dice.some(FACILITIES[2:], count - len(kept))
    chosen = dice.some(chosen, count)
    chosen += [dice.pick(chosen) for _ in range(shape.facilities - len(chosen))]
    rows = []
    for id_, (name, kind, capacity) in zip(dice.ids(len(chosen), shape.gaps), chosen, strict=True):
        price = dice.pick(shape.prices)
        rows.append({
            "id": id_,
            "name": name,
            "kind": kind,
            "capacity": capacity and maybe(dice, shape, capacity),
            "member_cents": price,
            "guest_cents": price + dice.pick([250, 500, 1000]),
            "maintenance_cents": dice.pick(MAINTENANCE),
        })  # fmt: skip
    if shape.traps:
        first, second, third, fourth = dice.some(rows, 4)
        for row in (first, second):
            row["member_cents"], row["guest_cents"] = shape.prices[-1], shape.prices[-1] + 500
        third["guest_cents"] = third["member_cents"]
        fourth["member_cents"], fourth["guest_cents"] = 0, 500
        first["capacity"], fourth["maintenance_cents"] = None, 0
    return rows


def make_bookings(dice, shape, members, facilities):
    """Traps: members without a booking and with one; a facility never booked, one by guests alone.

    Two bookings of one facility overlap, two follow each other; a month has none; see `EDGE_STARTS`.
    """
    people = [row["id"] for row in members if row["id"]]
    bookers = dice.some(people, max(1, len(people) * 4 // 5 - (1 if shape.traps else 0)))
    booked = dice.some([row["id"] for row in facilities], max(1, len(facilities) - 1))
    for_guests = booked.pop() if shape.traps else None
    times = booking_times(dice, shape)
    rows = []
    for id_, (starts_at, slots) in zip(dice.ids(len(times), shape.gaps), times, strict=True):
        by_guest = shape.traps and dice.chance(20)
        rows.append({
            "id": id_,
            "member_id": 0 if by_guest else dice.pick(bookers[:-1] or bookers),
            "facility_id": dice.pick([*booked, for_guests] if by_guest else booked),
            "starts_at": starts_at,
            "slots": slots,
            "people": maybe(dice, shape, dice.pick(shape.heads)),
        })  # fmt: skip
    return (
        place_booking_traps(dice, shape, rows, bookers, booked, for_guests) if shape.traps else rows
    )


def place_booking_traps(dice, shape, rows, bookers, booked, for_guests):
    usual = [row for row in rows if shape.starts or row["starts_at"].hour in range(OPENS, CLOSES)]
    first, second, third = dice.some(usual, 3)
    fourth, fifth = dice.some([row for row in rows if row not in (first, second, third)], 2)
    first["member_id"] = second["member_id"] = bookers[0]
    fourth["member_id"], third["member_id"], fifth["member_id"] = bookers[-1], 0, 0
    first["people"], third["people"] = shape.heads[0], None
    for row in rows:
        if row["member_id"] and row["facility_id"] == for_guests:
            row["facility_id"] = booked[0]
    fifth["facility_id"] = for_guests
    if not shape.starts:
        place_neighbours(first, second, third)
    return rows


def place_neighbours(first, overlapping, next_one):
    """An hour in the afternoon, one that begins before it ends, and one that begins as it ends."""
    first["starts_at"], first["slots"] = datetime(2025, 5, 5, 15), 2
    overlapping["starts_at"], overlapping["slots"] = datetime(2025, 5, 5, 15, 30), 2
    next_one["starts_at"], next_one["slots"] = datetime(2025, 5, 5, 16), 1
    overlapping["facility_id"] = next_one["facility_id"] = first["facility_id"]


def booking_times(dice, shape):
    """When bookings begin and how long they are; the larger databases have all of `EDGE_STARTS`."""
    if shape.starts:
        return [edge_time(dice, shape) for _ in range(shape.bookings)]
    count = shape.bookings
    times = list(EDGE_STARTS) if count > 40 else EDGE_STARTS[: count // 3]
    while len(times) < count:
        starts_at = datetime(EPOCH.year, EPOCH.month, EPOCH.day) + timedelta(
            days=dice.below(DAYS), minutes=30 * dice.between(2 * OPENS, 2 * CLOSES - 1)
        )
        if (starts_at.year, starts_at.month) != CLOSED:
            times.append((starts_at, dice.pick(shape.slots)))
    return dice.some(times, count)


def edge_time(dice, shape):
    """One of the shape's moments, mostly with the length that makes it special."""
    starts_at, slots = dice.pick(shape.starts)
    return starts_at, dice.pick(shape.slots) if dice.chance(40) or len(shape.slots) == 1 else slots
