"""Rows of the campus, the same on every machine: `seed(session, seed=…, edge=…)`.

Only `random.Random(seed).random()` is drawn from, because Python promises that it never changes.
Each row that a query could trip over is placed on purpose (see "Traps" in the functions below);
an `edge` narrows or twists the same generator.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from models import (
    Author,
    Book,
    Course,
    Department,
    Enrollment,
    Professor,
    Profile,
    Student,
    author_book,
)
from sqlalchemy import insert

EPOCH = date(2022, 1, 1)
DAYS = 1096  # 2022 to 2024

DEPARTMENTS = [
    ("Mathematics", "North"), ("Computing", "North"), ("Letras", "Casa Azul"), ("Physics", "Tower"),
    ("История", "Главный корпус"), ("Music", None), ("Biology", "South"), ("Philosophy", "Tower"),
]  # fmt: skip

PEOPLE = [
    ("Ana Souza", "ana"), ("Иван Петров", "ivan"), ("Emma Clark", "emma"), ("João Pereira", "joao"),
    ("Анна Каренина", "anna.k"), ("Liam O'Neil", "liam"), ("Joana Lima", "joana"),
    ("Пётр Иванов", "petr"), ("Mariana Costa", "mariana"), ("Noah King", "noah"),
    ("Юлия Соколова", "yulia"), ("Antônio Dias", "antonio"), ("Grace Hall", "grace"),
    ("Алексей Ёлкин", "alexey"), ("Beatriz Rocha", "bia"), ("Zoë Martin", "zoe"),
    ("Мария Иванова", "maria"), ("Luís Gonçalves", "luis"), ("Ivy Young", "ivy"),
    ("Сергей Попов", "sergey"), ("Inês Araújo", "ines"), ("Jack Ann", "jack"),
    ("Елена Белова", "elena"), ("Tiago Nunes", "tiago"), ("Ruby Lee", "ruby"), ("Li Wei", "li_wei"),
    ("Дмитрий Орлов", "dmitry"), ("Vitória Ramos", "vitoria"), ("Max Power", "max"),
    ("Наталья Волкова", "natalia"), ("Caio Brandão", "caio"), ("Anabela Reis", "anabela"),
    ("Игорь Зуев", "igor"), ("Eve Ó Sé", "eve"), ("Olga Smirnova", "olga"), ("Conceição Alves", "cao"),
]  # fmt: skip

# "Logic" and "History of science" are taught by two departments each, under one title.
COURSES = [
    ("Algebra", "Mathematics"), ("Calculus", "Mathematics"), ("Logic", "Mathematics"),
    ("Databases", "Computing"), ("Algorithms", "Computing"), ("Algorithms II", "Computing"),
    ("Literatura brasileira", "Letras"), ("Poesia portuguesa", "Letras"), ("Mechanics", "Physics"),
    ("Optics", "Physics"), ("История России", "История"), ("History of science", "История"),
    ("Harmony", "Music"), ("Choir", "Music"), ("Logic", "Philosophy"), ("Ethics", "Philosophy"),
    ("History of science", "Philosophy"), ("Statistics", "Mathematics"), ("Compilers", "Computing"),
    ("Русская литература", "Letras"),
]  # fmt: skip

# Name, country; no country is known of some.
AUTHORS = [
    ("Machado Lima", "BR"), ("Clara Neves", "PT"), ("Лев Соколов", "RU"), ("Jane Bridges", "GB"),
    ("Inácio Prado", "BR"), ("Нина Ветрова", "RU"), ("Tom Weaver", "US"), ("Anonymous", None),
    ("Sofia Mar", "PT"), ("Борис Зимин", "RU"), ("Kate Stone", "GB"), ("Dmitri Volkov", "RU"),
]  # fmt: skip

# Three titles stand twice: different books under one name. No year means that it is unknown.
BOOKS = [
    ("Sets and Maps", 1999), ("Poemas", 1950), ("Poemas", 2001), ("Снег", 1978), ("The Tower", 2010),
    ("The Tower", 1965), ("Memórias", None), ("Relational Thinking", 1970), ("Letters", 1900),
    ("Letters", None), ("Graphs by Hand", 2000), ("Степь", 1888), ("O mar", 2015), ("Light", 1899),
    ("Joins and Other Stories", 2020), ("100% True", 2019), ("Вечер", 2000), ("A Short Proof", 2001),
    ("Azulejos", 1974), ("Notes_on_NULL", 2021),
]  # fmt: skip

CITIES = ["São Paulo", "Lisboa", "Москва", "London", "Recife", "Porto", "Казань", "York"]
BIOS = [None, "", "Plays chess", "Поёт в хоре", "Gosta de café", "Runs", "Reads a lot"]
EDGE_GRADES = [0, 1, 49, 50, 51, 59, 60, 61, 79, 80, 81, 89, 90, 91, 99, 100]
EDGE_DAYS = [
    date(2022, 1, 1), date(2022, 12, 31), date(2023, 1, 1), date(2024, 2, 29), date(2024, 3, 1),
    date(2024, 8, 31), date(2024, 9, 1),
]  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """How many rows of each kind, and what their values are drawn from."""

    departments: int = 8
    professors: int = 16
    courses: int = 20
    students: int = 36
    most_courses: int = 6
    authors: int = 12
    books: int = 20
    null_percent: int = 15
    """How often a nullable column is NULL beyond the traps."""
    traps: bool = True
    """Whether the rows that queries trip over are placed."""
    people: tuple = tuple(PEOPLE)
    grades: tuple = ()
    """Grades to draw from; empty means any from 0 to 100."""
    days: tuple = ()
    """Days to draw from; empty means any of the three years."""
    credits: tuple = (2, 3, 3, 4, 4, 4, 5, 6)
    titles: int = 0
    """How many different book and course titles there are; 0: as the lists have them."""
    gaps: int = 6
    """Percent chance that an id is left out, as if its row had been deleted."""


EDGES = {
    "one": Shape(1, 1, 1, 1, 1, 1, 1, null_percent=0, traps=False, gaps=0),
    "few": Shape(3, 3, 4, 4, 2, 3, 4, gaps=0),
    "nulls": Shape(4, 5, 7, 9, 4, 5, 7, null_percent=85),
    "ties": Shape(
        4, 5, 7, 10, 4, 5, 8, people=tuple(PEOPLE[:4]), grades=(60, 90), days=tuple(EDGE_DAYS[:2]),
        credits=(4,), gaps=0,
    ),
    "duplicates": Shape(
        5, 6, 9, 12, 4, 6, 9, null_percent=30, people=tuple(PEOPLE[:3]), grades=(59, 60, 100),
        days=tuple(EDGE_DAYS[:3]), credits=(3, 4), titles=3,
    ),
    "boundary": Shape(
        5, 7, 10, 16, 5, 7, 12, grades=tuple(EDGE_GRADES), days=tuple(EDGE_DAYS), credits=(1, 3, 4, 5)
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
        shape = replace(shape, students=shape.students + dice.below(9))
    departments = make_departments(dice, shape)
    professors = make_professors(dice, shape, departments)
    courses = make_courses(dice, shape, departments, professors)
    students = make_students(dice, shape)
    authors, books, written = make_library(dice, shape)
    tables = [
        (Department.__table__, departments),
        (Professor.__table__, professors),
        (Course.__table__, courses),
        (Student.__table__, students),
        (Profile.__table__, make_profiles(dice, shape, students)),
        (Enrollment.__table__, make_enrollments(dice, shape, students, courses)),
        (Author.__table__, authors),
        (Book.__table__, books),
        (author_book, written),
    ]
    if edge == "boundary":
        add_neighbours(dict(tables))
    for table, rows in tables:
        if rows:
            session.execute(insert(table), rows)


def add_neighbours(tables):
    """Rows that differ in one thing from those that conditions are written for.

    Titles with a course's title at their start and at their end, each taken by somebody who takes
    nothing else; authors of countries that are spelt nearly alike, each with a book.
    """
    courses, students = tables[Course.__table__], tables[Student.__table__]
    for title in ("Logic II", "Fuzzy Logic"):
        courses.append({**courses[0], "id": courses[-1]["id"] + 1, "title": title})
        students.append({**students[0], "id": students[-1]["id"] + 1, "email": None})
        tables[Enrollment.__table__].append({
            "student_id": students[-1]["id"],
            "course_id": courses[-1]["id"],
            "enrolled_on": EDGE_DAYS[-1],
            "grade": 60,
        })  # fmt: skip
    authors, books = tables[Author.__table__], tables[Book.__table__]
    for name, country in (("Ion Crângașu", "RO"), ("Rut Ander", "SE")):
        authors.append({"id": authors[-1]["id"] + 1, "name": name, "country": country})
        books.append({**books[0], "id": books[-1]["id"] + 1, "title": f"Stories by {name}"})
        tables[author_book].append({"author_id": authors[-1]["id"], "book_id": books[-1]["id"]})


def maybe(dice, shape, value):
    """The value, or None as often as the shape says."""
    return None if dice.chance(shape.null_percent) else value


def day(dice, shape):
    return dice.pick(shape.days) if shape.days else EPOCH + timedelta(days=dice.below(DAYS))


def people(dice, shape, count):
    """`count` pairs of name and mail name; names repeat once the list is used up."""
    drawn = dice.some(shape.people, count)
    return drawn + [dice.pick(shape.people) for _ in range(count - len(drawn))]


def make_departments(dice, shape):
    """Traps: a department without a building."""
    chosen = DEPARTMENTS[: shape.departments]
    rows = [
        {"id": id_, "name": name, "building": building and maybe(dice, shape, building)}
        for id_, (name, building) in zip(dice.ids(len(chosen), shape.gaps), chosen, strict=True)
    ]
    if shape.traps:
        rows[-1]["building"] = None
        rows[0]["building"] = "North"
    return rows


def make_professors(dice, shape, departments):
    """Traps: a department without professors, a professor without a department, a name twice."""
    ids = dice.ids(shape.professors, shape.gaps)
    staffed = departments[:-1] or departments
    rows = []
    for id_, (name, _) in zip(ids, people(dice, shape, len(ids)), strict=True):
        rows.append({
            "id": id_,
            "name": name,
            "department_id": maybe(dice, shape, dice.pick(staffed)["id"]),
            "hired_on": day(dice, shape) - timedelta(days=365 * dice.below(20)),
        })  # fmt: skip
    if shape.traps:
        first, second, third = dice.some(rows, 3)
        second["name"] = first["name"]
        first["department_id"], third["department_id"] = staffed[0]["id"], None
    return rows


def make_courses(dice, shape, departments, professors):
    """Traps: one title in two departments, no professor, a professor with several and with none."""
    by_name = {row["name"]: row["id"] for row in departments}
    offered = [item for item in COURSES if item[1] in by_name]
    chosen = offered[: shape.titles or len(offered)]
    chosen = dice.some(chosen, shape.courses)
    chosen += [dice.pick(chosen) for _ in range(shape.courses - len(chosen))]
    teaching = dice.some(professors, max(1, len(professors) * 3 // 4))
    rows = []
    for id_, (title, department) in zip(dice.ids(len(chosen), shape.gaps), chosen, strict=True):
        rows.append({
            "id": id_,
            "title": title,
            "department_id": by_name[department],
            "professor_id": maybe(dice, shape, dice.pick(teaching)["id"]),
            "credits": dice.pick(shape.credits),
        })  # fmt: skip
    if shape.traps:
        first, second, third, fourth = dice.some(rows, 4)
        first["professor_id"] = second["professor_id"] = teaching[0]["id"]
        third["professor_id"] = None
        if first["department_id"] == fourth["department_id"]:
            fourth["department_id"] = next(
                row["id"] for row in departments if row["id"] != first["department_id"]
            )
        fourth["title"] = first["title"]
    return rows


def make_students(dice, shape):
    """Traps: one name twice, no email."""
    ids = dice.ids(shape.students, shape.gaps)
    rows = []
    for id_, (name, slug) in zip(ids, people(dice, shape, len(ids)), strict=True):
        rows.append({
            "id": id_,
            "name": name,
            "email": maybe(dice, shape, f"{slug}{id_}@campus.example"),
            "admitted_on": day(dice, shape),
        })  # fmt: skip
    if shape.traps:
        first, second = dice.some(rows, 2)
        second["name"] = first["name"]
        second["email"], first["email"] = None, f"student{first['id']}@campus.example"
    return rows


def make_profiles(dice, shape, students):
    """Traps: students without a profile; a profile with nothing in it."""
    owners = dice.some(students, max(1, len(students) * 3 // 4))
    rows = []
    for id_, owner in zip(dice.ids(len(owners), shape.gaps), owners, strict=True):
        rows.append({
            "id": id_,
            "student_id": owner["id"],
            "bio": maybe(dice, shape, dice.pick(BIOS if shape.traps else BIOS[2:])),
            "born_on": maybe(dice, shape, date(1998, 1, 1) + timedelta(days=dice.below(2922))),
            "city": maybe(dice, shape, dice.pick(CITIES)),
        })  # fmt: skip
    if shape.traps:
        rows[0].update(bio=None, born_on=None, city=None)
        rows[-1].update(bio="", born_on=date(2004, 2, 29), city=dice.pick(CITIES))
    return rows


def make_enrollments(dice, shape, students, courses):
    """Traps: a student with no course, a course with no student, no grade yet, grade 0."""
    attending = dice.some(students, max(1, len(students) * 5 // 6 - (1 if shape.traps else 0)))
    taught = dice.some(courses, max(1, len(courses) * 5 // 6))
    pairs = [
        (student["id"], course["id"])
        for student in attending
        for course in dice.some(taught, dice.between(1, shape.most_courses))
    ]
    fixed = EDGE_GRADES if shape.traps and len(pairs) > 40 else [None, 60] if shape.traps else []
    grades = dice.some(fixed, len(pairs))
    grades += [maybe(dice, shape, grade(dice, shape)) for _ in range(len(pairs) - len(grades))]
    rows = []
    for (student, course), value in zip(sorted(pairs), dice.some(grades, len(pairs)), strict=True):
        rows.append({
            "student_id": student,
            "course_id": course,
            "enrolled_on": day(dice, shape),
            "grade": value,
        })  # fmt: skip
    return rows


def grade(dice, shape):
    """More good grades than bad ones, as in life."""
    return dice.pick(shape.grades) if shape.grades else 100 - dice.below(10) * dice.below(11)


def make_library(dice, shape):
    """Authors, books and who wrote which.

    Traps: a book by two authors, one without an author, an author without books, one title twice.
    """
    authors = [
        {"id": id_, "name": name, "country": country and maybe(dice, shape, country)}
        for id_, (name, country) in zip(
            dice.ids(shape.authors, shape.gaps), dice.some(AUTHORS, shape.authors), strict=True
        )
    ]
    chosen = dice.some(BOOKS[: shape.titles or len(BOOKS)], shape.books)
    chosen += [dice.pick(chosen) for _ in range(shape.books - len(chosen))]
    pages = (100, 200) if len(shape.credits) < 3 else (96, 100, 101, 150, 199, 200, 201, 320, 1000)
    books = []
    for id_, (title, year) in zip(dice.ids(len(chosen), shape.gaps), chosen, strict=True):
        year = year and maybe(dice, shape, year)
        books.append({"id": id_, "title": title, "year": year, "pages": dice.pick(pages)})
    if shape.traps:
        first, second, third = dice.some(books, 3)
        second["title"] = first["title"]
        third["year"] = None
    return authors, books, make_written(dice, shape, authors, books)


def make_written(dice, shape, authors, books):
    writing = dice.some(authors, max(1, len(authors) - 1))
    unsigned, shared = dice.some(books, 2) if shape.traps else (None, None)
    rows = []
    for book in books:
        count = 0 if book is unsigned else 2 if book is shared else dice.pick([1, 1, 1, 2, 3])
        for author in dice.some(writing, count if shape.traps else 1):
            rows.append({"author_id": author["id"], "book_id": book["id"]})
    return sorted(rows, key=lambda row: (row["author_id"], row["book_id"]))
