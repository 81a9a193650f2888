"""Rows of the log, the same on every machine: `seed(session, seed=…, edge=…)`.

Only `random.Random(seed).random()` is drawn from, because Python promises that it never changes.
Each row that a query could trip over is placed on purpose (see "Traps" in the functions below);
an `edge` narrows or twists the same generator. Without one the log is large, and its keys are
skewed as in life: a few users did most of it, and nearly all of it was looking.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from models import Event, User
from sqlalchemy import insert

EPOCH = datetime(2024, 1, 1)
SECONDS = 731 * 86_400  # 2024 and 2025
LATE = 3 * 86_400
"""By how many seconds an event may come late: ids do not rise with the time."""

# First name, last name, login. Prefix, suffix and middle of one another on purpose: ana, joana, mariana.
PEOPLE = [
    ("Ana", "Souza", "ana"), ("João", "Pereira", "joao"), ("Мария", "Иванова", "maria"),
    ("Emma", "Clark", "emma"), ("Anabela", "Reis", "anabela"), ("Иван", "Петров", "ivan"),
    ("Liam", "O'Neil", "liam"), ("Mariana", "Costa", "mariana"), ("Olga", "Smirnova", "olga"),
    ("Conceição", "Alves", "conceicao"), ("Алексей", "Ёлкин", "alexey"), ("Grace", "Hall", "grace"),
    ("Joana", "Lima", "joana_lima"), ("Пётр", "Иванов", "petr"), ("Noah", "King", "noah"),
    ("Luís", "Gonçalves", "luis"), ("Юлия", "Соколова", "yulia"), ("Zoë", "Martin", "zoe"),
    ("Antônio", "Dias", "antonio"), ("Дмитрий", "Орлов", "dmitry"), ("Ivy", "Young", "ivy"),
    ("Beatriz", "Rocha", "bia"), ("Елена", "Кузнецова", "elena"), ("Jack", "Ann", "jack.ann"),
    ("Inês", "Araújo", "ines"), ("Сергей", "Попов", "sergey"), ("Ruby", "Lee", "ruby"),
    ("Tiago", "Nunes", "tiago"), ("Наталья", "Белова", "natalia"), ("Li", "Wei", "li_wei"),
]  # fmt: skip

COUNTRIES = ["BR", "BR", "BR", "PT", "PT", "RU", "RU", "GB", "US"]
# How often of a hundred: few errors, nearly all views.
KINDS = ["view"] * 70 + ["click"] * 17 + ["search"] * 7 + ["login"] * 3 + ["buy"] * 2 + ["error"]
PAGES = ["/", "/", "/products", "/products/7", "/cart", "/help", "/promoções", "/о-нас"]
WORDS = ["mug", "café", "чай", "100%", "usb_c", "", "O'Neil", "azulejo"]
CENTS = [499, 500, 501, 999, 1000, 1001, 4999, 5000, 5001, 0]
CODES = [404, 404, 404, 500, 500, 503]
MILLISECONDS = [0, 1, 99, 100, 101, 250, 999, 1000, 1001, 5000]

# Midnight, the last second of a month and of a year, and the leap day.
EDGE_TIMES = [
    datetime(2024, 1, 1), datetime(2024, 2, 29, 12), datetime(2024, 2, 29, 23, 59, 59),
    datetime(2024, 3, 1), datetime(2024, 12, 31, 23, 59, 59), datetime(2025, 1, 1),
    datetime(2025, 6, 30, 23, 59, 59), datetime(2025, 7, 1), datetime(2025, 12, 31, 23, 59, 59),
]  # fmt: skip

EDGE_DAYS = [
    date(2021, 12, 31), date(2022, 1, 1), date(2022, 12, 31), date(2023, 1, 1), date(2023, 12, 31),
]  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """How many rows of each kind, and what their values are drawn from."""

    users: int = 400
    events: int = 100_000
    null_percent: int = 10
    """How often a nullable column is NULL beyond the traps."""
    traps: bool = True
    """Whether the rows that queries trip over are placed."""
    people: tuple = tuple(PEOPLE)
    kinds: tuple = tuple(KINDS)
    times: tuple = ()
    """Moments to draw from; empty means nearly as the ids rise, over two years."""
    milliseconds: tuple = ()
    """How long a page took, to draw from; empty means anything up to two seconds."""
    gaps: int = 6
    """Percent chance that an id is left out, as if its row had been deleted."""


EVEN = ("view", "click", "search", "login", "buy", "error")
EDGES = {
    "hidden": Shape(60, 1500),
    "one": Shape(1, 1, null_percent=0, traps=False, gaps=0),
    "few": Shape(5, 8, kinds=EVEN, gaps=0),
    "nulls": Shape(10, 40, null_percent=85, kinds=EVEN),
    "ties": Shape(
        8, 40, people=tuple(PEOPLE[:4]), kinds=("view", "error"), times=tuple(EDGE_TIMES[:2]),
        milliseconds=(100, 1000), gaps=0,
    ),
    "duplicates": Shape(
        10, 60, people=tuple(PEOPLE[:3]), kinds=("view", "view", "buy"), times=tuple(EDGE_TIMES[:3]),
        milliseconds=(250,), null_percent=30,
    ),
    "boundary": Shape(
        14, 90, kinds=EVEN, times=tuple(EDGE_TIMES), milliseconds=tuple(MILLISECONDS)
    ),
}  # fmt: skip


class Dice:
    """Whole numbers made of `random()` alone."""

    def __init__(self, seed):
        self._random = Random(seed)

    def below(self, limit):
        return int(self._random.random() * limit)

    def skewed(self, limit):
        """As `below`, and small ones far more often than large ones."""
        return int(self._random.random() ** 3 * limit)

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
    if shape.events > 1000:
        # Seeds differ in how many rows they make too, so that no count can be known by heart.
        shape = replace(
            shape, users=shape.users + dice.below(9), events=shape.events + dice.below(99)
        )
    users = make_users(dice, shape)
    events = make_events(dice, shape, users)
    if edge == "boundary":
        add_neighbours(events)
    session.execute(insert(User.__table__), users)
    session.execute(insert(Event.__table__), events)


def add_neighbours(events):
    """Events that differ in one thing from those that conditions are written for.

    The first moment of a leap day and one within its last second; a code that begins like another.
    """
    for ts, code in (
        (datetime(2024, 2, 29), 404),
        (datetime(2024, 2, 29, 23, 59, 59, 500_000), 404),
        (datetime(2024, 3, 1), 5000),
    ):
        last = events[-1]["id"]
        events.append(
            {**events[0], "id": last + 1, "kind": "error", "ts": ts, "payload": {"code": code}}
        )


def maybe(dice, shape, value):
    """The value, or None as often as the shape says."""
    return None if dice.chance(shape.null_percent) else value


def signing_day(dice, shape):
    """A day of the three years before the first event."""
    if shape.times:
        return dice.pick(EDGE_DAYS[: len(shape.times)])
    return date(2021, 1, 1) + timedelta(days=dice.below(1095))


def make_users(dice, shape):
    """Traps: no email, one in capitals; one name twice; both active and not; ids left out."""
    ids = dice.ids(shape.users, shape.gaps)
    rows = []
    for id_ in ids:
        first, last, login = dice.pick(shape.people)
        rows.append({
            "id": id_,
            "login": f"{login}{id_}",
            "first_name": first,
            "last_name": last,
            "email": maybe(dice, shape, f"{login}{id_}@example.{dice.pick(['com', 'com', 'org'])}"),
            "country": dice.pick(COUNTRIES),
            "active": dice.chance(80),
            "signed_up_on": signing_day(dice, shape),
        })  # fmt: skip
    if shape.traps:
        first, second, third = dice.some(rows, 3)
        second["first_name"], second["last_name"] = first["first_name"], first["last_name"]
        first["email"], first["active"] = f"{first['login']}@Example.COM".title(), True
        second["email"], second["active"] = None, False
        third["active"], third["country"] = True, "BR"
    return rows


def make_events(dice, shape, users):
    """Traps: users without an event, with one and with many; every kind; times out of order;
    payload NULL, empty and without its usual keys; every moment of `EDGE_TIMES`."""
    ids = dice.ids(shape.events, shape.gaps)
    # Ranks are shuffled over the users, so that a small id does not mean a busy user.
    busy = [user["id"] for user in dice.some(users, max(1, len(users) * 4 // 5))]
    once = busy.pop() if shape.traps and len(busy) > 2 else None
    times = moments(dice, shape, len(ids))
    rows = []
    for id_, ts in zip(ids, times, strict=True):
        kind = dice.pick(shape.kinds)
        rows.append({
            "id": id_,
            "user_id": busy[dice.skewed(len(busy))],
            "kind": kind,
            "ts": ts,
            "payload": maybe(dice, shape, payload(dice, shape, kind)),
        })  # fmt: skip
    if shape.traps:
        rows[0]["user_id"] = rows[1]["user_id"] = busy[0]
        rows[0]["payload"], rows[1]["payload"] = None, {}
        rows[2]["user_id"] = once
        for row, kind in zip(rows[2:], dict.fromkeys(shape.kinds), strict=False):
            row["kind"], row["payload"] = kind, payload(dice, shape, kind)
    return rows


def moments(dice, shape, count):
    """When the events were; the larger databases have every moment of `EDGE_TIMES`."""
    if shape.times:
        return [dice.pick(shape.times) for _ in range(count)]
    step = (SECONDS - LATE) / count
    seconds = [int(number * step) + dice.below(LATE) for number in range(count)]
    found = [EPOCH + timedelta(seconds=each) for each in seconds]
    if count > 20:
        for moment in EDGE_TIMES:
            found[dice.below(count)] = moment
    return found


def payload(dice, shape, kind):
    """What an event of that kind carries; now and then a key is not there."""
    took = dice.pick(shape.milliseconds) if shape.milliseconds else dice.skewed(2000)
    if kind == "view":
        page = dice.pick(PAGES)
        return {"page": page, "ms": took} if dice.chance(97) else {"page": page}
    if kind == "click":
        return {"page": dice.pick(PAGES), "button": dice.pick(["buy", "back", "more"])}
    if kind == "search":
        return {"q": dice.pick(WORDS), "hits": dice.below(30), "ms": took}
    if kind == "buy":
        return {"cents": dice.pick(CENTS), "items": 1 + dice.below(4)}
    if kind == "error":
        return {"code": dice.pick(CODES), "page": dice.pick(PAGES)}
    return {"via": dice.pick(["password", "password", "key"])}
