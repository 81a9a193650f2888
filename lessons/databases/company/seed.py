"""Rows of the company, the same on every machine: `seed(session, seed=…, edge=…)`.

Only `random.Random(seed).random()` is drawn from, because Python promises that it never changes.
Each row that a query could trip over is placed on purpose (see "Traps" in the functions below);
an `edge` narrows or twists the same generator.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from models import Assignment, Department, Employee, Project, Salary
from sqlalchemy import insert

EPOCH = date(2015, 1, 1)
DAYS = 3653  # 2015 to 2024
LAST_DAY = date(2025, 12, 31)

# Two departments share a city, one has none; the last of those that are made stays empty.
DEPARTMENTS = [
    ("Engineering", "Lisboa"), ("Vendas", "São Paulo"), ("Поддержка", "Казань"),
    ("Finance", "London"), ("Research", None), ("Jurídico", "Lisboa"), ("Архив", "Москва"),
]  # fmt: skip

PEOPLE = [
    "Ana Souza", "Иван Петров", "Emma Clark", "João Pereira", "Мария Иванова", "Liam O'Neil",
    "Joana Lima", "Пётр Иванов", "Mariana Costa", "Noah King", "Юлия Соколова", "Antônio Dias",
    "Grace Hall", "Алексей Ёлкин", "Beatriz Rocha", "Zoë Martin", "Анна Фёдорова", "Luís Gonçalves",
    "Ivy Young", "Сергей Попов", "Inês Araújo", "Jack Ann", "Елена Белова", "Tiago Nunes",
    "Ruby Lee", "Li Wei", "Дмитрий Орлов", "Vitória Ramos", "Max Power", "Наталья Волкова",
    "Caio Brandão", "Anabela Reis", "Игорь Зуев", "Eve Ó Sé", "Olga Smirnova", "Conceição Alves",
    "Hugo Leal", "Тимур Садыков", "Kate Stone", "Rui Barros",
]  # fmt: skip

# By how deep somebody stands in the tree.
TITLES = [
    ("Chief executive",), ("Director",), ("Head of team", "Manager"),
    ("Team lead", "Engineer", "Analyst"), ("Engineer", "Analyst", "Assistant", "Técnico"),
]  # fmt: skip

# Name and where it belongs; some belong to no department.
PROJECTS = [
    ("Aurora", "Engineering"), ("Байкал", "Engineering"), ("Website", "Vendas"),
    ("Website v2", "Vendas"), ("Ponte", None), ("Paper_less", "Finance"), ("Café", "Vendas"),
    ("100% uptime", "Поддержка"), ("Mobile", "Engineering"), ("Mobile app", "Research"),
    ("Заря", "Research"), ("Ledger", "Finance"),
]  # fmt: skip

ROLES = ["developer", "developer", "tester", "analyst", "designer"]

# Round numbers that conditions are written with, and their neighbours on both sides.
EDGE_SALARIES = [
    199_999, 200_000, 200_001, 299_999, 300_000, 300_001, 499_999, 500_000, 500_001,
]  # fmt: skip
SALARIES = [
    *EDGE_SALARIES, 180_000, 220_000, 250_000, 250_000, 280_000, 320_000, 350_000, 350_000, 420_000,
    450_000, 600_000, 750_000, 900_000,
]  # fmt: skip
EDGE_DAYS = [
    date(2016, 2, 29), date(2016, 3, 1), date(2019, 12, 31), date(2020, 1, 1), date(2020, 2, 29),
    date(2023, 6, 30), date(2023, 7, 1),
]  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """How many rows of each kind, and what their values are drawn from."""

    departments: int = 7
    employees: int = 32
    projects: int = 12
    most_projects: int = 3
    most_raises: int = 3
    null_percent: int = 10
    """How often a nullable column is NULL beyond the traps."""
    traps: bool = True
    """Whether the rows that queries trip over are placed."""
    people: tuple = tuple(PEOPLE)
    salaries: tuple = tuple(SALARIES)
    days: tuple = ()
    """Days to draw from; empty means any of the ten years."""
    hours: tuple = (0, 4, 8, 10, 16, 20, 20, 24, 40, 40, 80, 120)
    roles: tuple = tuple(ROLES)
    titles: int = 4
    """How many of the titles of a depth are used."""
    gaps: int = 6
    """Percent chance that an id is left out, as if its row had been deleted."""


EDGES = {
    "one": Shape(1, 1, 1, 1, 0, null_percent=0, traps=False, gaps=0),
    "few": Shape(3, 6, 4, 2, 1, gaps=0),
    "nulls": Shape(5, 12, 7, null_percent=70),
    "ties": Shape(
        4, 10, 6, people=tuple(PEOPLE[:4]), salaries=(250_000, 500_000), days=tuple(EDGE_DAYS[:2]),
        hours=(20,), roles=("developer", "tester"), titles=1, gaps=0,
    ),
    "duplicates": Shape(
        4, 14, 8, null_percent=25, people=tuple(PEOPLE[:3]), salaries=(250_000, 300_000, 500_000),
        days=tuple(EDGE_DAYS[:3]), hours=(10, 20), roles=("developer",), titles=1,
    ),
    "boundary": Shape(
        5, 18, 9, salaries=(1, *EDGE_SALARIES), days=tuple(EDGE_DAYS), hours=(0, 1, 9, 10, 11, 39, 40, 41)
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
        shape = replace(shape, employees=shape.employees + dice.below(9))
    departments = make_departments(dice, shape)
    employees = make_employees(dice, shape, departments)
    projects = make_projects(dice, shape, departments)
    tables = [
        (Department.__table__, departments),
        (Employee.__table__, employees),
        (Project.__table__, projects),
        (Assignment.__table__, make_assignments(dice, shape, employees, projects)),
        (Salary.__table__, make_history(dice, shape, employees)),
    ]
    if edge == "boundary":
        add_last_days(projects)
    for table, rows in tables:
        session.execute(insert(table), rows)


def add_last_days(projects):
    """Projects without people that ended on the last day of a year and on the first two of the next."""
    for ended in (date(2019, 12, 31), date(2020, 1, 1), date(2020, 1, 2)):
        row = {**projects[0], "id": projects[-1]["id"] + 1, "started_on": date(2019, 1, 1)}
        projects.append({**row, "ended_on": ended})


def maybe(dice, shape, value):
    """The value, or None as often as the shape says."""
    return None if dice.chance(shape.null_percent) else value


def day(dice, shape):
    return dice.pick(shape.days) if shape.days else EPOCH + timedelta(days=dice.below(DAYS))


def make_departments(dice, shape):
    """Traps: a department without a city."""
    chosen = DEPARTMENTS[: shape.departments]
    rows = [
        {"id": id_, "name": name, "city": city and maybe(dice, shape, city)}
        for id_, (name, city) in zip(dice.ids(len(chosen), shape.gaps), chosen, strict=True)
    ]
    if shape.traps:
        rows[0]["city"], rows[1]["city"] = "Lisboa", None
    return rows


def make_employees(dice, shape, departments):
    """Everybody after whom they work for, so that each row's manager is there before it.

    Traps: see `place_people` and `place_salaries`; ids are not in the order of the tree.
    """
    ids = dice.ids(shape.employees, shape.gaps)
    ids = dice.some(ids, len(ids))
    names = dice.some(shape.people, len(ids))
    names += [dice.pick(shape.people) for _ in range(len(ids) - len(names))]
    bosses, depths = make_tree(dice, shape)
    staffed = departments[:-1] or departments
    rows = []
    for place, (id_, name) in enumerate(zip(ids, names, strict=True)):
        boss = None if bosses[place] is None else rows[bosses[place]]
        home = boss["department_id"] if boss and dice.chance(60) else dice.pick(staffed)["id"]
        rows.append({
            "id": id_,
            "name": name,
            "title": dice.pick(TITLES[min(depths[place], 4)][: shape.titles]),
            "department_id": maybe(dice, shape, home),
            "manager_id": boss and boss["id"],
            "salary_cents": None,
            "hired_on": day(dice, shape),
        })  # fmt: skip
    place_salaries(dice, shape, rows, depths)
    if shape.traps:
        place_people(dice, rows, bosses, staffed)
    return rows


def make_tree(dice, shape):
    """The place of each one's manager in the list (always before it), and how deep each stands.

    The first ones are a chain, so that the tree is four deep or more, and never a circle. Where
    most columns are NULL, some more than the first have no manager.
    """
    chain = 4 if shape.employees < 10 else 5
    leading = max(chain, shape.employees // 3)
    bosses, depths = [], []
    for place in range(shape.employees):
        boss = place - 1 if place < chain else dice.below(min(place, leading))
        if place == 0 or (place >= chain and shape.null_percent > 50 and dice.chance(40)):
            boss = None
        bosses.append(boss)
        depths.append(0 if boss is None else depths[boss] + 1)
    return bosses, depths


def place_salaries(dice, shape, rows, depths):
    """The higher somebody stands the more they earn, as a rule.

    Traps: every round salary with its neighbours; the exceptions to the rule, one who earns more
    than their manager and one who earns just as much; a tie at the top of a department.
    """
    salaries = list(EDGE_SALARIES) if shape.traps and len(shape.salaries) > 3 else []
    salaries = dice.some(salaries, len(rows) - 1)
    salaries += [dice.pick(shape.salaries) for _ in range(len(rows) - 1 - len(salaries))]
    salaries = [max(shape.salaries) * 4 // 3 if shape.traps else 250_000, *sorted(salaries)[::-1]]
    if len(shape.salaries) <= 3:
        salaries[0] = max(shape.salaries)
    order = sorted(range(len(rows)), key=depths.__getitem__)
    for place, salary in zip(order, salaries, strict=True):
        rows[place]["salary_cents"] = salary
    if not shape.traps:
        return
    # The fourth in the chain and the one above them change places, and differ in any case.
    rows[2]["salary_cents"], rows[3]["salary_cents"] = sorted(
        [min(rows[3]["salary_cents"], *shape.salaries[:1]), rows[2]["salary_cents"]]
    )
    if rows[2]["salary_cents"] == rows[3]["salary_cents"]:
        rows[3]["salary_cents"] = max(shape.salaries)
    rows[4]["salary_cents"] = by_id(rows, rows[4]["manager_id"])["salary_cents"]


def by_id(rows, id_):
    return next(row for row in rows if row["id"] == id_)


def place_people(dice, rows, bosses, staffed):
    """Traps: nobody's manager but the first; one name twice; somebody without a department; one
    hired before their manager, two on one day; a manager from another department; two who lead
    the salaries of their department together."""
    rows[0]["department_id"] = staffed[0]["id"]
    rows[2]["department_id"] = rows[3]["department_id"] = staffed[-1]["id"]
    rows[1]["department_id"] = staffed[0]["id"]
    rows[3]["hired_on"] = rows[2]["hired_on"] - timedelta(days=31)
    rows[1]["hired_on"] = rows[0]["hired_on"]
    rows[-1]["name"] = rows[1]["name"]
    rows[4]["department_id"] = None
    if len(rows) > 6:
        rows[-2]["department_id"] = staffed[-1]["id"]
        rows[-2]["salary_cents"] = max(
            row["salary_cents"] for row in rows if row["department_id"] == staffed[-1]["id"]
        )
        rows[-3]["hired_on"] = rows[-4]["hired_on"]


def make_projects(dice, shape, departments):
    """Traps: no department, no end yet, one that ended on the day on which it began."""
    by_name = {row["name"]: row["id"] for row in departments}
    names = len(PROJECTS) if len(shape.people) > 4 else 4
    chosen = dice.some(PROJECTS[:names], shape.projects)
    chosen += [dice.pick(chosen) for _ in range(shape.projects - len(chosen))]
    rows = []
    for id_, (name, home) in zip(dice.ids(len(chosen), shape.gaps), chosen, strict=True):
        started = day(dice, shape)
        length = dice.pick([30, 90, 365, 366, 700]) if shape.days else dice.between(20, 900)
        ended = None if dice.chance(30) else started + timedelta(days=length)
        rows.append({
            "id": id_,
            "name": name,
            "department_id": maybe(dice, shape, by_name.get(home)),
            "started_on": started,
            "ended_on": maybe(dice, shape, ended),
        })  # fmt: skip
    if shape.traps:
        first, second, third = dice.some(rows, 3)
        first["ended_on"], first["department_id"] = None, departments[0]["id"]
        second["ended_on"] = second["started_on"]
        third["department_id"] = None
    else:
        rows[0]["department_id"] = departments[0]["id"]
    return rows


def make_assignments(dice, shape, employees, projects):
    """Traps: people without a project, one with several; a project without people, one with a
    single person; no hours reported yet, and 0 hours."""
    working = dice.some(employees, max(1, len(employees) * 3 // 4))
    staffed = dice.some(projects, max(1, len(projects) - 1 - len(projects) // 8))
    lonely, shared = staffed[0], staffed[1:] or staffed
    pairs = {(working[0]["id"], lonely["id"])}
    for employee in working:
        for project in dice.some(shared, dice.between(1, shape.most_projects)):
            pairs.add((employee["id"], project["id"]))
    if shape.traps:
        pairs |= {(working[0]["id"], project["id"]) for project in shared[:2]}
    led, rows = set(), []
    for employee, project in sorted(pairs):
        rows.append({
            "employee_id": employee,
            "project_id": project,
            "role": dice.pick(shape.roles) if project in led else "lead",
            "hours": maybe(dice, shape, dice.pick(shape.hours)),
        })  # fmt: skip
        led.add(project)
    if shape.traps:
        first, second = dice.some(rows, 2)
        first["hours"], second["hours"] = None, shape.hours[0]
    return rows


def make_history(dice, shape, employees):
    """What each one has earned; the row without an end is what they earn now.

    Traps: somebody without a history, one row only, several; a raise of nothing, a salary that went
    down, a month without pay between two rows; nobody's approval.
    """
    known = employees[:-1] if shape.traps else employees
    rows = []
    for place, employee in enumerate(known):
        starts = salary_days(dice, shape, employee, place)
        amounts = salary_steps(dice, employee["salary_cents"], len(starts), place)
        ends = [*starts[1:], None]
        if place == 1 and shape.traps:
            ends[0] -= timedelta(days=30)
        for start, end, amount in zip(starts, ends, amounts, strict=True):
            rows.append({
                "employee_id": employee["id"],
                "salary_cents": amount,
                "valid_from": start,
                "valid_to": end,
                "approved_by_id": maybe(dice, shape, employee["manager_id"]),
            })  # fmt: skip
    # In the order in which they were decided, as such a table is filled.
    rows.sort(key=lambda row: (row["valid_from"], row["employee_id"]))
    ids = dice.ids(len(rows), shape.gaps)
    return [{"id": id_, **row} for id_, row in zip(ids, rows, strict=True)]


def salary_days(dice, shape, employee, place):
    """The days since which somebody earned another salary; the traps need two of the first three."""
    count = dice.between(0, shape.most_raises)
    if shape.traps and place < 3:
        count = max(1, count)
    days = [employee["hired_on"]]
    for _ in range(count):
        later = days[-1] + timedelta(days=dice.pick([182, 365, 366, 500, 730]))
        if later <= LAST_DAY:
            days.append(later)
    return days


def salary_steps(dice, now, count, place):
    """Amounts up to what is earned now: nothing more at the third, less at the second."""
    amounts = [now]
    while len(amounts) < count:
        percent = {1: 110, 2: 100}.get(place, dice.pick([80, 90, 95, 100]))
        amounts.insert(0, max(1, amounts[0] * percent // 100))
    return amounts
