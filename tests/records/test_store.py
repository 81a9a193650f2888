"""Damaged, newer, foreign, read-only and full: nothing is overwritten, nothing crashes."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine
from sqlalchemy.exc import StatementError

from playground.records import ExerciseId, Records
from playground.records.schema import HEAD
from playground.settings import Settings, find_places

from .conftest import EXERCISE, attempt


def fill(records: Records) -> None:
    records.keep(attempt("mine", "pass"), EXERCISE)


def fill_up(records: Records, count: int) -> None:
    """Many attempts in one transaction."""
    attempts = [msgspec.to_builtins(attempt("x" * number)) for number in range(count)]
    data = {"program": "playground", "format": 1, "attempts": attempts}
    records.import_(msgspec.json.encode(data))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "records.db"


def test_what_is_kept_is_there_the_next_time(opened: Callable[..., Records]) -> None:
    first = opened()
    fill(first)
    first.close()
    again = opened()
    assert again.draft(EXERCISE) == "mine"
    assert again.notices == []


def test_a_file_that_is_no_database_is_set_aside(
    file: Path, opened: Callable[..., Records]
) -> None:
    file.write_bytes(b"not a database at all" * 100)
    records = opened()
    (aside,) = file.parent.glob("records.damaged-*.db")
    assert aside.read_bytes().startswith(b"not a database")
    assert len(records.notices) == 1
    assert aside.name in records.notices[0]
    fill(records)
    assert records.lasting


@pytest.mark.parametrize("page", [0, 1, 2, 5])
def test_a_broken_page_never_stops_the_program(
    page: int, file: Path, opened: Callable[..., Records]
) -> None:
    records = opened()
    fill(records)
    fill_up(records, 200)
    records.close()
    data = bytearray(file.read_bytes())
    start = page * 4096 + (100 if page == 0 else 0)
    data[start : start + 3000] = b"\xff" * 3000
    file.write_bytes(data)
    again = opened()
    assert again.notices
    fill(again)
    assert again.draft(EXERCISE) == "mine"


def test_what_can_be_read_of_a_damaged_store_is_taken_over(
    file: Path, opened: Callable[..., Records]
) -> None:
    records = opened()
    records.keep(attempt("mine", "pass"), EXERCISE)
    fill_up(records, 300)
    records.keep_draft(EXERCISE, "mine")
    records.close()
    data = bytearray(file.read_bytes())
    pages = len(data) // 4096
    assert pages > 20
    for page in range(pages - 5, pages):
        data[page * 4096 : (page + 1) * 4096] = b"\xff" * 4096
    file.write_bytes(data)
    again = opened()
    assert "taken over" in again.notices[0]
    assert again.lasting
    assert again.draft(EXERCISE) == "mine"
    assert again.mark(EXERCISE).state == "passed"
    assert again.mark(EXERCISE).attempts > 50


def test_a_value_that_makes_no_sense_is_left_behind(
    file: Path, opened: Callable[..., Records]
) -> None:
    records = opened()
    records.keep(attempt("mine", "pass"), EXERCISE)
    records.keep_draft(ExerciseId("course", "other", "x"), "other")
    records.close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE attempts SET at = 'yesterday'")
        connection.execute("UPDATE drafts SET text = CAST(x'ff' AS TEXT) WHERE lesson = 'other'")
        connection.commit()
    again = opened()
    assert again.attempts(EXERCISE) == []
    assert again.lasting
    assert "damaged" in again.notices[0]
    assert again.draft(EXERCISE) == "mine"
    assert again.draft(ExerciseId("course", "other", "x")) is None
    assert again.mark(EXERCISE).state == "passed"


def test_apps_that_meet_the_same_damage_end_in_one_store(
    file: Path, opened: Callable[..., Records]
) -> None:
    apps = [opened(), opened()]
    for records in apps:
        fill(records)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE attempts SET at = 'yesterday'")
        connection.commit()
    for records in apps:
        assert records.attempts(EXERCISE) == []
    for number, records in enumerate(apps):
        records.keep(attempt(str(number)), EXERCISE)
    assert all(len(records.attempts(EXERCISE)) == 2 for records in apps)
    assert len(list(file.parent.glob("records.damaged-*.db"))) == 1


def test_a_fault_of_the_program_is_no_damage(file: Path, opened: Callable[..., Records]) -> None:
    records = opened()
    fill(records)
    with pytest.raises(StatementError):
        records.keep_draft(EXERCISE, 5)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        records.reset(exercise=ExerciseId("course", "lesson", "x", "d", 5))  # type: ignore[arg-type]
    assert records.notices == []
    assert records.lasting
    assert records.draft(EXERCISE) == "mine"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a store with something in it."""
    folder = tmp_path_factory.mktemp("sound")
    url = f"sqlite:///{folder.as_posix()}/records.db"
    records = Records.open(url, folder / "resume.json")
    fill_up(records, 60)
    records.close()
    return (folder / "records.db").read_bytes()


@pytest.mark.long
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_any_damage_is_survived(
    data: st.DataObject, sound: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("damage")
    content = bytearray(sound)
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(content) - 1))
        junk = data.draw(st.binary(min_size=1, max_size=200))
        content[start : start + len(junk)] = junk
    (folder / "records.db").write_bytes(content)
    url = f"sqlite:///{folder.as_posix()}/records.db"
    records = Records.open(url, folder / "resume.json")
    fill(records)
    assert records.draft(EXERCISE) == "mine"
    assert records.mark(EXERCISE).state in ("passed", "seen")
    records.export()
    records.close()


def test_an_index_that_tells_of_other_rows_is_damage(
    file: Path, sound: bytes, opened: Callable[..., Records]
) -> None:
    file.write_bytes(sound)
    with closing(sqlite3.connect(file)) as connection:
        ((page,),) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'attempts_of_exercise'"
        )
        ((size,),) = connection.execute("PRAGMA page_size")
    start = (page - 1) * size
    index = sound[start : start + size].replace(
        EXERCISE.lesson.encode(), b"x" * len(EXERCISE.lesson)
    )
    assert index != sound[start : start + size]
    file.write_bytes(sound[:start] + index + sound[start + size :])
    records = opened()
    assert any("were damaged" in notice for notice in records.notices)
    assert records.mark(EXERCISE).attempts == 60
    fill(records)
    assert records.draft(EXERCISE) == "mine"


def test_a_table_that_has_lost_a_column_is_damage(
    file: Path, sound: bytes, opened: Callable[..., Records]
) -> None:
    file.write_bytes(sound.replace(b"opened ", b"opendd ", 1))
    records = opened()
    assert any("were damaged" in notice for notice in records.notices)
    fill(records)
    assert records.draft(EXERCISE) == "mine"
    assert records.mark(EXERCISE).state == "passed"


def test_the_journal_of_a_damaged_store_is_not_left_to_the_new_one(
    file: Path, opened: Callable[..., Records]
) -> None:
    file.write_bytes(b"broken" * 1000)
    journal = file.with_name("records.db-journal")
    journal.write_bytes(b"journal")
    opened()
    assert not journal.exists()


def test_an_empty_file_becomes_a_store(file: Path, opened: Callable[..., Records]) -> None:
    file.write_bytes(b"")
    records = opened()
    fill(records)
    assert records.notices == []
    assert records.lasting


def test_a_newer_store_is_left_alone(file: Path, opened: Callable[..., Records]) -> None:
    records = opened()
    fill(records)
    records.close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE records_version SET version_num = '9999'")
        connection.commit()
    before = file.read_bytes()

    mine = opened()
    assert mine.draft(EXERCISE) is None
    assert f"records.{HEAD}.db" in mine.notices[0]
    fill(mine)
    mine.close()
    assert opened().draft(EXERCISE) == "mine"
    assert file.read_bytes() == before


def test_another_programs_database_is_left_alone(
    file: Path, opened: Callable[..., Records]
) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE settings (theirs TEXT)")
        connection.commit()
    before = file.read_bytes()
    records = opened()
    fill(records)
    assert "another program" in records.notices[0]
    assert file.read_bytes() == before


def test_a_store_that_cannot_be_made_lives_in_memory(
    tmp_path: Path, opened: Callable[..., Records]
) -> None:
    (tmp_path / "blocked").write_text("a file where a folder is wanted")
    records = opened(f"sqlite:///{tmp_path.as_posix()}/blocked/records.db")
    fill(records)
    assert records.draft(EXERCISE) == "mine"
    assert records.mark(EXERCISE).state == "passed"
    assert not records.lasting
    assert len(records.notices) == 1


def test_a_read_only_store_is_read_and_goes_on_in_memory(
    file: Path, opened: Callable[..., Records]
) -> None:
    first = opened()
    fill(first)
    first.close()
    before = file.read_bytes()
    records = opened(f"sqlite:///file:{file.as_posix()}?mode=ro&uri=true")
    assert records.draft(EXERCISE) == "mine"
    records.keep_draft(EXERCISE, "more")
    assert records.draft(EXERCISE) == "more"
    assert records.mark(EXERCISE).state == "passed"
    assert not records.lasting
    assert len(records.notices) == 1
    records.close()
    assert file.read_bytes() == before


def test_what_was_kept_in_memory_is_written_when_that_is_possible_again(
    tmp_path: Path, opened: Callable[..., Records]
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    url = f"sqlite:///{blocked.as_posix()}/records.db"
    records = opened(url)
    fill(records)
    blocked.unlink()
    records.close()
    again = opened(url)
    assert again.draft(EXERCISE) == "mine"
    assert again.mark(EXERCISE).state == "passed"


def test_a_lock_that_is_never_given_back(
    file: Path, opened: Callable[..., Records], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("playground.records.engines.BUSY_SECONDS", 0.05)
    records = opened()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        records.keep_draft(EXERCISE, "mine")
        assert records.draft(EXERCISE) == "mine"
        assert not records.lasting
        other.execute("ROLLBACK")
    records.close()
    assert opened().draft(EXERCISE) == "mine"


FULL_DISK = """
import resource, sys
from pathlib import Path
from playground.records import ExerciseId, Records
from tests.records.conftest import EXERCISE
url, resume = sys.argv[1:]
records = Records.open(url, Path(resume))
records.keep_draft(EXERCISE, "small")
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
records.keep_draft(EXERCISE, "x" * 300_000)
assert len(records.draft(EXERCISE)) == 300_000
assert records.setting("none") is None
assert not records.lasting, "the write should have failed"
assert len(records.notices) == 1
records.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_full_disk(url: str, resume: Path, opened: Callable[..., Records]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, url, str(resume)], capture_output=True, text=True
    )
    assert done.stderr == ""
    records = opened()
    assert records.draft(EXERCISE) == "small"


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("nonsense", "nonsense"),
        ("no-such-database://x/y", "no-such-database"),
        ("postgresql+nodriver://u:secret@x/y", "nodriver"),
        ("mysql+pymysql://u:secret@127.0.0.1:1/y", "127.0.0.1"),
        ("u:secret@nonsense", "nonsense"),
        ("sqlite:////nowhere/%00.db", "nowhere"),
    ],
)
def test_a_url_that_leads_nowhere(url: str, word: str, opened: Callable[..., Records]) -> None:
    records = opened(url)
    fill(records)
    assert records.draft(EXERCISE) == "mine"
    assert word in records.notices[0]
    assert "secret" not in records.notices[0]


@pytest.mark.parametrize("name", ["with space", "é и 家", "100%", "a%20b", "a#b", "it's", "a+b"])
def test_homes_of_any_name(tmp_path: Path, name: str, opened: Callable[..., Records]) -> None:
    check_home(tmp_path / name, opened)


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
@pytest.mark.parametrize("name", ["what?", "a?b=c&d", "back\\slash", "a:b@c"])
def test_homes_of_odd_names(tmp_path: Path, name: str, opened: Callable[..., Records]) -> None:
    check_home(tmp_path / name, opened)


def check_home(home: Path, opened: Callable[..., Records]) -> None:
    places = find_places(home)
    records = opened(places.store_url(Settings()))
    fill(records)
    assert records.notices == []
    assert (places.data / "records.db").is_file()


def test_a_table_that_was_taken_away_stops_nothing(
    file: Path, opened: Callable[..., Records]
) -> None:
    opened().close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP TABLE drafts")
        connection.commit()
    records = opened()
    records.keep_draft(EXERCISE, "mine")
    assert records.draft(EXERCISE) == "mine"
    assert len(records.notices) == 1


MANY_APPS = """
import sys
from pathlib import Path
from playground.records import ExerciseId, Records
from tests.records.conftest import EXERCISE, attempt
url, resume, name = sys.argv[1:]
sys.stdin.readline()
records = Records.open(url, Path(resume))
for number in range(5):
    records.keep(attempt(f"{name} {number}"), EXERCISE)
records.close()
sys.exit("\\n".join(records.notices) if records.notices else 0)
"""


def test_apps_that_start_together_make_one_store(
    any_url: str, resume: Path, opened: Callable[..., Records]
) -> None:
    apps = [
        subprocess.Popen(
            [sys.executable, "-c", MANY_APPS, any_url, str(resume), str(number)],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(2)
    ]
    for app in apps:
        assert app.stdin is not None
        app.stdin.write("go\n")
        app.stdin.flush()
    assert [app.communicate()[1] for app in apps] == ["", ""]
    assert len(opened(any_url).attempts(EXERCISE)) == 10


def test_reset_all_leaves_nothing(file: Path, resume: Path, opened: Callable[..., Records]) -> None:
    file.write_bytes(b"secret of before" * 100)
    records = opened()
    records.keep_draft(EXERCISE, "my secret")
    resume.write_text("secret")
    records.reset(all=True)
    records.close()
    left = {path.name: path.read_bytes() for path in file.parent.iterdir() if path.is_file()}
    assert set(left) == {"records.db"}
    assert b"secret" not in left["records.db"]
    assert opened().draft(EXERCISE) is None


@pytest.mark.server
@pytest.mark.parametrize("server", ["postgresql", "mariadb"])
def test_a_newer_store_on_a_server_is_left_alone(
    server: str, request: pytest.FixtureRequest, opened: Callable[..., Records]
) -> None:
    from .conftest import server_url

    made = server_url(server)
    url = next(made)
    request.addfinalizer(lambda: next(made, None))
    records = opened(url)
    fill(records)
    records.close()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE records_version SET version_num = '9999'")
    engine.dispose()
    newer = opened(url)
    assert newer.draft(EXERCISE) is None
    assert "newer version" in newer.notices[0]
    assert not newer.lasting
