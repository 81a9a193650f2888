"""What the strict reader takes, what it refuses, and what it says instead."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.course import CourseError, Fault, open_course, read_database

from .conftest import LESSON, Folder

Faults = Callable[[str | bytes], list[Fault]]
FaultsOfFields = Callable[[str], list[Fault]]


def only(faults: list[Fault]) -> Fault:
    """The one fault that there is."""
    assert len(faults) == 1, faults
    return faults[0]


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.rstrip("\n").encode(),
    ],
    ids=["plain", "byte-order mark", "CRLF", "no last line break"],
)
def test_all_ways_to_save_text_are_read_alike(
    folder: Folder, encode: Callable[[str], bytes]
) -> None:
    file = folder.write("a.yaml", encode(LESSON.lstrip()))
    exercise = open_course(file).find("nulls/unrated")
    assert exercise.solution == "select(Review.id).where(Review.rating.is_(None))\n"
    assert exercise.places["solution"].line == 14


@pytest.mark.parametrize(
    "word",
    [
        "no",
        "yes",
        "off",
        "12:30",
        "010",
        "2024-01-01",
        "~",
        "1_000",
        "0x1f",
        "+1",
        ".5",
        "NO",
        "True",
    ],
)
def test_only_json_has_types_all_else_is_text(folder: Folder, word: str) -> None:
    file = folder.write("a.yaml", LESSON.replace("title: NULL", f"title: {word}"))
    assert open_course(file).lessons()[0].title == word


@pytest.mark.parametrize(
    ("written", "quoted"),
    [("12", '"12"'), ("1.5e3", '"1.5e3"'), ("true", '"true"'), ("null", '"null"')],
)
def test_where_text_is_wanted_a_literal_is_quoted(
    faults_of_exercise: FaultsOfFields, written: str, quoted: str
) -> None:
    fault = only(faults_of_exercise(f"solution: x\ntags: [{written}]"))
    assert (fault.place.line, fault.place.column) == (2, 8)
    assert fault.message.endswith(f"write it in quotes: {quoted}")


def test_all_faults_of_a_file_are_told_at_once(faults_of: Faults) -> None:
    found = faults_of(
        """
        format: 1
        id: no id
        titel: A
        minutes: soon
        exercises:
          - id: one
            title: One
            hints: None
            points: -1
          - id: two
            title: Two
            task: `x`
            solution: select(a)  # all
            kind: code
            checks:
              - reslt: off
              - statements: {max: many}
        """
    )
    assert [fault.place.line for fault in found] == [1, 2, 3, 4, 6, 6, 8, 9, 12, 13, 16, 17]


@pytest.mark.parametrize(
    ("fields", "place", "shown"),
    [
        ("solution: `x`", (1, 11), "solution: |\n  `x`"),
        ("solution: %x", (1, 11), "solution: |\n  %x"),
        ("solution: @x", (1, 11), "solution: |\n  @x"),
        ("solution: a: b", (1, 12), "solution: |\n  a: b"),
        ("solution: f(a, {b: c}).d", (1, 18), "solution: |\n  f(a, {b: c}).d"),
        ("solution: select(a) # all", (1, 11), "solution: |\n  select(a) # all"),
        ("solution: select(a) # all\n  .where(b)", (1, 11), "solution: |\n  select(a) # all"),
        ("solution: [c.name for c in x]", (1, 11), "solution: |\n  [c.name for c in x]"),
        (
            "solution: [c\n    for c in x\n    if c]",
            (1, 11),
            "solution: |\n  [c\n  for c in x\n  if c]",
        ),
        ("solution: {a} + {b}", (1, 15), "solution: |\n  {a} + {b}"),
        ('solution: "a" + b', (1, 15), 'solution: |\n  "a" + b'),
        ("solution: 'a", (1, 11), "solution: |\n  'a"),
        ("solution: [a, b", (1, 11), "solution: |\n  [a, b"),
        ("solution: *all", (1, 11), "solution: |\n  *all"),
        ("solution: a = 1\n  b = 2", (1, 11), "solution: |\n  a = 1\n  b = 2"),
        ("solution: x\nhints:\n  - Remember: NULL", (3, 5), "  - |\n    Remember: NULL"),
        ("solution: x\nhints:\n  - a: b: c", (3, 5), "  - |\n    a: b: c"),
        ("solution: x\nhints:\n  - [a, b]", (3, 5), "  - |\n    [a, b]"),
        ("solution: x\nhints: Just one", (2, 8), "hints:\n  - Just one"),
        ("solution: |\n\tx", (2, 1), "        x"),
    ],
)
def test_the_corrected_line_is_shown(
    faults_of_exercise: FaultsOfFields, fields: str, place: tuple[int, int], shown: str
) -> None:
    fault = only(faults_of_exercise(fields))
    assert (fault.place.line, fault.place.column) == place
    indented = "\n".join(f"    {line}" for line in shown.split("\n"))
    assert fault.message.endswith(f":\n{indented}") or fault.message.endswith(f":\n{shown}")


@pytest.mark.parametrize(
    ("fields", "place", "words"),
    [
        (
            "solution:\n  for x in y:\n      z\n  a = b\n",
            (1, 1),
            "Text of several lines is written after |:",
        ),
        ("solution: |\n  x\nhints:[a]\ntags: []", (3, 7), "A space is wanted after the colon:"),
        (
            "solution: |\n  x\n hints: []",
            (3, 2),
            "This line begins after 5 spaces; those around it begin after",
        ),
        ("solution: x\n hints: []", (2, 7), "This line is indented more than the one above"),
        (
            "solution: >\n  a = 1\n  b = 2",
            (1, 11),
            "After > YAML joins lines, which code must not.",
        ),
    ],
)
def test_lines_that_stand_wrong_are_explained(
    faults_of_exercise: FaultsOfFields, fields: str, place: tuple[int, int], words: str
) -> None:
    fault = only(faults_of_exercise(fields))
    assert (fault.place.line, fault.place.column) == place
    assert fault.message.startswith(words)


def test_both_parsers_read_alike(tmp_path: Path) -> None:
    """Where PyYAML has no C parser, its own gives the same trees and the same lines."""
    folder = Folder(tmp_path / "texts")
    texts = [LESSON, "a: `b`", "a: b: c", "a: [b", "a: |\n\tb", "a: *b", "- x\n y: z", "a: &x [*x]"]
    files = [str(folder.write(f"{number}.yaml", text)) for number, text in enumerate(texts)]
    script = (
        "import sys, yaml\n"
        "yaml.__with_libyaml__ = sys.argv[1] == 'c'\n"
        "from pathlib import Path\n"
        "from playground.course import CourseError, open_course\n"
        "for file in sys.argv[2:]:\n"
        "    try:\n"
        "        print(open_course(Path(file)).find('nulls/unrated'))\n"
        "    except CourseError as error:\n"
        "        print([fault.place.line for fault in error.faults])\n"
    )
    read = [
        subprocess.run(
            [sys.executable, "-c", script, parser, *files], capture_output=True, check=True
        ).stdout
        for parser in ("c", "pure")
    ]
    assert read[0].decode().splitlines() == read[1].decode().splitlines() != []


@pytest.mark.parametrize("text", ["solution: |\n  a  # b\n", "solution: 'a # b'", "solution: a#b"])
def test_a_comment_sign_that_cuts_nothing_is_fine(
    faults_of_exercise: FaultsOfFields, text: str
) -> None:
    assert faults_of_exercise(text) == []


def test_a_comment_after_a_text_is_a_comment(faults_of_exercise: FaultsOfFields) -> None:
    assert faults_of_exercise("solution: |\n  x\ntags: [a]  # more to come\n# the end") == []


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("soltion: x\nsolution: y", "“soltion” is not known here. Did you mean “solution”?"),
        (
            "solution: x\nsolution: y",
            "“solution” stands here twice; the first is on line 8. Remove one.",
        ),
        (
            "solution: !!python/name:os.system x",
            "Tags such as !!python/name:os.system are not read here. Remove it.",
        ),
        ("solution: ''", "“solution:” is missing in this exercise."),
        ("hints: []", "“solution:” is missing in this exercise."),
        ("kind: predict", "“code:” is missing in this exercise."),
        (
            "kind: essay\nsolution: x",
            "Wanted here: “code” or “order” or “predict” or “quiz”; found: the text “essay”.",
        ),
        (
            "kind: predict\ncode: x\nsolution: y",
            "“solution:” does not belong to an exercise of kind predict, but of code / order.",
        ),
        (
            "solution: x\noptions: []",
            "“options:” does not belong to an exercise of kind code, but of quiz.",
        ),
        (
            "kind: quiz\noptions: [{text: a}, {text: b}]",
            "No option is right. Mark one with “right: true”.",
        ),
        ("kind: quiz\noptions: [{text: a, right: true}]", "A quiz needs at least two options."),
        (
            "kind: quiz\noptions: [{text: a, right: true}, {text: b, right: true}]",
            "2 options are right; write “choose: many” or leave one.",
        ),
        ("kind: quiz\nchoose: text", "A quiz with “choose: text” needs “answers:”."),
        (
            "kind: quiz\nanswers: [a]\noptions: [{text: a, right: true}, {text: b}]",
            "“answers:” goes with “choose: text”.",
        ),
        (
            "kind: quiz\noptions: [{text: a, right: yes}, {text: b, right: true}]",
            "Wanted here: true or false; found: the text “yes”.",
        ),
        (
            "solution: x\nlanguage: sql\nsolution_language: python",
            "The solution is in python, but answers must be in sql.",
        ),
        ("kind: predict\ncode: x\nlanguage: any", "Code to predict is in python or in sql."),
        (
            "solution: x\npoints: 3\nchecks: [{state: {tables: orders}, points: 1}]",
            "The points of the checks add up to 1, but the exercise says 3.",
        ),
        ("solution: x\nhints: [a, '  ']", "Text is missing here."),
        ("solution: x\npoints: -1", "This number must be at least 0."),
        (
            "solution: x\nwas: [one]",
            "“one” is the id of an exercise here; a former id is no longer in use.",
        ),
        (
            "solution: x\nsolution_after: soon",
            "Wanted here: “always” or “never” or “pass” or a mapping (name: value); found: the text “soon”.",
        ),
        (
            "solution: x\nchecks: [{result: off}, {result: any}]",
            "“result” stands here twice for the same variants. Leave one.",
        ),
    ],
)
def test_what_is_wrong_is_said_in_words(
    faults_of_exercise: FaultsOfFields, fields: str, message: str
) -> None:
    assert only(faults_of_exercise(fields)).message == message


@pytest.mark.parametrize(
    "identifier", ["-a", "a--b", "a_b", "a b", "é", "a/b", "''", "../a", "a" * 81, '"a\\n"']
)
def test_an_id_has_letters_digits_and_hyphens(folder: Folder, identifier: str) -> None:
    file = folder.write("a.yaml", LESSON.replace("id: nulls", f"id: {identifier}"))
    with pytest.raises(CourseError, match="is no id"):
        open_course(file)


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        (b"", (1, 1), "empty"),
        (b"# nothing\n", (1, 1), "empty"),
        (b"format: 1\ntitle: \xff\n", (2, 8), "not UTF-8"),
        ("format: 1\n".encode("utf-16"), (1, 1), "not UTF-8"),
        (b"format: 1\ntitle: \x00\n", (2, 8), r"U\+0000"),
        (b"format: 1\ntitle: a\x1b[0m\n", (2, 9), r"U\+001B"),
        (b"- a\n- b\n", (1, 1), "mapping"),
        (b"just text", (1, 1), "mapping"),
        (b"format: 1\n---\nformat: 1\n", (2, 1), "one document"),
        (b"[" * 100_000, (1, 60), "nested"),
        (b"a: " * 30 + b"b", (1, 5), r"after \|"),
        (b"x" * ((1 << 20) + 1), (1, 1), "larger than 1 MiB"),
    ],
)
def test_files_of_every_wrong_kind(
    faults_of: Faults, data: bytes, place: tuple[int, int], words: str
) -> None:
    found = [fault for fault in faults_of(data) if re.search(words, fault.message)]
    assert (found[0].place.line, found[0].place.column) == place


def test_a_file_of_just_one_mebibyte_is_read(folder: Folder) -> None:
    text = LESSON.lstrip().encode()
    file = folder.write("a.yaml", text + b"#" + b"x" * ((1 << 20) - len(text) - 1))
    assert open_course(file).lessons()


@pytest.mark.long
def test_many_exercises_take_no_more_time_than_they_are(tmp_path: Path) -> None:
    head = "format: 1\nid: many\ntitle: Many\ndatabase: none\nexercises:\n"
    one = "  - {{id: x{n}, title: X, task: do it, solution: '1'}}\n"
    (tmp_path / "many.yaml").write_text(head + "".join(one.format(n=n) for n in range(6_000)))
    began = time.process_time()
    assert len(open_course(tmp_path / "many.yaml").lesson("many").exercises) == 6_000
    assert time.process_time() - began < 30


def test_an_alias_may_repeat_a_part(folder: Folder) -> None:
    text = LESSON.replace("hints: [", "hints: &same [").rstrip() + "\n    tags: *same\n"
    exercise = open_course(folder.write("a.yaml", text)).find("nulls/unrated")
    assert exercise.tags == exercise.hints


def test_an_alias_that_grows_is_refused(faults_of: Faults) -> None:
    laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30)
    )
    assert "repeats far too much" in only(faults_of(laughs)).message
    assert "repeats far too much" in only(faults_of("a: &a [*a]\n")).message
    long_text = f"a: &a {'x' * 100_000}\nb: [{', '.join(['*a'] * 20)}]\n"
    assert "repeats far too much" in only(faults_of(long_text)).message


def test_a_folder_in_place_of_a_file_is_said(course: Folder) -> None:
    (course.path / "01-first" / "02-folder.yaml").mkdir()
    assert course.open().faults == ()


def test_the_database_stays_in_the_course(faults_of: Faults) -> None:
    for reference in ("../club.sqlite", "/etc/x.sqlite", "a/b", "..", "c:\\x.sql"):
        text = LESSON.replace("database: none", f"database: '{reference}'")
        assert "leaves the course folder" in only(faults_of(text)).message


# The reader is total: whatever the bytes are, there are faults or a lesson, never an exception.

_pieces = st.sampled_from(
    ["format: 1\n", "id: a\n", "title: A\n", "exercises:\n", "  - id: one\n", "    title: One\n",
     "    task: |\n      Do it.\n", "    solution: select(a)\n", "    checks:\n", "      - result: off\n",
     "      - sql: {uses: [a]}\n", "    kind: quiz\n", "    options: [{text: a, right: true}]\n",
     "&a ", "*a", "- ", "? ", ": ", "!!x ", "|", ">", "'", '"', "[", "]", "{", "}", ",", "#", " #", "\t", "\n",
     "\r\n", "%", "`", "@", "---\n", "...\n", "null", "1e999", "9" * 5000, "\ufeff", "\u2028", "\x85", "é", "😀",
     "  ", "on: [a]\n", "not: x\n", "any_of: []\n"]
)  # fmt: skip


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    data=st.one_of(
        st.binary(max_size=300), st.lists(_pieces, max_size=40).map(lambda p: "".join(p).encode())
    )
)
def test_any_bytes_give_faults_or_a_lesson(folder: Folder, data: bytes) -> None:
    file = folder.path / "any.yaml"
    file.write_bytes(data)
    try:
        open_course(file).read_all()
    except CourseError as error:
        faults = error.faults
    else:
        return
    assert faults
    assert all(fault.message for fault in faults)
    assert all(fault.place.line >= 1 and fault.place.column >= 1 for fault in faults)


_other_pieces = st.sampled_from(
    ["format: 1\n", "id: a\n", "title: A\n", "title: {en: A}\n", "modules:\n", "  - id: m\n", "    folder: .\n",
     "    folder: ..\n", "    title: M\n", "translations: [ru]\n", "variants:\n", "  a: {seed: 1}\n", "  b:\n",
     "  c: {sql: x, visible: 1}\n", "models: x\n", "translates: a.yaml\n", "exercises:\n", "  one:\n",
     "    hints: [a]\n", "    options: [a, {text: b}]\n", "source: 1\n", "- ", "[", "}", "'", ": ", "\t", "&a ", "*a"]
)  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pieces=st.lists(_other_pieces, max_size=30))
def test_any_course_translation_and_database_give_faults_or_things(
    folder: Folder, pieces: list[str]
) -> None:
    text = "".join(pieces).encode()
    folder.write("a.yaml", LESSON)
    folder.write("course.yaml", text)
    folder.write("a.ru.yaml", text)
    for read in (
        lambda: folder.open("ru").read_all(),
        lambda: open_course(folder.path / "a.yaml", language="ru").read_all(),
        lambda: read_database(folder.write("shop/database.yaml", text)),
    ):
        try:
            read()
        except CourseError as error:
            found = error.faults
        else:
            continue
        assert found
        assert all(fault.message for fault in found)


_words = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1
).filter(str.strip)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(title=_words, task=_words, hints=st.lists(_words), code=_words)
def test_what_is_written_is_read_again(
    folder: Folder, title: str, task: str, hints: list[str], code: str
) -> None:
    lesson = {
        "format": 1, "id": "a", "title": title,
        "exercises": [{"id": "one", "title": title, "task": task, "solution": code, "hints": hints}],
    }  # fmt: skip
    file = folder.path / "any.yaml"
    file.write_text(json.dumps(lesson, ensure_ascii=False), encoding="utf-8")
    exercise = open_course(file).find("a/one")
    assert (exercise.title, exercise.task, exercise.solution) == (title, task, code)
    assert list(exercise.hints) == hints


def test_a_pipe_is_not_waited_for(course: Folder) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes with names here")
    pipe: Path = course.path / "pipe.yaml"
    os.mkfifo(pipe)
    with pytest.raises(CourseError):
        open_course(pipe)
