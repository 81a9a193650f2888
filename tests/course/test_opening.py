"""Opening a course or one file, finding things, and what is kept for the next time."""

import os
from pathlib import Path

import pytest

from playground import texts
from playground.course import (
    CourseError,
    UnknownName,
    bundled_course,
    open_course,
)

from .conftest import COURSE, LESSON, Folder


def test_a_course_lists_its_modules_and_lessons_in_order(course: Folder) -> None:
    course.write("01-first/00-early.yaml", LESSON.replace("id: nulls", "id: early"))
    opened = course.open()
    assert (opened.id, opened.title, opened.revision, opened.languages) == (
        "demo",
        "Demo",
        1,
        ("en", "ru"),
    )
    assert [(module.id, module.title) for module in opened.modules] == [("first", "First steps")]
    assert [outline.id for outline in opened.lessons()] == ["early", "nulls"]
    assert opened.faults == ()
    assert opened.strict_proof is False


def test_a_lesson_is_read_whole(course: Folder) -> None:
    lesson = course.open().lesson("nulls")
    assert (lesson.title, lesson.module, lesson.minutes) == ("NULL", "first", 5)
    exercise = lesson.exercises[0]
    assert exercise.ref == "nulls/unrated"
    assert exercise.solution == "select(Review.id).where(Review.rating.is_(None))\n"
    assert exercise.hints == ("Nothing equals NULL.", "Columns have is_.")
    assert (exercise.places["solution"].line, exercise.places["solution"].column) == (14, 7)
    assert lesson.text_line == 7


def test_an_exercise_is_found_by_name_and_by_former_names(course: Folder) -> None:
    text = LESSON.replace("minutes: 5", "was: [null-logic]").replace(
        "    task:", "    was: [no-rating]\n    task:"
    )
    course.write("01-first/01-nulls.yaml", text)
    opened = course.open()
    found = opened.find("nulls/unrated")
    assert opened.find("null-logic/no-rating") == found


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("nuls/unrated", "nulls/unrated"),
        ("nulls/unratd", "nulls/unrated"),
        ("nulls", "nulls/unrated"),
        ("NULLS/UNRATED", "nulls/unrated"),
    ],
)
def test_an_unknown_name_comes_with_the_nearest(course: Folder, name: str, near: str) -> None:
    with pytest.raises(UnknownName) as caught:
        course.open().find(name)
    assert caught.value.nearest[0] == near
    assert name in str(caught.value)


def test_an_unknown_lesson_comes_with_the_nearest(course: Folder) -> None:
    with pytest.raises(UnknownName) as caught:
        course.open().lesson("nul")
    assert caught.value.nearest == ["nulls"]


def test_a_broken_lesson_does_not_hide_the_rest(course: Folder) -> None:
    course.write("01-first/00-broken.yaml", "format: 1\nid: broken\ntitle: [\n")
    opened = course.open()
    broken, good = opened.lessons()
    assert (broken.id, broken.faulty, good.faulty) == ("00-broken", True, False)
    assert [fault.place.file.name for fault in opened.faults] == ["00-broken.yaml"]
    assert opened.find("nulls/unrated")
    with pytest.raises(CourseError) as caught:
        opened.lesson("00-broken")
    assert caught.value.faults == opened.faults


def test_of_two_lessons_with_one_id_the_first_stands(course: Folder) -> None:
    course.write("01-first/02-again.yaml", LESSON.replace("title: NULL", "title: Again"))
    opened = course.open()
    assert [outline.title for outline in opened.lessons()] == ["NULL"]
    (fault,) = opened.faults
    assert fault.place.file.name == "02-again.yaml"
    assert "01-first/01-nulls.yaml" in fault.message


def test_of_two_exercises_with_one_id_the_first_stands(course: Folder) -> None:
    again = LESSON.partition("exercises:\n")[2].replace("title: Unrated", "title: Again")
    course.write("01-first/01-nulls.yaml", LESSON + again)
    opened = course.open()
    assert [exercise.title for exercise in opened.lesson("nulls").exercises] == ["Unrated"]
    (fault,) = opened.faults
    assert fault.place.line == 16


def test_a_course_file_with_a_fault_still_opens(course: Folder) -> None:
    course.write("course.yaml", COURSE.replace("title: {", "titel: {"))
    opened = course.open()
    assert opened.title == "my course"
    assert len(opened.lessons()) == 1
    assert sorted(fault.message for fault in opened.faults) == [
        "“titel” is not known here. Did you mean “title”?",
        "“title:” is missing here.",
    ]


def test_a_missing_module_folder_is_said_where_it_is_named(course: Folder) -> None:
    course.write("course.yaml", COURSE + "  - {id: more, title: More, folder: 02-more}\n")
    opened = course.open()
    (fault,) = opened.faults
    assert (fault.place.line, fault.place.column) == (10, 37)
    assert len(opened.lessons()) == 1


@pytest.mark.parametrize("outside", ["..", "../other", "/etc", "C:/x", "a\\b", "01-first/../.."])
def test_a_module_folder_stays_in_the_course(course: Folder, outside: str) -> None:
    course.write("course.yaml", COURSE.replace("folder: 01-first", f"folder: '{outside}'"))
    with pytest.raises(CourseError) as caught:
        course.open()
    assert "leaves the course folder" in caught.value.faults[0].message


def test_a_link_out_of_the_course_leaves_it(course: Folder, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    try:
        (course.path / "02-link").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    except OSError:
        pytest.skip("no symbolic links here")
    course.write("course.yaml", COURSE + "  - {id: more, title: More, folder: 02-link}\n")
    assert "leaves the course folder" in course.open().faults[0].message


def test_what_is_no_course_says_so(tmp_path: Path) -> None:
    (tmp_path / "data.sqlite").write_bytes(b"")
    for path, words in [
        (tmp_path / "nowhere", "no such file"),
        (tmp_path, "no course.yaml"),
        (tmp_path / "data.sqlite", "neither a course folder nor a lesson"),
    ]:
        with pytest.raises(CourseError, match=words):
            open_course(path)


def test_another_format_is_said_and_nothing_else(course: Folder) -> None:
    course.write("01-first/01-nulls.yaml", "format: 2\nnew: things\n")
    (fault,) = course.open().faults
    assert fault.message == "This file is in format 2; this version reads format 1."


class TestLoneLesson:
    """One lesson's file is the smallest course."""

    def test_it_opens_without_a_course(self, folder: Folder) -> None:
        file = folder.write("mine.yaml", LESSON)
        opened = open_course(file)
        assert opened.title == "NULL"
        assert opened.folder == folder.path
        assert opened.find("nulls/unrated").title == "Unrated"
        assert opened.lessons()[0].file == file

    def test_its_course_id_is_its_own_field_or_the_digest_of_its_path(self, folder: Folder) -> None:
        first = open_course(folder.write("a.yaml", LESSON)).id
        second = open_course(folder.write("b.yaml", LESSON)).id
        named = open_course(folder.write("c.yaml", "course: club\n" + LESSON.lstrip())).id
        assert first != second
        assert first == open_course(folder.path / "a.yaml").id
        assert named == "club"

    def test_it_belongs_to_the_course_that_it_lies_in(self, course: Folder) -> None:
        opened = open_course(course.path / "01-first" / "01-nulls.yaml")
        assert (opened.id, opened.folder) == ("demo", course.path)
        assert [outline.id for outline in opened.lessons()] == ["nulls"]

    def test_it_is_alone_in_a_folder_that_no_module_names(self, course: Folder) -> None:
        opened = open_course(course.write("drafts/mine.yaml", LESSON))
        assert opened.id != "demo"
        assert opened.folder == course.path / "drafts"

    def test_a_broken_one_cannot_be_opened(self, folder: Folder) -> None:
        with pytest.raises(CourseError, match="format"):
            open_course(folder.write("mine.yaml", "id: x\n"))

    def test_a_translation_names_what_to_open(self, folder: Folder) -> None:
        folder.write("mine.yaml", LESSON)
        with pytest.raises(CourseError, match=r"Open mine\.yaml"):
            open_course(folder.write("mine.ru.yaml", "translates: mine.yaml\n"))

    def test_its_translations_lie_beside_it(self, folder: Folder) -> None:
        file = folder.write("mine.yaml", LESSON)
        folder.write("mine.ru.yaml", "translates: mine.yaml\ntitle: Пусто\n")
        opened = open_course(file, language="ru")
        assert opened.languages == ("en", "ru")
        assert opened.lesson("nulls").title == "Пусто"


class TestCache:
    """A course that has not changed is listed without parsing YAML."""

    @pytest.fixture
    def cache(self, tmp_path: Path) -> Path:
        return tmp_path / "cache"

    def _same_size_and_time(self, file: Path, text: bytes) -> None:
        status = file.stat()
        assert len(text) <= status.st_size
        file.write_bytes(text.ljust(status.st_size))
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))

    def test_a_warm_course_parses_nothing(self, course: Folder, cache: Path) -> None:
        cold = course.open(cache=cache)
        for file in course.path.rglob("*.yaml"):
            self._same_size_and_time(file, b"]: this is no YAML")
        warm = course.open(cache=cache)
        assert warm.modules == cold.modules
        assert (warm.id, warm.title, warm.faults) == (cold.id, cold.title, ())

    def test_a_changed_file_is_read_again(self, course: Folder, cache: Path) -> None:
        course.open(cache=cache)
        course.write(
            "01-first/01-nulls.yaml", LESSON.replace("title: NULL", "title: Nothing at all")
        )
        assert course.open(cache=cache).lessons()[0].title == "Nothing at all"

    def test_a_new_and_a_removed_file_are_noticed(self, course: Folder, cache: Path) -> None:
        course.open(cache=cache)
        new = course.write("01-first/02-new.yaml", LESSON.replace("id: nulls", "id: new"))
        assert [outline.id for outline in course.open(cache=cache).lessons()] == ["nulls", "new"]
        new.unlink()
        assert [outline.id for outline in course.open(cache=cache).lessons()] == ["nulls"]

    def test_a_new_translation_is_noticed(self, course: Folder, cache: Path) -> None:
        assert course.open("ru", cache).lessons()[0].title == "NULL"
        course.write("01-first/01-nulls.ru.yaml", "translates: 01-nulls.yaml\ntitle: Пусто\n")
        assert course.open("ru", cache).lessons()[0].title == "Пусто"
        assert course.open("en", cache).lessons()[0].title == "NULL"

    def test_faults_are_kept_too(self, course: Folder, cache: Path) -> None:
        course.write("01-first/00-broken.yaml", "format: 1\ntitle: [\n")
        assert course.open(cache=cache).faults == course.open(cache=cache).faults != ()

    def test_faults_are_kept_in_the_language_of_the_program(
        self, course: Folder, cache: Path
    ) -> None:
        course.open(cache=cache)
        texts.use("ru")
        course.open(cache=cache)
        assert len(list((cache / "courses").iterdir())) == 2

    @pytest.mark.parametrize(
        "damage", [b"", b"{", b"[1]", b'{"reader": 3}', b"\xff\x00", b"[" * 100_000]
    )
    def test_a_damaged_cache_is_made_again(
        self, course: Folder, cache: Path, damage: bytes
    ) -> None:
        cold = course.open(cache=cache)
        (file,) = (cache / "courses").iterdir()
        whole = file.read_bytes()
        file.write_bytes(damage)
        assert course.open(cache=cache).modules == cold.modules
        assert file.read_bytes() == whole

    def test_a_cache_that_cannot_be_written_is_done_without(
        self, course: Folder, cache: Path
    ) -> None:
        cache.write_text("a file where a folder should be")
        assert course.open(cache=cache).lessons()

    def test_the_course_may_be_named_by_another_path(
        self, course: Folder, cache: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        course.open(cache=cache)
        monkeypatch.chdir(course.path.parent)
        relative = open_course(Path("my course"), cache=cache)
        assert relative.lessons()[0].file == Path("my course/01-first/01-nulls.yaml")
        assert relative.find("nulls/unrated")


def test_the_bundled_course_opens() -> None:
    opened = open_course(bundled_course())
    assert opened.id == "sqlalchemy"
    assert len(opened.lessons()) >= 10
