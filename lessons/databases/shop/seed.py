"""Rows of the shop, the same on every machine: `seed(session, seed=…, edge=…)`.

Only `random.Random(seed).random()` is drawn from, because Python promises that it never changes.
Each row that a query could trip over is placed on purpose (see `traps` in the functions below);
an `edge` narrows or twists the same generator.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from models import (
    Address,
    Category,
    Customer,
    Order,
    OrderItem,
    Payment,
    Product,
    Review,
    Tag,
    product_tags,
)
from sqlalchemy import insert

EPOCH = date(2024, 1, 1)
DAYS = 731  # 2024 and 2025

# Prefix, suffix and middle of one another on purpose: Ana, Anabela, Joana, Mariana; Иван, Иванов.
PEOPLE = [
    ("Ana Souza", "ana.souza"), ("João Pereira", "joao.pereira"), ("Мария Иванова", "m.ivanova"),
    ("Emma Clark", "emma.clark"), ("Anabela Reis", "anabela"), ("Иван Петров", "ivan.petrov"),
    ("Liam O'Neil", "liam.oneil"), ("Mariana Costa", "mariana.costa"), ("Olga Smirnova", "olga"),
    ("Conceição Alves", "conceicao"), ("Алексей Ёлкин", "a.yolkin"), ("Grace Hall", "grace.hall"),
    ("Joana Lima", "joana_lima"), ("Пётр Иванов", "p.ivanov"), ("Noah King", "noah.king"),
    ("Luís Gonçalves", "luis.g"), ("Юлия Соколова", "y.sokolova"), ("Zoë Martin", "zoe.martin"),
    ("Antônio Dias", "antonio.dias"), ("Дмитрий Орлов", "d.orlov"), ("Ivy Young", "ivy.young"),
    ("Beatriz Rocha", "bia.rocha"), ("Елена Кузнецова", "e.kuznetsova"), ("Jack Ann", "jack.ann"),
    ("Inês Araújo", "ines.araujo"), ("Сергей Попов", "s.popov"), ("Ruby Lee", "ruby.lee"),
    ("Tiago Nunes", "tiago.nunes"), ("Наталья Белова", "n.belova"), ("Li Wei", "li.wei"),
    ("Vitória Ramos", "vitoria.ramos"), ("Анна Фёдорова", "anna.f"), ("Max Power", "max.power"),
    ("Caio Brandão", "caio.brandao"), ("Игорь Волков", "igor.volkov"), ("Eve Ó Sé", "eve.ose"),
]  # fmt: skip

CITIES = [
    ("São Paulo", "BR"), ("Recife", "BR"), ("Lisboa", "PT"), ("Porto", "PT"), ("Москва", "RU"),
    ("Казань", "RU"), ("London", "GB"), ("York", "GB"), ("New York", "US"), ("Porto Alegre", "BR"),
]  # fmt: skip

STREETS = [
    "Rua das Flores", "Avenida Brasil", "улица Ленина", "Невский проспект", "Baker Street",
    "Station Road", "Travessa do Carmo", "Main Street",
]  # fmt: skip

# A tree four deep. "Garden" never has products, "Gifts" neither parent nor children.
CATEGORIES = [
    ("Home", None), ("Kitchen", "Home"), ("Coffee", "Kitchen"), ("Coffee beans", "Coffee"),
    ("Tea", "Kitchen"), ("Garden", "Home"), ("Books", None), ("Poetry", "Books"),
    ("Novels", "Books"), ("Music", None), ("Strings", "Music"), ("Gifts", None),
]  # fmt: skip

# Name, category, grams. No category, no weight and a weight of 0 (nothing to ship) all occur.
PRODUCTS = [
    ("Blue mug", "Kitchen", 320), ("Caneca azul", "Kitchen", 320), ("Самовар", "Tea", 4200),
    ("Green tea", "Tea", 100), ("Black tea", "Tea", 100), ("Chá de camomila", "Tea", 50),
    ("Café do Brasil", "Coffee beans", 500), ("Espresso", "Coffee beans", 1000),
    ("Decaf", "Coffee beans", 250), ("French press", "Coffee", 900), ("Moka pot", "Coffee", 650),
    ("Os Lusíadas", "Poetry", 400), ("Евгений Онегин", "Poetry", 350),
    ("Sonnets", "Poetry", 300), ("Dom Casmurro", "Novels", 380), ("Мастер и Маргарита", "Novels", 520),
    ("Emma", "Novels", 410), ("Anna Karenina", "Novels", 800), ("Guitar strings", "Strings", 60),
    ("Violin strings", "Strings", 40), ("Балалайка", "Strings", 1500), ("Cavaquinho", "Strings", 1100),
    ("Metronome", "Music", 450), ("Gift card", "Gifts", 0), ("Gift wrap", "Gifts", None),
    ("Scarf, 100% wool", None, 180), ("USB_C cable", None, 35), ("USB-C cable", None, 35),
    ("Teapot", "Tea", 700), ("Tea towel", "Kitchen", 90), ("Tea strainer", "Tea", None),
    ("Frying pan", "Kitchen", 1000), ("Chef's knife", "Kitchen", 210), ("Lamp", "Home", 1250),
    ("Rug", "Home", None), ("Матрёшка", "Gifts", 500), ("Azulejo", "Gifts", 999),
    ("Postcard", "Gifts", 5), ("Vinyl: Bossa Nova", "Music", 230), ("CD: Чайковский", "Music", 100),
    ("Sugar bowl", "Kitchen", 280), ("Pepper mill", "Kitchen", 330),
]  # fmt: skip

# Round numbers that conditions are written with, and their neighbours on both sides.
EDGE_PRICES = [
    499, 500, 501, 999, 1000, 1001, 1999, 2000, 2001, 4999, 5000, 5001, 9999, 10000, 10001,
]  # fmt: skip
PRICES = [
    *EDGE_PRICES, 250, 750, 1250, 1490, 1500, 1990, 2500, 2990, 3000, 7500, 12500, 19990, 25000,
]  # fmt: skip

TAGS = [
    "new", "sale", "handmade", "vegan", "imported", "fragile", "bestseller", "organic", "retired",
]  # fmt: skip
STATUSES = ["new", "paid", "shipped", "shipped", "delivered", "delivered", "cancelled"]
METHODS = ["card", "card", "pix", "transfer", "cash"]
COMMENTS = [
    None, None, "", "Great", "great", "Muito bom!", "Отлично", "Too small", "Broke after a week",
    "Good value, 10% off", "Would buy again", "Ótimo café", "ok",
]  # fmt: skip

# Midnight, the last second of a month and of a year, and the leap day.
EDGE_TIMES = [
    datetime(2024, 1, 1), datetime(2024, 2, 29, 12), datetime(2024, 2, 29, 23, 59, 59),
    datetime(2024, 3, 1), datetime(2024, 6, 30, 23, 59, 59), datetime(2024, 7, 1),
    datetime(2024, 12, 31, 23, 59, 59), datetime(2025, 1, 1), datetime(2025, 3, 31, 23, 59, 59),
]  # fmt: skip

EDGE_DAYS = [
    date(2022, 1, 1), date(2022, 12, 31), date(2023, 1, 1), date(2023, 2, 28), date(2023, 3, 1),
]  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """How many rows of each kind, and what their values are drawn from."""

    customers: int = 30
    addresses: int = 34
    products: int = 40
    orders: int = 70
    reviews: int = 60
    most_items: int = 4
    null_percent: int = 20
    """How often a nullable column is NULL beyond the traps."""
    traps: bool = True
    """Whether the rows that queries trip over are placed."""
    people: tuple = tuple(PEOPLE)
    prices: tuple = tuple(PRICES)
    times: tuple = ()
    """Moments to draw from; empty means any second of the two years."""
    ratings: tuple = (1, 2, 3, 3, 4, 4, 5, 5, 5)
    stocks: tuple = (0, 0, 1, 2, 3, 5, 8, 9, 10, 11, 25, 100)
    quantities: tuple = (1, 1, 1, 2, 2, 3, 5, 10)
    gaps: int = 6
    """Percent chance that an id is left out, as if its row had been deleted."""
    missing: tuple = ()
    """Low ids that no row has, so that the fifth row is not the one with the id 5."""
    kinds: int = 0
    """How many different products are drawn from; 0: each row is another product."""


FULL = Shape()
EDGES = {
    "one": Shape(1, 1, 1, 1, 1, most_items=1, null_percent=0, traps=False, gaps=0),
    "few": Shape(4, 3, 5, 4, 4, most_items=2, gaps=0),
    "nulls": Shape(8, 7, 12, 12, 14, null_percent=85, missing=(2, 3, 5)),
    "ties": Shape(
        9, 10, 12, 14, 16, people=tuple(PEOPLE[:4]), prices=(1000, 5000), times=tuple(EDGE_TIMES[:2]),
        ratings=(3, 5), stocks=(0, 10), quantities=(2,), gaps=0,
    ),
    "duplicates": Shape(
        12, 14, 14, 16, 20, null_percent=35, people=tuple(PEOPLE[:3]), prices=(999, 1000, 5000),
        times=tuple(EDGE_TIMES[:3]), ratings=(4, 5), quantities=(1, 2), kinds=6,
    ),
    "boundary": Shape(
        16, 16, 16, 22, 24, prices=(0, *EDGE_PRICES), times=tuple(EDGE_TIMES), ratings=(1, 2, 3, 4, 5),
        stocks=(0, 1, 9, 10, 11), quantities=(1, 9, 10, 11),
    ),
}  # fmt: skip


class Dice:
    """Whole numbers made of `random()` alone."""

    def __init__(self, seed, missing=()):
        self._random = Random(seed)
        self._missing = missing

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
        """Rising ids from 1, some left out; of the first five only the missing ones are."""
        ids, last = [], 0
        for _ in range(count):
            last += 2 if last >= 5 and self.chance(gap_percent) else 1
            ids.append(last)
        there = [id_ for id_ in range(1, last + len(self._missing) + 1) if id_ not in self._missing]
        return [there[id_ - 1] for id_ in ids]


def seed(session, seed=1, edge=None):
    """Fill the empty tables; `edge` is None or a name in `EDGES`, or "empty"."""
    if edge == "empty":
        return
    shape = EDGES[edge] if edge else FULL
    dice = Dice(seed, shape.missing)
    if not edge:
        # Seeds differ in how many rows they make too, so that no count can be known by heart.
        growing = ("customers", "orders", "reviews")
        shape = replace(shape, **{name: getattr(shape, name) + dice.below(9) for name in growing})
    customers = make_customers(dice, shape)
    categories = make_categories(dice, shape)
    products = make_products(dice, shape, categories)
    tags, tagged = make_tags(dice, shape, products)
    orders, items = make_orders(dice, shape, customers, products)
    tables = {
        Customer.__table__: customers,
        Address.__table__: make_addresses(dice, shape, customers),
        Category.__table__: categories,
        Product.__table__: products,
        Tag.__table__: tags,
        product_tags: tagged,
        Order.__table__: orders,
        OrderItem.__table__: items,
        Payment.__table__: make_payments(dice, shape, orders, items),
        Review.__table__: make_reviews(dice, shape, customers, products),
    }
    if edge == "duplicates":
        add_twins(tables)
    if edge == "boundary":
        add_neighbours(tables)
        add_strangers(tables)
    for table, rows in tables.items():
        if rows:
            session.execute(insert(table), rows)


def add_twins(tables):
    """Every row of these tables once more, the same in all but its key (and the unique email).

    Every category but the one that never has products gets two products that are the same.
    """
    orders = tables[Order.__table__]
    twins = {row["id"]: row["id"] + orders[-1]["id"] for row in orders}
    tables[OrderItem.__table__] += [
        {**row, "order_id": twins[row["order_id"]]} for row in tables[OrderItem.__table__]
    ]
    payments = tables[Payment.__table__]
    payments += [
        {**row, "id": row["id"] + payments[-1]["id"], "order_id": twins[row["order_id"]]}
        for row in payments
    ]
    for model in (Customer, Address, Product, Order, Review):
        rows = tables[model.__table__]
        last = rows[-1]["id"]
        rows += [{**row, "id": row["id"] + last} for row in rows]
    for row in tables[Customer.__table__][len(tables[Customer.__table__]) // 2 :]:
        row["email"] = None
    products = tables[Product.__table__]
    shelved = {row["category_id"] for row in products}
    for category in tables[Category.__table__]:
        if category["id"] not in shelved and category["name"] != "Garden":
            twin = {**products[0], "category_id": category["id"]}
            products += [{**twin, "id": products[-1]["id"] + step} for step in (1, 2)]


def add_neighbours(tables):
    """Rows that differ in one thing from those that conditions are written for.

    Names with a word or a percent sign at their start, in their middle and at their end; the same name
    in another category; days of a month's end in other months than February, a leap day of another
    year and the sixtieth day of a year that has none, a moment within a year's last second. Two people
    of one city where no address lies, whose only orders are of the last day of 2025, delivered without
    items and never paid. An order that came back, which is a status of its own. One who lives alone in a
    country and two in the next one by the alphabet, without an order.
    """
    products = tables[Product.__table__]
    shelves = sorted({row["category_id"] for row in products if row["category_id"]})
    last = products[-1]["id"]
    products += [
        {**row, "id": row["id"] + last, "category_id": shelves[-(place % len(shelves)) - 1]}
        for place, row in enumerate(products)
    ]
    names = [
        "Mug", "Blue mug", "Mug rack", "Two mugs and a teapot", "Tea", "Green tea, loose",
        "50% cocoa", "Voucher of 20%",
    ]  # fmt: skip
    products += [
        {**products[place], "id": products[-1]["id"] + 1 + place, "name": name}
        for place, name in enumerate(names)
    ]
    orders = tables[Order.__table__]
    moments = [
        (datetime(2024, 1, 29, 9), "new"), (datetime(2024, 2, 28, 23, 59, 59), "paid"),
        (datetime(2024, 3, 29), "new"), (datetime(2020, 2, 29, 18), "new"),
        (datetime(2024, 12, 31, 23, 59, 59, 500_000), "paid"), (datetime(2025, 3, 1, 12), "new"),
        (datetime(2024, 5, 2, 9), "returned"),
    ]  # fmt: skip
    orders += [
        {**orders[0], "id": orders[-1]["id"] + 1 + place, "status": status, "placed_at": moment}
        for place, (moment, status) in enumerate(moments)
    ]
    customers = tables[Customer.__table__]
    for name in ("Rosa Neves", "Raul Neves"):
        customer = {**customers[0], "id": customers[-1]["id"] + 1, "name": name, "email": None}
        customers.append({**customer, "city": "Faro", "country": "PT"})
        orders.append({
            "id": orders[-1]["id"] + 1,
            "customer_id": customer["id"],
            "status": "delivered",
            "placed_at": datetime(2025, 12, 31, 18),
            "shipped_at": None,
        })  # fmt: skip
    for name, country in (("Nel Dias", "AO"), ("Ivo Reis", "CV"), ("Ada Lopes", "CV")):
        customer = {**customers[0], "id": customers[-1]["id"] + 1, "name": name, "email": None}
        customers.append({**customer, "city": None, "country": country})


# Neither rows that the lists have, nor in the words of an exercise: beside them on purpose.
STRANGE_PRODUCTS = [
    ("Free sample", 0), ("Button", 1), ("Thread", 90), ("Kettle", 9000), ("Candle", 1290),
    ("Tent", 998), ("apron", 1000), ("5% vinegar", 4500),
]  # fmt: skip
STRANGE_COUNTRIES = [
    ("Gent", "BE"), ("Iași", "RO"), ("Kraków", "PL"), ("Graz", "AT"), ("Évora", "PT"),
]  # fmt: skip


def add_strangers(tables):
    """Rows that a condition takes in which only fits the usual values.

    Prices that no list has: nothing, one cent, ends and beginnings in 90; a name in small letters, two
    that begin nearly as `Tea` does and one as it does but in no category; countries between, beside
    and spelt like the usual ones, one of their people come after the first order; a category without
    products more; an order with an unusual status, a cancelled one without items, and one that cost
    nothing and is paid. Their ids lie far from the others'.
    """
    products = tables[Product.__table__]
    usual, last = products[0], products[-1]["id"]
    products += [
        {**usual, "id": last + 100 + place, "name": name, "price_cents": cents, "stock": 3}
        for place, (name, cents) in enumerate(STRANGE_PRODUCTS)
    ]
    products.append({**products[-1], "id": last + 200, "name": "Tea cosy", "category_id": None})
    categories = tables[Category.__table__]
    categories.append({"id": categories[-1]["id"] + 100, "name": "Outdoor", "parent_id": None})
    customers, orders = tables[Customer.__table__], tables[Order.__table__]
    last_customer, last_order = customers[-1]["id"], orders[-1]["id"]
    for place, (city, country) in enumerate(STRANGE_COUNTRIES, 100):
        customers.append({
            "id": last_customer + place,
            "name": f"Guest from {city}",
            "email": None,
            "city": city,
            "country": country,
            "joined_on": date(2024, 2, 29) if country == "PT" else date(2023, 6, 1),
            "newsletter": None,
        })  # fmt: skip
    statuses = ["packed", "cancelled", "paid"]
    for place, status in enumerate(statuses, 100):
        orders.append({
            "id": last_order + place,
            "customer_id": last_customer + 100,
            "status": status,
            "placed_at": datetime(2024, 8, place - 98, 10),
            "shipped_at": None,
        })  # fmt: skip
    free = orders[-1]["id"]
    tables[OrderItem.__table__].append(
        {"order_id": free, "product_id": last + 100, "qty": 1, "unit_price_cents": 0}
    )
    payments = tables[Payment.__table__]
    payments.append({
        "id": payments[-1]["id"] + 100,
        "order_id": free,
        "method": "card",
        "amount_cents": 0,
        "paid_at": orders[-1]["placed_at"],
    })  # fmt: skip


def maybe(dice, shape, value):
    """The value, or None as often as the shape says."""
    return None if dice.chance(shape.null_percent) else value


def moment(dice, shape):
    if shape.times:
        return dice.pick(shape.times)
    day = datetime(EPOCH.year, EPOCH.month, EPOCH.day) + timedelta(days=dice.below(DAYS))
    return day + timedelta(seconds=dice.below(86_400))


def joining_day(dice, shape):
    """A day of the two years before the first order."""
    if shape.times:
        return dice.pick(EDGE_DAYS[: len(shape.times)])
    return EPOCH - timedelta(days=1 + dice.below(730))


def make_customers(dice, shape):
    """Traps: one name twice; no email, a capital one; no city; newsletter yes, no and never asked."""
    ids = dice.ids(shape.customers, shape.gaps)
    people = dice.some(shape.people, len(ids))
    while len(people) < len(ids):
        people.append(dice.pick(shape.people))
    rows = []
    for id_, (name, slug) in zip(ids, people, strict=True):
        city, country = dice.pick(CITIES)
        email = f"{slug}{id_}@example.{dice.pick(['com', 'com', 'org', 'net'])}"
        rows.append({
            "id": id_,
            "name": name,
            "email": maybe(dice, shape, email),
            "city": maybe(dice, shape, city),
            "country": country,
            "joined_on": joining_day(dice, shape),
            "newsletter": maybe(dice, shape, dice.chance(50)),
        })  # fmt: skip
    if shape.traps:
        first, second, third = dice.some(rows, 3)
        second["name"] = first["name"]
        first["email"] = first["email"] or f"customer{first['id']}@example.com"
        second["email"] = None
        first["city"], first["country"] = None, "BR"
        third["city"], third["country"] = "Porto", "PT"
        third["email"] = (third["email"] or f"customer{third['id']}@example.com").title()
        first["newsletter"], second["newsletter"], third["newsletter"] = True, False, None
    return rows


def make_addresses(dice, shape, customers):
    """Traps: a customer with two addresses, one with none, a missing postal code."""
    owners = dice.some(customers, max(1, len(customers) * 3 // 4))
    rows = []
    for id_ in dice.ids(shape.addresses, shape.gaps):
        owner = owners[0] if id_ <= 2 else dice.pick(owners)
        city, _ = dice.pick(CITIES)
        rows.append({
            "id": id_,
            "customer_id": owner["id"],
            "kind": "home" if id_ == 1 else dice.pick(["home", "work", "other"]),
            "street": f"{dice.pick(STREETS)}, {dice.between(1, 250)}",
            "city": owner["city"] or city if dice.chance(70) else city,
            "postal_code": maybe(dice, shape, f"{dice.between(1000, 9999)}-{dice.between(100, 999)}"),
        })  # fmt: skip
    return rows


def make_categories(dice, shape):
    """The tree of `CATEGORIES`; the smallest databases keep its first branches."""
    kept = CATEGORIES[: 12 if shape.products > 5 else 6 if shape.traps else 1]
    ids = dict(zip([name for name, _ in kept], dice.ids(len(kept), shape.gaps), strict=True))
    return [{"id": ids[name], "name": name, "parent_id": ids.get(parent)} for name, parent in kept]


def make_products(dice, shape, categories):
    """Traps: price ties, every round price with its neighbours, no category, weight NULL and 0."""
    ids = dice.ids(shape.products, shape.gaps)
    shelves = {row["name"]: row["id"] for row in categories}
    prices = list(EDGE_PRICES) if shape.traps and shape.prices[-1] > 5000 else []
    prices = dice.some(prices, len(ids))
    prices += [dice.pick(shape.prices) for _ in range(len(ids) - len(prices))]
    rows = []
    for id_, item, price in zip(ids, choose_products(dice, shape, shelves), prices, strict=True):
        name, category, grams = item
        if shape.null_percent > 50:
            category, grams = maybe(dice, shape, category), maybe(dice, shape, grams)
        rows.append({
            "id": id_,
            "name": name,
            "category_id": shelves.get(category),
            "price_cents": price,
            "weight_grams": grams,
            "stock": dice.pick(shape.stocks),
        })  # fmt: skip
    return rows


def choose_products(dice, shape, shelves):
    """As many entries of `PRODUCTS` as the shape wants; the traps are always among them."""
    shelved = [item for item in PRODUCTS if item[1] in shelves]
    if not shape.traps:
        return dice.some(PRODUCTS[:2], 1)
    traps = [item for item in PRODUCTS if item[1] is None or item[2] in (None, 0)]
    count = shape.kinds or shape.products
    chosen = dice.some([item for item in traps if item[1] is None], 2)
    if count > 5:
        chosen += [item for item in traps if item not in chosen]
    chosen += dice.some([item for item in shelved if item not in chosen], count - len(chosen))
    chosen = dice.some(chosen, count)
    chosen += [dice.pick(chosen) for _ in range(shape.products - count)]
    return dice.some(chosen, len(chosen))


def make_tags(dice, shape, products):
    """Traps: a tag on no product, a product without tags, a product with several."""
    names = TAGS if shape.products > 5 else TAGS[:4] if shape.traps else TAGS[:1]
    tags = [{"id": number, "name": name} for number, name in enumerate(names, 1)]
    used = tags[:-1] or tags
    bare, rich = dice.some(products, 2) if shape.traps else (None, None)
    rows = []
    for product in products:
        count = 0 if product is bare else 3 if product is rich else dice.below(4)
        for tag in dice.some(used, count if shape.traps else 1):
            rows.append({"product_id": product["id"], "tag_id": tag["id"]})
    return tags, rows


def make_orders(dice, shape, customers, products):
    """Orders and their items.

    Traps: customers without orders, with one and with several; products never sold; orders without
    items; cancelled orders with items; delivered without a shipping time; a price that has changed.
    """
    buyers = dice.some(customers, max(1, len(customers) * 4 // 5 - (1 if shape.traps else 0)))
    sold = dice.some(products, max(1, len(products) * 4 // 5))
    ids = dice.ids(shape.orders, shape.gaps)
    orders = []
    moments = order_moments(dice, shape, len(ids))
    statuses = order_statuses(dice, shape, len(ids))
    for index, (id_, placed, status) in enumerate(zip(ids, moments, statuses, strict=True)):
        # The first buyer has the first two orders, the last buyer has one at most.
        buyer = buyers[0] if index < 2 else dice.pick(buyers[:-1] or buyers)
        sent = status in ("shipped", "delivered")
        orders.append({
            "id": id_,
            "customer_id": buyer["id"],
            "status": status,
            "placed_at": placed,
            "shipped_at": placed + timedelta(hours=dice.between(1, 240)) if sent else None,
        })  # fmt: skip
    if shape.traps:
        orders[-1]["customer_id"] = buyers[-1]["id"]
        next(row for row in orders if row["status"] == "delivered")["shipped_at"] = None
    bare = bare_orders(dice, shape, orders)
    filled = [order for order in orders if order["id"] not in bare]
    return orders, [item for order in filled for item in make_items(dice, shape, order, sold)]


def order_moments(dice, shape, count):
    """When the orders were placed; the larger databases have every moment of `EDGE_TIMES`."""
    moments = list(EDGE_TIMES) if count > 20 else []
    moments += [moment(dice, shape) for _ in range(count)]
    return dice.some(moments[:count], count)


def order_statuses(dice, shape, count):
    """Statuses in a shuffled order; the ones that other rows need are always among them."""
    statuses = ["new", "cancelled", "paid", "delivered"] if shape.traps else ["delivered"]
    statuses += [dice.pick(STATUSES) for _ in range(count - len(statuses))]
    return dice.some(statuses, count)


def bare_orders(dice, shape, orders):
    """Ids of the orders without items: only new ones, so that nobody paid for nothing."""
    if not shape.traps:
        return set()
    new = [row["id"] for row in orders if row["status"] == "new"]
    return set(dice.some(new, 1 if len(new) < 4 else 2))


def make_items(dice, shape, order, sold):
    """The items of one order; now and then at a price that the product no longer has."""
    rows = []
    for product in dice.some(sold, dice.between(1, shape.most_items)):
        price = product["price_cents"]
        rows.append({
            "order_id": order["id"],
            "product_id": product["id"],
            "qty": dice.pick(shape.quantities),
            "unit_price_cents": price + dice.pick([100, 250, 500]) if dice.chance(15) else price,
        })  # fmt: skip
    return sorted(rows, key=lambda row: row["product_id"])


def make_payments(dice, shape, orders, items):
    """Traps: a cancelled order that was paid, a delivered one that was not, a discount."""
    totals = {}
    for item in items:
        cost = item["qty"] * item["unit_price_cents"]
        totals[item["order_id"]] = totals.get(item["order_id"], 0) + cost
    paid = [row for row in orders if row["id"] in totals and is_paid(dice, shape, row["status"])]
    if shape.traps:
        owed = first_of(orders, "delivered", totals)
        paid = first_of(orders, "cancelled", totals) + [row for row in paid if row not in owed]
        paid = sorted({row["id"]: row for row in paid}.values(), key=lambda row: row["id"])
    rows = []
    for id_, order in zip(dice.ids(len(paid), shape.gaps), paid, strict=True):
        discount = dice.pick([100, 500]) if dice.chance(12) else 0
        rows.append({
            "id": id_,
            "order_id": order["id"],
            "method": dice.pick(METHODS),
            "amount_cents": max(0, totals[order["id"]] - discount),
            "paid_at": order["placed_at"] + timedelta(minutes=dice.pick([0, 1, 5, 60, 1440])),
        })  # fmt: skip
    return rows


def is_paid(dice, shape, status):
    if not shape.traps:
        return True
    return dice.chance({"new": 0, "cancelled": 30}.get(status, 90))


def first_of(orders, status, totals):
    """The first order of that status that has items, in a list; an empty list if there is none."""
    return [row for row in orders if row["status"] == status and row["id"] in totals][:1]


def make_reviews(dice, shape, customers, products):
    """Traps: no rating; no comment, an empty one; a product with none; one by one person twice."""
    ids = dice.ids(shape.reviews, shape.gaps)
    reviewed = dice.some(products, max(1, len(products) * 2 // 3))
    ratings = [*sorted(set(shape.ratings)), None, None][: len(ids)] if shape.traps else []
    ratings += [
        maybe(dice, shape, dice.pick(shape.ratings)) for _ in range(len(ids) - len(ratings))
    ]
    if shape.traps and len(ids) < 7:
        ratings = [None, 5, 3, 1][: len(ids)]
    rows = []
    for id_, rating in zip(ids, dice.some(ratings, len(ids)), strict=True):
        rows.append({
            "id": id_,
            "product_id": dice.pick(reviewed)["id"],
            "customer_id": dice.pick(customers)["id"],
            "rating": rating,
            "comment": maybe(dice, shape, dice.pick(COMMENTS if shape.traps else COMMENTS[3:])),
            "written_on": moment(dice, shape).date(),
        })  # fmt: skip
    if shape.traps:
        first, second, third, fourth = dice.some(rows, 4)
        second["product_id"], second["customer_id"] = first["product_id"], first["customer_id"]
        third["comment"], fourth["comment"] = None, ""
    return rows
