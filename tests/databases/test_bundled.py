"""The bundled databases: the same rows everywhere, and every row that a query can trip over."""

from hashlib import sha256

import pytest

DIGESTS = {
    ("shop", "small"): "d26c9918e8ec236f",
    ("shop", "hidden"): "f8c2f935377c9ebf",
    ("shop", "empty"): "7fecf29b88dd203a",
    ("shop", "one"): "fa64eef0286758b7",
    ("shop", "few"): "aae9289198765acd",
    ("shop", "nulls"): "215db0a856b7424a",
    ("shop", "ties"): "dfe897d1516e6b1e",
    ("shop", "duplicates"): "f0af0534ebac5272",
    ("shop", "boundary"): "38c8490034b5e2de",
    ("campus", "small"): "daeee9c82afb2c8f",
    ("campus", "hidden"): "318b3d83317f0148",
    ("campus", "empty"): "50c1a17e3d4d9ad4",
    ("campus", "one"): "36633cde432d27a1",
    ("campus", "few"): "89ac840ab2dfb2cd",
    ("campus", "nulls"): "327a5ba90793d983",
    ("campus", "ties"): "a8ab670b87e1009f",
    ("campus", "duplicates"): "056b3caf4d754823",
    ("campus", "boundary"): "b621f74632671c81",
    ("company", "small"): "ba8cc16c52f61c28",
    ("company", "hidden"): "245e3829ca1bf2b3",
    ("company", "empty"): "f7fbeccc051387ca",
    ("company", "one"): "6f30be6f5fd052ed",
    ("company", "few"): "5f5155d00ef8c699",
    ("company", "nulls"): "adc11a9b7c1cf966",
    ("company", "ties"): "4984c9a3bee1921a",
    ("company", "duplicates"): "1ead706194455f7c",
    ("company", "boundary"): "cbd5c08cfd201958",
    ("club", "small"): "6607d80580107679",
    ("club", "hidden"): "87855ee302d42593",
    ("club", "empty"): "4ca216b28b865235",
    ("club", "one"): "0945c074c0b6cf56",
    ("club", "few"): "d2178a508fed233c",
    ("club", "nulls"): "b6d865c69e32b9c0",
    ("club", "ties"): "a295ebd357c6e733",
    ("club", "duplicates"): "524740778c68fb46",
    ("club", "boundary"): "c7e119d15f537be4",
    ("events", "small"): "be70664614e72945",
    ("events", "hidden"): "a867993d8067c3ed",
    ("events", "empty"): "0cabe74d28de6c5a",
    ("events", "one"): "2cc6a9ec9775eca8",
    ("events", "few"): "56a6f0df1103e49d",
    ("events", "nulls"): "ba219ff2587315e6",
    ("events", "ties"): "51942f189ebd9cd2",
    ("events", "duplicates"): "38dbba5680852615",
    ("events", "boundary"): "6aba453d2a715cb4",
}

TRAPS = {
    "shop": {
        "customer without an order": "SELECT * FROM customers WHERE id NOT IN (SELECT customer_id FROM orders)",
        "customer with one order": "SELECT customer_id FROM orders GROUP BY 1 HAVING count(*) = 1",
        "customer with several orders": "SELECT customer_id FROM orders GROUP BY 1 HAVING count(*) > 1",
        "customer without an address": "SELECT * FROM customers WHERE id NOT IN (SELECT customer_id FROM addresses)",
        "customer with two addresses": "SELECT customer_id FROM addresses GROUP BY 1 HAVING count(*) > 1",
        "customer without an email": "SELECT * FROM customers WHERE email IS NULL",
        "email in capitals": "SELECT * FROM customers WHERE email <> lower(email)",
        "customer without a city": "SELECT * FROM customers WHERE city IS NULL",
        "newsletter yes, no and never asked": "SELECT * FROM (SELECT count(DISTINCT coalesce(newsletter, -1)) AS m FROM customers) WHERE m = 3",
        "same name twice": "SELECT name FROM customers GROUP BY 1 HAVING count(*) > 1",
        "order without items": "SELECT * FROM orders WHERE id NOT IN (SELECT order_id FROM order_items)",
        "order with several items": "SELECT order_id FROM order_items GROUP BY 1 HAVING count(*) > 1",
        "order without a payment": "SELECT * FROM orders WHERE id NOT IN (SELECT order_id FROM payments)",
        "cancelled order": "SELECT * FROM orders WHERE status = 'cancelled'",
        "cancelled order with items": "SELECT * FROM orders JOIN order_items ON id = order_id WHERE status = 'cancelled'",
        "cancelled order that was paid": "SELECT * FROM orders o JOIN payments p ON o.id = p.order_id WHERE status = 'cancelled'",
        "delivered order that was not paid": "SELECT * FROM orders WHERE status = 'delivered' AND id NOT IN (SELECT order_id FROM payments)",
        "delivered without a shipping time": "SELECT * FROM orders WHERE status = 'delivered' AND shipped_at IS NULL",
        "product never sold": "SELECT * FROM products WHERE id NOT IN (SELECT product_id FROM order_items)",
        "product sold twice": "SELECT product_id FROM order_items GROUP BY 1 HAVING count(*) > 1",
        "product without a category": "SELECT * FROM products WHERE category_id IS NULL",
        "category without products": "SELECT * FROM categories WHERE id NOT IN (SELECT category_id FROM products WHERE category_id IS NOT NULL)",
        "category without a parent": "SELECT * FROM categories WHERE parent_id IS NULL",
        "category tree four deep": "SELECT d.id FROM categories d JOIN categories c ON d.parent_id = c.id JOIN categories b ON c.parent_id = b.id JOIN categories a ON b.parent_id = a.id",
        "product without a review": "SELECT * FROM products WHERE id NOT IN (SELECT product_id FROM reviews)",
        "product without tags": "SELECT * FROM products WHERE id NOT IN (SELECT product_id FROM product_tags)",
        "product with several tags": "SELECT product_id FROM product_tags GROUP BY 1 HAVING count(*) > 1",
        "tag on no product": "SELECT * FROM tags WHERE id NOT IN (SELECT tag_id FROM product_tags)",
        "price tie": "SELECT price_cents FROM products GROUP BY 1 HAVING count(*) > 1",
        "price of exactly 1000": "SELECT * FROM products WHERE price_cents = 1000",
        "price just above 5000": "SELECT * FROM products WHERE price_cents = 5001",
        "price just below 5000": "SELECT * FROM products WHERE price_cents = 4999",
        "no weight": "SELECT * FROM products WHERE weight_grams IS NULL",
        "weight of zero": "SELECT * FROM products WHERE weight_grams = 0",
        "nothing in stock": "SELECT * FROM products WHERE stock = 0",
        "percent sign in a name": "SELECT * FROM products WHERE instr(name, '%') > 0",
        "underscore in a name": "SELECT * FROM products WHERE instr(name, '_') > 0",
        "price that has changed": "SELECT * FROM order_items JOIN products ON id = product_id WHERE unit_price_cents <> price_cents",
        "discounted payment": "SELECT order_id FROM payments JOIN order_items USING (order_id) GROUP BY 1, amount_cents HAVING sum(qty * unit_price_cents) <> amount_cents",
        "review without a rating": "SELECT * FROM reviews WHERE rating IS NULL",
        "review without a comment": "SELECT * FROM reviews WHERE comment IS NULL",
        "review with an empty comment": "SELECT * FROM reviews WHERE comment = ''",
        "every rating": "SELECT * FROM (SELECT count(DISTINCT rating) AS m FROM reviews) WHERE m = 5",
        "two reviews of one product by one person": "SELECT product_id FROM reviews GROUP BY product_id, customer_id HAVING count(*) > 1",
        "leap day": "SELECT * FROM orders WHERE date(placed_at) = '2024-02-29'",
        "last second of a year": "SELECT * FROM orders WHERE placed_at LIKE '2024-12-31 23:59:59%'",
        "midnight": "SELECT * FROM orders WHERE time(placed_at) = '00:00:00'",
        "id left out": "SELECT * FROM (SELECT count(*) AS n, max(id) AS last FROM customers) WHERE last > n",
        "Cyrillic": "SELECT * FROM customers WHERE name GLOB '*[а-я]*'",
        "accents": "SELECT * FROM customers WHERE name GLOB '*[ãéíõúç]*'",
    },
    "campus": {
        "student without a course": "SELECT * FROM students WHERE id NOT IN (SELECT student_id FROM enrollments)",
        "student with several courses": "SELECT student_id FROM enrollments GROUP BY 1 HAVING count(*) > 1",
        "student without a profile": "SELECT * FROM students WHERE id NOT IN (SELECT student_id FROM profiles)",
        "student without an email": "SELECT * FROM students WHERE email IS NULL",
        "same name twice": "SELECT name FROM students GROUP BY 1 HAVING count(*) > 1",
        "course without a student": "SELECT * FROM courses WHERE id NOT IN (SELECT course_id FROM enrollments)",
        "course without a professor": "SELECT * FROM courses WHERE professor_id IS NULL",
        "one title in two departments": "SELECT title FROM courses GROUP BY 1 HAVING count(DISTINCT department_id) > 1",
        "professor without a course": "SELECT * FROM professors WHERE id NOT IN (SELECT professor_id FROM courses WHERE professor_id IS NOT NULL)",
        "professor with several courses": "SELECT professor_id FROM courses WHERE professor_id IS NOT NULL GROUP BY 1 HAVING count(*) > 1",
        "professor without a department": "SELECT * FROM professors WHERE department_id IS NULL",
        "department without professors": "SELECT * FROM departments WHERE id NOT IN (SELECT department_id FROM professors WHERE department_id IS NOT NULL)",
        "department without courses": "SELECT * FROM departments WHERE id NOT IN (SELECT department_id FROM courses)",
        "department without a building": "SELECT * FROM departments WHERE building IS NULL",
        "two departments in one building": "SELECT building FROM departments WHERE building IS NOT NULL GROUP BY 1 HAVING count(*) > 1",
        "no grade yet": "SELECT * FROM enrollments WHERE grade IS NULL",
        "grade of zero": "SELECT * FROM enrollments WHERE grade = 0",
        "grade that just passes": "SELECT * FROM enrollments WHERE grade = 60",
        "grade that just fails": "SELECT * FROM enrollments WHERE grade = 59",
        "grade tie": "SELECT grade FROM enrollments WHERE grade IS NOT NULL GROUP BY 1 HAVING count(*) > 1",
        "empty bio": "SELECT * FROM profiles WHERE bio = ''",
        "profile with nothing in it": "SELECT * FROM profiles WHERE coalesce(bio, born_on, city) IS NULL",
        "born on a leap day": "SELECT * FROM profiles WHERE born_on = '2004-02-29'",
        "book by two authors": "SELECT book_id FROM author_book GROUP BY 1 HAVING count(*) = 2",
        "book without an author": "SELECT * FROM books WHERE id NOT IN (SELECT book_id FROM author_book)",
        "author without a book": "SELECT * FROM authors WHERE id NOT IN (SELECT author_id FROM author_book)",
        "two books with one title": "SELECT title FROM books GROUP BY 1 HAVING count(*) > 1",
        "book without a year": "SELECT * FROM books WHERE year IS NULL",
        "id left out": "SELECT * FROM (SELECT count(*) AS n, max(id) AS last FROM students) WHERE last > n",
    },
    "club": {
        "guest with id 0": "SELECT * FROM members WHERE id = 0 AND recommended_by IS NULL",
        "bookings of guests": "SELECT member_id FROM bookings WHERE member_id = 0 GROUP BY 1 HAVING count(*) > 1",
        "member nobody recommended": "SELECT * FROM members WHERE id > 0 AND recommended_by IS NULL",
        "member who recommended several": "SELECT recommended_by FROM members WHERE recommended_by IS NOT NULL GROUP BY 1 HAVING count(*) > 1",
        "member who recommended nobody": "SELECT * FROM members WHERE id NOT IN (SELECT recommended_by FROM members WHERE recommended_by IS NOT NULL)",
        "chain of four members": "SELECT d.id FROM members d JOIN members c ON d.recommended_by = c.id JOIN members b ON c.recommended_by = b.id JOIN members a ON b.recommended_by = a.id",
        "chain of three members": "SELECT c.id FROM members c JOIN members b ON c.recommended_by = b.id JOIN members a ON b.recommended_by = a.id",
        "member without a booking": "SELECT * FROM members WHERE id NOT IN (SELECT member_id FROM bookings)",
        "member with one booking": "SELECT member_id FROM bookings GROUP BY 1 HAVING count(*) = 1",
        "member with several bookings": "SELECT member_id FROM bookings WHERE member_id > 0 GROUP BY 1 HAVING count(*) > 1",
        "member without an email": "SELECT * FROM members WHERE id > 0 AND email IS NULL",
        "member without a city": "SELECT * FROM members WHERE id > 0 AND city IS NULL",
        "same name twice": "SELECT name FROM members GROUP BY 1 HAVING count(*) > 1",
        "two joined on one day": "SELECT joined_on FROM members GROUP BY 1 HAVING count(*) > 1",
        "facility never booked": "SELECT * FROM facilities WHERE id NOT IN (SELECT facility_id FROM bookings)",
        "facility booked by guests alone": "SELECT facility_id FROM bookings GROUP BY 1 HAVING max(member_id) = 0",
        "facility booked several times": "SELECT facility_id FROM bookings GROUP BY 1 HAVING count(*) > 1",
        "equal prices": "SELECT member_cents FROM facilities GROUP BY 1 HAVING count(*) > 1",
        "free for members": "SELECT * FROM facilities WHERE member_cents = 0 AND guest_cents > 0",
        "as dear for guests": "SELECT * FROM facilities WHERE member_cents = guest_cents",
        "no maintenance": "SELECT * FROM facilities WHERE maintenance_cents = 0",
        "no capacity": "SELECT * FROM facilities WHERE capacity IS NULL",
        "percent sign in a name": "SELECT * FROM facilities WHERE instr(name, '%') > 0",
        "underscore in a name": "SELECT * FROM facilities WHERE instr(name, '_') > 0",
        "people not noted": "SELECT * FROM bookings WHERE people IS NULL",
        "more people than there is room": "SELECT * FROM bookings JOIN facilities f ON f.id = facility_id WHERE people > capacity",
        "across midnight": "SELECT * FROM bookings WHERE date(starts_at) < date(starts_at, (30 * slots) || ' minutes', '-1 second')",
        "until midnight": "SELECT * FROM bookings WHERE time(starts_at, (30 * slots) || ' minutes') = '00:00:00'",
        "from midnight": "SELECT * FROM bookings WHERE time(starts_at) = '00:00:00'",
        "across the end of a month": "SELECT * FROM bookings WHERE starts_at LIKE '2024-01-31%' AND datetime(starts_at, (30 * slots) || ' minutes') > '2024-02-01'",
        "across the end of a year": "SELECT * FROM bookings WHERE starts_at LIKE '2024%' AND datetime(starts_at, (30 * slots) || ' minutes') > '2025-01-01'",
        "into the leap day": "SELECT * FROM bookings WHERE starts_at LIKE '2024-02-28%' AND date(starts_at, (30 * slots) || ' minutes') = '2024-02-29'",
        "leap day": "SELECT * FROM bookings WHERE date(starts_at) = '2024-02-29'",
        "month without a booking": "SELECT 1 WHERE NOT EXISTS (SELECT * FROM bookings WHERE starts_at LIKE '2024-08%')",
        "bookings that overlap": "SELECT * FROM bookings a JOIN bookings b ON a.facility_id = b.facility_id AND a.starts_at < b.starts_at AND datetime(a.starts_at, (30 * a.slots) || ' minutes') > datetime(b.starts_at)",
        "bookings that follow each other": "SELECT * FROM bookings a JOIN bookings b ON a.facility_id = b.facility_id AND datetime(a.starts_at, (30 * a.slots) || ' minutes') = datetime(b.starts_at)",
        "id left out": "SELECT * FROM (SELECT count(*) AS n, max(id) AS last FROM bookings) WHERE last > n",
        "Cyrillic": "SELECT * FROM members WHERE name GLOB '*[а-я]*'",
        "accents": "SELECT * FROM members WHERE name GLOB '*[ãéíõúçáô]*'",
    },
    "events": {
        "user without an event": "SELECT * FROM users WHERE id NOT IN (SELECT user_id FROM events)",
        "user with one event": "SELECT user_id FROM events GROUP BY 1 HAVING count(*) = 1",
        "user with several events": "SELECT user_id FROM events GROUP BY 1 HAVING count(*) > 1",
        "a tenth of the events by one user": "SELECT user_id FROM events GROUP BY 1 HAVING count(*) * 10 > (SELECT count(*) FROM events)",
        "two thirds of the events are views": "SELECT kind FROM events GROUP BY 1 HAVING kind = 'view' AND count(*) * 3 > 2 * (SELECT count(*) FROM events)",
        "errors are few": "SELECT kind FROM events GROUP BY 1 HAVING kind = 'error' AND count(*) * 50 < (SELECT count(*) FROM events)",
        "every kind": "SELECT * FROM (SELECT count(DISTINCT kind) AS m FROM events) WHERE m = 6",
        "user without an email": "SELECT * FROM users WHERE email IS NULL",
        "email in capitals": "SELECT * FROM users WHERE email <> lower(email)",
        "underscore in a login": "SELECT * FROM users WHERE instr(login, '_') > 0",
        "login within another": "SELECT * FROM users WHERE login LIKE '_%ana%'",
        "same name twice": "SELECT 1 FROM users GROUP BY first_name, last_name HAVING count(*) > 1",
        "user who is not active": "SELECT * FROM users WHERE NOT active",
        "no payload": "SELECT * FROM events WHERE payload IS NULL",
        "empty payload": "SELECT * FROM events WHERE payload = '{}'",
        "view without a time": "SELECT * FROM events WHERE kind = 'view' AND payload <> '{}' AND payload ->> 'ms' IS NULL",
        "event of before the one ahead": "SELECT * FROM events a JOIN events b ON b.id = a.id + 1 WHERE b.ts < a.ts",
        "leap day": "SELECT * FROM events WHERE date(ts) = '2024-02-29'",
        "midnight": "SELECT * FROM events WHERE time(ts) = '00:00:00'",
        "last second of a year": "SELECT * FROM events WHERE ts LIKE '2024-12-31 23:59:59%'",
        "id left out": "SELECT * FROM (SELECT count(*) AS n, max(id) AS last FROM events) WHERE last > n",
        "Cyrillic": "SELECT * FROM users WHERE first_name GLOB '*[а-я]*'",
        "accents": "SELECT * FROM users WHERE first_name || last_name GLOB '*[ãéíõúç]*'",
    },
    "company": {
        "department without employees": "SELECT * FROM departments WHERE id NOT IN (SELECT department_id FROM employees WHERE department_id IS NOT NULL)",
        "department with one employee": "SELECT department_id FROM employees WHERE department_id IS NOT NULL GROUP BY 1 HAVING count(*) = 1",
        "department with several employees": "SELECT department_id FROM employees WHERE department_id IS NOT NULL GROUP BY 1 HAVING count(*) > 1",
        "department without projects": "SELECT * FROM departments WHERE id NOT IN (SELECT department_id FROM projects WHERE department_id IS NOT NULL)",
        "department without a city": "SELECT * FROM departments WHERE city IS NULL",
        "two departments in one city": "SELECT city FROM departments WHERE city IS NOT NULL GROUP BY 1 HAVING count(*) > 1",
        "employee without a department": "SELECT * FROM employees WHERE department_id IS NULL",
        "one employee without a manager": "SELECT * FROM (SELECT count(*) AS n FROM employees WHERE manager_id IS NULL) WHERE n = 1",
        "manager of nobody": "SELECT * FROM employees WHERE id NOT IN (SELECT manager_id FROM employees WHERE manager_id IS NOT NULL)",
        "manager of several": "SELECT manager_id FROM employees WHERE manager_id IS NOT NULL GROUP BY 1 HAVING count(*) > 1",
        "tree four deep": "SELECT d.id FROM employees d JOIN employees c ON d.manager_id = c.id JOIN employees b ON c.manager_id = b.id JOIN employees a ON b.manager_id = a.id WHERE a.manager_id IS NULL",
        "everybody below the first": "WITH RECURSIVE t(id) AS (SELECT id FROM employees WHERE manager_id IS NULL UNION ALL SELECT e.id FROM employees e JOIN t ON e.manager_id = t.id) SELECT * FROM (SELECT count(*) AS n FROM t) WHERE n = (SELECT count(*) FROM employees)",
        "manager with a higher id": "SELECT * FROM employees WHERE manager_id > id",
        "manager from another department": "SELECT * FROM employees e JOIN employees m ON e.manager_id = m.id WHERE e.department_id <> m.department_id",
        "more than the manager earns": "SELECT * FROM employees e JOIN employees m ON e.manager_id = m.id WHERE e.salary_cents > m.salary_cents",
        "just what the manager earns": "SELECT * FROM employees e JOIN employees m ON e.manager_id = m.id WHERE e.salary_cents = m.salary_cents",
        "hired before the manager": "SELECT * FROM employees e JOIN employees m ON e.manager_id = m.id WHERE e.hired_on < m.hired_on",
        "two hired on one day": "SELECT hired_on FROM employees GROUP BY 1 HAVING count(*) > 1",
        "same name twice": "SELECT name FROM employees GROUP BY 1 HAVING count(*) > 1",
        "salary tie": "SELECT salary_cents FROM employees GROUP BY 1 HAVING count(*) > 1",
        "tie at the top of a department": "SELECT department_id FROM employees e WHERE salary_cents = (SELECT max(salary_cents) FROM employees m WHERE m.department_id = e.department_id) GROUP BY 1 HAVING count(*) > 1",
        "salary of exactly 500000": "SELECT * FROM employees WHERE salary_cents = 500000",
        "salary just above 300000": "SELECT * FROM employees WHERE salary_cents = 300001",
        "salary just below 200000": "SELECT * FROM employees WHERE salary_cents = 199999",
        "project without people": "SELECT * FROM projects WHERE id NOT IN (SELECT project_id FROM assignments WHERE project_id IS NOT NULL)",
        "project with one person": "SELECT project_id FROM assignments GROUP BY 1 HAVING count(*) = 1",
        "project with several people": "SELECT project_id FROM assignments GROUP BY 1 HAVING count(*) > 1",
        "project without a department": "SELECT * FROM projects WHERE department_id IS NULL",
        "project without an end": "SELECT * FROM projects WHERE ended_on IS NULL",
        "project that ended": "SELECT * FROM projects WHERE ended_on > started_on",
        "project that ended as it began": "SELECT * FROM projects WHERE ended_on = started_on",
        "percent sign in a name": "SELECT * FROM projects WHERE instr(name, '%') > 0",
        "underscore in a name": "SELECT * FROM projects WHERE instr(name, '_') > 0",
        "one name begins with another": "SELECT * FROM projects a JOIN projects b ON a.id <> b.id AND instr(a.name, b.name) = 1",
        "employee without a project": "SELECT * FROM employees WHERE id NOT IN (SELECT employee_id FROM assignments WHERE employee_id IS NOT NULL)",
        "employee with several projects": "SELECT employee_id FROM assignments GROUP BY 1 HAVING count(*) > 1",
        "no hours yet": "SELECT * FROM assignments WHERE hours IS NULL",
        "zero hours": "SELECT * FROM assignments WHERE hours = 0",
        "employee without a history": "SELECT * FROM employees WHERE id NOT IN (SELECT employee_id FROM salary_history WHERE employee_id IS NOT NULL)",
        "employee with one salary": "SELECT employee_id FROM salary_history GROUP BY 1 HAVING count(*) = 1",
        "employee with several salaries": "SELECT employee_id FROM salary_history GROUP BY 1 HAVING count(*) > 1",
        "salary without an end": "SELECT * FROM salary_history WHERE valid_to IS NULL",
        "salary that went down": "SELECT * FROM salary_history a JOIN salary_history b ON a.employee_id = b.employee_id AND a.valid_from < b.valid_from AND a.salary_cents > b.salary_cents",
        "salary that stayed": "SELECT * FROM salary_history a JOIN salary_history b ON a.employee_id = b.employee_id AND a.valid_to = b.valid_from AND a.salary_cents = b.salary_cents",
        "time without pay": "SELECT * FROM salary_history a JOIN salary_history b ON a.employee_id = b.employee_id AND a.valid_from < b.valid_from WHERE NOT EXISTS (SELECT * FROM salary_history c WHERE c.employee_id = a.employee_id AND c.valid_from = a.valid_to) AND a.valid_to < b.valid_from",
        "salary approved by nobody": "SELECT * FROM salary_history WHERE approved_by_id IS NULL",
        "id left out": "SELECT * FROM (SELECT count(*) AS n, max(id) AS last FROM employees) WHERE last > n",
        "Cyrillic": "SELECT * FROM employees WHERE name GLOB '*[а-я]*'",
        "accents": "SELECT * FROM employees WHERE name GLOB '*[ãéíõúçêô]*'",
    },
}
# Between three and six rows cannot hold every trap, but must hold unmatched ones on each side.
FEW = {
    "shop": [
        "customer without an order", "order without items", "product never sold", "tag on no product",
        "category without products", "customer with several orders", "review without a rating",
        "same name twice", "product without a category",
    ],
    "campus": [
        "student without a course", "course without a student", "no grade yet", "book by two authors",
        "book without an author", "author without a book", "student with several courses",
    ],
    "company": [
        "department without employees", "department without projects",
        "employee without a department", "one employee without a manager", "tree four deep",
        "more than the manager earns", "same name twice", "project without people",
        "employee without a project", "project without a department", "project without an end",
        "employee without a history", "employee with several salaries", "no hours yet",
    ],
    "club": [
        "guest with id 0", "bookings of guests", "member nobody recommended", "chain of three members",
        "member without a booking", "member with several bookings", "same name twice",
        "facility never booked", "facility booked by guests alone", "people not noted", "no capacity",
        "bookings that overlap", "equal prices", "free for members",
    ],
    "events": [
        "user without an event", "user with several events", "user with one event",
        "user without an email", "no payload", "empty payload", "user who is not active",
    ],
}  # fmt: skip


def dump(connection):
    """All rows of all tables, sorted, as text that no version of SQLite or Python writes otherwise."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    for (name,) in names.fetchall():
        cursor = connection.execute(f"SELECT * FROM {name}")
        yield name + repr([column[0] for column in cursor.description])
        yield from sorted(map(repr, cursor))


def test_the_log_of_events_is_large_and_has_no_index_but_its_key(connect):
    connection = connect("events", "small")
    assert connection.execute("SELECT count(*) FROM events").fetchone()[0] >= 100_000
    assert connection.execute("PRAGMA index_list(events)").fetchall() == []


@pytest.mark.parametrize(("name", "variant"), DIGESTS)
def test_the_rows_are_the_same_everywhere(connect, name, variant):
    text = "\n".join(dump(connect(name, variant)))
    assert sha256(text.encode()).hexdigest()[:16] == DIGESTS[name, variant]


@pytest.mark.parametrize("name", TRAPS)
def test_every_variant_has_its_digest_and_sound_keys(bundled, connect, name):
    variants = [variant.name for variant in bundled.open(name, beside=None).variants]
    assert [variant for database, variant in DIGESTS if database == name] == variants
    for variant in variants:
        assert connect(name, variant).execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("variant", ["small", "hidden"])
@pytest.mark.parametrize(("name", "trap"), [(n, t) for n, traps in TRAPS.items() for t in traps])
def test_traps_are_there(connect, name, trap, variant):
    assert connect(name, variant).execute(TRAPS[name][trap]).fetchall()


@pytest.mark.parametrize(("name", "trap"), [(n, t) for n, traps in FEW.items() for t in traps])
def test_few_rows_still_have_unmatched_ones(connect, name, trap):
    assert connect(name, "few").execute(TRAPS[name][trap]).fetchall()


NULLABLE = {
    "shop": ["customers.email", "customers.city", "customers.newsletter", "addresses.postal_code", "categories.parent_id", "products.category_id", "products.weight_grams", "orders.shipped_at", "reviews.rating", "reviews.comment"],
    "campus": ["departments.building", "professors.department_id", "courses.professor_id", "students.email", "profiles.bio", "profiles.born_on", "profiles.city", "enrollments.grade", "authors.country", "books.year"],
    "company": ["departments.city", "employees.department_id", "employees.manager_id", "projects.department_id", "projects.ended_on", "assignments.hours", "salary_history.valid_to", "salary_history.approved_by_id"],
    "club": ["members.email", "members.city", "members.recommended_by", "facilities.capacity", "bookings.people"],
    "events": ["users.email", "events.payload"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "column"), [(n, c) for n, columns in NULLABLE.items() for c in columns]
)
def test_the_nulls_variant_has_them_in_every_nullable_column(connect, name, column):
    table, field = column.split(".")
    rows = (
        connect(name, "nulls").execute(f"SELECT count(*), count({field}) FROM {table}").fetchone()
    )
    assert rows[1] < rows[0]


@pytest.mark.parametrize(("name", "column", "most"), [
    ("shop", "products.price_cents", 2), ("shop", "reviews.rating", 2), ("shop", "products.stock", 2),
    ("shop", "orders.placed_at", 2), ("shop", "customers.name", 4),
    ("campus", "enrollments.grade", 2), ("campus", "students.name", 4), ("campus", "courses.credits", 1),
    ("company", "employees.salary_cents", 2), ("company", "employees.hired_on", 3),
    ("company", "employees.name", 4), ("company", "assignments.hours", 1),
    ("events", "events.ts", 2), ("events", "events.kind", 2), ("events", "users.first_name", 4),
    ("club", "facilities.member_cents", 3), ("club", "bookings.starts_at", 2), ("club", "bookings.slots", 2),
    ("club", "members.joined_on", 3), ("club", "members.name", 5),
])  # fmt: skip
def test_the_ties_variant_has_few_different_values(connect, name, column, most):
    table, field = column.split(".")
    rows = (
        connect(name, "ties")
        .execute(f"SELECT count(DISTINCT {field}), count(*) FROM {table}")
        .fetchone()
    )
    assert rows[0] <= most < rows[1]


@pytest.mark.parametrize(("name", "query"), [
    ("shop", "SELECT * FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE placed_at LIKE '2025%' GROUP BY 1 HAVING min(placed_at) > '2025-12-31 00:00:01')"),
    ("shop", "SELECT city FROM customers WHERE city NOT IN (SELECT city FROM addresses) GROUP BY 1 HAVING count(*) > 1"),
    ("shop", "SELECT * FROM orders WHERE status = 'delivered' AND id NOT IN (SELECT order_id FROM payments) AND id NOT IN (SELECT order_id FROM order_items)"),
    ("shop", "SELECT * FROM products WHERE price_cents = 0"),
    ("shop", "SELECT * FROM products WHERE name = lower(name)"),
    ("shop", "SELECT * FROM products WHERE name LIKE 'Tea%' AND category_id IS NULL"),
    ("shop", "SELECT * FROM customers WHERE country BETWEEN 'PT' AND 'RU' AND country NOT IN ('PT', 'RU')"),
    ("shop", "SELECT * FROM orders WHERE status = 'cancelled' AND id NOT IN (SELECT order_id FROM order_items)"),
    ("shop", "SELECT * FROM payments WHERE amount_cents = 0"),
    ("campus", "SELECT * FROM courses JOIN enrollments ON course_id = id WHERE title LIKE '%Logic%' AND title <> 'Logic'"),
    ("campus", "SELECT * FROM authors JOIN author_book ON author_id = id WHERE country LIKE 'R%' AND country <> 'RU'"),
    ("company", "SELECT * FROM projects WHERE ended_on = '2020-01-01'"),
    ("company", "SELECT * FROM projects WHERE ended_on = '2019-12-31'"),
])  # fmt: skip
def test_the_boundary_variant_has_what_stands_just_beside(connect, name, query):
    assert connect(name, "boundary").execute(query).fetchall()


@pytest.mark.parametrize("table", ["customers", "orders", "products", "reviews"])
def test_in_the_nulls_variant_the_fifth_row_has_another_id_than_5(connect, table):
    ids = [id_ for (id_,) in connect("shop", "nulls").execute(f"SELECT id FROM {table} ORDER BY 1")]
    assert len(ids) > 5
    assert set(ids[:5]).isdisjoint({2, 3, 5})
