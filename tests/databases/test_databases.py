"""A database is found by name or by file, built once, and says what is wrong with it."""

import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from textwrap import dedent

import pytest

from playground import texts
from playground.databases import DatabaseError, Databases
from playground.running import Job
from tests.databases.conftest import opened

MODELS = """\
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Member(Base):
    __tablename__ = "members"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
"""
SEED = """\
from models import Member

def seed(session, count=1):
    session.add_all(Member(name=f"Ана {n}") for n in range(count))
"""
YAML = """\
format: 1
title: A club
models: models.py
variants:
  small: {count: 2, visible: true}
  hidden: {count: 3}
"""


@pytest.fixture
def club(course: Path) -> Path:
    folder = course / "databases" / "club"
    folder.mkdir(parents=True)
    (folder / "database.yaml").write_text(YAML, encoding="utf-8")
    (folder / "models.py").write_text(MODELS, encoding="utf-8")
    (folder / "seed.py").write_text(SEED, encoding="utf-8")
    return folder


def names(image):
    return [name for (name,) in opened(image).execute("SELECT name FROM members ORDER BY id")]


def refused(database):
    with pytest.raises(DatabaseError) as caught:
        database.visible.image()
    return caught.value


def test_variants_are_seeded_with_their_options(club, open_database):
    database = open_database("club")
    assert database.title == "A club"
    assert [variant.name for variant in database.variants] == ["small", "hidden"]
    assert database.visible.name == "small"
    assert names(database.visible.image()) == ["Ана 0", "Ана 1"]
    assert len(names(database.variant("hidden").image())) == 3
    assert database.variant("nix") is None


def test_code_runs_on_an_image_with_the_models(club, open_database, runners):
    database = open_database("club")
    job = Job("session.scalars(select(Member.name)).all()", database.visible.image())
    run = runners.of(database.world).run(job)
    assert run.result.rows == [("Ана 0",), ("Ана 1",)]


def test_an_image_is_kept_until_a_source_changes(club, open_database, tmp_path):
    first = open_database("club").visible.image()
    kept = {file.name for file in (tmp_path / "cache" / "databases").iterdir()}
    assert open_database("club").visible.image() == first
    assert {file.name for file in (tmp_path / "cache" / "databases").iterdir()} == kept
    (club / "seed.py").write_text(SEED.replace("Ана", "Bia"), encoding="utf-8")
    assert names(open_database("club").visible.image()) == ["Bia 0", "Bia 1"]


def test_a_damaged_kept_image_is_built_again(club, open_database, tmp_path):
    open_database("club").visible.image()
    for file in (tmp_path / "cache" / "databases").iterdir():
        file.write_bytes(file.read_bytes()[:-100])
    assert names(open_database("club").visible.image()) == ["Ана 0", "Ана 1"]


def test_a_cache_that_cannot_be_used_costs_only_time(club, open_database, tmp_path):
    (tmp_path / "cache").touch()
    assert names(open_database("club").visible.image()) == ["Ана 0", "Ана 1"]


def test_helpers_beside_the_seed_can_be_imported(club, open_database):
    (club / "words.py").write_text("WORD = 'Ivo'\n", encoding="utf-8")
    (club / "seed.py").write_text(
        "from words import WORD\n" + SEED.replace('f"Ана {n}"', "WORD"), encoding="utf-8"
    )
    assert names(open_database("club").visible.image()) == ["Ivo", "Ivo"]


@pytest.mark.skipif(os.name != "posix", reason="links and FIFOs are POSIX's")
def test_a_seed_reads_nothing_that_a_link_leads_to(club, open_database, tmp_path):
    (tmp_path / "own.txt").write_text("WORD = 'secret'\n", encoding="utf-8")
    (club / "words.py").symlink_to(tmp_path / "own.txt")
    os.mkfifo(club / "pipe.py")
    (club / "folder.py").mkdir()
    assert names(open_database("club").visible.image()) == ["Ана 0", "Ана 1"]
    (club / "seed.py").write_text(f"from words import WORD\n{SEED}", encoding="utf-8")
    with pytest.raises(DatabaseError, match="No module named 'words'"):
        open_database("club").visible.image()


@pytest.mark.skipif(os.name != "posix", reason="links are POSIX's")
def test_a_database_that_a_link_leads_to_is_none_of_the_course(club, open_database, tmp_path):
    club.rename(tmp_path / "elsewhere")
    club.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DatabaseError, match="no database club"):
        open_database("club")


def test_windows_line_ends_and_a_bom_are_read(club, open_database):
    for file in club.iterdir():
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert names(open_database("club").visible.image()) == ["Ана 0", "Ана 1"]


@pytest.mark.parametrize(
    ("file", "source", "line", "message"),
    [
        ("models.py", "from sqlalchemy.orm import Mapped\nx = undefined\n", 2, "undefined"),
        ("models.py", "class Base(:\n    pass\n", 1, "SyntaxError"),
        ("models.py", "raise SystemExit(3)\n", 1, "SystemExit"),
        ("seed.py", "def seed(session, count):\n    x = 1\n    1 / 0\n", 3, "ZeroDivisionError"),
        ("seed.py", "from models import Memver\n", 1, "Memver"),
        ("seed.py", "def sead(session, count):\n    pass\n", 5, "no function seed"),
        ("seed.py", "def seed(session):\n    pass\n", 5, "count"),
        ("seed.py", SEED.replace("name=", "nome="), 4, "nome"),
    ],
)
def test_what_the_author_did_wrong_has_its_line(club, open_database, file, source, line, message):
    (club / file).write_text(source, encoding="utf-8")
    fault = refused(open_database("club"))
    assert message in fault.message
    where = "database.yaml" if line == 5 else file
    assert (fault.place.file, fault.place.line) == (club / where, line)


def test_a_row_that_refers_to_nothing_is_a_fault_unless_the_author_allows_it(club, open_database):
    models = MODELS + dedent("""\
        from sqlalchemy import ForeignKey

        class Loan(Base):
            __tablename__ = "loans"
            id: Mapped[int] = mapped_column(primary_key=True)
            member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    """)
    seed = (
        "from models import Loan\n\ndef seed(session, count):\n    session.add(Loan(member_id=9))\n"
    )
    (club / "models.py").write_text(models, encoding="utf-8")
    (club / "seed.py").write_text(seed, encoding="utf-8")
    assert "FOREIGN KEY" in refused(open_database("club")).message
    (club / "database.yaml").write_text(YAML + "foreign_keys: false\n", encoding="utf-8")
    image = open_database("club").visible.image()
    assert opened(image).execute("SELECT member_id FROM loans").fetchall() == [(9,)]


@pytest.mark.long
def test_a_seed_without_end_is_stopped(club, open_database):
    (club / "seed.py").write_text("def seed(session, count):\n    while True: pass\n")
    assert refused(open_database("club")).place is not None


def test_models_that_cannot_be_loaded_are_no_world(club, open_database):
    (club / "models.py").write_text("import nowhere\n")
    with pytest.raises(DatabaseError, match="nowhere") as caught:
        _ = open_database("club").world
    assert caught.value.place.file == club / "models.py"


def test_unknown_names_come_with_near_ones(club, open_database):
    with pytest.raises(DatabaseError, match=r"There is no database clup\. Did you mean club"):
        open_database("clup")


@pytest.mark.parametrize("ref", ["x" * 300, "a b", "ш", "", "y" * 300 + ".sqlite"])
def test_any_name_that_is_none_is_refused(course, open_database, ref):
    with pytest.raises(DatabaseError):
        open_database(ref)


def test_many_threads_get_one_image(club, open_database):
    database = open_database("club")
    with ThreadPoolExecutor(4) as pool:
        images = list(pool.map(lambda _: database.visible.image(), range(8)))
    assert all(image is images[0] for image in images)


def test_titles_are_in_the_language_in_use(club, open_database):
    titled = YAML.replace("A club", "{en: A club, ru: Клуб}")
    (club / "database.yaml").write_text(titled, encoding="utf-8")
    texts.use("ru")
    assert open_database("club").title == "Клуб"


def test_a_faulty_description_has_its_line(club, open_database):
    (club / "database.yaml").write_text(YAML.replace("title", "titel"), encoding="utf-8")
    with pytest.raises(DatabaseError, match="title") as caught:
        open_database("club")
    assert caught.value.place.file == club / "database.yaml"


def test_none_is_empty(open_database, runners):
    database = open_database("none")
    assert database.visible.image() == b""
    assert database.tables == ()
    assert runners.of(database.world).run(Job("len(tables)", b"")).result.rows == [(0,)]


def make_club_file(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.executescript("""
            CREATE TABLE members (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
            CREATE TABLE loans (
                id INTEGER PRIMARY KEY, member_id INTEGER REFERENCES members (id), book TEXT);
            CREATE TABLE log (line TEXT);
            INSERT INTO members VALUES (1, 'Ana'), (2, 'Иван');
            INSERT INTO loans VALUES (1, 2, 'Emma');
        """)
    connection.close()


def test_a_sqlite_file_beside_a_lesson_is_reflected(course, open_database, runners):
    make_club_file(course / "club.sqlite")
    before = (course / "club.sqlite").read_bytes()
    database = open_database("club.sqlite")
    assert database.models_source is None
    run = runners.of(database.world).run(
        Job("session.scalars(select(Members.name)).all()", database.visible.image())
    )
    assert run.result.rows == [("Ana",), ("Иван",)]
    assert (course / "club.sqlite").read_bytes() == before


def test_a_large_file_is_reflected_without_its_rows(course, open_database, runners):
    make_club_file(course / "club.sqlite")
    with sqlite3.connect(course / "club.sqlite") as connection:
        connection.execute(
            "CREATE TRIGGER kept BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
        connection.execute('CREATE TABLE "a ""b" (x)')
        connection.execute("INSERT INTO log VALUES (zeroblob(9000000))")
    connection.close()
    database = open_database("club.sqlite")
    assert len(database.world.schema) < 100_000
    job = Job(
        "(len(tables), session.scalar(select(func.count(Members.id))))", database.visible.image()
    )
    assert runners.of(database.world).run(job).result.rows == [(4, 2)]
    assert {table.name: table.rows for table in database.tables}["log"] == 1


def test_changes_in_the_log_beside_a_file_are_seen(course, open_database):
    writer = sqlite3.connect(course / "club.sqlite", isolation_level=None)
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute("CREATE TABLE members (id INTEGER PRIMARY KEY, name TEXT)")
    writer.execute("INSERT INTO members VALUES (1, 'Ana')")
    assert names(open_database("club.sqlite").visible.image()) == ["Ana"]
    assert {file.name for file in course.iterdir()} == {
        "club.sqlite",
        "club.sqlite-wal",
        "club.sqlite-shm",
    }
    writer.close()


def test_a_script_beside_a_lesson_is_run(course, open_database):
    (course / "club.sql").write_text(
        "-- made by hand; twice\nBEGIN;\nCREATE TABLE members (id INTEGER PRIMARY KEY, name TEXT);"
        " INSERT INTO members VALUES (1, 'a;\nb');\nCOMMIT;\n-- the end",
        encoding="utf-8",
    )
    assert names(open_database("club.sql").visible.image()) == ["a;\nb"]


def test_a_faulty_script_has_its_line(course, open_database):
    (course / "club.sql").write_text("CREATE TABLE a (b);\n\n\nINSERT INTO c\n VALUES (1);\n")
    fault = refused(open_database("club.sql"))
    assert "no such table: c" in fault.message
    assert (fault.place.file, fault.place.line) == (course / "club.sql", 4)


def test_variants_may_be_files(course, open_database):
    folder = course / "databases" / "club"
    folder.mkdir(parents=True)
    make_club_file(folder / "club.sqlite")
    (folder / "empty.sqlite").touch()
    (folder / "database.yaml").write_text(
        "format: 1\ntitle: A club\nvariants:\n"
        "  small: {sqlite: club.sqlite}\n  nothing: {sqlite: empty.sqlite}\n"
    )
    database = open_database("club")
    assert names(database.visible.image()) == ["Ana", "Иван"]
    assert database.variant("nothing").image() == b""


def test_tables_are_described(course, open_database):
    make_club_file(course / "club.sqlite")
    tables = {table.name: table for table in open_database("club.sqlite").tables}
    assert set(tables) == {"members", "loans", "log"}
    loans = tables["loans"]
    assert [column.name for column in loans.columns] == ["id", "member_id", "book"]
    assert loans.columns[0].primary_key
    assert loans.columns[1].references == "members.id"
    assert loans.parents == ("members",)
    assert loans.model == "Loans"
    assert loans.rows == 1
    assert tables["log"].model is None
    assert not tables["members"].columns[1].nullable


def test_a_path_may_not_leave_the_course(course, open_database):
    make_club_file(course.parent / "club.sqlite")
    for ref in ("../club.sqlite", str(course.parent / "club.sqlite")):
        with pytest.raises(DatabaseError, match="outside the course"):
            open_database(ref)


def test_a_person_may_name_any_file(course, tmp_path, runners):
    make_club_file(tmp_path / "club.sqlite")
    databases = Databases(None, cache=tmp_path / "cache", runners=runners)
    database = databases.open(str(tmp_path / "club.sqlite"), beside=None)
    assert names(database.visible.image()) == ["Ana", "Иван"]
    with pytest.raises(DatabaseError, match="no database shop"):
        databases.open("shop", beside=None)


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 10])
def test_a_lone_file_is_empty_or_refused(course, open_database, content):
    (course / "club.sqlite").write_bytes(content)
    if content:
        assert "no SQLite database" in refused(open_database("club.sqlite")).message
    else:
        assert open_database("club.sqlite").visible.image() == b""


def test_a_missing_file_is_refused(open_database):
    with pytest.raises(DatabaseError):
        open_database("club.sqlite").visible.image()
